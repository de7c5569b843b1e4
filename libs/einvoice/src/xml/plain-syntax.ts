/** What a byte of a document in UTF-8 may be; several may hold. */
export const byteKind = {
  /** May stand in a name of a plain kind, behind its first character. */
  name: 1,
  /** White space. */
  space: 2,
  /** Stands for itself in character data, with nothing to look at: neither `<`, `&`, `]`, a carriage return nor beyond ASCII. */
  plainText: 4,
  /** Stands for itself in an attribute value: neither `<`, `&`, a quote, white space but the space, nor beyond ASCII. */
  plainValue: 8,
  /** May stand in a document: no control character but white space. */
  character: 16,
} as const;

/** {@link byteKind} of each byte. */
export const byteKinds: Uint8Array = Uint8Array.from({ length: 256 }, (_, byte) => {
  const sign = String.fromCharCode(byte);
  let kind = 0;
  if (/[A-Za-z0-9_:.-]/.test(sign)) kind |= byteKind.name;
  if (/[\t\n\r ]/.test(sign)) kind |= byteKind.space;
  if (byte >= 0x20 || /[\t\n\r]/.test(sign)) kind |= byteKind.character;
  if (byte < 0x80 && /[\t\n -~\x7f]/.test(sign) && !/[<&\]]/.test(sign)) kind |= byteKind.plainText;
  if (byte < 0x80 && byte >= 0x20 && !/[<&"']/.test(sign)) kind |= byteKind.plainValue;
  return kind;
});

const declaration =
  /^<\?xml[ \t\r\n]+version[ \t\r\n]*=[ \t\r\n]*(?:"1\.0"|'1\.0')(?:[ \t\r\n]+encoding[ \t\r\n]*=[ \t\r\n]*(?:"[Uu][Tt][Ff]-8"|'[Uu][Tt][Ff]-8'))?(?:[ \t\r\n]+standalone[ \t\r\n]*=[ \t\r\n]*(?:"(?:yes|no)"|'(?:yes|no)'))?[ \t\r\n]*\?>/;

/** Index behind the XML declaration that a document begins with, of XML 1.0 in UTF-8; 0 when it begins with none. */
export function behindDeclaration(source: string): number {
  return declaration.exec(source)?.[0].length ?? 0;
}

const reference = /&(?:amp|lt|gt|quot|apos|#([0-9]{1,7})|#x([0-9A-Fa-f]{1,6}));/y;

/** Index behind a reference to a predefined entity or to a character that XML 1.0 allows (2.2); -1 for any other. */
export function behindReference(source: string, start: number): number {
  reference.lastIndex = start;
  const [found, decimal, hex] = reference.exec(source) ?? [];
  if (found === undefined) return -1;
  if (decimal !== undefined && !isCharacter(Number.parseInt(decimal, 10))) return -1;
  if (hex !== undefined && !isCharacter(Number.parseInt(hex, 16))) return -1;
  return start + found.length;
}

function isCharacter(code: number): boolean {
  if (code < 0x20) return code === 0x09 || code === 0x0a || code === 0x0d;
  return code <= 0xd7ff || (code >= 0xe000 && code <= 0xfffd) || (code >= 0x10000 && code <= 0x10ffff);
}

/** Whether the UTF-8 at this index writes U+FFFE or U+FFFF, the characters that are valid UTF-8 and not allowed in XML. */
export function isNoncharacter(bytes: Buffer, at: number): boolean {
  return bytes[at] === 0xef && bytes[at + 1] === 0xbf && (bytes[at + 2] === 0xbe || bytes[at + 2] === 0xbf);
}

const reservedNamespaces: ReadonlySet<string> = new Set([
  'http://www.w3.org/XML/1998/namespace',
  'http://www.w3.org/2000/xmlns/',
]);

/**
 * Whether a prefix may be bound to a namespace name, both of a plain kind: no reserved name on either side, and only the
 * default namespace may be taken back by an empty name (Namespaces in XML 1.0, 2.2 and 3).
 *
 * @param prefix `''` for the default namespace
 */
export function isPlainBinding(prefix: string, namespace: string): boolean {
  if (prefix !== '' && (!/^[A-Za-z_][\w.-]*$/.test(prefix) || /^xml/i.test(prefix) || namespace === '')) return false;
  return /^[!-~]*$/.test(namespace) && !/[<&"]/.test(namespace) && !reservedNamespaces.has(namespace);
}
