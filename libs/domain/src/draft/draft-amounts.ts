import { ExactDecimal as Decimal } from '../shared/exact-decimal.js';
import { vatRateOf, type DraftAdjustment, type DraftContent, type DraftLine } from './draft-content.js';

const NUMBER = /^-?\d{1,19}(?:\.\d{1,6})?$/;
const CENTS = 2;

/** The VAT of one category and rate (BG-23). */
export interface DraftVat {
  /** BT-118 */
  readonly category: string;
  /** BT-119, percent. */
  readonly rate: string;
  /** BT-116 */
  readonly taxableAmount: string;
  /** BT-117 */
  readonly taxAmount: string;
}

/** The sums of the whole document (BG-22), exact decimal strings with two decimals. */
export interface DraftTotals {
  /** BT-106 */
  readonly linesTotal: string;
  /** BT-107 */
  readonly allowancesTotal: string;
  /** BT-108 */
  readonly chargesTotal: string;
  /** BT-109 */
  readonly totalWithoutVat: string;
  /** BT-110 */
  readonly totalVat: string;
  /** BT-112 */
  readonly totalWithVat: string;
  /** BT-113 */
  readonly prepaid: string;
  /** BT-115 */
  readonly amountDue: string;
}

/** What can be computed of a draft, so that nobody types it twice. */
export interface DraftAmounts {
  /** BT-131 of each line; null of one that lacks something. */
  readonly lines: readonly (string | null)[];
  /** Null as long as a line or an adjustment lacks something. */
  readonly totals: DraftTotals | null;
  /** Empty as long as there are no totals. */
  readonly vat: readonly DraftVat[];
}

/** Whether a text is a number as drafts write them: digits, a point, at most six decimals. */
export function isDraftNumber(text: string): boolean {
  return NUMBER.test(text);
}

/**
 * Computes the amounts of a draft by the calculations of EN 16931 (BR-CO-10 to 17): each line rounded to the cent, VAT rounded
 * once for each category and rate.
 */
export function draftAmounts({ lines = [], adjustments = [], prepaid }: DraftContent): DraftAmounts {
  const nets = lines.map(netAmount);
  const shown = nets.map((net) => net?.toFixed(CENTS) ?? null);
  const taxed = [
    ...lines.map((line, index) => ({ ...vatOf(line), amount: nets[index] ?? null })),
    ...adjustments.map((one) => ({ ...vatOf(one), amount: signedAmount(one) })),
  ];
  const paid = numberOf(prepaid ?? '0');
  if (lines.length === 0 || paid === null) return { lines: shown, totals: null, vat: [] };
  const breakdown = new Map<string, { category: string; rate: Decimal; base: Decimal }>();
  for (const { category, rate, amount } of taxed) {
    if (category === undefined || rate === null || amount === null) return { lines: shown, totals: null, vat: [] };
    const key = `${category} ${rate.toString()}`;
    const before = breakdown.get(key)?.base ?? new Decimal(0);
    breakdown.set(key, { category, rate, base: before.plus(amount) });
  }
  const vat = [...breakdown.values()].map(({ category, rate, base }) => ({
    category,
    rate: rate.toString(),
    taxableAmount: base.toFixed(CENTS),
    taxAmount: base.times(rate).dividedBy(100).toFixed(CENTS),
  }));
  return { lines: shown, totals: totalsOf(nets, adjustments, vat, paid), vat };
}

function totalsOf(
  nets: readonly (Decimal | null)[],
  adjustments: readonly DraftAdjustment[],
  vat: readonly DraftVat[],
  prepaid: Decimal,
): DraftTotals {
  const ofKind = (kind: DraftAdjustment['kind']): Decimal =>
    sum(adjustments.map((one) => (one.kind === kind ? numberOf(one.amount) : null)));
  const linesTotal = sum(nets);
  const [allowances, charges] = [ofKind('allowance'), ofKind('charge')];
  const withoutVat = linesTotal.minus(allowances).plus(charges);
  const totalVat = sum(vat.map(({ taxAmount }) => new Decimal(taxAmount)));
  const withVat = withoutVat.plus(totalVat);
  return {
    linesTotal: linesTotal.toFixed(CENTS),
    allowancesTotal: allowances.toFixed(CENTS),
    chargesTotal: charges.toFixed(CENTS),
    totalWithoutVat: withoutVat.toFixed(CENTS),
    totalVat: totalVat.toFixed(CENTS),
    totalWithVat: withVat.toFixed(CENTS),
    prepaid: prepaid.toFixed(CENTS),
    amountDue: withVat.minus(prepaid).toFixed(CENTS),
  };
}

/** Quantity by price for its base quantity, with the line's own allowances and charges. */
function netAmount({ quantity, price, baseQuantity = '1', adjustments = [] }: DraftLine): Decimal | null {
  const [count, unit, base] = [numberOf(quantity), numberOf(price), numberOf(baseQuantity)];
  const added = adjustments.map(signedAmount);
  if (count === null || unit === null || base === null || base.lte(0) || added.includes(null)) return null;
  return sum([count.times(unit).dividedBy(base), ...added]).toDecimalPlaces(CENTS);
}

function signedAmount({ kind, amount }: DraftAdjustment): Decimal | null {
  const value = numberOf(amount)?.toDecimalPlaces(CENTS) ?? null;
  return kind === 'allowance' ? (value?.negated() ?? null) : value;
}

function vatOf(taxed: Pick<DraftLine, 'vatCategory' | 'vatRate'>): { category?: string; rate: Decimal | null } {
  const rate = numberOf(vatRateOf(taxed));
  return taxed.vatCategory === undefined ? { rate } : { category: taxed.vatCategory, rate };
}

function numberOf(text: string | undefined): Decimal | null {
  return text !== undefined && isDraftNumber(text) ? new Decimal(text) : null;
}

function sum(amounts: readonly (Decimal | null)[]): Decimal {
  return amounts.reduce<Decimal>((total, amount) => total.plus(amount ?? 0), new Decimal(0));
}
