import type { PoolClient } from 'pg';
import { query, rowsOf } from '../database/sql.js';
import { ConcurrencyConflict, InvalidRequest } from '../errors.js';
import type { AppendResult, UnchangedStream } from '../types.js';
import { copyPlacedEvents } from './copy-rows.js';
import { lastCheckpoint, moveHeads, place, type PlacedAppend, type Placement } from './heads.js';
import { createHeads } from './new-heads.js';
import { hashOfPrepared, type PreparedAppend } from './preparation.js';
import { recordedBefore } from './recorded-before.js';
import { claimRequest, completeRequest, digestOf, findRequest } from './requests.js';

const insertEvents = query('insert-events');

const MOST_EVENTS = 5_000;
// Measured: COPY beats an insert of arrays from some dozens of events on (500: 30,500 against 22,300 events/s).
const FEWEST_COPIED = 50;

/**
 * Writes events into several streams, new and existing ones mixed, all or none, inside the transaction given.
 * When it throws, the transaction may hold part of the work and must be rolled back.
 * @param unchanged streams that must stand where the caller read them, until the transaction ends.
 * @throws ConcurrencyConflict with every stream that was not as expected (unless this very command had recorded all);
 * InvalidRequest when a stream is named twice or there are more than 5,000 events.
 */
export async function appendMany(
  tx: PoolClient,
  commandId: string,
  appends: PreparedAppend[],
  unchanged: readonly UnchangedStream[] = [],
): Promise<AppendResult[]> {
  assertShape(appends, unchanged);
  if (appends.every(({ expected }) => typeof expected === 'number')) return write(tx, appends, unchanged);
  // An expectation that names no version cannot show that the command was here before: its key does.
  const key = `command:${commandId}`;
  const digest = digestOf(appends, { withData: false });
  if (!(await claimRequest(tx, key, digest))) {
    const results = (await findRequest(tx, key, digest)) as AppendResult[];
    return results.map((result) => ({ ...result, alreadyRecorded: true }));
  }
  const results = await write(tx, appends, unchanged);
  await completeRequest(tx, key, results);
  return results;
}

async function write(
  tx: PoolClient,
  appends: PreparedAppend[],
  unchanged: readonly UnchangedStream[],
): Promise<AppendResult[]> {
  let placement: Placement;
  try {
    placement = await place(tx, appends, unchanged);
    await writeHeads(tx, placement, unchanged);
  } catch (error) {
    if (!(error instanceof ConcurrencyConflict) || appends.some(({ expected }) => typeof expected !== 'number'))
      throw error;
    const earlier = await recordedBefore(tx, appends);
    if (earlier) return earlier;
    throw error;
  }
  await writeEvents(tx, placement.appends);
  return resultsOf(placement);
}

async function writeHeads(
  tx: PoolClient,
  { appends }: Placement,
  unchanged: readonly UnchangedStream[],
): Promise<void> {
  await moveHeads(
    tx,
    appends.filter(({ isNew }) => !isNew),
  );
  await createHeads(
    tx,
    appends.filter(({ isNew }) => isNew),
    unchanged.filter(({ version }) => version === 0).map(({ stream }) => stream),
  );
}

async function writeEvents(tx: PoolClient, appends: PlacedAppend[]): Promise<void> {
  const total = appends.reduce((sum, { events }) => sum + events.length, 0);
  if (total >= FEWEST_COPIED) return copyPlacedEvents(tx, appends);
  const rows = appends.flatMap(({ stream, streamNumber, firstVersion, events, positions }) =>
    events.map((event, index) => ({
      stream,
      streamNumber,
      version: firstVersion + index,
      position: positions[index] ?? 0,
      event,
    })),
  );
  await rowsOf(tx, insertEvents, [
    rows.map(({ position }) => position),
    rows.map(({ streamNumber }) => streamNumber),
    rows.map(({ stream }) => stream),
    rows.map(({ version }) => version),
    rows.map(({ event }) => event.id),
    rows.map(({ event }) => event.type),
    rows.map(({ event }) => event.schemaVersion),
    rows.map(({ event }) => event.data),
    rows.map(({ event }) => event.metadata),
    rows.map(({ stream, version, event }) => `\\x${hashOfPrepared(stream, version, event)}`),
    rows.map(({ event }) => event.occurredAt),
  ]);
}

/** What an append that was just written answers. */
export function resultsOf(placement: Placement): AppendResult[] {
  return placement.appends.map((append) => ({
    stream: append.stream,
    firstVersion: append.firstVersion,
    version: append.firstVersion + append.events.length - 1,
    checkpoint: lastCheckpoint(placement, append),
    alreadyRecorded: false,
  }));
}

/** @throws InvalidRequest when a stream is named twice, an unchanged one has no version, or there are more than 5,000 events. */
function assertShape(appends: PreparedAppend[], unchanged: readonly UnchangedStream[]): void {
  const streams = new Set([...appends, ...unchanged].map(({ stream }) => stream));
  if (streams.size !== appends.length + unchanged.length)
    throw new InvalidRequest('an append names a stream twice, be it to write it or to find it unchanged');
  const impossible = unchanged.find(({ version }) => !Number.isSafeInteger(version) || version < 0);
  if (impossible) throw new InvalidRequest(`${impossible.stream}: ${impossible.version} is no version`);
  const total = appends.reduce((sum, { events }) => sum + events.length, 0);
  if (total > MOST_EVENTS)
    throw new InvalidRequest(`${total} events in one append; ${MOST_EVENTS} at most, see bulkAppend`);
}
