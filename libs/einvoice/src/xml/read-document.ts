import type { RuleId } from '../finding/catalogue.js';
import { tagEnd } from './attributes.js';
import { DocumentSource } from './document-source.js';
import { noAttributes, textKind, XmlElement } from './element.js';
import { documentLimits } from './limits.js';
import { qualifiedName, sharedNamespace } from './names.js';

/** Something that makes a document unsafe or unreadable, seen while reading it. */
export interface DocumentFault {
  readonly rule: Extract<
    RuleId,
    | 'FILE-DOCTYPE'
    | 'FILE-XML-TOO-DEEP'
    | 'FILE-XML-TAG-TOO-LONG'
    | 'FILE-XML-NAME-TOO-LONG'
    | 'FILE-XML-TOO-MANY-ELEMENTS'
    | 'SYNTAX-ATTRIBUTES'
    | 'SYNTAX-PREFIX-UNBOUND'
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

type Namespaces = ReadonlyMap<string, string>;
const xmlNamespace: Namespaces = new Map([['xml', 'http://www.w3.org/XML/1998/namespace']]);
const stop = -1;
/** Characters between the name and the end of the shortest start tag with an attribute, as in `<a b=''>`. */
const shortestAttribute = 5;

/** Namespace declarations in force, from the element on that makes them. */
interface Scope {
  readonly namespaces: Namespaces;
  /** Depth of that element. */
  readonly depth: number;
  readonly outer: Scope | null;
}

/**
 * Reads a document into a tree in one linear pass that allocates little and never fails: a malformed document gives what
 * could be read of it, so that its reject can still name the invoice (R44). Whether the document is well formed is not
 * decided here but by a strict parser; on a well-formed document without DOCTYPE the two give the same tree. Most documents
 * never come here: {@link readPlain} reads those that it can prove to be well formed.
 *
 * @param source the decoded document or fragment
 * @param context namespace declarations in scope around a fragment
 */
export function readDocument(source: string, context: Readonly<Record<string, string>> | null): ReadDocument {
  return new DocumentReader(source, context).read();
}

class DocumentReader {
  readonly #faults = new Map<string, DocumentFault>();
  readonly #document: DocumentSource;
  #scope: Scope;
  #root: XmlElement | null = null;
  #current: XmlElement | null = null;
  #depth = 0;
  #elements = 0;

  constructor(
    private readonly source: string,
    context: Readonly<Record<string, string>> | null,
  ) {
    const outer = Object.entries(context ?? {}).map(([prefix, uri]) => [prefix, sharedNamespace(uri)] as const);
    const namespaces = outer.length === 0 ? xmlNamespace : new Map([...xmlNamespace, ...outer]);
    this.#scope = { namespaces, depth: -1, outer: null };
    this.#document = new DocumentSource(source, false);
  }

  read(): ReadDocument {
    const { source } = this;
    let at = 0;
    while (at !== stop) {
      const open = source.indexOf('<', at);
      if (open < 0) break;
      if (open > at && this.#current !== null) this.#current.addText(at, open, textKind.encoded);
      const next = source.charCodeAt(open + 1);
      if (next === 0x2f) at = this.#close(open);
      else if (next === 0x21) at = this.#declaration(open);
      else if (next === 0x3f) at = behind(source.indexOf('?>', open + 2), 2);
      else at = this.#open(open);
    }
    return { root: this.#root, faults: [...this.#faults.values()] };
  }

  /** Comment, CDATA section or DOCTYPE; gives the index behind it. */
  #declaration(open: number): number {
    const { source } = this;
    if (source.startsWith('--', open + 2)) return behind(source.indexOf('-->', open + 4), 3);
    if (source.startsWith('[CDATA[', open + 2)) {
      const end = source.indexOf(']]>', open + 9);
      if (end >= 0) this.#current?.addText(open + 9, end, textKind.literal);
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
        this.#leave(this.#current?.parent ?? null, 1);
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
    this.#leave(closed.parent, levels);
  }

  #leave(around: XmlElement | null, levels: number): void {
    this.#current = around;
    this.#depth -= levels;
    while (this.#scope.outer !== null && this.#scope.depth >= this.#depth) this.#scope = this.#scope.outer;
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
    if (nameEnd - open - 1 > documentLimits.nameCharacters) {
      this.#fault('FILE-XML-NAME-TOO-LONG', open, null, documentLimits.nameCharacters);
      return stop;
    }
    if (++this.#elements > documentLimits.elements) {
      this.#fault('FILE-XML-TOO-MANY-ELEMENTS', open, null, documentLimits.elements);
      return stop;
    }
    const element = this.#element(open, nameEnd, end);
    this.#root ??= element;
    this.#current?.adopt(element);
    if (source.charCodeAt(end - 1) !== 0x2f) {
      this.#current = element;
      this.#depth++;
    } else if (this.#scope.depth === this.#depth && this.#scope.outer !== null) this.#scope = this.#scope.outer;
    return end + 1;
  }

  #element(open: number, nameEnd: number, end: number): XmlElement {
    const name = qualifiedName(this.source.slice(open + 1, nameEnd));
    if (end - nameEnd >= 8) this.#declare(open, nameEnd, end);
    const namespace = this.#scope.namespaces.get(name.prefix) ?? (name.prefix === '' ? '' : null);
    if (namespace === null) this.#fault('SYNTAX-PREFIX-UNBOUND', open, name.prefix, null);
    const attributes = end - nameEnd >= shortestAttribute ? null : noAttributes;
    return new XmlElement(this.#current, name, namespace, open, attributes, this.#document);
  }

  /** Brings the namespaces into force that a start tag declares. */
  #declare(open: number, nameEnd: number, end: number): void {
    const tag = this.source.slice(nameEnd, end);
    // Counting signs bounds the attributes without reading them; a value may hold some, so the bound is generous.
    if (tag.length > 1024 && countOf(tag, '=') > documentLimits.attributes) {
      this.#fault('SYNTAX-ATTRIBUTES', open, null, documentLimits.attributes);
      return;
    }
    if (!tag.includes('xmlns')) return;
    const namespaces = new Map(this.#scope.namespaces);
    for (const { name, value } of this.#document.attributesAt(open)) {
      if (name === 'xmlns') namespaces.set('', sharedNamespace(value));
      else if (name.startsWith('xmlns:')) namespaces.set(name.slice(6), sharedNamespace(value));
    }
    this.#scope = { namespaces, depth: this.#depth, outer: this.#scope };
  }

  #fault(rule: DocumentFault['rule'], index: number, found: string | null, expected: number | null): void {
    if (!this.#faults.has(rule)) this.#faults.set(rule, { rule, line: this.#document.lineAt(index), found, expected });
  }
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

function countOf(text: string, sign: string): number {
  let count = 0;
  for (let at = text.indexOf(sign); at >= 0; at = text.indexOf(sign, at + 1)) count++;
  return count;
}
