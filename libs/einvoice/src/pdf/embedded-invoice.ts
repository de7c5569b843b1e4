import { inflateSync } from 'node:zlib';
import {
  EncryptedPDFError,
  PDFArray,
  PDFDict,
  PDFDocument,
  PDFHexString,
  PDFName,
  PDFRawStream,
  PDFString,
  type PDFObject,
} from '@cantoo/pdf-lib';
import { defaultLimits } from '../container/limits.js';
import { finding, type Finding } from '../finding/finding.js';

/** The invoice XML embedded in a PDF, or why there is none. */
export type EmbeddedInvoice =
  { readonly xml: Buffer; readonly finding: null } | { readonly xml: null; readonly finding: Finding };

/** Names of the invoice XML in a hybrid PDF: Factur-X, ZUGFeRD 2 and 1, XRechnung. Case does not count. */
const invoiceNames = ['factur-x.xml', 'zugferd-invoice.xml', 'xrechnung.xml'];

/** A name tree deeper than this is a loop or an attack. */
const deepestNameTree = 32;
const mostAttachments = 1000;

/**
 * Takes the invoice XML out of a Factur-X (PDF/A-3). Exactly one is asked: with two, nobody could say which is the invoice.
 *
 * @param bytes the whole PDF
 */
export async function embeddedInvoice(bytes: Buffer): Promise<EmbeddedInvoice> {
  let attachments: Attachment[];
  try {
    const document = await PDFDocument.load(bytes, {
      updateMetadata: false,
      throwOnInvalidObject: false,
      parseSpeed: Infinity,
    });
    attachments = attachmentsOf(document);
  } catch (error) {
    if (error instanceof EncryptedPDFError) return none(finding('PDF-ENCRYPTED'));
    return none(finding('PDF-BROKEN', { found: error instanceof Error ? error.message : String(error) }));
  }
  const invoices = attachments.filter(({ name }) => invoiceNames.includes(name.toLowerCase()));
  const [invoice, other] = invoices;
  if (invoice === undefined) return none(finding('PDF-NO-XML', { expected: invoiceNames.join(', ') }));
  if (other !== undefined)
    return none(finding('PDF-SEVERAL-XML', { found: invoices.map(({ name }) => name).join(', ') }));
  return unpack(invoice.stream);
}

interface Attachment {
  readonly name: string;
  readonly stream: PDFRawStream;
}

function attachmentsOf(document: PDFDocument): Attachment[] {
  const found = new Map<PDFRawStream, Attachment>();
  const walk = (node: PDFDict | undefined, depth: number): void => {
    if (node === undefined || depth > deepestNameTree || found.size > mostAttachments) return;
    const names = node.lookupMaybe(PDFName.of('Names'), PDFArray);
    for (let at = 1; at < (names?.size() ?? 0); at += 2) addAttachment(found, names?.lookupMaybe(at, PDFDict));
    const kids = node.lookupMaybe(PDFName.of('Kids'), PDFArray);
    for (let at = 0; at < (kids?.size() ?? 0); at++) walk(kids?.lookupMaybe(at, PDFDict), depth + 1);
  };
  const trees = document.catalog.lookupMaybe(PDFName.of('Names'), PDFDict);
  walk(trees?.lookupMaybe(PDFName.of('EmbeddedFiles'), PDFDict), 0);
  // PDF/A-3 also lists its attachments as associated files; some producers list them only there.
  const associated = document.catalog.lookupMaybe(PDFName.of('AF'), PDFArray);
  for (let at = 0; at < Math.min(associated?.size() ?? 0, mostAttachments); at++) {
    addAttachment(found, associated?.lookupMaybe(at, PDFDict));
  }
  return [...found.values()];
}

function addAttachment(found: Map<PDFRawStream, Attachment>, specification: PDFDict | undefined): void {
  const file = specification?.lookupMaybe(PDFName.of('EF'), PDFDict);
  const stream = file?.lookup(PDFName.of('F')) ?? file?.lookup(PDFName.of('UF'));
  const name = text(specification?.lookup(PDFName.of('UF'))) ?? text(specification?.lookup(PDFName.of('F')));
  if (stream instanceof PDFRawStream && name !== null) found.set(stream, { name, stream });
}

function text(value: PDFObject | undefined): string | null {
  return value instanceof PDFString || value instanceof PDFHexString ? value.decodeText() : null;
}

/** Inflates with a cap: the PDF library itself would inflate a bomb of any size. */
function unpack(stream: PDFRawStream): EmbeddedInvoice {
  const filter = stream.dict.lookup(PDFName.of('Filter'));
  const filters =
    filter instanceof PDFArray ? filter.asArray().map(String) : filter === undefined ? [] : [String(filter)];
  const raw = Buffer.from(stream.getContents());
  if (filters.length === 0) return { xml: raw, finding: null };
  if (filters.length > 1 || filters[0] !== '/FlateDecode') {
    return none(finding('PDF-BROKEN', { found: `filtre ${filters.join(' ')}` }));
  }
  try {
    return { xml: inflateSync(raw, { maxOutputLength: defaultLimits.memberBytes }), finding: null };
  } catch (error) {
    const tooLarge = (error as { code?: unknown }).code === 'ERR_BUFFER_TOO_LARGE';
    return none(
      tooLarge
        ? finding('PDF-XML-TOO-LARGE', { expected: defaultLimits.memberBytes })
        : finding('PDF-BROKEN', { found: 'le fichier XML joint ne se décompresse pas' }),
    );
  }
}

function none(reason: Finding): EmbeddedInvoice {
  return { xml: null, finding: reason };
}
