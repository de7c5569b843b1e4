import {
  invoiceStream,
  isCreditNoteType,
  precedingStream,
  type InvoiceCredited,
  type InvoiceIntegrated,
} from '#domain';
import type { RecordedEvent } from '#events';
import type { PoolClient } from 'pg';
import { columnText } from './column-text.js';
import { invoiceId } from './invoice-id.js';

/** A line of `read.invoice_references`: an invoice names an earlier one. */
interface Reference {
  readonly invoice: string;
  /** From 1, in the order of the invoice. */
  readonly place: number;
  readonly number: string | null;
  readonly issueDate: string | null;
  /** The earlier invoice's id; null when it cannot be told. */
  readonly original: string | null;
  readonly isCredit: boolean;
}

/**
 * Keeps which invoices name which earlier ones, and of credit notes how far that has come: `awaited` while the earlier invoice is
 * not on the platform, `found` once both are, in whichever order they came, `credited` once the earlier one has been told.
 */
export async function insertReferences(events: readonly RecordedEvent[], tx: PoolClient): Promise<void> {
  const integrated = events.filter(({ type }) => type === 'InvoiceIntegrated');
  if (integrated.length === 0) return;
  const rows = integrated.flatMap(referencesOf);
  if (rows.length > 0)
    await tx.query(INSERT, [
      rows.map(({ invoice }) => invoice),
      rows.map(({ place }) => place),
      rows.map(({ number }) => number),
      rows.map(({ issueDate }) => issueDate),
      rows.map(({ original }) => original),
      rows.map(({ isCredit }) => isCredit),
    ]);
  await tx.query(
    `UPDATE read.invoice_references SET credit = 'found' WHERE credit = 'awaited' AND original = ANY ($1)`,
    [integrated.map(({ stream }) => invoiceId(stream))],
  );
}

/** Earlier invoices have been told of their credit notes. */
export async function markCredited(events: readonly RecordedEvent[], tx: PoolClient): Promise<void> {
  const credited = events.filter(({ type }) => type === 'InvoiceCredited');
  if (credited.length === 0) return;
  const creditNotes = credited.map(({ data }) => {
    const { invoice, creditNote } = data as InvoiceCredited['data'];
    return invoiceId(invoiceStream(invoice.issuer, creditNote.number, creditNote.issueDate));
  });
  await tx.query(
    `UPDATE read.invoice_references AS lines SET credit = 'credited'
       FROM unnest($1::uuid[], $2::uuid[]) AS told (credit_note, original)
      WHERE lines.invoice = told.credit_note AND lines.original = told.original`,
    [creditNotes, credited.map(({ stream }) => invoiceId(stream))],
  );
}

const INSERT = `
  INSERT INTO read.invoice_references (invoice, place, number, issue_date, original, credit)
  SELECT invoice, place, number, issue_date, original,
         CASE WHEN is_credit AND original IS NOT NULL
              THEN CASE WHEN EXISTS (SELECT FROM read.invoices WHERE id = original) THEN 'found' ELSE 'awaited' END
         END
    FROM unnest($1::uuid[], $2::integer[], $3::text[], $4::text[], $5::uuid[], $6::boolean[])
      AS reference (invoice, place, number, issue_date, original, is_credit)`;

function referencesOf({ stream, data }: RecordedEvent): Reference[] {
  const { issuer, typeCode, precedingInvoices = [] } = data as InvoiceIntegrated['data'];
  const invoice = invoiceId(stream);
  return precedingInvoices.map((one, index) => {
    const original = precedingStream(issuer.identifier, one);
    return {
      invoice,
      place: index + 1,
      number: columnText(one.number),
      issueDate: columnText(one.issueDate),
      // An invoice that names itself names no other.
      original: original === null || original === stream ? null : invoiceId(original),
      isCredit: isCreditNoteType(typeCode),
    };
  });
}
