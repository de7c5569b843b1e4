import type { XmlElement } from '../../../xml/element.js';
import { NotComputable } from '../../engine/decimal.js';
import { equal, exactOf, inCents, minus, onlyExact, plus, type Exact } from '../../engine/exact.js';
import { path } from '../../engine/path.js';
import type { CiiFacts } from './facts.js';
import { booleanOf } from '../../engine/values.js';
import { anyIndicates, anyIs, only } from './values.js';

const lineSettlement = path(
  'rsm:SupplyChainTradeTransaction/ram:IncludedSupplyChainTradeLineItem/ram:SpecifiedLineTradeSettlement',
);
const lineTax = path('ram:ApplicableTradeTax');
const summation = path('ram:SpecifiedTradeSettlementLineMonetarySummation');
const lineTotal = path('ram:LineTotalAmount');
const allowanceOrCharge = path('ram:SpecifiedTradeAllowanceCharge');
const indicator = path('ram:ChargeIndicator/udt:Indicator');
const allowanceTax = path('ram:CategoryTradeTax');
const actualAmount = path('ram:ActualAmount');
const category = path('ram:CategoryCode');
const rate = path('ram:RateApplicablePercent');

/** How a family of rules reads the indicator that tells a charge from an allowance. */
export type IndicatorReading =
  /** Any of the indicators may say so; none says nothing. */
  | 'any'
  /** Exactly one must stand there. */
  | 'one';

/** What of a document belongs to a VAT category. */
export interface CategoryShare {
  readonly category: string;
  /** Only what is taxed at the rate that this element holds; null for every rate. */
  readonly rate: XmlElement | null;
  readonly indicators: IndicatorReading;
}

/** Something that bears VAT, with its taxes; what several rules ask of it is found once. */
class Taxed {
  readonly categories: readonly XmlElement[];
  readonly #rates: (XmlElement | null | undefined)[] = [];
  #lineTotals: Exact | null = null;

  constructor(
    readonly element: XmlElement,
    readonly taxes: readonly XmlElement[],
  ) {
    this.categories = taxes.flatMap((tax) => category.all(tax));
  }

  /** The rate of one of the taxes; null when it has none. @throws NotComputable when it has several */
  rateOf(index: number): XmlElement | null {
    const known = this.#rates[index];
    if (known !== undefined) return known;
    return (this.#rates[index] = only(rate.all(this.taxes[index] ?? null)));
  }

  /** The net amounts of a line (BT-131): one, if all is well. @throws NotComputable when one is no decimal */
  get lineTotals(): Exact {
    if (this.#lineTotals !== null) return this.#lineTotals;
    let sum: Exact = 0;
    for (const one of summation.all(this.element)) sum = plus(sum, onlyExact(lineTotal.all(one)) ?? 0);
    return (this.#lineTotals = sum);
  }
}

const lines = Symbol('lines with their taxes');
const allowancesAndCharges = Symbol('allowances and charges with their taxes');

/**
 * The taxable amount of a VAT category (BT-116): its lines, plus its charges, less its allowances, each sum in cents.
 *
 * @throws NotComputable when an amount, a rate or an indicator that counts is not what it has to be
 */
export function taxableAmount(facts: CiiFacts, share: CategoryShare): Exact {
  const net = inCents(sumOfLines(facts, share));
  const charges = inCents(sumOfKind(facts, share, true));
  return minus(plus(net, charges), inCents(sumOfKind(facts, share, false)));
}

function sumOfLines(facts: CiiFacts, share: CategoryShare): Exact {
  const taxed = facts.keep(lines, () =>
    lineSettlement.all(facts.invoice).map((one) => new Taxed(one, lineTax.all(one))),
  );
  let sum: Exact = 0;
  for (const line of taxed) if (belongs(line, share)) sum = plus(sum, line.lineTotals);
  return sum;
}

function sumOfKind(facts: CiiFacts, share: CategoryShare, isCharge: boolean): Exact {
  const taxed = facts.keep(allowancesAndCharges, () =>
    facts.settlements.flatMap((one) => allowanceOrCharge.all(one)).map((one) => new Taxed(one, allowanceTax.all(one))),
  );
  let sum: Exact = 0;
  for (const one of taxed) {
    if (!isOfKind(one.element, isCharge, share.indicators) || !belongs(one, share)) continue;
    const amount = actualAmount.first(one.element);
    if (amount !== null) sum = plus(sum, exactOf(amount));
  }
  return sum;
}

function isOfKind(element: XmlElement, isCharge: boolean, reading: IndicatorReading): boolean {
  const indicators = indicator.all(element);
  if (reading === 'any') return anyIndicates(indicators, isCharge);
  const one = only(indicators);
  if (one === null) throw new NotComputable(element);
  return booleanOf(one) === isCharge;
}

/** Category and rate may stand in different taxes of one line: the official rules ask for no more. */
function belongs(taxed: Taxed, { category: wantedCategory, rate: wantedRate }: CategoryShare): boolean {
  if (!anyIs(taxed.categories, wantedCategory)) return false;
  if (wantedRate === null) return true;
  for (let index = 0; index < taxed.taxes.length; index++) if (isSameRate(taxed.rateOf(index), wantedRate)) return true;
  return false;
}

/** Most rates of an invoice are written alike: what is the same text is the same decimal. */
function isSameRate(found: XmlElement | null, wanted: XmlElement): boolean {
  if (found === null) return false;
  return found.stringValue === wanted.stringValue || equal(exactOf(found), exactOf(wanted));
}
