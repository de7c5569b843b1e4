import type { XmlElement } from '../../../xml/element.js';
import { path } from '../../engine/path.js';
import { fatal, type CiiAssertion, type CiiContext } from './assertions.js';
import type { CiiFacts } from './facts.js';
import { matchesWithoutFault } from '../../engine/values.js';
import { anyChildIs, anyIndicates, anyNumber, isVat, zeroWanted } from './values.js';

const rate = path('ram:RateApplicablePercent');
const indicator = path('ram:ChargeIndicator/udt:Indicator');

/** Whose registrations a family of VAT rules asks for. */
export type Registered = (facts: CiiFacts) => boolean;

/** What a family of VAT rules wants of the rate of a line, an allowance or a charge (BT-152, BT-96, BT-103). */
export interface RateDemand {
  readonly holds: (rates: readonly XmlElement[]) => boolean;
  readonly expected: string | null;
}

/** The rate is zero. */
export const zeroRate: RateDemand = { holds: (rates) => anyNumber(rates, 'is', zeroWanted), expected: '0' };
/** The rate is above zero. */
export const positiveRate: RateDemand = { holds: (rates) => anyNumber(rates, 'is above', zeroWanted), expected: '> 0' };
/** The rate is zero or above. */
export const anyRate: RateDemand = { holds: (rates) => anyNumber(rates, 'is at least', zeroWanted), expected: '≥ 0' };
/** There is no rate. */
export const noRate: RateDemand = { holds: (rates) => rates.length === 0, expected: null };

/** A family of rules about one VAT category: `BR-<name>-02` to `-07` have the same shape in all. */
export interface VatFamily {
  /** The middle of the rule ids: `IC` in `BR-IC-02`. */
  readonly name: string;
  /** UNTDID 5305 code: `K` for intra-community supplies. */
  readonly category: string;
  readonly registered: Registered;
  readonly rate: RateDemand;
}

/** The lines of the category (rules -02 and -05). */
export function lineFamilyContext(family: VatFamily): CiiContext {
  return {
    match:
      '//rsm:SupplyChainTradeTransaction/ram:IncludedSupplyChainTradeLineItem/ram:SpecifiedLineTradeSettlement/ram:ApplicableTradeTax',
    where: (tax) => isOfCategory(tax, family.category),
    assertions: taxedAssertions(family, '02', '05'),
  };
}

/** The allowances and the charges of the category (rules -03 and -06, -04 and -07). */
export function allowanceFamilyContexts(family: VatFamily): CiiContext[] {
  const context = (isCharge: boolean, registered: string, rateRule: string): CiiContext => ({
    match: '//ram:SpecifiedTradeAllowanceCharge/ram:CategoryTradeTax',
    where: (tax) =>
      isOfCategory(tax, family.category) &&
      matchesWithoutFault(() => anyIndicates(indicator.all(tax.parent), isCharge)),
    assertions: taxedAssertions(family, registered, rateRule),
  });
  return [context(false, '03', '06'), context(true, '04', '07')];
}

/** Whether a tax is VAT of a category; one of several types is not. */
export function isOfCategory(tax: XmlElement | null, category: string): boolean {
  return anyChildIs(tax, 'CategoryCode', category) && matchesWithoutFault(() => isVat(tax));
}

function taxedAssertions(family: VatFamily, registered: string, rateRule: string): CiiAssertion[] {
  const { expected } = family.rate;
  return [
    fatal(`BR-${family.name}-${registered}`, (_, facts) => family.registered(facts)),
    fatal(`BR-${family.name}-${rateRule}`, (tax) => {
      const rates = rate.all(tax);
      if (family.rate.holds(rates)) return true;
      return { at: rates[0] ?? null, found: rates[0]?.stringValue ?? null, expected };
    }),
  ];
}
