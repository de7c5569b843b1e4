import { knownPrefix } from './namespaces.js';

/** An attribute: its qualified name and its value, entities resolved. */
export interface XmlAttribute {
  readonly name: string;
  readonly value: string;
}

/**
 * An element of a document that was read. It keeps where it stands, because every value that we report must say its XPath
 * and its line (R43, G7.29).
 */
export class XmlElement {
  readonly children: XmlElement[] = [];
  /** Character data before the first child element, entities resolved; business values stand in leaves. */
  text = '';
  #location: string | null = null;
  #attributes: readonly XmlAttribute[] | null = null;

  constructor(
    readonly parent: XmlElement | null,
    readonly prefix: string,
    readonly localName: string,
    /** Namespace URI; `''` for none, null when the prefix is not declared. */
    readonly namespace: string | null,
    /** Index of the `<` of the start tag in the decoded document. */
    readonly start: number,
    private readonly document: {
      readonly lineAt: (index: number) => number;
      readonly attributesAt: (index: number) => XmlAttribute[];
    },
  ) {}

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
    this.#attributes ??= this.document.attributesAt(this.start);
    return this.#attributes;
  }

  /** Value of an attribute by its qualified name; null when it is absent. */
  attribute(name: string): string | null {
    return this.attributes.find((one) => one.name === name)?.value ?? null;
  }

  /** The first child of that namespace and local name. */
  child(namespace: string, localName: string): XmlElement | null {
    for (const child of this.children) {
      if (child.localName === localName && child.namespace === namespace) return child;
    }
    return null;
  }

  /** Every child of that namespace and local name. */
  childrenNamed(namespace: string, localName: string): XmlElement[] {
    return this.children.filter((child) => child.localName === localName && child.namespace === namespace);
  }

  #step(): string {
    const prefix = (this.namespace === null ? undefined : knownPrefix.get(this.namespace)) ?? this.prefix;
    return prefix === '' ? this.localName : `${prefix}:${this.localName}`;
  }

  #position(): number {
    let position = 1;
    for (const sibling of this.parent?.children ?? []) {
      if (sibling === this) break;
      if (sibling.localName === this.localName && sibling.namespace === this.namespace) position++;
    }
    return position;
  }
}
