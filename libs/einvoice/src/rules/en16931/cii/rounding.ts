import type { XmlElement } from '../../../xml/element.js';
import { Decimal, NotComputable, roundToCents } from '../../engine/decimal.js';
import { decimal, double, type Exact } from '../../engine/exact.js';
import { numberOf } from '../../engine/values.js';
import { type WantedNumber } from './values.js';

/**
 * The sum of the numbers of some elements, added in document order as doubles are (XPath `sum` of untyped values). It begins
 * with the first of them: the sum of one minus zero is minus zero.
 */
export function sumOfNumbers(elements: readonly XmlElement[]): number {
  const [first, ...others] = elements;
  if (first === undefined) return 0;
  return others.reduce((sum, element) => sum + numberOf(element), numberOf(first));
}

/**
 * The sum of the numbers of some elements, rounded to two decimals as `round(sum(…) * 10 * 10) div 100` does: a half goes
 * towards plus infinity.
 */
export function roundedSum(elements: readonly XmlElement[]): WantedNumber {
  return { value: Math.round(sumOfNumbers(elements) * 10 * 10) / 100, isInteger: elements.length === 0 };
}

/** More than this, and a product by 100 in doubles could err by more than {@link nearHalf}. */
const largestFast = 2 ** 40;
const nearHalf = 0.01;
/** Digits behind the point that write any double of at least 2^-50 exactly. */
const exactDigits = 100;

/**
 * The exact value of a double, rounded to cents: a sum of doubles that is cast to a decimal keeps the error of the doubles, so
 * that 1.005, which is a little less as a double, is rounded down.
 *
 * @param at what to blame when the value is not finite: no decimal is infinite
 */
export function centsOfNumber(value: number, at: XmlElement): Exact {
  if (!Number.isFinite(value)) throw new NotComputable(at);
  const cents = value * 100;
  const nearest = Math.round(cents);
  if (Math.abs(cents) < largestFast && Math.abs(Math.abs(cents - nearest) - 0.5) > nearHalf) {
    return nearest + 0;
  }
  return roundToCents(Math.abs(value) < 1e21 ? new Decimal(value.toFixed(exactDigits)) : new Decimal(value));
}

/** The number nearest to a decimal, never minus zero: decimals have one zero. */
export function numberNear(value: Exact): WantedNumber {
  return { value: double(value) + 0, isInteger: false };
}

/** A number as it is shown to a partner. */
export function shown(value: Exact): string {
  const exactly = decimal(value);
  return exactly.isZero() ? '0' : exactly.toFixed();
}
