import type { PoolClient } from 'pg';
import { query, required, rowsOf } from '../database/sql.js';
import { ConcurrencyConflict, type VersionConflict } from '../errors.js';
import { streamVersions } from '../read/versions.js';
import type { Checkpoint, UnchangedStream } from '../types.js';
import type { PreparedAppend, PreparedEvent } from './preparation.js';
import { transactionTooOld } from './single.js';

const takePositions = query('take-positions');
const lockStreams = query('lock-streams');
const lockAndAssertStreams = query('lock-and-assert-streams');
const extendStreams = query('extend-streams');

/** An append whose stream is ours until the transaction ends. */
export interface PlacedAppend {
  stream: string;
  expected: PreparedAppend['expected'];
  firstVersion: number;
  isNew: boolean;
  /** The position of the stream's first event: what its events are found by. */
  streamNumber: number;
  events: readonly PreparedEvent[];
  /** One per event, ascending. */
  positions: readonly number[];
}

/** Appends that got their places, with the transaction they were placed in. */
export interface Placement {
  transaction: string;
  appends: PlacedAppend[];
}

/**
 * Takes the head rows of existing streams, judges the expectations, and gives every event its version and position.
 * Nothing is written yet. Existing streams are locked first, in the order of their names, new ones are inserted
 * afterwards in the same order, so that two appends of many streams never wait for each other in a circle.
 * @param unchanged streams that the appends rest on: those that exist are kept from being written until the transaction
 * ends; that the others are absent is for `createHeads` to find out.
 * @throws ConcurrencyConflict with all conflicts found; TransientFailure when the transaction is older than a stream.
 */
export async function place(
  tx: PoolClient,
  appends: PreparedAppend[],
  unchanged: readonly UnchangedStream[] = [],
): Promise<Placement> {
  const heads = await lockExisting(tx, appends, unchanged);
  const versions = new Map([...heads].map(([stream, { version }]) => [stream, version]));
  const beliefs: Belief[] = [...appends, ...unchanged.map(({ stream, version }) => ({ stream, expected: version }))];
  if (conflictsOf(beliefs, versions).length > 0) {
    // Refused already: now also look at the streams believed to be absent, so that the answer is whole.
    const believedAbsent = beliefs.filter(({ expected }) => expected === 0).map(({ stream }) => stream);
    const found = await streamVersions(tx, believedAbsent);
    throw new ConcurrencyConflict(conflictsOf(beliefs, new Map([...found, ...versions])));
  }

  const total = appends.reduce((sum, { events }) => sum + events.length, 0);
  const [row] = await rowsOf(tx, takePositions, [total]);
  const positions = required(row?.[1]).split(',').map(Number);
  let next = 0;
  const placed = appends.map(({ stream, expected, events }) => {
    const head = heads.get(stream);
    const own = positions.slice(next, next + events.length);
    next += events.length;
    return {
      stream,
      expected,
      firstVersion: (head?.version ?? 0) + 1,
      isNew: head === undefined,
      streamNumber: head?.streamNumber ?? own[0] ?? 0,
      events,
      positions: own,
    };
  });
  return { transaction: required(row?.[0]), appends: placed };
}

/** The place of an append's last event. */
export function lastCheckpoint({ transaction }: Placement, append: PlacedAppend): Checkpoint {
  return { transaction, position: lastPosition(append) };
}

/** The position of an append's last event. */
export function lastPosition({ positions }: PlacedAppend): number {
  return positions.at(-1) ?? 0;
}

/** Moves the head rows of streams that {@link place} locked. */
export async function moveHeads(tx: PoolClient, extended: PlacedAppend[]): Promise<void> {
  if (extended.length === 0) return;
  await rowsOf(tx, extendStreams, [
    extended.map(({ stream }) => stream),
    extended.map(({ firstVersion, events }) => firstVersion + events.length - 1),
    extended.map(lastPosition),
  ]);
}

/** What the head row of an existing stream says. */
type Head = Pick<PlacedAppend, 'streamNumber'> & { version: number };

/** What is believed of a stream; 0 stands for 'none'. */
type Belief = Pick<PreparedAppend, 'stream' | 'expected'>;

/** Streams that are believed to be absent are not looked up: inserting their head row is the question and the answer. */
async function lockExisting(
  tx: PoolClient,
  appends: PreparedAppend[],
  unchanged: readonly UnchangedStream[],
): Promise<Map<string, Head>> {
  const written = appends.filter(({ expected }) => expected !== 0).map(({ stream }) => stream);
  const read = unchanged.filter(({ version }) => version > 0).map(({ stream }) => stream);
  const rows = await lockHeads(tx, written, read);
  // Also where a stream is only read: the log must not show a decision before the event that it rests on.
  const tooOld = rows.find((row) => row[2] === 't');
  if (tooOld) throw transactionTooOld(required(tooOld[0]));
  return new Map(
    rows.map(([stream, version, , number]) => [
      required(stream),
      { version: Number(required(version)), streamNumber: Number(required(number)) },
    ]),
  );
}

async function lockHeads(tx: PoolClient, written: string[], read: string[]): Promise<(string | null)[][]> {
  if (read.length > 0)
    return rowsOf(tx, lockAndAssertStreams, [
      [...written, ...read],
      [...written.map(() => true), ...read.map(() => false)],
    ]);
  return written.length > 0 ? rowsOf(tx, lockStreams, [written]) : [];
}

function conflictsOf(beliefs: Belief[], versions: Map<string, number>): VersionConflict[] {
  return beliefs
    .map(({ stream, expected }) => ({ stream, expected, actual: versions.get(stream) ?? null }))
    .filter(({ expected, actual }) => !meets(expected, actual))
    .map((conflict) => (conflict.expected === 0 ? { ...conflict, expected: 'none' } : conflict));
}

function meets(expected: Belief['expected'], actual: number | null): boolean {
  if (expected === 'any') return true;
  if (expected === 'exists') return actual !== null;
  return (actual ?? 0) === expected;
}
