import { isCancelled } from '#domain';
import type { Pool } from 'pg';
import type { CreditNoteView, InvoiceSummary, PrecedingInvoiceView } from './invoice-views.js';
import { isSeen, SIDES_COLUMNS, type InvoiceSight, type SidesRow } from './seen.js';

/** What an invoice is told of by others, and which earlier ones it names. */
export interface RelatedInvoices {
  readonly references: readonly PrecedingInvoiceView[];
  readonly creditedBy: readonly CreditNoteView[];
  /** Whether the credit notes that were not rejected take back all that was invoiced. */
  readonly cancelledByCreditNotes: boolean;
}

/** What of an invoice its credit notes are held against. */
export type InvoiceSums = Pick<InvoiceSummary, 'id' | 'totalWithVat' | 'currency'>;

/**
 * The invoices that an invoice names, and the credit notes that are about it, as far as somebody may see them: a reference is a
 * text of the invoice itself, and leads to another one only within reach.
 */
export async function relatedInvoices(pool: Pool, sight: InvoiceSight, invoice: InvoiceSums): Promise<RelatedInvoices> {
  const { id, totalWithVat: total, currency: inCurrency } = invoice;
  const [named, credits] = await Promise.all([
    pool.query<SidesRow & { number: string; issueDate: string | null; id: string | null }>(NAMED, [id]),
    pool.query<SidesRow & CreditNoteView & { amount: string | null }>(CREDITS, [id]),
  ]);
  const creditNotes = credits.rows.filter(({ status }) => status !== 'REJETEE');
  return {
    cancelledByCreditNotes: isCancelled({ totalWithVat: total, currency: inCurrency, creditNotes }),
    references: named.rows.map((row) => {
      const { number, issueDate } = row;
      return { number, issueDate, id: row.id !== null && isSeen(sight, row) ? row.id : null };
    }),
    creditedBy: credits.rows
      .filter((row) => isSeen(sight, row))
      .map((row) => {
        const { number, issueDate, totalWithVat, currency, status } = row;
        return { id: row.id, number, issueDate, totalWithVat, currency, status };
      }),
  };
}

const NAMED = `
  SELECT named.number, named.issue_date AS "issueDate", invoices.id, ${SIDES_COLUMNS}
    FROM read.invoice_references AS named LEFT JOIN read.invoices ON invoices.id = named.original
   WHERE named.invoice = $1 ORDER BY named.place`;

const CREDITS = `
  SELECT DISTINCT id, invoices.number, invoices.issue_date AS "issueDate", total_with_vat::text AS "totalWithVat", currency,
         CASE WHEN (SELECT count(*) FROM read.invoice_references AS own WHERE own.invoice = id) = 1
              THEN total_with_vat::text END AS amount, ${SIDES_COLUMNS}
    FROM read.invoice_references JOIN read.invoices ON invoices.id = invoice
   WHERE original = $1 AND credit = 'credited' ORDER BY 3, 2`;
