import { namespaces } from './namespaces.js';

/** A qualified name, taken apart. */
export interface QualifiedName {
  readonly written: string;
  readonly prefix: string;
  readonly localName: string;
}

/** Enough for every name of UBL and CII under several prefixes; a hostile document must not make it grow. */
const mostShared = 4096;
const shared = new Map<string, QualifiedName>();
const ownNamespaces = new Map<string, string>(Object.values(namespaces).map((uri) => [uri, uri]));

/**
 * Takes a name apart. Names are shared by all documents and interned, so that comparing one with a constant is comparing
 * two pointers: reading the terms of an invoice is mostly such comparisons.
 */
export function qualifiedName(written: string): QualifiedName {
  const known = shared.get(written);
  if (known !== undefined) return known;
  const colon = written.indexOf(':');
  const name = {
    written: interned(written),
    prefix: interned(written.slice(0, Math.max(colon, 0))),
    localName: interned(written.slice(colon + 1)),
  };
  if (shared.size < mostShared) shared.set(name.written, name);
  return name;
}

const spelling = /^[A-Za-z_][\w.-]*(?::[A-Za-z_][\w.-]*)?$/;
/** Twice the names that are kept, so that a name is mostly found at the first look. */
const slots = 2 * mostShared;
/** Looks after which a name is taken for an unknown one: a hostile document may choose names of one hash. */
const mostLooks = 8;

interface PlainName {
  readonly name: QualifiedName;
  readonly bytes: Buffer;
}

const plainNames = new Array<PlainName | undefined>(slots).fill(undefined);

/**
 * The name of a plain kind that is written in a document: ASCII letters, digits, `_`, `.` and `-`, at most one colon, and
 * not of the reserved prefix `xml`. It is found by its bytes, without cutting a text out of the document for each tag.
 *
 * @param bytes the document in UTF-8
 * @returns null for a name of any other kind
 */
export function plainName(bytes: Buffer, start: number, end: number): QualifiedName | null {
  let slot = slotOf(bytes, start, end);
  for (let looks = 0; looks < mostLooks; looks++) {
    const known = plainNames[slot];
    if (known === undefined) break;
    if (isWritten(known.bytes, bytes, start, end)) return known.name;
    slot = (slot + 1) & (slots - 1);
  }
  const written = bytes.toString('latin1', start, end);
  if (!spelling.test(written) || written.startsWith('xml:')) return null;
  const name = qualifiedName(written);
  // Only names that all documents share are kept; their number bounds this table too.
  if (plainNames[slot] === undefined && shared.get(written) === name)
    plainNames[slot] = { name, bytes: Buffer.from(written) };
  return name;
}

/** A few bytes tell the names of our formats apart; what they do not tell, the comparison does. */
function slotOf(bytes: Buffer, start: number, end: number): number {
  const length = end - start;
  const head = (bytes[start] ?? 0) + 5 * (bytes[start + 4] ?? 0) + 19 * (bytes[start + (length >> 1)] ?? 0);
  const tail = 67 * (bytes[end - 5] ?? 0) + 251 * (bytes[end - 1] ?? 0);
  return (head + tail + 1021 * length) & (slots - 1);
}

function isWritten(name: Buffer, bytes: Buffer, start: number, end: number): boolean {
  const { length } = name;
  if (end - start !== length) return false;
  for (let at = 0; at < length; at++) if (name[at] !== bytes[start + at]) return false;
  return true;
}

/** The constant of a known namespace, so that comparing namespaces is comparing pointers; any other URI as it stands. */
export function sharedNamespace(uri: string): string {
  return ownNamespaces.get(uri) ?? uri;
}

/** A property key is always interned, and holds no reference to the document that the name was cut from. */
function interned(text: string): string {
  return Object.keys({ [text]: 0 })[0] ?? text;
}
