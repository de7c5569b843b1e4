import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import type { PoolClient } from 'pg';
import { query, required, rowsOf, type Queryable } from '../database/sql.js';
import { CommandReused } from '../errors.js';
import type { PreparedAppend } from './preparation.js';

const claim = query('claim-request');
const complete = query('complete-request');
const find = query('find-request');

// One call per event would cost more than the hashing.
const DIGESTED_AT_ONCE = 100_000;

/**
 * What an append is, as far as a second try must repeat it: streams, expectations, ids, types and, for a bulk chunk, the
 * data (by length and CRC-32: it guards against a mistake, not against a forger, and a second SHA-256 of every event costs
 * a bulk 6 %). SHA-256, 32 bytes. The instant is left out: a second try takes place later.
 */
export function digestOf(appends: PreparedAppend[], { withData }: { withData: boolean }): Buffer {
  const digest = createHash('sha256');
  let text = '';
  for (const { stream, expected, events } of appends) {
    text += JSON.stringify([stream, expected, events.length]);
    for (const { id, type, schemaVersion, data } of events) {
      text += `${id} ${schemaVersion} ${type.length} ${type} `;
      if (withData) text += `${data.length} ${crc32(data)} `;
    }
    if (text.length < DIGESTED_AT_ONCE) continue;
    digest.update(text);
    text = '';
  }
  return digest.update(text).digest();
}

/** Takes a key for this transaction; false when it was taken by one that committed. Waits for one that is still open. */
export async function claimRequest(tx: PoolClient, key: string, digest: Buffer): Promise<boolean> {
  return (await rowsOf(tx, claim, [key, digest])).length === 1;
}

/** Keeps the result under the key that {@link claimRequest} took. */
export async function completeRequest(tx: PoolClient, key: string, result: unknown): Promise<void> {
  await rowsOf(tx, complete, [key, JSON.stringify(result)]);
}

/**
 * The result that was kept under a key, or undefined when there is none.
 * @throws CommandReused when the key stands for other content.
 */
export async function findRequest(on: Queryable, key: string, digest: Buffer): Promise<unknown> {
  const [row] = await rowsOf(on, find, [key]);
  if (!row) return undefined;
  if (row[0] !== digest.toString('hex')) throw new CommandReused(key);
  return JSON.parse(required(row[1])) as unknown;
}
