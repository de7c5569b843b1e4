import type { XmlElement } from '../../../xml/element.js';
import { path } from '../../engine/path.js';
import type { Shortfall } from '../../engine/rule-set.js';
import type { LineKind } from './amounts.js';
import { differs, fatal, present, shortfall, type UblAssertion, type UblContext } from './assertions.js';
import { isAllowance, isCharge } from './allowances-charges.js';
import type { UblFacts } from './facts.js';
import { categoryCode, isVat } from './tax-category.js';
import { isTaxAt, isUntaxed, taxableOf } from './vat-breakdown.js';
import { numberOf, matchesWithoutFault } from '../../engine/values.js';
import { exactAt, exactly, onlyAt } from './values.js';
import { absolute, compare, decimal, double, equal, exactOf, minus, type Exact } from '../../engine/exact.js';

/** What a family of VAT rules asks of the rate of an item of its category. */
type RateRule = 'positive' | 'notNegative' | 'zero' | 'absent';

/** A family of VAT rules: what `BR-S-05` to `BR-S-10` ask of S, others ask of theirs, some more strictly. */
export interface VatFamily {
  /** What the ids of its rules begin with. */
  readonly rules: string;
  /** UNTDID 5305. */
  readonly code: string;
  /** Asked of the rate of lines, allowances and charges (BT-152, BT-96, BT-103). */
  readonly rate: RateRule;
  /** Whether the breakdown has one entry for each rate, whose tax is computed; else one entry without tax for all. */
  readonly taxed: boolean;
  /** Whether an exemption reason (BT-120, BT-121) must or must not be given. */
  readonly exemption: 'required' | 'forbidden';
}

/** The families. S comes first because most categories of real invoices are its; the order decides nothing, a code has one. */
export const vatFamilies: readonly VatFamily[] = [
  { rules: 'BR-S', code: 'S', rate: 'positive', taxed: true, exemption: 'forbidden' },
  { rules: 'BR-Z', code: 'Z', rate: 'zero', taxed: false, exemption: 'forbidden' },
  { rules: 'BR-E', code: 'E', rate: 'zero', taxed: false, exemption: 'required' },
  { rules: 'BR-AE', code: 'AE', rate: 'zero', taxed: false, exemption: 'required' },
  { rules: 'BR-IC', code: 'K', rate: 'zero', taxed: false, exemption: 'required' },
  { rules: 'BR-G', code: 'G', rate: 'zero', taxed: false, exemption: 'required' },
  { rules: 'BR-O', code: 'O', rate: 'absent', taxed: false, exemption: 'required' },
  { rules: 'BR-AF', code: 'L', rate: 'notNegative', taxed: true, exemption: 'forbidden' },
  { rules: 'BR-AG', code: 'M', rate: 'notNegative', taxed: true, exemption: 'forbidden' },
];

const percent = path('cbc:Percent');
const reason = path('cbc:TaxExemptionReason');
const reasonCode = path('cbc:TaxExemptionReasonCode');

/** The contexts of a family: its entries of the VAT breakdown, then the items that have its category. */
export function familyContexts({ rules, code, rate, taxed, exemption }: VatFamily): UblContext[] {
  const ofFamily = (element: XmlElement): boolean =>
    matchesWithoutFault(() => categoryCode(element) === code && isVat(element));
  return [
    {
      match: '/*/cac:TaxTotal/cac:TaxSubtotal/cac:TaxCategory',
      where: ofFamily,
      assertions: [
        fatal(`${rules}-08`, (category, facts) =>
          taxed ? taxableByRateIsRight(category, code, facts) : taxableIsRight(category, code, facts),
        ),
        fatal(`${rules}-09`, (category) => {
          const breakdown = category.parent;
          if (!taxed) return isUntaxed(breakdown);
          return breakdown !== null && isTaxAt(exactAt(percent, category), breakdown);
        }),
        exemption === 'required'
          ? present(`${rules}-10`, 'cbc:TaxExemptionReason', 'cbc:TaxExemptionReasonCode')
          : withoutExemption(`${rules}-10`),
      ],
    },
    {
      match: 'cac:AllowanceCharge/cac:TaxCategory',
      where: (element) => isAllowance(element.parent) && ofFamily(element),
      assertions: [rateIs(`${rules}-06`, rate)],
    },
    {
      match: 'cac:AllowanceCharge/cac:TaxCategory',
      where: (element) => isCharge(element.parent) && ofFamily(element),
      assertions: [rateIs(`${rules}-07`, rate)],
    },
    {
      match:
        'cac:InvoiceLine/cac:Item/cac:ClassifiedTaxCategory | cac:CreditNoteLine/cac:Item/cac:ClassifiedTaxCategory',
      where: ofFamily,
      assertions: [rateIs(`${rules}-05`, rate)],
    },
  ];
}

function withoutExemption(rule: string): UblAssertion {
  return fatal(rule, (category) => {
    const found = reason.first(category) ?? reasonCode.first(category);
    return found === null || shortfall(found);
  });
}

function rateIs(rule: string, wanted: RateRule): UblAssertion {
  return fatal(rule, (category) => {
    const rates = percent.all(category);
    const [first = null] = rates;
    switch (wanted) {
      case 'absent':
        return first === null || shortfall(first);
      case 'zero':
        return hasZeroRate(category) || shortfall(first, '0');
      // These two compare without asking for a decimal.
      case 'positive':
        return rates.some((rate) => numberOf(rate) > 0) || shortfall(first, '> 0');
      case 'notNegative':
        return rates.some((rate) => numberOf(rate) >= 0) || shortfall(first, '≥ 0');
    }
  });
}

function hasZeroRate(category: XmlElement): boolean {
  const rate = exactAt(percent, category);
  return rate !== null && equal(rate, 0);
}

const lineKinds: readonly LineKind[] = ['cac:InvoiceLine', 'cac:CreditNoteLine'];

function taxableIsRight(category: XmlElement, code: string, { amounts }: UblFacts): boolean | Shortfall {
  const kinds = lineKinds.filter((kind) => amounts.hasLine(kind));
  if (kinds.length === 0) return false;
  const stated = taxableOf(category.parent);
  if (stated === null) return false;
  let expected: Exact | null = null;
  for (const kind of kinds) {
    expected = amounts.taxable(kind, code, null);
    if (equal(stated.value, expected)) return true;
  }
  return differs(stated.element, expected);
}

function taxableByRateIsRight(category: XmlElement, code: string, { amounts }: UblFacts): boolean | Shortfall {
  const percentage = onlyAt(percent, category);
  if (percentage === null) return true;
  const rate = { text: percentage.stringValue, value: exactOf(percentage) };
  // For S lines or allowances and charges at the rate must exist, for L and M lines of any category.
  const kinds = lineKinds.filter((kind) =>
    code === 'S'
      ? amounts.hasLineTaxed(kind, code, rate) || amounts.hasAllowanceChargeTaxed(code, rate)
      : amounts.hasLine(kind),
  );
  const stated = kinds.length === 0 ? null : taxableOf(category.parent);
  let expected: Exact | null = null;
  for (const kind of kinds) {
    if (stated === null) break;
    expected = amounts.taxable(kind, code, rate);
    if (isWithinOne(stated.value, expected)) return true;
  }
  return differs(stated?.element ?? null, expected);
}

/** Distances at which no error of a double matters any more, in hundredths. */
const [surelyWithin, surelyOutside] = [99, 101] as const;

/** Whether two amounts are less than one unit of currency apart; the rule computes its bounds with doubles. */
function isWithinOne(stated: Exact, expected: Exact): boolean {
  const distance = absolute(minus(stated, expected));
  if (compare(distance, surelyWithin) < 0) return true;
  if (compare(distance, surelyOutside) > 0) return false;
  const [near, exact] = [double(stated), decimal(expected)];
  return exactly(near - 1).lessThan(exact) && exactly(near + 1).greaterThan(exact);
}
