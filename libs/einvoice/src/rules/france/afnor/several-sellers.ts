import type { Invoice } from '../../../model/invoice.js';
import type { InvoiceLine } from '../../../model/line.js';
import type { Value } from '../../../model/value.js';
import { Decimal, zero } from '../../engine/decimal.js';
import { lineObjects } from '../engine/document-parts.js';
import { memoised } from '../engine/memoised.js';
import { bothWaysFrames, severalSellersFrames } from '../shapes/codes.js';

/** A line of an invoice of several, with what the rules BR-FR-MV and BR-FR-BD ask of it. */
export interface MemberLine {
  readonly line: InvoiceLine;
  /** EXT-FR-FE-163: `GROUP`, `DETAIL`, `INFORMATION`. */
  readonly kind: string;
  /** The line of which this one is a part (EXT-FR-FE-162); null when it has none or names one that is not there. */
  readonly parent: MemberLine | null;
  readonly children: readonly MemberLine[];
  /** BT-128 of scheme AFL: number of the invoice within the invoice. */
  readonly number: Value | null;
  /** BT-128 of scheme AVV: billing frame of the invoice within the invoice. */
  readonly frame: Value | null;
  /** EXT-FR-FE-167: legal registration of who sells on this line. */
  readonly seller: Value | null;
}

/** Whether the invoice has several sellers (frames B8, S8, M8), goes both ways (B9, S9, M9), or is an ordinary one. */
export type Composition = 'several-sellers' | 'both-ways' | 'ordinary';

const compositionOfFrame: ReadonlyMap<string, Composition> = new Map([
  ...Array.from(severalSellersFrames, (frame) => [frame, 'several-sellers'] as const),
  ...Array.from(bothWaysFrames, (frame) => [frame, 'both-ways'] as const),
]);

/** How an invoice is composed, by its billing frame (BT-23). */
export function compositionOf(invoice: Invoice): Composition {
  return compositionOfFrame.get(invoice.businessProcess?.value ?? '') ?? 'ordinary';
}

/** The lines of an invoice of several, each with its parent and its children. */
export const memberLines: (invoice: Invoice) => readonly MemberLine[] = memoised((invoice) => {
  type Open = { -readonly [Key in keyof MemberLine]: MemberLine[Key] } & { children: MemberLine[] };
  const members = invoice.lines.map((line): Open => {
    const objects = lineObjects(invoice, line).filter(({ typeCode }) => typeCode === '130');
    return {
      line,
      kind: line.statusReason?.value ?? '',
      parent: null,
      children: [],
      number: objects.find(({ scheme }) => scheme === 'AFL')?.identifier ?? null,
      frame: objects.find(({ scheme }) => scheme === 'AVV')?.identifier ?? null,
      seller: line.seller?.registrations[0] ?? null,
    };
  });
  const byIdentifier = new Map<string, Open>();
  for (const member of members) {
    const identifier = member.line.identifier?.value;
    if (identifier !== undefined && !byIdentifier.has(identifier)) byIdentifier.set(identifier, member);
  }
  for (const member of members) {
    const parent = byIdentifier.get(member.line.parentLine?.value ?? '');
    if (parent === undefined || member.line.parentLine === null) continue;
    member.parent = parent;
    parent.children.push(member);
  }
  return members;
});

/** The lines that stand for a whole invoice within the invoice: of kind GROUP, without a parent. */
export function groupLines(members: readonly MemberLine[]): MemberLine[] {
  return members.filter(({ kind, line }) => kind === 'GROUP' && line.parentLine === null);
}

/** VAT of a line in a currency (EXT-FR-FE-181, EXT-FR-FE-182). */
export function vatAmountIn({ line }: MemberLine, currency: string | null): Value | null {
  return line.vatAmounts.find((amount) => amount.attribute('currencyID') === currency) ?? null;
}

/** The exact sum of some values; those that write no number count for nothing, other rules report them. */
export function sumOfValues(values: readonly (Value | null)[]): Decimal {
  return values.reduce((sum, value) => sum.plus(value?.decimal ?? zero), zero);
}

/** A cent for each of some lines: what rounding may put between a total and the sum of its parts. */
export function centsFor(lines: number): Decimal {
  return new Decimal('0.01').times(lines);
}
