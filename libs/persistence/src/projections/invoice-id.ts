import { v5 } from 'uuid';

/** Namespace of the public ids of invoices. Never change it: partners keep these ids. */
const INVOICES = '8f6f3b0e-6a0f-5a53-9d0e-2f6a4d5f6b10';

/**
 * Public id of an invoice: made from the name of its stream, so that it is known before the read models know the invoice, and
 * tells nothing of who invoiced whom.
 *
 * @param stream `invoice-…`
 * @returns a UUID of version 5 (RFC 9562)
 */
export function invoiceId(stream: string): string {
  return v5(stream, INVOICES);
}
