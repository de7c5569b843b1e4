import type { RuleId } from '../finding/catalogue.js';
import { shortestAttribute, XmlElement, type ElementSource, type XmlAttribute } from './element.js';
import { LineIndex } from './line-index.js';
import { qualifiedName, sharedNamespace } from './names.js';
import { normaliseLineEnds, resolveReferences } from './text.js';

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
const stop = -1;

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

class DocumentReader implements ElementSource {
  readonly #faults = new Map<string, DocumentFault>();
  readonly #outerScope: Namespaces;
  #root: XmlElement | null = null;
  #current: XmlElement | null = null;
  #depth = 0;
  #lines: LineIndex | null = null;

  constructor(
    readonly source: string,
    context: Readonly<Record<string, string>> | null,
  ) {
    const outer = Object.entries(context ?? {}).map(([prefix, uri]) => [prefix, sharedNamespace(uri)] as const);
    this.#outerScope = outer.length === 0 ? xmlNamespace : new Map([...xmlNamespace, ...outer]);
  }

  read(): ReadDocument {
    const { source } = this;
    let at = 0;
    while (at !== stop) {
      const open = source.indexOf('<', at);
      if (open < 0) break;
      if (open > at && this.#current !== null) this.#current.addText(at, open, false);
      const next = source.charCodeAt(open + 1);
      if (next === 0x2f) at = this.#close(open);
      else if (next === 0x21) at = this.#declaration(open);
      else if (next === 0x3f) at = behind(source.indexOf('?>', open + 2), 2);
      else at = this.#open(open);
    }
    return { root: this.#root, faults: [...this.#faults.values()] };
  }

  lineAt(index: number): number {
    this.#lines ??= new LineIndex(this.source);
    return this.#lines.lineAt(index);
  }

  attributesAt(index: number): XmlAttribute[] {
    const end = tagEnd(this.source, index);
    const tag = this.source.slice(index + 1, end < 0 ? ~end : end);
    const attributes: XmlAttribute[] = [];
    let from = 0;
    for (let sign = tag.indexOf('='); sign >= 0; sign = tag.indexOf('=', from)) {
      const open = skipSpace(tag, sign + 1);
      const quote = tag[open];
      const close = quote === '"' || quote === "'" ? tag.indexOf(quote, open + 1) : stop;
      const name = nameBefore(tag, from, sign);
      from = close < 0 || name === '' ? sign + 1 : close + 1;
      if (from === sign + 1) continue;
      attributes.push({ name, value: attributeValue(tag.slice(open + 1, close)) });
      if (attributes.length > documentLimits.attributes) break;
    }
    return attributes;
  }

  /** Comment, CDATA section or DOCTYPE; gives the index behind it. */
  #declaration(open: number): number {
    const { source } = this;
    if (source.startsWith('--', open + 2)) return behind(source.indexOf('-->', open + 4), 3);
    if (source.startsWith('[CDATA[', open + 2)) {
      const end = source.indexOf(']]>', open + 9);
      if (end >= 0) this.#current?.addText(open + 9, end, true);
      return behind(end, 3);
    }
    this.#fault('FILE-DOCTYPE', open, source.slice(open, open + 40), null);
    return stop;
  }

  #close(open: number): number {
    const { source } = this;
    const expected = this.#current?.name.written;
    if (expected !== undefined && source.startsWith(expected, open + 2)) {
      const end = open + 2 + expected.length;
      if (source.charCodeAt(end) === 0x3e) {
        this.#current = this.#current?.parent ?? null;
        this.#depth--;
        return end + 1;
      }
    }
    const end = source.indexOf('>', open + 2);
    if (end >= 0) this.#closeNearest(source.slice(open + 2, end).trimEnd());
    return behind(end, 1);
  }

  /** A stray closing tag closes the nearest element of that name; one that closes nothing is passed over. */
  #closeNearest(name: string): void {
    let closed = this.#current;
    let levels = 1;
    while (closed !== null && closed.name.written !== name) {
      closed = closed.parent;
      levels++;
    }
    if (closed === null) return;
    this.#current = closed.parent;
    this.#depth -= levels;
  }

  #open(open: number): number {
    const { source } = this;
    const nameEnd = endOfName(source, open + 1);
    const end = source.charCodeAt(nameEnd) === 0x3e ? nameEnd : tagEnd(source, nameEnd - 1);
    const reached = end < 0 ? ~end : end;
    if (reached - open > documentLimits.tagCharacters) {
      this.#fault('FILE-XML-TAG-TOO-LONG', open, null, documentLimits.tagCharacters);
      return stop;
    }
    if (end < 0) return reached < source.length ? reached : stop; // an incomplete tag: the strict parser refuses it
    if (nameEnd === open + 1) return open + 1;
    if (this.#root !== null && this.#current === null) return end + 1; // a second root: likewise
    if (this.#depth >= documentLimits.depth) {
      this.#fault('FILE-XML-TOO-DEEP', open, null, documentLimits.depth);
      return stop;
    }
    const element = this.#element(open, nameEnd, end);
    this.#root ??= element;
    this.#current?.adopt(element);
    if (source.charCodeAt(end - 1) !== 0x2f) {
      this.#current = element;
      this.#depth++;
    }
    return end + 1;
  }

  #element(open: number, nameEnd: number, end: number): XmlElement {
    const name = qualifiedName(this.source.slice(open + 1, nameEnd));
    const outer = this.#current?.scope ?? this.#outerScope;
    const scope = end - nameEnd < 8 ? outer : this.#scope(open, nameEnd, end, outer);
    const namespace = scope.get(name.prefix) ?? (name.prefix === '' ? '' : null);
    if (namespace === null) this.#fault('SYNTAX-PREFIX-UNBOUND', open, name.prefix, null);
    return new XmlElement(this.#current, name, namespace, scope, open, end - nameEnd >= shortestAttribute, this);
  }

  #scope(open: number, nameEnd: number, end: number, outer: Namespaces): Namespaces {
    const tag = this.source.slice(nameEnd, end);
    // Counting signs bounds the attributes without reading them; a value may hold some, so the bound is generous.
    if (tag.length > 1024 && countOf(tag, '=') > documentLimits.attributes) {
      this.#fault('SYNTAX-ATTRIBUTES', open, null, documentLimits.attributes);
      return outer;
    }
    if (!tag.includes('xmlns')) return outer;
    const scope = new Map(outer);
    for (const { name, value } of this.attributesAt(open)) {
      if (name === 'xmlns') scope.set('', sharedNamespace(value));
      else if (name.startsWith('xmlns:')) scope.set(name.slice(6), sharedNamespace(value));
    }
    return scope;
  }

  #fault(rule: DocumentFault['rule'], index: number, found: string | null, expected: number | null): void {
    if (!this.#faults.has(rule)) this.#faults.set(rule, { rule, line: this.lineAt(index), found, expected });
  }
}

/** The index of the first character from one on that is no white space. */
function skipSpace(tag: string, from: number): number {
  let at = from;
  while (at < tag.length && isSpace(tag.charCodeAt(at))) at++;
  return at;
}

/** The name that ends before an equals sign, white space between them aside; `''` when there is none. */
function nameBefore(tag: string, from: number, sign: number): string {
  let end = sign;
  while (end > from && isSpace(tag.charCodeAt(end - 1))) end--;
  let start = end;
  while (start > from && !endsName(tag.charCodeAt(start - 1))) start--;
  return tag.slice(start, end);
}

function isSpace(code: number): boolean {
  return code <= 0x20 && (code === 0x20 || code === 0x0a || code === 0x09 || code === 0x0d);
}

function endsName(code: number): boolean {
  return isSpace(code) || code === 0x2f || code === 0x3d || code === 0x3e;
}

/** Attribute values: white space characters become spaces before references are resolved (XML 1.0, 3.3.3). */
function attributeValue(raw: string): string {
  if (!/[\r\n\t&]/.test(raw)) return raw;
  return resolveReferences(normaliseLineEnds(raw).replace(/[\n\t]/g, ' '));
}

function behind(found: number, length: number): number {
  return found < 0 ? stop : found + length;
}

function endOfName(source: string, start: number): number {
  let end = start;
  for (; end < source.length; end++) {
    const code = source.charCodeAt(end);
    if (code === 0x3e || code === 0x2f || code <= 0x20 || code === 0x3c) break;
  }
  return end;
}

/**
 * Index of the `>` that ends a start tag, with `>` allowed in quoted values. When there is none, the complement (`~`) of the
 * index of the next `<`, which no tag of a well-formed document may hold, or of the end.
 */
function tagEnd(source: string, from: number): number {
  const next = source.indexOf('<', from + 1);
  const limit = next < 0 ? source.length : next;
  for (let at = from + 1; at < limit; at++) {
    const code = source.charCodeAt(at);
    if (code === 0x3e) return at;
    if (code === 0x22 || code === 0x27) {
      const close = source.indexOf(code === 0x22 ? '"' : "'", at + 1);
      if (close < 0 || close > limit) return ~limit;
      at = close;
    }
  }
  return ~limit;
}

function countOf(text: string, sign: string): number {
  let count = 0;
  for (let at = text.indexOf(sign); at >= 0; at = text.indexOf(sign, at + 1)) count++;
  return count;
}
