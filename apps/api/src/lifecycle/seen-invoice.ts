import type { Caller } from '#application';
import type { SupportingDocument } from '#domain';
import type { Pool } from 'pg';
import { notFound } from './invoices-in-life.js';
import { isSeen, sightOf, SIDES_COLUMNS, type SidesRow } from './seen.js';

/** An invoice that somebody may see, with what its documents are opened by. */
export interface SeenInvoice {
  readonly stream: string;
  readonly documents: readonly SupportingDocument[];
}

/**
 * Finds an invoice within the caller's reach.
 *
 * @param id public id, a UUID
 * @throws Problem `FAC-404`, also for somebody else's
 */
export async function seenInvoice(pool: Pool, caller: Caller, id: string): Promise<SeenInvoice & SidesRow> {
  const sight = await sightOf(pool, caller);
  const { rows } = await pool.query<SidesRow & SeenInvoice>(
    `SELECT ${SIDES_COLUMNS}, stream, supporting_documents AS documents
       FROM read.invoices WHERE id = $1`,
    [id],
  );
  const [row] = rows;
  if (row === undefined || !isSeen(sight, row)) throw notFound();
  return row;
}
