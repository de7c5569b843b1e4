import type { QualifiedName } from './names.js';
import { knownPrefix } from './namespaces.js';
import { normaliseLineEnds, resolveReferences } from './text.js';

/** An attribute: its qualified name and its value, entities resolved. */
export interface XmlAttribute {
  readonly name: string;
  readonly value: string;
}

/** What an element asks of the document that it was read from. */
export interface ElementSource {
  /** The decoded document. */
  readonly source: string;
  lineAt(index: number): number;
  attributesAt(index: number): XmlAttribute[];
}

/** A part of a text, from `start` to before `end`. */
export interface TextStretch {
  readonly source: string;
  readonly start: number;
  readonly end: number;
}

const noChildren: readonly XmlElement[] = Object.freeze([]);
const noAttributes: readonly XmlAttribute[] = Object.freeze([]);
/** Children from which on their positions are counted together. */
const manyChildren = 64;
/** Characters between the name and the end of the shortest start tag with an attribute, as in `<a b=''>`. */
export const shortestAttribute = 5;

/** Under so many children looking at each is quicker than an index. */
const fewChildren = 12;

/**
 * An element of a document that was read. It keeps where it stands, because every value that we report must say its XPath
 * and its line (R43, G7.29). What few callers ask for (text, attributes, location, line) is made when it is asked for.
 */
export class XmlElement {
  children: readonly XmlElement[] = noChildren;
  #textStart = 0;
  #textEnd = 0;
  #text: string | null = null;
  /** Whether the text is more than one stretch of the document without references. */
  #joined = false;
  #location: string | null = null;
  #attributes: readonly XmlAttribute[] | null = null;
  #positions: Map<XmlElement, number> | null = null;
  #byLocalName: Map<string, XmlElement[]> | null = null;

  constructor(
    readonly parent: XmlElement | null,
    readonly name: QualifiedName,
    /** Namespace URI; `''` for none, null when the prefix is not declared. */
    readonly namespace: string | null,
    /** Namespace declarations in scope, by prefix. */
    readonly scope: ReadonlyMap<string, string>,
    /** Index of the `<` of the start tag in the decoded document. */
    readonly start: number,
    /** False when the start tag is too short to hold an attribute. */
    readonly mayHaveAttributes: boolean,
    private readonly document: ElementSource,
  ) {}

  get localName(): string {
    return this.name.localName;
  }

  /** Character data before the first child element, entities resolved; business values stand in leaves. */
  get text(): string {
    this.#text ??= resolveReferences(normaliseLineEnds(this.document.source.slice(this.#textStart, this.#textEnd)));
    return this.#text;
  }

  /**
   * The stretch of the document that the text is, for a reader of huge texts that must not copy them; null when the text is
   * joined from several, or when references in it must be resolved. Line ends are as written.
   */
  get stretch(): TextStretch | null {
    const { source } = this.document;
    if (this.#joined || source.slice(this.#textStart, this.#textEnd).includes('&')) return null;
    return { source, start: this.#textStart, end: this.#textEnd };
  }

  /** The text of the element and of all elements in it (XPath `string(.)`); text behind a child element is left out. */
  get stringValue(): string {
    if (this.children === noChildren) return this.text;
    return this.text + this.children.map((child) => child.stringValue).join('');
  }

  /** Line of the start tag, from 1. */
  get line(): number {
    return this.document.lineAt(this.start);
  }

  /** Absolute XPath, with the usual prefix of each known namespace and the position among siblings of the same name. */
  get location(): string {
    this.#location ??= `${this.parent?.location ?? ''}/${this.#step()}[${this.#position()}]`;
    return this.#location;
  }

  /** The attributes, in document order. */
  get attributes(): readonly XmlAttribute[] {
    if (!this.mayHaveAttributes) return noAttributes;
    this.#attributes ??= this.document.attributesAt(this.start);
    return this.#attributes;
  }

  /** Value of an attribute by its qualified name; null when it is absent. */
  attribute(name: string): string | null {
    for (const one of this.attributes) if (one.name === name) return one.value;
    return null;
  }

  /** The first child of that namespace and local name. */
  child(namespace: string, localName: string): XmlElement | null {
    for (const child of this.children) {
      if (child.name.localName === localName && child.namespace === namespace) return child;
    }
    return null;
  }

  /** Every child of that namespace and local name. */
  childrenNamed(namespace: string, localName: string): XmlElement[] {
    return this.children.filter((child) => child.localName === localName && child.namespace === namespace);
  }

  /**
   * The children that may have that local name, in document order: all of them, or those that have it where there are so
   * many that looking at all for each of hundreds of rules would cost more than an index.
   */
  candidates(localName: string): readonly XmlElement[] {
    if (this.children.length < fewChildren) return this.children;
    this.#byLocalName ??= indexed(this.children);
    return this.#byLocalName.get(localName) ?? noChildren;
  }

  /** Adds a child; for the reader that builds the tree. */
  adopt(child: XmlElement): void {
    if (this.children === noChildren) this.children = [child];
    else (this.children as XmlElement[]).push(child);
    this.#byLocalName = null;
  }

  /** Adds character data, as indexes into the document; for the reader that builds the tree. */
  addText(start: number, end: number, literal: boolean): void {
    if (this.children !== noChildren) return;
    const first = this.#text === null && this.#textEnd === 0;
    if (first && !literal) {
      this.#textStart = start;
      this.#textEnd = end;
      return;
    }
    this.#joined = true;
    const raw = normaliseLineEnds(this.document.source.slice(start, end));
    this.#text = (first ? '' : this.text) + (literal ? raw : resolveReferences(raw));
  }

  #step(): string {
    const prefix = (this.namespace === null ? undefined : knownPrefix.get(this.namespace)) ?? this.name.prefix;
    return prefix === '' ? this.localName : `${prefix}:${this.localName}`;
  }

  #position(): number {
    const { parent } = this;
    if (parent === null) return 1;
    if (parent.children.length > manyChildren)
      return (parent.#positions ??= positionsOf(parent.children)).get(this) ?? 1;
    let position = 1;
    for (const sibling of parent.children) {
      if (sibling === this) break;
      if (sibling.localName === this.localName && sibling.namespace === this.namespace) position++;
    }
    return position;
  }
}

/** Positions of all children at once: counting anew for each of 100,000 lines would take the square of their number. */
function positionsOf(children: readonly XmlElement[]): Map<XmlElement, number> {
  const counts = new Map<string, number>();
  const positions = new Map<XmlElement, number>();
  for (const child of children) {
    const name = `${child.namespace ?? ''} ${child.localName}`;
    const position = (counts.get(name) ?? 0) + 1;
    counts.set(name, position);
    positions.set(child, position);
  }
  return positions;
}

function indexed(children: readonly XmlElement[]): Map<string, XmlElement[]> {
  const index = new Map<string, XmlElement[]>();
  for (const child of children) {
    const same = index.get(child.localName);
    if (same === undefined) index.set(child.localName, [child]);
    else same.push(child);
  }
  return index;
}
