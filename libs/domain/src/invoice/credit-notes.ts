import { Decimal } from 'decimal.js';
import { accept, type Decision } from '../shared/decision.js';
import {
  invoiceStream,
  type CreditNote,
  type InvoiceEvent,
  type InvoiceIntegrated,
  type PrecedingInvoice,
} from './invoice-events.js';
import { invoiceReference, type Invoice, type LivingInvoice } from './lifecycle.js';

/** Types of documents (BT-3, UNTDID 1001) that are credit notes about earlier invoices (BR-FR-CO-05). */
const CREDIT_NOTE_TYPES: readonly (string | null)[] = ['261', '381', '396', '502', '503'];

/** Whether a document of that type is a credit note about earlier invoices. */
export function isCreditNoteType(typeCode: string | null): boolean {
  return CREDIT_NOTE_TYPES.includes(typeCode);
}

/**
 * The stream of an earlier invoice of the same issuer, or null when its date was not given: numbers may begin anew each year
 * (G1.45), and telling the wrong recipient of a credit note is worse than telling nobody.
 */
export function precedingStream(issuer: string, { number, issueDate }: PrecedingInvoice): string | null {
  return issueDate === null ? null : invoiceStream(issuer, number, issueDate);
}

/** A credit note as the invoices that it is about are told of it. */
export function creditNoteOf(
  data: Pick<InvoiceIntegrated['data'], 'number' | 'issueDate' | 'totalWithVat' | 'currency' | 'precedingInvoices'>,
): CreditNote {
  const { number, issueDate, totalWithVat, currency, precedingInvoices = [] } = data;
  // Of one about several invoices nobody says how much belongs to which.
  return { number, issueDate, amount: precedingInvoices.length === 1 ? totalWithVat : null, currency };
}

/**
 * An invoice learns that a credit note of its issuer is about it. Its status stays: what becomes of it is for the recipient to
 * say, who has the reason SUPPR_COMP_AVOIR for it, and for whom the credit note counts as well (decision 0014). Nothing happens
 * the second time, nor to an invoice that is not there.
 */
export function creditInvoice(invoice: Invoice, creditNote: CreditNote): Decision<InvoiceEvent> {
  if (invoice.status === null || invoice.creditNotes.some((known) => isSame(known, creditNote))) return accept();
  const cancelled = isCancelled({ ...invoice, creditNotes: [...invoice.creditNotes, creditNote] });
  const data = { invoice: invoiceReference(invoice), status: invoice.status, creditNote, cancelled };
  return accept({ type: 'InvoiceCredited', data });
}

/** Whether credit notes take back all that was invoiced, as far as their amounts and currency say so. */
export function isCancelled({
  totalWithVat,
  currency,
  creditNotes,
}: Pick<LivingInvoice, 'totalWithVat' | 'currency' | 'creditNotes'>): boolean {
  if (totalWithVat === null) return false;
  // A credit note has the sign of the invoice that it is about (XP Z12-012, 4.4.4), yet many carry the other one.
  const credited = creditNotes
    .filter((one) => one.currency === currency && one.amount !== null)
    .reduce((sum, { amount }) => sum.plus(magnitude(amount)), new Decimal(0));
  return credited.gt(0) && credited.gte(magnitude(totalWithVat));
}

function magnitude(amount: string | null): Decimal {
  return amount !== null && AMOUNT.test(amount) ? new Decimal(amount).abs() : new Decimal(0);
}

const AMOUNT = /^[+-]?\d{1,19}(?:\.\d{0,6})?$/;

function isSame(one: CreditNote, other: CreditNote): boolean {
  return one.number === other.number && one.issueDate.slice(0, 4) === other.issueDate.slice(0, 4);
}
