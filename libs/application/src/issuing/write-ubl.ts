import type { DraftDocument } from '#domain';
import { permittedText, xmlOf } from '../shared/xml.js';
import { bodyOf, headOf, isCreditNote, type InvoiceToIssue, type UblTree } from './ubl-tree.js';

/** Bytes of a supporting document by its SHA-256. */
export type OpenDocument = (sha256: string) => Promise<AsyncIterable<Buffer>>;

const NAMESPACE = 'urn:oasis:names:specification:ubl:schema:xsd';

/** Bytes of a group of base64: what does not fill one waits for the next chunk. */
const GROUP = 3;

/**
 * Writes the UBL 2.1 document of a draft (EN 16931, formats of the reform), as it is to be deposited (R20). What the draft lacks
 * the document lacks: the rules that judge it say so. Supporting documents are written as they are read, so memory does not
 * grow with them.
 *
 * @param draft UUID, told in a comment: two invoices are then never the same bytes, which the door would take for one
 * @throws whatever `open` throws
 */
export async function* writeUbl(draft: string, invoice: InvoiceToIssue, open: OpenDocument): AsyncGenerator<Buffer> {
  const root = isCreditNote(invoice.content) ? 'CreditNote' : 'Invoice';
  yield Buffer.from(
    `<?xml version="1.0" encoding="UTF-8"?>\n<!-- Saisie ${draft} -->\n<${root} xmlns="${NAMESPACE}:${root}-2"` +
      ` xmlns:cac="${NAMESPACE}:CommonAggregateComponents-2" xmlns:cbc="${NAMESPACE}:CommonBasicComponents-2">` +
      xmlOf(written(headOf(invoice))),
  );
  for (const document of invoice.content.supportingDocuments ?? []) yield* documentOf(document, open);
  yield Buffer.from(`${xmlOf(written(bodyOf(invoice)))}</${root}>\n`);
}

const PLACE = 'CONTENT';

async function* documentOf(document: DraftDocument, open: OpenDocument): AsyncGenerator<Buffer> {
  const { name, description, sha256 } = document;
  const embedded = { '@mimeCode': mimeCodeOf(name), '@filename': name, '#text': PLACE };
  const reference = {
    'cac:AdditionalDocumentReference': {
      'cbc:ID': name,
      'cbc:DocumentDescription': description,
      'cac:Attachment': { 'cbc:EmbeddedDocumentBinaryObject': embedded },
    },
  };
  const xml = xmlOf(written(reference));
  const at = xml.lastIndexOf(PLACE); // nothing that anybody typed stands behind it
  yield Buffer.from(xml.slice(0, at));
  yield* base64Of(await open(sha256));
  yield Buffer.from(xml.slice(at + PLACE.length));
}

async function* base64Of(bytes: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let left: Buffer = Buffer.alloc(0);
  for await (const chunk of bytes) {
    const all = left.length === 0 ? chunk : Buffer.concat([left, chunk]);
    const whole = all.length - (all.length % GROUP);
    if (whole > 0) yield Buffer.from(all.toString('base64', 0, whole), 'latin1');
    left = Buffer.from(all.subarray(whole));
  }
  if (left.length > 0) yield Buffer.from(left.toString('base64'), 'latin1');
}

/**
 * EN 16931 lets a supporting document declare one of six MIME types (BT-125-1, BR-CL-24). Whatever else the field accepts is
 * declared as senders of the field do; who reads it goes by its bytes and its name.
 */
const MIME_CODES: Readonly<Record<string, string>> = {
  pdf: 'application/pdf',
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  csv: 'text/csv',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  ods: 'application/vnd.oasis.opendocument.spreadsheet',
};

function mimeCodeOf(name: string): string {
  return MIME_CODES[name.slice(name.lastIndexOf('.') + 1).toLowerCase()] ?? 'application/pdf';
}

/** The tree without what is absent, and with texts that XML can hold. */
function written(tree: UblTree): object {
  const entries: [string, unknown][] = [];
  for (const [name, value] of Object.entries(tree)) {
    if (value === undefined || (Array.isArray(value) && value.length === 0)) continue;
    entries.push([name, Array.isArray(value) ? value.map(node) : node(value as UblTree | string)]);
  }
  return Object.fromEntries(entries);
}

function node(value: UblTree | string): unknown {
  return typeof value === 'string' ? permittedText(value) : written(value);
}
