import type { XmlElement } from '../../../xml/element.js';
import { absolute, double, exactOf, minus, onlyExact, plus, type Exact } from '../../engine/exact.js';
import { path } from '../../engine/path.js';
import { fatal, type CiiAssertion } from './assertions.js';
import { numberNear, shown } from './rounding.js';
import { taxableAmount, type IndicatorReading } from './vat-sums.js';
import { numberOf } from '../../engine/values.js';
import { anyNumber, only, zeroWanted } from './values.js';

const basisAmount = path('ram:BasisAmount');
const taxAmount = path('ram:CalculatedAmount');
const rate = path('ram:RateApplicablePercent');
const exemptionReason = path('ram:ExemptionReason');
const exemptionCode = path('ram:ExemptionReasonCode');

/** From the context of a rule to the VAT breakdown that it is about. */
export type BreakdownOf = (context: XmlElement) => XmlElement | null;

/** The taxable amount (BT-116) is that of the category, less than one unit of currency apart (BR-Z-08 and its like). */
export function taxableAmountNear(
  rule: string,
  category: string,
  of: BreakdownOf,
  indicators: IndicatorReading,
): CiiAssertion {
  return fatal(rule, (context, facts) => {
    const basis = only(basisAmount.all(of(context)));
    if (basis === null) return false;
    const declared = numberOf(basis);
    const expected = taxableAmount(facts, { category, rate: null, indicators });
    const total = numberNear(expected).value;
    const near = declared - 1 < total && declared + 1 > total;
    return near || { at: basis, found: basis.stringValue, expected: shown(expected) };
  });
}

/** The taxable amount is exactly that of the category (BR-O-08). */
export function taxableAmountExact(rule: string, category: string): CiiAssertion {
  return fatal(rule, (breakdown, facts) => {
    const found = basisAmount.all(breakdown);
    if (found.length === 0) return false;
    const expected = taxableAmount(facts, { category, rate: null, indicators: 'one' });
    const total = numberNear(expected);
    if (anyNumber(found, 'is', total)) return true;
    return { at: found[0] ?? null, found: found[0]?.stringValue ?? null, expected: shown(expected) };
  });
}

/** For every rate of the breakdown, the taxable amount is exactly that of the category at this rate (BR-S-08). */
export function taxableAmountPerRate(rule: string, category: string, of: BreakdownOf): CiiAssertion {
  return fatal(rule, (context, facts) => {
    const breakdown = of(context);
    const found = basisAmount.all(breakdown);
    for (const percent of rate.all(breakdown)) {
      exactOf(percent); // a rate that is none leaves the rule without a verdict, whatever it is compared with
      const expected = taxableAmount(facts, { category, rate: percent, indicators: 'any' });
      const total = numberNear(expected);
      if (anyNumber(found, 'is', total)) continue;
      return { at: found[0] ?? breakdown, found: found[0]?.stringValue ?? null, expected: shown(expected) };
    }
    return true;
  });
}

/** There is no VAT to pay (BT-117). */
export function noTaxAmount(rule: string, of: BreakdownOf): CiiAssertion {
  return fatal(rule, (context) => {
    const found = taxAmount.all(of(context));
    if (anyNumber(found, 'is', zeroWanted)) return true;
    return { at: found[0] ?? of(context), found: found[0]?.stringValue ?? null, expected: '0' };
  });
}

/** VAT is the taxable amount times the rate, less than one unit of currency apart (BR-S-09). */
export function taxAmountNear(rule: string, of: BreakdownOf): CiiAssertion {
  return fatal(rule, (context) => {
    const breakdown = of(context);
    const taxes = taxAmount.all(breakdown);
    const declared = withoutSign(onlyExact(taxes));
    if (declared === null) return false;
    const found = { at: taxes[0] ?? null, found: taxes[0]?.stringValue ?? null };
    const basis = withoutSign(onlyExact(basisAmount.all(breakdown)));
    const percent = basis === null ? null : only(rate.all(breakdown));
    if (basis === null || percent === null) return found;
    // The rate is no decimal to this rule, so that its product is a double.
    const expected = Math.round(double(basis) * numberOf(percent)) / 100;
    const near = double(minus(declared, unit)) < expected && double(plus(declared, unit)) > expected;
    return near || { ...found, expected: String(expected) };
  });
}

/** One unit of currency, in hundredths. */
const unit: Exact = 100;

function withoutSign(value: Exact | null): Exact | null {
  return value === null ? null : absolute(value);
}

/** The reason for not paying VAT (BT-120, BT-121) is given. */
export function exemptionGiven(rule: string, of: BreakdownOf): CiiAssertion {
  return fatal(rule, (context) => {
    const breakdown = of(context);
    return exemptionReason.exists(breakdown) || exemptionCode.exists(breakdown) || { at: breakdown };
  });
}

/** No reason for not paying VAT (BT-120, BT-121) may be given: VAT is paid, or its rate is zero. */
export function noExemption(rule: string, of: BreakdownOf): CiiAssertion {
  return fatal(rule, (context) => {
    const breakdown = of(context);
    const intruder = exemptionReason.first(breakdown) ?? exemptionCode.first(breakdown);
    return intruder === null || { at: intruder, found: intruder.stringValue };
  });
}
