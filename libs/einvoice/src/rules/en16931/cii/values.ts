import type { XmlElement } from '../../../xml/element.js';
import { namespaces } from '../../../xml/namespaces.js';
import { NotComputable } from '../../engine/decimal.js';
import { path } from '../../engine/path.js';
import { booleanOf, normalised, numberOf } from '../../engine/values.js';

/**
 * Values as the rules of EN 16931 for CII read them (XPath 2.0). Where a rule wants one value, a second one leaves the rule
 * without a verdict; where it compares, any one of several values is enough.
 */

/**
 * The only one of some elements; null when there are none.
 *
 * @throws NotComputable when there are several
 */
export function only(elements: readonly XmlElement[]): XmlElement | null {
  const second = elements[1];
  if (second !== undefined) throw new NotComputable(second);
  return elements[0] ?? null;
}

/**
 * Whether the only one of some elements holds more than white space.
 *
 * @throws NotComputable when there are several
 */
export function isFilled(elements: readonly XmlElement[]): boolean {
  const element = only(elements);
  return element !== null && normalised(element.stringValue) !== '';
}

/** Whether one of some elements holds exactly one of these texts. */
export function anyIs(elements: readonly XmlElement[], ...texts: readonly string[]): boolean {
  return elements.some((element) => texts.includes(element.stringValue));
}

/** Whether a child of that name (`ram` namespace) holds exactly that text; asked of every tax by every VAT family. */
export function anyChildIs(element: XmlElement | null, localName: string, text: string): boolean {
  for (const child of element?.children ?? noElements) {
    if (child.name.localName === localName && child.namespace === namespaces.ram && child.stringValue === text)
      return true;
  }
  return false;
}

const noElements: readonly XmlElement[] = [];

/** Whether two lists of elements share a text. */
export function shareText(some: readonly XmlElement[], others: readonly XmlElement[]): boolean {
  return some.some((element) => anyIs(others, element.stringValue));
}

/** The values of an attribute on some elements, in document order. */
export function attributesOf(elements: readonly XmlElement[], name: string): string[] {
  const values: string[] = [];
  for (const element of elements) {
    const value = element.attribute(name);
    if (value !== null) values.push(value);
  }
  return values;
}

/**
 * Whether the only value of an attribute on some elements is more than white space.
 *
 * @throws NotComputable when several of the elements have the attribute
 */
export function isAttributeFilled(elements: readonly XmlElement[], name: string): boolean {
  const value = only(elements.filter((element) => element.attribute(name) !== null))?.attribute(name);
  return value !== undefined && value !== null && normalised(value) !== '';
}

const taxType = path('ram:TypeCode');

/**
 * Whether a tax is VAT, in whatever case that is written.
 *
 * @throws NotComputable when it has several types
 */
export function isVat(tax: XmlElement | null): boolean {
  return only(taxType.all(tax))?.stringValue.toUpperCase() === 'VAT';
}

/** A number that a rule computes or names; an integer is what a literal is, or the sum of nothing. */
export interface WantedNumber {
  readonly value: number;
  readonly isInteger: boolean;
}

/** The zero that rules name. */
export const zeroWanted: WantedNumber = { value: 0, isInteger: true };

/**
 * Orders the number that an element holds and another as the official stylesheet does: minus zero is below zero, and what is
 * not a number is above all. So `-0.00` is not the zero that a rule wants, while `-0` beside an integer is an integer, too.
 *
 * @returns below zero, zero or above zero
 * @throws NotComputable when the element holds no number
 */
export function compareNumber(element: XmlElement, wanted: WantedNumber): number {
  const value = numberOf(element);
  const other = wanted.value;
  if (value < other) return -1;
  if (value > other) return 1;
  if (Object.is(value, other)) return 0;
  if (wanted.isInteger && value === other && !/[.eE]/.test(element.stringValue)) return 0;
  return rank(value) - rank(other);
}

/** Places among what `<` and `>` do not tell apart: minus zero, any other number, no number. */
function rank(value: number): number {
  if (Number.isNaN(value)) return 1;
  return Object.is(value, -0) ? -1 : 0;
}

/**
 * Whether one of some elements holds a number that stands in a relation to another; none after the first that does is read.
 *
 * @throws NotComputable when one before it holds no number
 */
export function anyNumber(
  elements: readonly XmlElement[],
  relation: 'is' | 'is above' | 'is at least',
  wanted: WantedNumber,
): boolean {
  return elements.some((element) => {
    const order = compareNumber(element, wanted);
    return relation === 'is' ? order === 0 : relation === 'is above' ? order > 0 : order >= 0;
  });
}

/**
 * Whether one of some indicators has that boolean value; none after the first that has is read.
 *
 * @throws NotComputable when one before it holds no boolean
 */
export function anyIndicates(indicators: readonly XmlElement[], wanted: boolean): boolean {
  return indicators.some((indicator) => booleanOf(indicator) === wanted);
}
