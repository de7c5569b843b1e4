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

/** The constant of a known namespace, so that comparing namespaces is comparing pointers; any other URI as it stands. */
export function sharedNamespace(uri: string): string {
  return ownNamespaces.get(uri) ?? uri;
}

/** A property key is always interned, and holds no reference to the document that the name was cut from. */
function interned(text: string): string {
  return Object.keys({ [text]: 0 })[0] ?? text;
}
