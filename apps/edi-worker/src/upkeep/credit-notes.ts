import { type Deciders } from '#application';
import {
  aggregates,
  creditInvoice,
  creditNoteOf,
  INVOICE_STATUS_CODES,
  isBeforeRecipient,
  type InvoiceIntegrated,
} from '#domain';
import type { EventStore } from '#events';
import { v5 } from 'uuid';

/** Credit notes of one look. More follow at the next ones. */
const BATCH = 200;

/** One that its own validator still has, or refused, is told to nobody. */
const IN_FORCE = INVOICE_STATUS_CODES.filter((status) => !isBeforeRecipient(status));

/**
 * Tells invoices of the credit notes that are about them. Which of the two comes first does not matter: the read model says when
 * both are there. Doing it again does nothing, since the invoice knows its credit notes: so neither a crash between the event and
 * the read model, nor a read model made anew, nor two workers tell it twice.
 */
export class CreditNotes {
  constructor(
    private readonly store: EventStore,
    private readonly deciders: Deciders,
  ) {}

  /**
   * One look.
   *
   * @returns how many invoices were told
   */
  async look(): Promise<number> {
    const { rows } = await this.store.pool.query<{ creditNote: string; original: string }>(
      `SELECT credit_notes.stream AS "creditNote", originals.stream AS original
         FROM read.invoice_references
         JOIN read.invoices AS credit_notes ON credit_notes.id = invoice
         JOIN read.invoices AS originals ON originals.id = original
        WHERE credit = 'found' AND credit_notes.status = ANY ($1) LIMIT ${BATCH}`,
      [IN_FORCE],
    );
    let told = 0;
    for (const { creditNote, original } of rows) told += await this.tell(creditNote, original);
    return told;
  }

  private async tell(creditNote: string, original: string): Promise<number> {
    for await (const { id, data, metadata } of this.store.readStream(creditNote, { limit: 1 })) {
      const correlationId = metadata['correlationId'] ?? id;
      const context = { commandId: v5(original, id), correlationId, causationId: id, actor: 'credit-notes' };
      const credit = creditNoteOf(data as InvoiceIntegrated['data']);
      const events = await this.deciders.decide(aggregates.invoice, original, context, (invoice) =>
        creditInvoice(invoice, credit),
      );
      return events.length;
    }
    return 0;
  }
}
