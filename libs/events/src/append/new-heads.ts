import type { PoolClient } from 'pg';
import { query, rowsOf } from '../database/sql.js';
import { ConcurrencyConflict, TransientFailure } from '../errors.js';
import { streamVersions } from '../read/versions.js';
import { lastPosition, type PlacedAppend } from './heads.js';

const insertStreams = query('insert-streams');
const withdrawStreams = query('withdraw-streams');

// Measured: arrays of 5,000 are slower than ten of 500 (16,800 against 22,300 events/s).
const ARRAY_LENGTH = 500;

/** A head row to be inserted; at version 0 it stands for a stream that must be absent, and is withdrawn again. */
interface NewHead {
  stream: string;
  expected: PlacedAppend['expected'];
  version: number;
  firstPosition: number;
  lastPosition: number;
}

/**
 * Writes the head rows of new streams, and makes sure that other streams are absent and stay so until the transaction ends.
 *
 * A row that does not exist cannot be locked. So the head row of a stream that must be absent is inserted and deleted again:
 * the unique index makes whoever would create the stream wait for the end of this transaction, and makes this transaction
 * wait for one that is creating it. Nobody ever sees the row, and who appends without assertions pays nothing. Two appends
 * that rest on the absence of the same stream do wait for each other, but neither fails.
 *
 * All rows are inserted in the order of the streams' names, those of both kinds together, after every existing row has been
 * locked: nobody waits in a circle. A row inserted here is invisible to those who still lock existing ones.
 * @param absent names of streams that must not exist.
 * @throws ConcurrencyConflict when one of them exists; TransientFailure when that matters to no one.
 */
export async function createHeads(
  tx: PoolClient,
  created: readonly PlacedAppend[],
  absent: readonly string[],
): Promise<void> {
  const heads: NewHead[] = [
    ...created.map((append) => ({
      stream: append.stream,
      expected: append.expected,
      version: append.events.length,
      firstPosition: append.positions[0] ?? 0,
      lastPosition: lastPosition(append),
    })),
    ...absent.map((stream) => ({ stream, expected: 0, version: 0, firstPosition: 0, lastPosition: 0 })),
  ];
  heads.sort((left, right) => compareBytes(left.stream, right.stream));
  for (let start = 0; start < heads.length; start += ARRAY_LENGTH)
    await insertHeads(tx, heads.slice(start, start + ARRAY_LENGTH));
}

async function insertHeads(tx: PoolClient, heads: readonly NewHead[]): Promise<void> {
  const rows = await rowsOf(tx, insertStreams, [
    heads.map(({ stream }) => stream),
    heads.map(({ version }) => version),
    heads.map(({ firstPosition }) => firstPosition),
    heads.map((head) => head.lastPosition),
  ]);
  // Before anything is judged: a caller who commits in spite of a conflict must not leave such a row behind.
  const probes = heads.filter(({ version }) => version === 0).map(({ stream }) => stream);
  if (probes.length > 0) await rowsOf(tx, withdrawStreams, [probes]);
  if (rows.length === heads.length) return;
  const written = new Set(rows.map(([stream]) => stream));
  const lost = heads.filter(({ stream }) => !written.has(stream));
  const refused = lost.filter(({ expected }) => expected !== 'any').map(({ stream }) => stream);
  // Whoever appends whatever the version loses nothing but time: a new transaction finds the stream and extends it.
  if (refused.length === 0) throw new TransientFailure(`${lost[0]?.stream} came to exist in the meantime`);
  const actual = await streamVersions(tx, refused);
  throw new ConcurrencyConflict(
    refused.map((stream) => ({ stream, expected: 'none', actual: actual.get(stream) ?? null })),
  );
}

function compareBytes(left: string, right: string): number {
  return Buffer.compare(Buffer.from(left), Buffer.from(right));
}
