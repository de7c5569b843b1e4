import { parseDecimal, type Decimal } from '../../engine/decimal.js';

/** How an amount, a quantity, a price or a rate must be written. */
export interface NumberShape {
  /** Most characters, the minus sign counted and the point not. */
  readonly positions: number;
  readonly decimals: number;
  readonly negative: boolean;
}

/** Amounts (BR-FR-DEC-01, G1.14). */
export const amountShape: NumberShape = { positions: 19, decimals: 2, negative: true };
/** Quantities (BR-FR-DEC-02, G1.15). */
export const quantityShape: NumberShape = { positions: 19, decimals: 4, negative: true };
/** Prices of the frames B9, S9 and M9 (invoicing on behalf of several), which may be negative (BR-FR-DEC-03). */
export const signedPriceShape: NumberShape = { positions: 19, decimals: 6, negative: true };
/** Every other price (BR-FR-DEC-03, G1.16). */
export const priceShape: NumberShape = { positions: 19, decimals: 6, negative: false };
/** VAT rates (BR-FR-DEC-04). */
export const rateShape: NumberShape = { positions: 4, decimals: 2, negative: false };
/** Amounts of the portal's own formats (external specifications of Chorus Pro: pivot format). */
export const historicAmountShape: NumberShape = { positions: 19, decimals: 6, negative: true };

/** Whether a text writes a number in that shape: digits, a point, a minus sign where one is allowed, and nothing else. */
export function hasNumberShape(text: string, { positions, decimals, negative }: NumberShape): boolean {
  const signed = text.startsWith('-');
  if (signed && !negative) return false;
  const point = text.indexOf('.');
  const end = point === -1 ? text.length : point;
  const fraction = text.length - end;
  if (point !== -1 && (fraction === 1 || fraction - 1 > decimals)) return false;
  if (text.length - (point === -1 ? 0 : 1) > positions) return false;
  return areDigits(text, signed ? 1 : 0, end) && (point === -1 || areDigits(text, point + 1, text.length));
}

/**
 * Whether a part of a text is one digit or more. An invoice of ten lines has sixty numbers: a regular expression with groups
 * took four times as long for each.
 */
function areDigits(text: string, start: number, end: number): boolean {
  for (let index = start; index < end; index++) {
    const code = text.charCodeAt(index);
    if (code < 48 || code > 57) return false;
  }
  return start < end;
}

/** The shape in French, for what a finding expects. */
export function describeNumberShape({ positions, decimals, negative }: NumberShape): string {
  return `nombre ${negative ? '' : 'positif '}de ${positions} caractères au plus (hors point), ${decimals} décimales au plus`;
}

/** VAT rates in force, or that were and may still be corrected, in France with Corsica and overseas (BR-FR-16, G1.24). */
export const frenchVatRates: readonly string[] = '0 0.9 1.05 1.75 2.1 5.5 7 8.5 9.2 9.6 10 13 19.6 20 20.6'.split(' ');

const vatRates: ReadonlySet<string> = new Set(frenchVatRates);

/** Whether a text is one of the French VAT rates, however many zeros follow it; a percent sign is not a number. */
export function isFrenchVatRate(text: string): boolean {
  // `20.00` is the usual way to write a rate: it is known by its text, and a decimal is made of the others only.
  if (vatRates.has(text) || (text.includes('.') && vatRates.has(text.replace(/\.?0+$/, '')))) return true;
  const rate = parseDecimal(text);
  return rate !== null && vatRates.has(rate.toString());
}

/** Whether two amounts are within a tolerance of one another, exactly. */
export function within(left: Decimal, right: Decimal, tolerance: Decimal | string): boolean {
  return left.minus(right).abs().lte(tolerance);
}
