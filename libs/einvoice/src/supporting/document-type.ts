import { detectEncoding } from '../xml/encoding.js';

/** What a document is by its bytes. */
export interface DocumentType {
  /** MIME type. */
  readonly mime: string;
  /** Extensions of files of that type, in lower case, the usual one first. */
  readonly extensions: readonly string[];
  /** What to call it in a message. */
  readonly label: string;
}

/** How many bytes {@link documentTypeOf} wants to see. */
export const typeHeadBytes = 1024;

const zip: DocumentType = {
  mime: 'application/zip',
  extensions: ['zip', 'docx', 'xlsx', 'pptx', 'odt', 'ods', 'odp'],
  label: 'une archive ZIP',
};
const xml: DocumentType = {
  mime: 'application/xml',
  extensions: ['xml', 'xhtml', 'svg', 'html', 'htm'],
  label: 'du XML',
};
const text: DocumentType = {
  mime: 'text/plain',
  extensions: ['txt', 'csv', 'xml', 'html', 'htm', 'xhtml', 'svg', 'p7s'],
  label: 'du texte',
};
const unknown: DocumentType = { mime: 'application/octet-stream', extensions: [], label: 'un contenu inconnu' };

type Signature = readonly [signature: string, mime: string, extensions: string, label: string];

/** First bytes, as Latin-1. Types that share a container (OLE, zip) are told by their extension only. */
const signatures: readonly Signature[] = [
  ['%PDF-', 'application/pdf', 'pdf', 'un PDF'],
  ['\x89PNG\r\n\x1a\n', 'image/png', 'png', 'une image PNG'],
  ['\xff\xd8\xff', 'image/jpeg', 'jpg jpeg', 'une image JPEG'],
  ['GIF8', 'image/gif', 'gif', 'une image GIF'],
  ['II*\0', 'image/tiff', 'tif tiff fax', 'une image TIFF'],
  ['MM\0*', 'image/tiff', 'tif tiff fax', 'une image TIFF'],
  ['BM', 'image/bmp', 'bmp', 'une image BMP'],
  ['\x1f\x8b', 'application/gzip', 'gz gzip tgz', 'une archive GZIP'],
  ['BZh', 'application/x-bzip2', 'bz2', 'une archive BZIP2'],
  ['{\\rtf', 'application/rtf', 'rtf doc', 'un document RTF'],
  [
    '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1',
    'application/x-ole-storage',
    'doc xls ppt pps xlm xlc',
    'un document bureautique',
  ],
  ['Rar!', 'application/vnd.rar', '', 'une archive RAR'],
  ['7z\xbc\xaf\x27\x1c', 'application/x-7z-compressed', '', 'une archive 7z'],
  ['MZ', 'application/x-msdownload', '', 'un programme'],
  ['\x7fELF', 'application/x-executable', '', 'un programme'],
];

/** DER of the object identifier of signed data (PKCS #7, 1.2.840.113549.1.7.2). */
const signedData = Buffer.from([0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x02]);

/**
 * Tells what a document is by its first bytes: the MIME types and the names that senders write prove nothing.
 *
 * @param head the first {@link typeHeadBytes} bytes, or all of them when there are fewer
 */
export function documentTypeOf(head: Buffer): DocumentType {
  const start = head.toString('latin1', 0, 16);
  if (start.startsWith('PK\x03\x04') || start.startsWith('PK\x05\x06')) return zip;
  for (const [signature, mime, extensions, label] of signatures) {
    if (start.startsWith(signature)) return { mime, extensions: extensions === '' ? [] : extensions.split(' '), label };
  }
  if (head[0] === 0x30 && head.subarray(0, 24).includes(signedData)) {
    return { mime: 'application/pkcs7-signature', extensions: ['p7s'], label: 'une signature PKCS #7' };
  }
  if (detectEncoding(head) !== null) return xml;
  return isText(head) ? text : unknown;
}

/** Whether that is a zip. */
export function isZip(type: DocumentType): boolean {
  return type === zip;
}

/** Extensions under which a zip is the document itself, and not what a document was packed in. */
export const zipExtensions: ReadonlySet<string> = new Set(zip.extensions);

function isText(head: Buffer): boolean {
  if (head.length === 0) return false;
  return head.every((byte) => byte >= 0x20 || byte === 0x09 || byte === 0x0a || byte === 0x0c || byte === 0x0d);
}
