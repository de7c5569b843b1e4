import type { Pool, PoolClient } from 'pg';
import { setImmediate as breathe } from 'node:timers/promises';
import { query, rowsOf } from '../database/sql.js';
import { inTransaction } from '../database/transaction.js';
import { ConcurrencyConflict, InvalidRequest } from '../errors.js';
import { failureKind, sqlState } from '../failures.js';
import { streamVersions } from '../read/versions.js';
import type { AppendContext, StreamAppend } from '../types.js';
import { copyHeads, copyPlacedEvents } from './copy-rows.js';
import { moveHeads, place } from './heads.js';
import type { PreparedAppend, Preparation } from './preparation.js';
import { claimRequest, completeRequest, digestOf, findRequest } from './requests.js';

/** How to write a great many events. */
export interface BulkOptions {
  /** What this bulk is. Repeating it with the same key and content goes on where it stopped and writes nothing twice. */
  key: string;
  /** About so many events per transaction; 5,000 when absent, the fastest measured. Must be the same when repeated. */
  chunkSize?: number;
  context: AppendContext;
}

/** What a bulk append did. */
export interface BulkResult {
  /** Chunks of the whole input, those of earlier runs included. */
  chunks: number;
  /** Events of the whole input, those of earlier runs included. */
  events: number;
  /** How many chunks had been recorded before this run. */
  resumedFrom: number;
}

const ensurePartitions = query('ensure-partitions');

const TRIES = 5;
// Partitions are made two ahead, of 20 million rows each; a bulk looks again well before that.
const CHUNKS_BETWEEN_PARTITION_CHECKS = 500;
const APPENDS_BETWEEN_BREATHS = 200;

/**
 * Writes events by COPY, in chunks that are one transaction each: one transaction for all would hide every newer event
 * from every reader until it commits. Each chunk leaves its key in `es.requests`, so an interrupted bulk resumes at the
 * first missing chunk. Memory is that of two chunks: one is prepared while the one before is written.
 * @throws ConcurrencyConflict when a stream is not as expected; CommandReused when a chunk comes back with other content;
 * what the source threw. Chunks before that stay recorded.
 */
export async function bulkAppend(
  pool: Pool,
  source: Iterable<StreamAppend> | AsyncIterable<StreamAppend>,
  preparation: Preparation,
  { key, chunkSize = 5_000 }: BulkOptions,
  committed: () => void,
): Promise<BulkResult> {
  if (key === '' || !(chunkSize >= 1)) throw new InvalidRequest('a bulk append needs a key and a chunk size');
  const result: BulkResult = { chunks: 0, events: 0, resumedFrom: 0 };
  let writing: Promise<void> = Promise.resolve();
  const writeNext = async (chunk: PreparedAppend[], number: number): Promise<void> => {
    if (number % CHUNKS_BETWEEN_PARTITION_CHECKS === 1) await rowsOf(pool, ensurePartitions);
    const isNew = await writeChunk(pool, `bulk:${key}#${number}`, chunk);
    if (!isNew) result.resumedFrom += 1;
    result.chunks += 1;
    result.events += chunk.reduce((sum, { events }) => sum + events.length, 0);
    committed();
  };
  try {
    let number = 0;
    for await (const chunk of chunksOf(source, preparation, chunkSize)) {
      await writing;
      writing = writeNext(chunk, ++number);
      // Awaited above or below; until then its failure is not unhandled.
      writing.catch(() => undefined);
    }
  } finally {
    await writing;
  }
  return result;
}

async function* chunksOf(
  source: Iterable<StreamAppend> | AsyncIterable<StreamAppend>,
  preparation: Preparation,
  chunkSize: number,
): AsyncGenerator<PreparedAppend[], void, undefined> {
  let chunk: PreparedAppend[] = [];
  let events = 0;
  for await (const some of piecesOf(source)) {
    for (const append of some) {
      const prepared = preparation.prepare(append);
      chunk.push(prepared);
      events += prepared.events.length;
      if (events < chunkSize) continue;
      yield chunk;
      chunk = [];
      events = 0;
    }
  }
  if (chunk.length > 0) yield chunk;
}

/**
 * A synchronous source is taken in pieces, since awaiting each item costs as much as hashing it; between two pieces the
 * chunk that is being written gets its turn.
 */
async function* piecesOf(
  source: Iterable<StreamAppend> | AsyncIterable<StreamAppend>,
): AsyncGenerator<Iterable<StreamAppend>, void, undefined> {
  if (Symbol.asyncIterator in source) {
    for await (const append of source) yield [append];
    return;
  }
  let piece: StreamAppend[] = [];
  for (const append of source) {
    piece.push(append);
    if (piece.length < APPENDS_BETWEEN_BREATHS) continue;
    yield piece;
    piece = [];
    await breathe();
  }
  yield piece;
}

/** False when the chunk had been recorded before. A commit of unknown outcome is tried again: its key tells. */
async function writeChunk(pool: Pool, key: string, chunk: PreparedAppend[]): Promise<boolean> {
  const streams = chunk.map(({ stream }) => stream);
  if (new Set(streams).size !== streams.length) throw new InvalidRequest(`${key} names a stream twice`);
  const digest = digestOf(chunk, { withData: true });
  for (let attempt = 1; ; attempt++) {
    try {
      return await inTransaction(pool, (tx) => copyChunk(tx, key, digest, chunk), { retries: TRIES });
    } catch (error) {
      const isTaken = sqlState(error) === '23505';
      if (isTaken) await refuseExisting(pool, chunk, error);
      if (!(isTaken || failureKind(error) === 'unknown') || attempt === TRIES) throw error;
    }
  }
}

async function copyChunk(tx: PoolClient, key: string, digest: Buffer, chunk: PreparedAppend[]): Promise<boolean> {
  if (!(await claimRequest(tx, key, digest))) {
    await findRequest(tx, key, digest);
    return false;
  }
  const placement = await place(tx, chunk);
  const extended = placement.appends.filter(({ isNew }) => !isNew);
  const created = placement.appends.filter(({ isNew }) => isNew);
  await moveHeads(tx, extended);
  await copyHeads(tx, placement.transaction, created);
  await copyPlacedEvents(tx, placement.appends);
  await completeRequest(tx, key, { streams: chunk.length });
  return true;
}

/**
 * COPY only says that some stream exists; this says which of those that were expected not to. None of them: a stream that
 * may or may not exist came to exist meanwhile, and the next try extends it.
 */
async function refuseExisting(pool: Pool, chunk: PreparedAppend[], cause: unknown): Promise<void> {
  const believedNew = chunk.filter(({ expected }) => expected === 0).map(({ stream }) => stream);
  const found = await streamVersions(pool, believedNew);
  if (found.size === 0) return;
  throw new ConcurrencyConflict(
    [...found].map(([stream, actual]) => ({ stream, expected: 'none', actual })),
    { cause },
  );
}
