import type { VatBreakdown } from '../../../model/amounts.js';
import type { Invoice } from '../../../model/invoice.js';
import type { Value } from '../../../model/value.js';
import { decimal, inCents, minus, parseExact, plus, type Exact } from '../../engine/exact.js';
import { memoised } from '../engine/memoised.js';
import { exemptionOf, taxedParts, type TaxedPart } from './taxed-parts.js';

/** What some parts of an invoice sum up to, each kind in cents, and how many they are: rounding is allowed a cent for each. */
export interface PartialSum {
  readonly lines: Exact;
  readonly allowances: Exact;
  readonly charges: Exact;
  readonly lineCount: number;
  readonly allowanceCount: number;
  readonly chargeCount: number;
}

/** Nothing at all. */
export const emptySum: PartialSum = {
  lines: 0,
  allowances: 0,
  charges: 0,
  lineCount: 0,
  allowanceCount: 0,
  chargeCount: 0,
};

/** The sums of all parts of an extended invoice, and of those of each VAT category, rate and reason. */
export interface ExtendedSums {
  readonly all: PartialSum;
  /** The parts that bear the category and the rate of a breakdown. */
  readonly ofRate: (breakdown: VatBreakdown) => PartialSum;
  /** Of those, the parts that give the reason for exemption of the breakdown too. */
  readonly ofReason: (breakdown: VatBreakdown) => PartialSum;
}

/** What the parts sum up to: lines, less allowances, plus charges. */
export function netOf({ lines, allowances, charges }: PartialSum): Exact {
  return plus(minus(inCents(lines), inCents(allowances)), inCents(charges));
}

/** How many parts there are. */
export function countOf({ lineCount, allowanceCount, chargeCount }: PartialSum): number {
  return lineCount + allowanceCount + chargeCount;
}

/** The number that a value writes; zero when there is no value, or when it writes none, which is a fault of its own. */
export function exactOrZero(value: Value | null): Exact {
  return (value === null ? null : parseExact(value.value)) ?? 0;
}

/** The sums of an invoice, in one walk over its parts however many breakdowns ask for theirs. */
export const extendedSums: (invoice: Invoice) => ExtendedSums = memoised((invoice) => {
  let all = emptySum;
  const byRate = new Map<string, PartialSum>();
  const byReason = new Map<string, PartialSum>();
  for (const part of taxedParts(invoice)) {
    all = withPart(all, part);
    const rate = rateKey(part.category, part.rate);
    const reason = `${rate}\n${part.exemption}`;
    byRate.set(rate, withPart(byRate.get(rate) ?? emptySum, part));
    byReason.set(reason, withPart(byReason.get(reason) ?? emptySum, part));
  }
  return {
    all,
    ofRate: ({ category, rate }) => byRate.get(rateKey(category, rate)) ?? emptySum,
    ofReason: ({ category, rate, exemptionReason, exemptionReasonCode }) => {
      const exemption = exemptionOf(exemptionReason?.value ?? null, exemptionReasonCode?.value ?? null);
      return byReason.get(`${rateKey(category, rate)}\n${exemption}`) ?? emptySum;
    },
  };
});

function withPart(sum: PartialSum, { kind, amount }: TaxedPart): PartialSum {
  const value = exactOrZero(amount);
  if (kind === 'line') return { ...sum, lines: plus(sum.lines, value), lineCount: sum.lineCount + 1 };
  if (kind === 'charge') return { ...sum, charges: plus(sum.charges, value), chargeCount: sum.chargeCount + 1 };
  return { ...sum, allowances: plus(sum.allowances, value), allowanceCount: sum.allowanceCount + 1 };
}

/** What is not subject to VAT (O) has no rate; `20` and `20.00` are one rate. */
function rateKey(category: Value | null, rate: Value | null): string {
  const code = category?.value ?? '';
  if (code === 'O' || rate === null) return code;
  const percent = parseExact(rate.value);
  return `${code} ${percent === null ? rate.value : decimal(percent).toFixed()}`;
}
