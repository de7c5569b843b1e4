import type { IndexEntry, NamespaceContext } from '../container/index-entry.js';
import { embeddedInvoice } from '../pdf/embedded-invoice.js';
import { readXmlInvoice } from './read-xml.js';
import type { InvoiceReading } from './reading.js';
import { noTerms } from './terms.js';

/** What {@link readInvoice} is told about the bytes. */
export interface ReadOptions {
  readonly kind: 'xml' | 'pdf';
  /** Namespace declarations around a fragment of a batch; null for a document of its own. */
  readonly context?: NamespaceContext | null;
}

/**
 * Reads one invoice (pass two, R42 and R43). Never throws on what a partner sent: whatever is wrong is a finding.
 *
 * @param bytes all the bytes of the document, or of the fragment
 */
export async function readInvoice(bytes: Buffer, { kind, context = null }: ReadOptions): Promise<InvoiceReading> {
  if (kind === 'xml') return readXmlInvoice(bytes, context, false);
  const embedded = await embeddedInvoice(bytes);
  if (embedded.finding !== null) return { status: 'unreadable', findings: [embedded.finding], invoice: noTerms };
  return readXmlInvoice(embedded.xml, null, true);
}

/**
 * Reads one entry of an index. An entry that pass one refused gives its refusal, with what can be read of the invoice.
 *
 * @param bytes the bytes of the content file at the entry's offset and length
 */
export async function readEntry(entry: IndexEntry, bytes: Buffer): Promise<InvoiceReading> {
  const { refusal } = entry;
  if (entry.kind === 'refused') {
    return { status: 'unreadable', findings: refusal === undefined ? [] : [refusal], invoice: noTerms };
  }
  const reading = await readInvoice(bytes, { kind: entry.kind, context: entry.context });
  if (refusal === undefined) return reading;
  return { status: 'unreadable', findings: [refusal, ...reading.findings], invoice: reading.invoice };
}
