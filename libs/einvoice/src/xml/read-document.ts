import { XmlElement, type XmlAttribute } from './element.js';
import { normaliseLineEnds, resolveReferences } from './text.js';
import type { RuleId } from '../finding/catalogue.js';

/** Something that makes a document unsafe or unreadable, seen while reading it. */
export interface DocumentFault {
  readonly rule: Extract<
    RuleId,
    'FILE-DOCTYPE' | 'FILE-XML-TOO-DEEP' | 'FILE-XML-TAG-TOO-LONG' | 'SYNTAX-ATTRIBUTES' | 'SYNTAX-PREFIX-UNBOUND'
  >;
  readonly line: number;
  readonly found: string | null;
  readonly expected: number | null;
}

/** The tree of a document, as far as it could be read. */
export interface ReadDocument {
  readonly root: XmlElement | null;
  /** The first fault of each kind. */
  readonly faults: readonly DocumentFault[];
}

/** Bounds on the shape of one document; a strict parser is only given what is within them. */
export const documentLimits = { depth: 256, tagCharacters: 64 * 1024, attributes: 256 } as const;

type Namespaces = ReadonlyMap<string, string>;
const xmlNamespace: Namespaces = new Map([['xml', 'http://www.w3.org/XML/1998/namespace']]);
const openTag = /^[^\s/>]+/;
const attributePattern = /([^\s=/>]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;

/**
 * Reads a document into a tree in one linear pass that allocates little and never fails: a malformed document gives what
 * could be read of it, so that its reject can still name the invoice (R44). Whether the document is well formed is not
 * decided here but by a strict parser; on a well-formed document without DOCTYPE the two give the same tree.
 *
 * @param source the decoded document or fragment
 * @param context namespace declarations in scope around a fragment
 */
export function readDocument(source: string, context: Readonly<Record<string, string>> | null): ReadDocument {
  return new DocumentReader(source, context).read();
}

class DocumentReader {
  readonly #faults = new Map<string, DocumentFault>();
  readonly #names = new Map<string, { prefix: string; localName: string }>();
  readonly #scopes: Namespaces[] = [];
  #root: XmlElement | null = null;
  #current: XmlElement | null = null;
  #depth = 0;
  #lineStarts: number[] | null = null;
  readonly #document = {
    lineAt: (index: number): number => this.#lineAt(index),
    attributesAt: (index: number): XmlAttribute[] => this.#attributesAt(index),
  };

  constructor(
    private readonly source: string,
    context: Readonly<Record<string, string>> | null,
  ) {
    this.#scopes.push(context === null ? xmlNamespace : new Map([...xmlNamespace, ...Object.entries(context)]));
  }

  read(): ReadDocument {
    const { source } = this;
    let at = 0;
    for (;;) {
      const open = source.indexOf('<', at);
      if (open < 0) break;
      if (open > at) this.#text(source.slice(at, open), true);
      const next = source.charCodeAt(open + 1);
      if (next === 0x2f) at = this.#close(open);
      else if (next === 0x21) at = this.#declaration(open);
      else if (next === 0x3f) at = endOf(source.indexOf('?>', open + 2), 2, source.length);
      else at = this.#open(open);
      if (at < 0) break;
    }
    return { root: this.#root, faults: [...this.#faults.values()] };
  }

  #text(raw: string, references: boolean): void {
    const current = this.#current;
    if (current === null || current.children.length > 0) return;
    const text = normaliseLineEnds(raw);
    current.text += references ? resolveReferences(text) : text;
  }

  /** Comment, CDATA section or DOCTYPE; gives the index behind it, or -1 to stop. */
  #declaration(open: number): number {
    const { source } = this;
    if (source.startsWith('--', open + 2)) return endOf(source.indexOf('-->', open + 4), 3, source.length);
    if (source.startsWith('[CDATA[', open + 2)) {
      const end = source.indexOf(']]>', open + 9);
      if (end >= 0) this.#text(source.slice(open + 9, end), false);
      return endOf(end, 3, source.length);
    }
    this.#fault('FILE-DOCTYPE', open, source.slice(open, open + 40), null);
    return -1;
  }

  #close(open: number): number {
    const end = this.source.indexOf('>', open + 2);
    if (end < 0) return -1;
    const name = this.source.slice(open + 2, end).trimEnd();
    // A stray closing tag closes the nearest element of that name; one that closes nothing is passed over.
    let closed = this.#current;
    let levels = 1;
    while (closed !== null && qualifiedName(closed) !== name) {
      closed = closed.parent;
      levels++;
    }
    if (closed === null) return end + 1;
    this.#current = closed.parent;
    this.#depth -= levels;
    this.#scopes.length = this.#depth + 1;
    return end + 1;
  }

  #open(open: number): number {
    const end = this.#tagEnd(open);
    if (end < 0) return -1;
    const { source } = this;
    const selfClosing = source.charCodeAt(end - 1) === 0x2f;
    const tag = source.slice(open + 1, selfClosing ? end - 1 : end);
    const written = openTag.exec(tag)?.[0];
    if (written === undefined) return open + 1;
    if (this.#root !== null && this.#current === null) return end + 1; // a second root: the strict parser refuses it
    if (this.#depth >= documentLimits.depth) {
      this.#fault('FILE-XML-TOO-DEEP', open, null, documentLimits.depth);
      return -1;
    }
    const element = this.#element(open, written, tag);
    this.#root ??= element;
    this.#current?.children.push(element);
    if (selfClosing) {
      this.#scopes.length = this.#depth + 1;
      return end + 1;
    }
    this.#current = element;
    this.#depth++;
    return end + 1;
  }

  #element(open: number, written: string, tag: string): XmlElement {
    let name = this.#names.get(written);
    if (name === undefined) {
      const colon = written.indexOf(':');
      name = { prefix: written.slice(0, Math.max(colon, 0)), localName: written.slice(colon + 1) };
      this.#names.set(written, name);
    }
    const scope = this.#scope(open, tag);
    this.#scopes[this.#depth + 1] = scope;
    const namespace = scope.get(name.prefix) ?? (name.prefix === '' ? '' : null);
    if (namespace === null) this.#fault('SYNTAX-PREFIX-UNBOUND', open, name.prefix, null);
    return new XmlElement(this.#current, name.prefix, name.localName, namespace, open, this.#document);
  }

  #scope(open: number, tag: string): Namespaces {
    const outer = this.#scopes[this.#depth] ?? xmlNamespace;
    if (!tag.includes('xmlns')) return outer;
    const scope = new Map(outer);
    const attributes = this.#attributesAt(open);
    if (attributes.length > documentLimits.attributes) {
      this.#fault('SYNTAX-ATTRIBUTES', open, null, documentLimits.attributes);
      return outer;
    }
    for (const { name, value } of attributes) {
      if (name === 'xmlns') scope.set('', value);
      else if (name.startsWith('xmlns:')) scope.set(name.slice(6), value);
    }
    return scope;
  }

  /** Index of the `>` that ends a start tag, with `>` allowed in quoted values; -1 when there is none. */
  #tagEnd(open: number): number {
    const { source } = this;
    let end = source.indexOf('>', open + 1);
    if (end < 0) return -1;
    if (end - open > 64 || hasQuote(source, open, end)) {
      end = quotedTagEnd(source, open);
      if (end < 0) return -1;
    }
    if (end - open > documentLimits.tagCharacters) {
      this.#fault('FILE-XML-TAG-TOO-LONG', open, null, documentLimits.tagCharacters);
      return -1;
    }
    return end;
  }

  #attributesAt(index: number): XmlAttribute[] {
    const end = quotedTagEnd(this.source, index);
    const tag = this.source.slice(index + 1, end < 0 ? this.source.length : end);
    const attributes: XmlAttribute[] = [];
    for (const match of tag.matchAll(attributePattern)) {
      const raw = match[2] ?? match[3] ?? '';
      // Attribute values: white space characters become spaces before references are resolved (XML 1.0, 3.3.3).
      const value = resolveReferences(normaliseLineEnds(raw).replace(/[\n\t]/g, ' '));
      attributes.push({ name: match[1] ?? '', value });
      if (attributes.length > documentLimits.attributes) break;
    }
    return attributes;
  }

  #fault(rule: DocumentFault['rule'], index: number, found: string | null, expected: number | null): void {
    if (!this.#faults.has(rule)) this.#faults.set(rule, { rule, line: this.#lineAt(index), found, expected });
  }

  #lineAt(index: number): number {
    this.#lineStarts ??= lineStarts(this.source);
    let low = 0;
    let high = this.#lineStarts.length;
    while (low + 1 < high) {
      const middle = (low + high) >> 1;
      if ((this.#lineStarts[middle] ?? 0) <= index) low = middle;
      else high = middle;
    }
    return low + 1;
  }
}

function endOf(found: number, length: number, none: number): number {
  return found < 0 ? none : found + length;
}

function qualifiedName(element: XmlElement): string {
  return element.prefix === '' ? element.localName : `${element.prefix}:${element.localName}`;
}

function hasQuote(source: string, from: number, to: number): boolean {
  for (let at = from; at < to; at++) {
    const code = source.charCodeAt(at);
    if (code === 0x22 || code === 0x27) return true;
  }
  return false;
}

function quotedTagEnd(source: string, open: number): number {
  for (let at = open + 1; at < source.length; at++) {
    const code = source.charCodeAt(at);
    if (code === 0x3e) return at;
    if (code === 0x3c) return -1; // never inside a tag of a well-formed document
    if (code === 0x22 || code === 0x27) {
      const close = source.indexOf(code === 0x22 ? '"' : "'", at + 1);
      if (close < 0) return -1;
      at = close;
    }
  }
  return -1;
}

function lineStarts(source: string): number[] {
  const starts = [0];
  for (let at = source.indexOf('\n'); at >= 0; at = source.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}
