import { TextDecoder } from 'node:util';

/**
 * Encodings of a partner's XML. `utf-8` is read as it stands; the others are transcoded to UTF-8. `unsupported` is XML by
 * its shape, in an encoding outside the list: guessing it could change amounts and names.
 */
export type XmlEncoding = {
  readonly name: 'utf-8' | 'utf-16le' | 'utf-16be' | 'iso-8859-1' | 'iso-8859-15' | 'windows-1252' | 'unsupported';
  /** Bytes of the byte order mark, to be skipped. */
  readonly bomBytes: number;
  /** The encoding as the document declares it, when it does; French words beside it when the bytes contradict it. */
  readonly declared: string | null;
};

const singleByteEncodings: Readonly<Record<string, XmlEncoding['name']>> = {
  'utf-8': 'utf-8',
  utf8: 'utf-8',
  'us-ascii': 'utf-8',
  ascii: 'utf-8',
  'iso-8859-1': 'iso-8859-1',
  latin1: 'iso-8859-1',
  'iso-8859-15': 'iso-8859-15',
  'windows-1252': 'windows-1252',
  cp1252: 'windows-1252',
};

/**
 * Detects the encoding of an XML document by its first bytes (XML 1.0, appendix F). A declaration that contradicts them is a
 * fatal error of XML (4.3.3), and the encoding then unsupported: whichever of the two were believed, names could change.
 *
 * @returns null when the bytes do not begin like XML
 */
export function detectEncoding(head: Buffer): XmlEncoding | null {
  const [b0, b1, b2, b3] = head;
  if ((b0 === 0 && b1 === 0 && (b2 === 0xfe || b2 === 0)) || (b0 === 0xff && b1 === 0xfe && b2 === 0 && b3 === 0)) {
    return b3 === 0xff || b3 === 0x3c || (b0 === 0xff && b1 === 0xfe)
      ? { name: 'unsupported', bomBytes: 0, declared: 'UTF-32' }
      : null;
  }
  if (b0 === 0xff && b1 === 0xfe) return utf16(head, 'utf-16le', 2);
  if (b0 === 0xfe && b1 === 0xff) return utf16(head, 'utf-16be', 2);
  if (b0 === 0x3c && b1 === 0) return utf16(head, 'utf-16le', 0);
  if (b0 === 0 && b1 === 0x3c) return utf16(head, 'utf-16be', 0);

  const bomBytes = b0 === 0xef && b1 === 0xbb && b2 === 0xbf ? 3 : 0;
  let start = bomBytes;
  while (isXmlSpace(head[start])) start++;
  if (head[start] !== 0x3c || !isMarkupStart(head[start + 1])) return null;
  const declared = declaredEncoding(head.toString('latin1', bomBytes, bomBytes + 256));
  if (declared === null) return { name: 'utf-8', bomBytes, declared };
  const named = singleByteEncodings[declared.toLowerCase()];
  if (bomBytes === 3 && named !== 'utf-8') return contradiction(declared, 'UTF-8');
  return { name: named ?? 'unsupported', bomBytes, declared };
}

/** Whether the byte is white space of XML. */
export function isXmlSpace(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
}

function utf16(head: Buffer, name: 'utf-16le' | 'utf-16be', bomBytes: number): XmlEncoding | null {
  const units = name === 'utf-16le' ? head.subarray(bomBytes) : Buffer.from(head.subarray(bomBytes, head.length & ~1));
  if (name === 'utf-16be') units.subarray(0, units.length & ~1).swap16();
  const text = units.toString('utf16le', 0, 512);
  if (!/^\s*<[A-Za-z_?!]/.test(text)) return null;
  const declared = declaredEncoding(text);
  if (declared !== null && !/^(?:utf-16(?:le|be)?|iso-10646-ucs-2|ucs-2)$/i.test(declared))
    return contradiction(declared, 'UTF-16');
  return { name, bomBytes, declared };
}

function contradiction(declared: string, found: string): XmlEncoding {
  return { name: 'unsupported', bomBytes: 0, declared: `${declared}, alors que le fichier est en ${found}` };
}

function declaredEncoding(start: string): string | null {
  return /^<\?xml\s[^>]*?encoding\s*=\s*["']([A-Za-z][\w.-]*)["']/.exec(start)?.[1] ?? null;
}

function isMarkupStart(byte: number | undefined): boolean {
  if (byte === undefined) return false;
  const letter = (byte >= 0x41 && byte <= 0x5a) || (byte >= 0x61 && byte <= 0x7a);
  return letter || byte === 0x5f || byte === 0x3a || byte === 0x21 || byte === 0x3f || byte >= 0x80;
}

/**
 * A strict, resumable decoder of one of the supported encodings. ISO-8859-1 is read as its superset windows-1252, as every
 * browser does: senders declare the one and write the other (the sign € is at 0x80).
 */
export function strictDecoder(name: XmlEncoding['name']): TextDecoder {
  return new TextDecoder(name === 'iso-8859-1' ? 'windows-1252' : name, { fatal: true, ignoreBOM: true });
}
