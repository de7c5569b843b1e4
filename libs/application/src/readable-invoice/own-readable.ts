import { extractSupportingDocuments, type InvoiceModel } from '#einvoice';

/** How an invoice says that a document is its readable form: BR-FR-17; the E2 forms of the portal (01, the main one). */
const READABLE = ['LISIBLE', '01'];

/**
 * The readable form that an invoice brings along, if it is a PDF: the document that is said to be it, or the first one of an
 * invoice without lines, since the E2 forms are some data and a readable document.
 *
 * @param kept SHA-256 of the documents that were kept of the invoice
 * @returns the SHA-256 of one of them; null when it brings none
 */
export async function ownReadableDocument(model: InvoiceModel, kept: readonly string[]): Promise<string | null> {
  if (kept.length === 0) return null;
  const { documents } = await extractSupportingDocuments(model);
  const pdfs = documents.filter(({ type, sha256 }) => type.mime === 'application/pdf' && kept.includes(sha256));
  const said = pdfs.find(({ description }) => description !== null && READABLE.includes(description));
  const first = model.lines.length === 0 ? pdfs[0] : undefined;
  return (said ?? first)?.sha256 ?? null;
}
