import { ExactDecimal } from '../shared/exact-decimal.js';
import { isParisDay } from '../shared/paris-day.js';
import type { RefundRequestContent, RefundRequestLine } from './refund-request-content.js';

/** An amount of tax in euros, to the cent and without a sign. */
export const REFUND_AMOUNT = /^\d{1,13}(?:\.\d{1,2})?$/;

/** A quantity of energy, without a sign. */
export const REFUND_QUANTITY = /^\d{1,13}(?:\.\d{1,6})?$/;

/** Something that a request needs before it can be sent. */
export interface MissingPart {
  /** Where it is to be typed, e.g. `lines[0].amount`. */
  readonly field: string;
  /** What to do, in French. */
  readonly message: string;
}

/**
 * The amount that a request asks back: the sum of its lines, in euros with two decimals.
 *
 * @returns null as long as there is no line, or one without its amount
 */
export function refundRequestTotal({ lines = [] }: RefundRequestContent): string | null {
  if (lines.length === 0) return null;
  let total = new ExactDecimal(0);
  for (const { amount } of lines) {
    if (!isPositive(amount, REFUND_AMOUNT)) return null;
    total = total.plus(amount);
  }
  return total.toFixed(2);
}

/** Says what is still to be done on a request before it can be sent (R29): what lacks, and what contradicts itself. */
export function missingOfRefundRequest(content: RefundRequestContent): readonly MissingPart[] {
  const { tax, period = {}, recipient, bankDetails, lines = [] } = content;
  return [
    ...unless(tax !== undefined, 'tax', 'Taxe : à choisir'),
    ...missingOfPeriod(period),
    ...unless(isTyped(recipient), 'recipient', 'Structure qui traite la demande : à renseigner'),
    ...unless(isTyped(bankDetails), 'bankDetails', 'Coordonnées bancaires : à choisir parmi celles de la structure'),
    ...unless(lines.length > 0, 'lines', 'Lignes : ajoutez une ligne par facture'),
    ...lines.flatMap(missingOfLine),
    ...repeatedInvoices(lines),
  ];
}

function missingOfPeriod({ start, end }: NonNullable<RefundRequestContent['period']>): MissingPart[] {
  const isReversed = isDay(start) && isDay(end) && end < start;
  return [
    ...unless(isDay(start), 'period.start', 'Début de la période : à renseigner'),
    ...unless(isDay(end), 'period.end', 'Fin de la période : à renseigner'),
    ...unless(!isReversed, 'period.end', 'Fin de la période : elle précède le début'),
  ];
}

function missingOfLine(line: RefundRequestLine, place: number): MissingPart[] {
  const { number, issueDate, supplier, quantity, unit, amount, file } = line;
  const of = (isThere: boolean, member: keyof RefundRequestLine, label: string): MissingPart[] =>
    unless(isThere, `lines[${place}].${member}`, `Ligne ${place + 1}, ${label}`);
  return [
    ...of(isTyped(number), 'number', 'numéro de la facture : à renseigner'),
    ...of(isDay(issueDate), 'issueDate', 'date de la facture : à renseigner'),
    ...of(isTyped(supplier), 'supplier', 'fournisseur : à renseigner'),
    ...of(isPositive(quantity, REFUND_QUANTITY), 'quantity', 'quantité d’énergie : à renseigner, plus grande que zéro'),
    ...of(unit !== undefined, 'unit', 'unité de la quantité : à choisir'),
    ...of(isPositive(amount, REFUND_AMOUNT), 'amount', 'montant de taxe : à renseigner, plus grand que zéro'),
    ...of(file !== undefined, 'file', 'facture : à joindre'),
  ];
}

/** One line is one invoice, and one invoice is one line. */
function repeatedInvoices(lines: readonly RefundRequestLine[]): MissingPart[] {
  const places = new Map<string, number>();
  return lines.flatMap(({ number, issueDate, supplier }, place) => {
    if (number === undefined || issueDate === undefined || supplier === undefined) return [];
    const key = JSON.stringify([number, issueDate, supplier]);
    const before = places.get(key);
    if (before === undefined) places.set(key, place);
    const message = `Ligne ${place + 1} : cette facture est déjà celle de la ligne ${(before ?? place) + 1}`;
    return unless(before === undefined, `lines[${place}].number`, message);
  });
}

function unless(isThere: boolean, field: string, message: string): MissingPart[] {
  return isThere ? [] : [{ field, message: `${message}.` }];
}

function isTyped(text: string | undefined): boolean {
  return text !== undefined && text.trim() !== '';
}

function isDay(text: string | undefined): text is string {
  return text !== undefined && isParisDay(text);
}

function isPositive(text: string | undefined, pattern: RegExp): text is string {
  return text !== undefined && pattern.test(text) && !new ExactDecimal(text).isZero();
}
