import type { IndexEntry } from '../container/index-entry.js';
import { openInvoice } from './open-invoice.js';
import type { OpenedInvoice } from './opened.js';
import { plainTerms } from './plain-terms.js';
import type { ReadOptions } from './read-options.js';
import type { InvoiceReading } from './reading.js';

export type { ReadOptions };

/**
 * Reads one invoice (pass two, R42 and R43): what {@link openInvoice} gives, without the document, so that it can be stored
 * and sent to another thread. Never throws on what a partner sent: whatever is wrong is a finding.
 *
 * @param bytes all the bytes of the document, or of the fragment
 * @param options what the bytes are; an {@link IndexEntry} as it stands
 */
export async function readInvoice(bytes: Buffer, options: ReadOptions): Promise<InvoiceReading> {
  const reading = readingOf(await openInvoice(bytes, options));
  return { ...reading, invoice: plainTerms(reading.invoice) };
}

/** What there is to say of an opened invoice; its terms still hold on to the document, until `plainTerms` frees them. */
export function readingOf({ status, format, terms, findings }: OpenedInvoice): InvoiceReading {
  return status === 'read' ? { status, format, invoice: terms, findings } : { status, findings, invoice: terms };
}

/**
 * Reads one entry of an index.
 *
 * @param bytes the bytes of the content file at the entry's offset and length
 */
export function readEntry(entry: IndexEntry, bytes: Buffer): Promise<InvoiceReading> {
  return readInvoice(bytes, entry);
}
