import { openXml } from './open-xml.js';
import { refusedOpening, type OpenedInvoice } from './opened.js';
import type { ReadOptions } from './read-options.js';

/**
 * Opens one invoice for its rules: parses it, recognises its format and gives its document and its model. Never throws on
 * what a partner sent: whatever is wrong is a finding.
 *
 * What pass one refused stays refused, with what can be read of it: a reject should name the invoice (R44).
 *
 * @param bytes all the bytes of the document, or of the fragment
 * @param options what the bytes are; an `IndexEntry` as it stands
 */
export async function openInvoice(bytes: Buffer, options: ReadOptions): Promise<OpenedInvoice> {
  const { kind, context = null, refusal } = options;
  if (kind === 'refused') return refusedOpening('unreadable', refusal === undefined ? [] : [refusal]);
  const invoice = kind === 'xml' ? openXml(bytes, context, false) : await openPdf(bytes);
  if (refusal === undefined) return invoice;
  return refusedOpening('unreadable', [refusal, ...invoice.findings], invoice.root, invoice.model);
}

async function openPdf(bytes: Buffer): Promise<OpenedInvoice> {
  // The PDF library takes some 40 MB of every thread that loads it: those that never see a PDF do without.
  const { embeddedInvoice } = await import('../pdf/embedded-invoice.js');
  const embedded = await embeddedInvoice(bytes);
  if (embedded.finding !== null) return refusedOpening('unreadable', [embedded.finding]);
  return openXml(embedded.xml, null, true);
}
