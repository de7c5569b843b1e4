import type { XmlAttribute } from './attributes.js';
import { ChildIndex } from './child-index.js';
import type { DocumentSource } from './document-source.js';
import type { QualifiedName } from './names.js';
import { knownPrefix } from './namespaces.js';
import type { Structure } from './structure.js';
import { normaliseLineEnds, resolveReferences } from './text.js';

/** A part of a text, from `start` to before `end`. */
export interface TextStretch {
  readonly source: string;
  readonly start: number;
  readonly end: number;
}

/** How a stretch of character data is written. */
export const textKind = {
  /** As it is read: no references, no carriage returns, nothing beyond ASCII. */
  plain: 1,
  /** With any of those. */
  encoded: 2,
  /** A CDATA section, in which nothing is a reference. */
  literal: 3,
} as const;
/** One of {@link textKind}. */
export type TextKind = (typeof textKind)[keyof typeof textKind];
/** No text yet. */
const noText = 0;
/** More than one stretch; the text is made already. */
const joined = 4;

const noChildren: readonly XmlElement[] = [];
/** The attributes of an element that is known to have none. */
export const noAttributes: readonly XmlAttribute[] = [];
/** Children from which on their positions are counted together. */
const manyChildren = 64;
/** Under so many children looking at each is quicker than an index. */
const fewChildren = 12;

/**
 * An element of a document that was read. It keeps where it stands, because every value that we report must say its XPath
 * and its line (R43, G7.29). What few callers ask for (text, location, line) is made when it is asked for.
 */
export class XmlElement {
  children: readonly XmlElement[] = noChildren;
  /** Kept by `structureOf`; undefined until it is asked for, null when there was no room for it. */
  structure: Structure | null | undefined = undefined;
  #attributes: readonly XmlAttribute[] | null;
  #textStart = 0;
  #textEnd = 0;
  #textKind: TextKind | typeof noText | typeof joined = noText;
  #text: string | null = null;
  #location: string | null = null;
  #index: ChildIndex<XmlElement> | null = null;

  /**
   * @param parent the element around it; null for the root
   * @param name its qualified name
   * @param namespace namespace URI; `''` for none, null when the prefix is not declared
   * @param start index of the `<` of the start tag in the document
   * @param attributes its attributes in document order; null when they are to be read when they are asked for
   */
  constructor(
    readonly parent: XmlElement | null,
    readonly name: QualifiedName,
    readonly namespace: string | null,
    readonly start: number,
    attributes: readonly XmlAttribute[] | null,
    private readonly document: DocumentSource,
  ) {
    this.#attributes = attributes;
  }

  get localName(): string {
    return this.name.localName;
  }

  /** Character data before the first child element, entities resolved; business values stand in leaves. */
  get text(): string {
    return (this.#text ??= this.#readText());
  }

  /**
   * The stretch of the document that the text is, for a reader of huge texts that must not copy them; null when the text is
   * joined from several, or when references or characters in it must be decoded. Line ends are as written.
   */
  get stretch(): TextStretch | null {
    const { document } = this;
    if (this.#textKind === joined) return null;
    if (this.#textKind === textKind.encoded && !document.isLiteral(this.#textStart, this.#textEnd)) return null;
    return { source: document.source, start: this.#textStart, end: this.#textEnd };
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

  /** False when the element is known to have no attribute. */
  get mayHaveAttributes(): boolean {
    return this.#attributes !== noAttributes;
  }

  /** The attributes, in document order. */
  get attributes(): readonly XmlAttribute[] {
    return (this.#attributes ??= this.document.attributesAt(this.start));
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

  /**
   * The children that may have that local name, in document order: all of them, or those that have it where there are so
   * many that looking at all for each of hundreds of rules would cost more than an index.
   */
  candidates(localName: string): readonly XmlElement[] {
    if (this.children.length < fewChildren) return this.children;
    this.#index ??= new ChildIndex(this.children);
    return this.#index.named(localName);
  }

  /** Adds a child; for the reader that builds the tree. */
  adopt(child: XmlElement): void {
    if (this.children === noChildren) this.children = [child];
    else (this.children as XmlElement[]).push(child);
  }

  /** Adds character data, as indexes into the document; for the reader that builds the tree. */
  addText(start: number, end: number, kind: TextKind): void {
    if (this.children !== noChildren) return;
    const first = this.#textKind === noText;
    if (first && kind !== textKind.literal) {
      this.#textStart = start;
      this.#textEnd = end;
      this.#textKind = kind;
      return;
    }
    const before = first ? '' : this.text;
    const raw = normaliseLineEnds(this.document.written(start, end));
    this.#text = before + (kind === textKind.literal ? raw : resolveReferences(raw));
    this.#textKind = joined;
  }

  #readText(): string {
    const start = this.#textStart;
    const end = this.#textEnd;
    if (this.#textKind !== textKind.encoded) return this.document.source.slice(start, end);
    return resolveReferences(normaliseLineEnds(this.document.written(start, end)));
  }

  #step(): string {
    const prefix = (this.namespace === null ? undefined : knownPrefix.get(this.namespace)) ?? this.name.prefix;
    return prefix === '' ? this.localName : `${prefix}:${this.localName}`;
  }

  #position(): number {
    const { parent } = this;
    if (parent === null) return 1;
    if (parent.children.length > manyChildren)
      return (parent.#index ??= new ChildIndex(parent.children)).positionOf(this);
    let position = 1;
    for (const sibling of parent.children) {
      if (sibling === this) break;
      if (sibling.localName === this.localName && sibling.namespace === this.namespace) position++;
    }
    return position;
  }
}
