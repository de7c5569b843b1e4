import { ownReadableDocument, readableInvoicePdf, type ReadableInvoiceFacts } from '#application';
import { openInvoice } from '#einvoice';
import { readFile } from 'node:fs/promises';

/** An invoice to be shown. */
export interface ReadableInvoiceTask {
  /** File of its XML. */
  readonly path: string;
  /** SHA-256 of its supporting documents that were kept. */
  readonly kept: readonly string[];
  readonly facts: ReadableInvoiceFacts;
}

/** What there is to show: the document that it brings along, or a page made of its data. */
export type ReadableInvoiceResult =
  | { readonly outcome: 'brought'; readonly sha256: string }
  | { readonly outcome: 'printed'; readonly pdf: Uint8Array }
  | { readonly outcome: 'unreadable' };

/** Reads and prints an invoice in a thread: a long one takes seconds. */
export default async function readable({ path, kept, facts }: ReadableInvoiceTask): Promise<ReadableInvoiceResult> {
  const { model } = await openInvoice(await readFile(path), { kind: 'xml' });
  if (model === null) return { outcome: 'unreadable' };
  const sha256 = await ownReadableDocument(model, kept);
  return sha256 === null
    ? { outcome: 'printed', pdf: await readableInvoicePdf(model, facts) }
    : { outcome: 'brought', sha256 };
}
