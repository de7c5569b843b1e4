import type { XmlElement } from '../../../xml/element.js';
import { NotComputable } from '../../engine/decimal.js';
import {
  absolute,
  compare,
  decimal,
  equal,
  exactOf,
  inCents,
  minus,
  percentOf,
  plus,
  roundsToZero,
  type Exact,
} from '../../engine/exact.js';
import { path } from '../../engine/path.js';
import type { Shortfall } from '../../engine/rule-set.js';
import { amountText, differs, fatal, present, shortfall, twoDecimals, type UblContext } from './assertions.js';
import { categoryCode, isVat } from './tax-category.js';
import { exactAt } from './values.js';

const subtotal = path('cac:TaxSubtotal');
const taxAmount = path('cbc:TaxAmount');
const taxableAmount = path('cbc:TaxableAmount');
const category = path('cac:TaxCategory');
const categoryId = path('cbc:ID');
const percent = path('cbc:Percent');

/** The VAT total of the document (BT-110, BT-111). */
export const vatTotalContext: UblContext = {
  match: '/ubl:Invoice/cac:TaxTotal | /cn:CreditNote/cac:TaxTotal',
  assertions: [
    fatal('BR-CO-14', (total) => {
      const stated = exactAt(taxAmount, total);
      const subtotals = subtotal.all(total);
      if (stated === null) return subtotals.length === 0;
      const sum = subtotals.reduce<Exact>((so, one) => plus(so, exactAt(taxAmount, one) ?? 0), 0);
      const expected = inCents(sum);
      return equal(stated, expected) || subtotals.length === 0 || differs(taxAmount.first(total), expected);
    }),
  ],
};

/** The VAT breakdown (BG-23). */
export const vatBreakdownContext: UblContext = {
  match: 'cac:TaxTotal/cac:TaxSubtotal',
  assertions: [
    present('BR-45', 'cbc:TaxableAmount'),
    present('BR-46', 'cbc:TaxAmount'),
    fatal('BR-47', (breakdown) => vatCategories(breakdown).some((one) => categoryId.exists(one))),
    fatal('BR-48', (breakdown) => {
      const categories = vatCategories(breakdown);
      return categories.some((one) => percent.exists(one)) || categories.some((one) => categoryCode(one) === 'O');
    }),
    fatal('BR-CO-17', taxIsRight),
    twoDecimals('BR-DEC-19', 'cbc:TaxableAmount'),
    twoDecimals('BR-DEC-20', 'cbc:TaxAmount'),
  ],
};

function vatCategories(breakdown: XmlElement): XmlElement[] {
  return category.all(breakdown).filter(isVat);
}

function taxIsRight(breakdown: XmlElement): boolean | Shortfall {
  const rates = vatCategories(breakdown).flatMap((one) => {
    const rate = exactAt(percent, one);
    return rate === null ? [] : [{ one, rate }];
  });
  const [first, second] = rates;
  if (second !== undefined) throw new NotComputable(second.one);
  const stated = taxAmount.first(breakdown);
  if (first === undefined || roundsToZero(first.rate)) {
    const tax = exactAt(taxAmount, breakdown);
    return (tax !== null && roundsToZero(tax)) || shortfall(stated, '0.00');
  }
  return isTaxAt(first.rate, breakdown);
}

/**
 * Whether the VAT of a breakdown is its taxable amount times the rate, less than one unit of currency off: the amounts of
 * the lines may have been taxed and rounded one by one.
 */
export function isTaxAt(rate: Exact | null, breakdown: XmlElement): boolean | Shortfall {
  const tax = exactAt(taxAmount, breakdown);
  const taxable = tax === null ? null : exactAt(taxableAmount, breakdown);
  if (tax === null || taxable === null || rate === null) return false;
  const expected = percentOf(absolute(taxable), rate);
  const near = compare(absolute(minus(absolute(tax), expected)), one) < 0;
  if (near) return true;
  return shortfall(
    taxAmount.first(breakdown),
    amountText(decimal(taxable).isNegative() ? decimal(expected).negated() : expected),
  );
}

/** One unit of currency, in hundredths. */
const one: Exact = 100;

/** Whether the VAT of a breakdown is stated as zero. */
export function isUntaxed(breakdown: XmlElement | null): boolean | Shortfall {
  const tax = breakdown === null ? null : taxAmount.first(breakdown);
  const value = exactAt(taxAmount, breakdown);
  return (value !== null && equal(value, 0)) || shortfall(tax, '0.00');
}

/** The amount that a breakdown says is taxable, as an element and as a number; null when there is none. */
export function taxableOf(breakdown: XmlElement | null): { element: XmlElement; value: Exact } | null {
  const [element, second] = taxableAmount.all(breakdown);
  if (second !== undefined) throw new NotComputable(second);
  return element === undefined ? null : { element, value: exactOf(element) };
}
