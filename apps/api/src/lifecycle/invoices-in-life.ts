import { AccessRefused, type Session } from '#application';
import { aggregates, permissionFor, type Action, type LivingInvoice, type ProcessingHand } from '#domain';
import { EventStore } from '#events';
import { Injectable } from '@nestjs/common';
import { Problem } from '../platform/problem.js';

/** An invoice that somebody decides about, with the stream that it lives in. */
export interface FoundInvoice {
  readonly stream: string;
  readonly invoice: LivingInvoice;
}

/** Finds invoices by their public ids, for decisions. */
@Injectable()
export class InvoicesInLife {
  constructor(private readonly store: EventStore) {}

  /**
   * The stream of an invoice.
   *
   * @param id public id, a UUID
   * @throws Problem `FAC-404`
   */
  async streamOf(id: string): Promise<string> {
    const { rows } = await this.store.pool.query<{ stream: string }>('SELECT stream FROM read.invoices WHERE id = $1', [
      id,
    ]);
    if (rows[0] === undefined) throw notFound();
    return rows[0].stream;
  }

  /** The invoice as its stream tells it now. @throws Problem `FAC-404` */
  async load(session: Omit<Session, 'record'>, stream: string): Promise<FoundInvoice> {
    const invoice = await session.load(aggregates.invoice, stream);
    if (invoice.status === null) throw notFound();
    return { stream, invoice };
  }
}

/**
 * Asks whether the caller may do this with an invoice, by one of its parties. Whoever has nothing to do with that party is
 * told that there is no such invoice.
 *
 * @param party identifier of the structure by which the caller acts; null when the invoice has no such party
 * @throws Problem `FAC-404`; AccessRefused for people of the structure whose rights do not reach
 */
export async function authoriseOn(
  session: Pick<Session, 'authorise'>,
  action: Action,
  party: string | null,
  service: string | null = null,
): Promise<void> {
  if (party === null) throw notFound();
  try {
    await session.authorise(action, party, service);
  } catch (error) {
    throw error instanceof AccessRefused && error.verdict === 'not-found' ? notFound() : error;
  }
}

/**
 * Asks whether the caller may give a status to an invoice by one of its hands.
 *
 * @throws Problem `FAC-404`, also when the invoice is not there for that hand; AccessRefused as {@link authoriseOn}
 */
export async function authoriseHand(
  session: Pick<Session, 'authorise'>,
  invoice: LivingInvoice,
  hand: ProcessingHand,
): Promise<void> {
  const needed = permissionFor(invoice, hand);
  if (needed === null) throw notFound();
  await authoriseOn(session, needed.action, needed.party, needed.service);
}

/** Nothing of that id, or nothing that concerns the caller: nobody learns which. */
export function notFound(): Problem {
  return new Problem(404, 'FAC-404', 'Aucune facture de cet identifiant n’est connue, ou elle ne vous concerne pas.');
}
