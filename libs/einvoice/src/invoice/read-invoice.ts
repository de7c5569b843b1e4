import type { IndexEntry, NamespaceContext } from '../container/index-entry.js';
import type { Finding } from '../finding/finding.js';
import { readXmlInvoice } from './read-xml.js';
import type { InvoiceReading } from './reading.js';
import { noTerms } from './terms.js';

/** What {@link readInvoice} is told about the bytes; an index entry says all of it. */
export interface ReadOptions {
  readonly kind: IndexEntry['kind'];
  /** Namespace declarations around a fragment of a batch; null for a document of its own. */
  readonly context?: NamespaceContext | null;
  /** Why pass one already refused this one. */
  readonly refusal?: Finding;
}

/**
 * Reads one invoice (pass two, R42 and R43). Never throws on what a partner sent: whatever is wrong is a finding.
 *
 * What pass one refused stays refused, with what can be read of it: a reject should name the invoice (R44).
 *
 * @param bytes all the bytes of the document, or of the fragment
 * @param options what the bytes are; an {@link IndexEntry} as it stands
 */
export async function readInvoice(bytes: Buffer, options: ReadOptions): Promise<InvoiceReading> {
  const { kind, context = null, refusal } = options;
  if (kind === 'refused') {
    return { status: 'unreadable', findings: refusal === undefined ? [] : [refusal], invoice: noTerms };
  }
  const reading = kind === 'xml' ? readXmlInvoice(bytes, context, false) : await readPdfInvoice(bytes);
  if (refusal === undefined) return reading;
  return { status: 'unreadable', findings: [refusal, ...reading.findings], invoice: reading.invoice };
}

async function readPdfInvoice(bytes: Buffer): Promise<InvoiceReading> {
  // The PDF library takes some 40 MB of every thread that loads it: those that never see a PDF do without.
  const { embeddedInvoice } = await import('../pdf/embedded-invoice.js');
  const embedded = await embeddedInvoice(bytes);
  if (embedded.finding !== null) return { status: 'unreadable', findings: [embedded.finding], invoice: noTerms };
  return readXmlInvoice(embedded.xml, null, true);
}

/**
 * Reads one entry of an index.
 *
 * @param bytes the bytes of the content file at the entry's offset and length
 */
export function readEntry(entry: IndexEntry, bytes: Buffer): Promise<InvoiceReading> {
  return readInvoice(bytes, entry);
}
