import type { XmlElement } from '../../../xml/element.js';
import { Decimal, decimalOf, NotComputable, roundToCents, zero } from '../../engine/decimal.js';
import { path } from '../../engine/path.js';
import type { Shortfall } from '../../engine/rule-set.js';
import { amountText, differs, fatal, present, shortfall, twoDecimals, type UblContext } from './assertions.js';
import { categoryCode, isVat } from './tax-category.js';
import { decimalAt } from './values.js';

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
      const stated = decimalAt(taxAmount, total);
      const subtotals = subtotal.all(total);
      if (stated === null) return subtotals.length === 0;
      const sum = subtotals.reduce((so, one) => so.plus(decimalAt(taxAmount, one) ?? zero), zero);
      const expected = roundToCents(sum);
      return stated.equals(expected) || subtotals.length === 0 || differs(taxAmount.first(total), expected);
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
    const rate = decimalAt(percent, one);
    return rate === null ? [] : [{ one, rate }];
  });
  const [first, second] = rates;
  if (second !== undefined) throw new NotComputable(second.one);
  const stated = taxAmount.first(breakdown);
  if (first === undefined || roundToUnit(first.rate).isZero()) {
    const tax = decimalAt(taxAmount, breakdown);
    return (tax !== null && roundToUnit(tax).isZero()) || shortfall(stated, '0.00');
  }
  return isTaxAt(first.rate, breakdown);
}

/**
 * Whether the VAT of a breakdown is its taxable amount times the rate, less than one unit of currency off: the amounts of
 * the lines may have been taxed and rounded one by one.
 */
export function isTaxAt(rate: Decimal | null, breakdown: XmlElement): boolean | Shortfall {
  const tax = decimalAt(taxAmount, breakdown);
  const taxable = tax === null ? null : decimalAt(taxableAmount, breakdown);
  if (tax === null || taxable === null || rate === null) return false;
  const expected = roundToCents(taxable.abs().times(rate).times(hundredth));
  const near = tax.abs().minus(1).lessThan(expected) && tax.abs().plus(1).greaterThan(expected);
  if (near) return true;
  return shortfall(taxAmount.first(breakdown), amountText(taxable.isNegative() ? expected.negated() : expected));
}

const hundredth = new Decimal('0.01');

/** Rounds to a whole number as XPath does: a half goes towards plus infinity. */
function roundToUnit(value: Decimal): Decimal {
  return value.toDecimalPlaces(0, Decimal.ROUND_HALF_CEIL);
}

/** Whether the VAT of a breakdown is stated as zero. */
export function isUntaxed(breakdown: XmlElement | null): boolean | Shortfall {
  const tax = breakdown === null ? null : taxAmount.first(breakdown);
  const value = decimalAt(taxAmount, breakdown);
  return (value !== null && value.isZero()) || shortfall(tax, '0.00');
}

/** The amount that a breakdown says is taxable, as an element and as a decimal; null when there is none. */
export function taxableOf(breakdown: XmlElement | null): { element: XmlElement; value: Decimal } | null {
  const [element, second] = taxableAmount.all(breakdown);
  if (second !== undefined) throw new NotComputable(second);
  return element === undefined ? null : { element, value: decimalOf(element) };
}
