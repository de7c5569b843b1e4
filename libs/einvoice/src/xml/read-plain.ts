import { attributeValue, type XmlAttribute } from './attributes.js';
import { DocumentSource } from './document-source.js';
import { noAttributes, textKind, XmlElement, type TextKind } from './element.js';
import { knownAttributes, rememberAttributes } from './known-attributes.js';
import { documentLimits } from './limits.js';
import { plainName, sharedNamespace, type QualifiedName } from './names.js';
import {
  behindDeclaration,
  behindReference,
  byteKind,
  byteKinds,
  isNoncharacter,
  isPlainBinding,
} from './plain-syntax.js';

/** Not of a plain kind: nothing is said of the document. */
const notPlain = -1;
/** Attributes up to which comparing each name with each is quick. */
const mostAttributes = 64;
const lessThan = 0x3c;
const greaterThan = 0x3e;
const slash = 0x2f;

/** Namespaces in force, from the element on that declares them. */
interface Scope {
  readonly namespaces: ReadonlyMap<string, string>;
  /** Depth of that element. */
  readonly depth: number;
  readonly outer: Scope | null;
}

const noNamespaces: ReadonlyMap<string, string> = new Map();

/**
 * Reads a document that is made of plain constructs only, and proves by reading it that it is well formed, namespaces
 * included (XML 1.0 and Namespaces in XML 1.0, fifth and third edition). One pass over the bytes takes the place of the
 * strict parser and of a second reading: see `docs/decisions/0008-well-formedness.md`.
 *
 * The verdict is never laxer than the strict parser's, because reading ends at the first thing that is not plain: a DOCTYPE, an
 * instruction, a name beyond ASCII, an `xml:` attribute, anything that looks wrong, and whatever exceeds a limit.
 *
 * @param bytes the document or fragment, which must be valid UTF-8 without byte order mark
 * @param context namespace declarations in scope around a fragment; null for a document of its own
 * @returns the root; null when nothing was proved, and the strict parser has to judge
 */
export function readPlain(bytes: Buffer, context: Readonly<Record<string, string>> | null): XmlElement | null {
  if (context !== null && !Object.entries(context).every(([prefix, uri]) => isPlainBinding(prefix, uri))) return null;
  return new PlainReader(bytes, context).read();
}

class PlainReader {
  readonly #source: string;
  readonly #document: DocumentSource;
  readonly #start: number;
  #scope: Scope;
  #root: XmlElement | null = null;
  #current: XmlElement | null = null;
  #depth = 0;
  #elements = 0;
  /** Children of the open elements, level above level; those of the innermost begin at `#firstChild`. */
  readonly #children: XmlElement[] = [];
  #childrenEnd = 0;
  #firstChild = 0;
  readonly #outerFirstChild: number[] = [];
  /** What the last attributes that were read are. */
  #attributes: readonly XmlAttribute[] = noAttributes;
  #declarations: Map<string, string> | null = null;
  #prefixed: QualifiedName[] | null = null;

  constructor(
    private readonly bytes: Buffer,
    context: Readonly<Record<string, string>> | null,
  ) {
    this.#source = bytes.toString('latin1');
    this.#document = new DocumentSource(this.#source, true);
    this.#start = context === null ? behindDeclaration(this.#source) : 0;
    const outer = Object.entries(context ?? {}).map(([prefix, uri]) => [prefix, sharedNamespace(uri)] as const);
    this.#scope = { namespaces: outer.length === 0 ? noNamespaces : new Map(outer), depth: -1, outer: null };
  }

  read(): XmlElement | null {
    const { bytes } = this;
    const { length } = bytes;
    let at = this.#start;
    while (at < length) {
      if (bytes[at] !== lessThan) at = this.#current === null ? this.#blank(at) : this.#text(at);
      else if (bytes[at + 1] === slash) at = this.#endTag(at);
      else if (bytes[at + 1] === 0x21) at = this.#declaration(at);
      else at = this.#startTag(at);
      if (at === notPlain) return null;
    }
    return this.#current === null ? this.#root : null;
  }

  /** White space outside the root; the index behind it. */
  #blank(start: number): number {
    const { bytes } = this;
    let at = start;
    while (at < bytes.length && (byteKinds[bytes[at] ?? 0] ?? 0) & byteKind.space) at++;
    return at < bytes.length && bytes[at] !== lessThan ? notPlain : at;
  }

  /** Character data up to the next tag; the index behind it. */
  #text(start: number): number {
    const { bytes } = this;
    const { length } = bytes;
    const kinds = byteKinds;
    const { plainText } = byteKind;
    let kind: TextKind = textKind.plain;
    let at = start;
    for (; at < length; at++) {
      const byte = bytes[at] ?? 0;
      if (((kinds[byte] ?? 0) & plainText) !== 0) continue;
      if (byte === lessThan) break;
      if (byte === 0x5d) {
        if (bytes[at + 1] === 0x5d && bytes[at + 2] === greaterThan) return notPlain;
        continue;
      }
      kind = textKind.encoded;
      if (byte === 0x26) {
        at = behindReference(this.#source, at) - 1;
        if (at < 0) return notPlain;
      } else if (!this.#isAllowed(at)) return notPlain;
    }
    if (this.#childrenEnd === this.#firstChild) this.#current?.addText(start, at, kind);
    return at;
  }

  /** A comment, or a CDATA section in the root; the index behind it. */
  #declaration(open: number): number {
    const source = this.#source;
    if (source.startsWith('--', open + 2)) {
      const end = source.indexOf('--', open + 4);
      return source[end + 2] === '>' && this.#areAllowed(open + 4, end) ? end + 3 : notPlain;
    }
    if (this.#current === null || !source.startsWith('[CDATA[', open + 2)) return notPlain;
    const end = source.indexOf(']]>', open + 9);
    if (!this.#areAllowed(open + 9, end)) return notPlain;
    if (this.#childrenEnd === this.#firstChild) this.#current.addText(open + 9, end, textKind.literal);
    return end + 3;
  }

  /** The tag that ends the innermost element, written as it began it; the index behind it. */
  #endTag(open: number): number {
    const { bytes } = this;
    const element = this.#current;
    if (element === null) return notPlain;
    const { length } = element.name.written;
    const from = element.start + 1;
    const at = open + 2;
    for (let offset = 0; offset < length; offset++) if (bytes[at + offset] !== bytes[from + offset]) return notPlain;
    if (bytes[at + length] !== greaterThan) return notPlain;

    // One array of the right size for each element: growing one by one takes three times as long and as much memory.
    if (this.#childrenEnd > this.#firstChild)
      element.children = this.#children.slice(this.#firstChild, this.#childrenEnd);
    this.#childrenEnd = this.#firstChild;
    this.#depth--;
    this.#firstChild = this.#outerFirstChild[this.#depth] ?? 0;
    this.#current = element.parent;
    this.#add(element);
    return at + length + 1;
  }

  #startTag(open: number): number {
    const { bytes } = this;
    if ((this.#root !== null && this.#current === null) || this.#depth >= documentLimits.depth) return notPlain;
    const nameEnd = this.#endOfName(open + 1);
    if (nameEnd - open - 1 > documentLimits.nameCharacters) return notPlain;
    const name = plainName(bytes, open + 1, nameEnd);
    if (name === null) return notPlain;
    let at = nameEnd;
    let attributes = noAttributes;
    if ((byteKinds[bytes[at] ?? 0] ?? 0) & byteKind.space) {
      const known = knownAttributes(bytes, nameEnd);
      at = known === null ? this.#readAttributes(at) : nameEnd + known.length;
      if (at === notPlain || (known === null && !this.#declare())) return notPlain;
      attributes = known?.attributes ?? this.#attributes;
    }
    const empty = bytes[at] === slash;
    if (empty) at++;
    if (bytes[at] !== greaterThan || at - open > documentLimits.tagCharacters) return notPlain;
    const namespace = this.#scope.namespaces.get(name.prefix) ?? (name.prefix === '' ? '' : null);
    if (namespace === null || ++this.#elements > documentLimits.elements) return notPlain;
    const element = new XmlElement(this.#current, name, namespace, open, attributes, this.#document);
    this.#root ??= element;
    if (empty) this.#add(element);
    else {
      this.#outerFirstChild[this.#depth++] = this.#firstChild;
      this.#firstChild = this.#childrenEnd;
      this.#current = element;
    }
    return at + 1;
  }

  /** Adds an element that is complete to the children of the one around it. */
  #add(element: XmlElement): void {
    if (this.#scope.depth === this.#depth && this.#scope.outer !== null) this.#scope = this.#scope.outer;
    this.#children[this.#childrenEnd++] = element;
  }

  #endOfName(start: number): number {
    const { bytes } = this;
    const { length } = bytes;
    const kinds = byteKinds;
    const { name } = byteKind;
    let at = start;
    while (at < length && ((kinds[bytes[at] ?? 0] ?? 0) & name) !== 0) at++;
    return at;
  }

  /** Reads the attributes of a tag into the fields for them; the index of the `/` or `>` behind them. */
  #readAttributes(start: number): number {
    const { bytes } = this;
    this.#attributes = noAttributes;
    this.#declarations = null;
    this.#prefixed = null;
    for (let at = start; ;) {
      const from = this.#space(at);
      if (bytes[from] === greaterThan || bytes[from] === slash) {
        if (this.#declarations === null && this.#prefixed === null)
          rememberAttributes(bytes, start, from, this.#attributes);
        return from;
      }
      if (from === at) return notPlain;
      const nameEnd = this.#endOfName(from);
      const name = plainName(bytes, from, nameEnd);
      const sign = this.#space(nameEnd);
      if (name === null || bytes[sign] !== 0x3d) return notPlain;
      const open = this.#space(sign + 1);
      at = this.#value(open);
      if (at === notPlain || this.#attributes.length >= mostAttributes) return notPlain;
      const value = this.#attributeValue(open + 1, at - 1);
      for (const other of this.#attributes) if (other.name === name.written) return notPlain;
      if (this.#attributes === noAttributes) this.#attributes = [{ name: name.written, value }];
      else (this.#attributes as XmlAttribute[]).push({ name: name.written, value });
      if (!this.#isBindable(name, value)) return notPlain;
    }
  }

  /** Keeps what a prefixed attribute asks of the namespaces; whether it is of a plain kind. */
  #isBindable(name: QualifiedName, value: string): boolean {
    if (name.written === 'xmlns' || name.prefix === 'xmlns') {
      const prefix = name.prefix === '' ? '' : name.localName;
      if (!isPlainBinding(prefix, value)) return false;
      this.#declarations ??= new Map(this.#scope.namespaces);
      this.#declarations.set(prefix, sharedNamespace(value));
    } else if (name.prefix !== '') {
      this.#prefixed ??= [];
      // Two prefixes may stand for one namespace: the same local name is left to the strict parser.
      for (const { localName } of this.#prefixed) if (localName === name.localName) return false;
      this.#prefixed.push(name);
    }
    return true;
  }

  /** Brings the declarations of a tag into force; whether every prefix of its attributes is bound then. */
  #declare(): boolean {
    if (this.#declarations !== null)
      this.#scope = { namespaces: this.#declarations, depth: this.#depth, outer: this.#scope };
    if (this.#prefixed === null) return true;
    const { namespaces } = this.#scope;
    return this.#prefixed.every(({ prefix }) => namespaces.has(prefix));
  }

  /** The index behind the quoted value that begins here. */
  #value(open: number): number {
    const { bytes } = this;
    const { length } = bytes;
    const kinds = byteKinds;
    const { plainValue } = byteKind;
    const quote = bytes[open];
    if (quote !== 0x22 && quote !== 0x27) return notPlain;
    for (let at = open + 1; at < length; at++) {
      const byte = bytes[at] ?? 0;
      if (((kinds[byte] ?? 0) & plainValue) !== 0) continue;
      if (byte === quote) return at + 1;
      if (byte === lessThan) return notPlain;
      if (byte === 0x26) {
        at = behindReference(this.#source, at) - 1;
        if (at < 0) return notPlain;
      } else if (!this.#isAllowed(at)) return notPlain;
    }
    return notPlain;
  }

  #attributeValue(start: number, end: number): string {
    const { bytes } = this;
    for (let at = start; at < end; at++)
      if (!((byteKinds[bytes[at] ?? 0] ?? 0) & byteKind.plainValue))
        return attributeValue(this.#document.written(start, end));
    return this.#source.slice(start, end);
  }

  /** The index of the first byte from one on that is no white space. */
  #space(start: number): number {
    const { bytes } = this;
    let at = start;
    while (at < bytes.length && (byteKinds[bytes[at] ?? 0] ?? 0) & byteKind.space) at++;
    return at;
  }

  /** Whether the character that begins or goes on here may stand in a document. */
  #isAllowed(at: number): boolean {
    return ((byteKinds[this.bytes[at] ?? 0] ?? 0) & byteKind.character) !== 0 && !isNoncharacter(this.bytes, at);
  }

  /** The same of every byte of a stretch; false for one that does not end (`end` is -1). */
  #areAllowed(start: number, end: number): boolean {
    for (let at = start; at < end; at++) if (!this.#isAllowed(at)) return false;
    return end >= start;
  }
}
