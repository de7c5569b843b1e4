import { parseDecimal, type Decimal } from '../rules/engine/decimal.js';
import type { XmlElement } from '../xml/element.js';

/**
 * A business term as an invoice has it: what is written, and where. XPath, line and number are only worked out when they
 * are asked for, because most values of most invoices are never complained about.
 */
export class Value {
  #decimal: Decimal | null | undefined;

  /**
   * @param value the text, trimmed and never empty
   * @param element the element that holds it
   * @param attributeName the attribute of the element that holds it; null when the text of the element does
   */
  constructor(
    readonly value: string,
    readonly element: XmlElement,
    private readonly attributeName: string | null = null,
  ) {}

  /** Absolute XPath, with the usual prefix of each namespace and positions. */
  get location(): string {
    return this.attributeName === null ? this.element.location : `${this.element.location}/@${this.attributeName}`;
  }

  /** Line of the document, from 1. */
  get line(): number {
    return this.element.line;
  }

  /** The exact number (`xs:decimal`) that the value writes; null when it writes none. */
  get decimal(): Decimal | null {
    if (this.#decimal === undefined) this.#decimal = parseDecimal(this.value);
    return this.#decimal;
  }

  /** The scheme of an identifier (`schemeID`), trimmed; null when the invoice gives none. */
  get scheme(): string | null {
    const scheme = this.attribute('schemeID')?.trim() ?? '';
    return scheme === '' ? null : scheme;
  }

  /** An attribute of the element that holds the value; null when it is absent. */
  attribute(name: string): string | null {
    return this.element.attribute(name);
  }
}

/** A date. `value` is ISO 8601 (`yyyy-mm-dd`) when what is written could be converted to it, as written otherwise. */
export class DateValue extends Value {
  /**
   * @param value the date in ISO form, or what is written
   * @param written the date as the invoice writes it, trimmed
   * @param element the element that holds it
   */
  constructor(
    value: string,
    readonly written: string,
    element: XmlElement,
  ) {
    super(value, element);
  }
}

/** The value that an element holds; null when the element is absent or blank. */
export function valueOf(element: XmlElement | null | undefined): Value | null {
  if (element === null || element === undefined) return null;
  const value = element.text.trim();
  return value === '' ? null : new Value(value, element);
}

/** The value that an attribute holds; null when the element or the attribute is absent or the attribute is blank. */
export function attributeValue(element: XmlElement | null | undefined, name: string): Value | null {
  const value = element?.attribute(name)?.trim() ?? '';
  return value === '' || element === null || element === undefined ? null : new Value(value, element, name);
}

/** The values of several elements, blank ones left out. */
export function valuesOf(elements: readonly XmlElement[]): Value[] {
  return elements.map(valueOf).filter((one) => one !== null);
}
