import type { PoolClient } from 'pg';
import { query, required, rowsOf } from '../database/sql.js';
import { ConcurrencyConflict, TransientFailure, type VersionConflict } from '../errors.js';
import { streamVersions } from '../read/versions.js';
import type { Checkpoint } from '../types.js';
import type { PreparedAppend, PreparedEvent } from './preparation.js';
import { transactionTooOld } from './single.js';

const takePositions = query('take-positions');
const lockStreams = query('lock-streams');
const insertStreams = query('insert-streams');
const extendStreams = query('extend-streams');

/** An append whose stream is ours until the transaction ends. */
export interface PlacedAppend {
  stream: string;
  expected: PreparedAppend['expected'];
  firstVersion: number;
  isNew: boolean;
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
 * @throws ConcurrencyConflict with all conflicts found; TransientFailure when the transaction is older than a stream.
 */
export async function place(tx: PoolClient, appends: PreparedAppend[]): Promise<Placement> {
  const versions = await lockExisting(tx, appends);
  if (conflictsOf(appends, versions).length > 0) {
    // Refused already: now also look at the streams believed to be new, so that the answer is whole.
    const believedNew = appends.filter(({ expected }) => expected === 0).map(({ stream }) => stream);
    const found = await streamVersions(tx, believedNew);
    throw new ConcurrencyConflict(conflictsOf(appends, new Map([...found, ...versions])));
  }

  const total = appends.reduce((sum, { events }) => sum + events.length, 0);
  const [row] = await rowsOf(tx, takePositions, [total]);
  const positions = required(row?.[1]).split(',').map(Number);
  let next = 0;
  const placed = appends.map(({ stream, expected, events }) => {
    const before = versions.get(stream) ?? 0;
    const from = next;
    next += events.length;
    return {
      stream,
      expected,
      firstVersion: before + 1,
      isNew: before === 0,
      events,
      positions: positions.slice(from, next),
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

/**
 * Writes the head rows of new streams.
 * @throws ConcurrencyConflict when one of them came to exist in the meantime; TransientFailure when that matters to no one.
 */
export async function createHeads(tx: PoolClient, created: PlacedAppend[]): Promise<void> {
  if (created.length === 0) return;
  const rows = await rowsOf(tx, insertStreams, [
    created.map(({ stream }) => stream),
    created.map(({ events }) => events.length),
    created.map(({ positions }) => positions[0] ?? 0),
    created.map(lastPosition),
  ]);
  if (rows.length === created.length) return;
  const written = new Set(rows.map(([stream]) => stream));
  const lost = created.filter(({ stream }) => !written.has(stream));
  const refused = lost.filter(({ expected }) => expected !== 'any').map(({ stream }) => stream);
  // Whoever appends whatever the version loses nothing but time: a new transaction finds the stream and extends it.
  if (refused.length === 0) throw new TransientFailure(`${lost[0]?.stream} came to exist in the meantime`);
  const actual = await streamVersions(tx, refused);
  throw new ConcurrencyConflict(
    refused.map((stream) => ({ stream, expected: 'none', actual: actual.get(stream) ?? null })),
  );
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

/** Streams that are believed to be new are not looked up: inserting their head row is the question and the answer. */
async function lockExisting(tx: PoolClient, appends: PreparedAppend[]): Promise<Map<string, number>> {
  const believed = appends.filter(({ expected }) => expected !== 0).map(({ stream }) => stream);
  if (believed.length === 0) return new Map();
  const rows = await rowsOf(tx, lockStreams, [believed]);
  const tooOld = rows.find((row) => row[2] === 't');
  if (tooOld) throw transactionTooOld(required(tooOld[0]));
  return new Map(rows.map(([stream, version]) => [required(stream), Number(required(version))]));
}

function conflictsOf(appends: PreparedAppend[], versions: Map<string, number>): VersionConflict[] {
  return appends
    .map(({ stream, expected }) => ({ stream, expected, actual: versions.get(stream) ?? null }))
    .filter(({ expected, actual }) => !meets(expected, actual))
    .map((conflict) => (conflict.expected === 0 ? { ...conflict, expected: 'none' } : conflict));
}

function meets(expected: PreparedAppend['expected'], actual: number | null): boolean {
  if (expected === 'any') return true;
  if (expected === 'exists') return actual !== null;
  return (actual ?? 0) === expected;
}
