import { Decimal as DecimalJs } from 'decimal.js';
import type { XmlElement } from '../../xml/element.js';

/** Exact decimals: no sum or product of amounts that a document can hold is ever rounded without being asked to. */
export const Decimal = DecimalJs.clone({ precision: 200, toExpNeg: -1000, toExpPos: 1000 });
/** An exact decimal number. */
export type Decimal = DecimalJs;

/** Zero. */
export const zero = new Decimal(0);

/** Longest number that is read: far above the 19 positions of an amount (G1.14), far below what slows us down. */
const longestNumber = 60;
/** `xs:decimal` (XML Schema part 2, 3.2.3): no exponent, no separator but the point. */
const decimalPattern = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)$/;
/** White space of XML around a value, and no other: a no-break space makes a number no number. */
const outerSpace = /^[ \t\r\n]+|[ \t\r\n]+$/g;

/** A value without which a rule cannot be computed, and that is not what it has to be. */
export class NotComputable extends Error {
  /** @param element where the value stands, or the second of what may stand once */
  constructor(readonly element: XmlElement) {
    super(`Not computable: ${element.location}`);
    this.name = 'NotComputable';
  }
}

/** The decimal that a text writes; null when it writes none. White space around it is of no account. */
export function parseDecimal(text: string): Decimal | null {
  const written = text.replace(outerSpace, '');
  if (written.length > longestNumber || !decimalPattern.test(written)) return null;
  return new Decimal(written.endsWith('.') ? `${written}0` : written);
}

/** Rounds to two decimals as XPath does: a half goes towards plus infinity. */
export function roundToCents(value: Decimal): Decimal {
  return value.toDecimalPlaces(2, Decimal.ROUND_HALF_CEIL);
}
