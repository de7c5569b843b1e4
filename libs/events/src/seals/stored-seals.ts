import { query, required, rowsOf, type Queryable } from '../database/sql.js';
import { canonicalInstant } from '../envelope.js';
import type { Seal } from './seal.js';

const lastSealQuery = query('seal-last');
const sealsAfterQuery = query('seals-after');
const insertSealQuery = query('seal-insert');

/** The newest seal, or null. */
export async function lastSeal(on: Queryable): Promise<Seal | null> {
  const [row] = await rowsOf(on, lastSealQuery);
  return row ? sealOf(row) : null;
}

/** The seals behind a number, at most `limit`. */
export async function sealsAfter(on: Queryable, number: number, limit: number): Promise<Seal[]> {
  return (await rowsOf(on, sealsAfterQuery, [number, limit])).map(sealOf);
}

/** Writes a seal; false when its number was taken by another sealer. */
export async function insertSeal(on: Queryable, seal: Seal): Promise<boolean> {
  const rows = await rowsOf(on, insertSealQuery, [
    seal.number,
    seal.first.transaction,
    seal.first.position,
    seal.last.transaction,
    seal.last.position,
    seal.events,
    Buffer.from(seal.root, 'hex'),
    Buffer.from(seal.previous, 'hex'),
    Buffer.from(seal.hash, 'hex'),
    Buffer.from(seal.fingerprints, 'hex'),
    seal.sealedAt,
  ]);
  return rows.length === 1;
}

function sealOf(row: (string | null)[]): Seal {
  const hex = (column: number): string => required(row[column]).slice(2);
  return {
    number: Number(row[0]),
    first: { transaction: required(row[1]), position: Number(row[2]) },
    last: { transaction: required(row[3]), position: Number(row[4]) },
    events: Number(row[5]),
    root: hex(6),
    previous: hex(7),
    hash: hex(8),
    fingerprints: hex(9),
    sealedAt: canonicalInstant(required(row[10])),
  };
}
