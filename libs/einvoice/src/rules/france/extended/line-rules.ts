import type { Invoice } from '../../../model/invoice.js';
import type { InvoiceLine } from '../../../model/line.js';
import type { Value } from '../../../model/value.js';
import { Decimal, zero } from '../../engine/decimal.js';
import { plus, type Exact } from '../../engine/exact.js';
import { memoised } from '../engine/memoised.js';
import { fatal, noBreach, unless, warning, type Breach, type ModelRule } from '../engine/model-rule.js';
import { within } from '../shapes/numbers.js';
import { computed } from './computable.js';
import type { ExtendedEdition } from './edition.js';
import { exactOrZero } from './sums.js';
import { counts } from './taxed-parts.js';
import { unlessNear } from './tolerance.js';

/** The rules on the lines (BG-25) of an extended invoice, and on those that are parts of others. */
export function lineRules({ prefix, presence, centsForPart }: ExtendedEdition): readonly ModelRule[] {
  return [
    fatal(`${prefix}-06`, (invoice) => {
      const { ofLine } = tree(invoice);
      return invoice.lines.flatMap((line) => {
        const linked = line.parentLine !== null || (ofLine.get(line.identifier?.value ?? '')?.length ?? 0) > 0;
        return unless(!linked || line.statusReason !== null, () => ({
          at: line.element,
          expected: 'GROUP, DETAIL ou INFORMATION',
        }));
      });
    }),
    fatal(
      `${prefix}-08`,
      computed((invoice) => {
        const { ofLine } = tree(invoice);
        return invoice.lines.flatMap(({ identifier, statusReason, netAmount }) => {
          if (statusReason?.value !== 'GROUP' || netAmount === null) return noBreach;
          const parts = (ofLine.get(identifier?.value ?? '') ?? []).filter(isSummed);
          const sum = parts.reduce<Exact>((total, part) => plus(total, exactOrZero(part.netAmount)), 0);
          return unlessNear(netAmount, sum, centsForPart * parts.length);
        });
      }),
    ),
    fatal(`${prefix}-11`, (invoice) => {
      const { identifiers } = tree(invoice);
      return invoice.lines.flatMap(({ parentLine }) =>
        parentLine === null || identifiers.has(parentLine.value)
          ? noBreach
          : [{ at: parentLine, found: parentLine.value }],
      );
    }),
    onCountedLines(`${presence}-22`, ({ quantity }) => quantity),
    onCountedLines(`${presence}-23`, ({ unitCode }) => unitCode),
    onCountedLines(`${presence}-24`, ({ netAmount }) => netAmount),
    onCountedLines(`${presence}-26`, ({ price }) => price.net),
    onCountedLines(`${prefix}-CO-04`, ({ vat }) => vat.category),
    warning('REPONS-LINE-NET', ({ lines }) => lines.filter(counts).flatMap(netAmount)),
  ];
}

/** The lines by what they are parts of. */
interface LineTree {
  readonly identifiers: ReadonlySet<string>;
  /** The parts of a line, by its number. */
  readonly ofLine: ReadonlyMap<string, readonly InvoiceLine[]>;
}

const tree: (invoice: Invoice) => LineTree = memoised(({ lines }) => {
  const identifiers = new Set<string>();
  const ofLine = new Map<string, InvoiceLine[]>();
  for (const line of lines) {
    const { identifier, parentLine } = line;
    if (identifier !== null) identifiers.add(identifier.value);
    if (parentLine === null) continue;
    const parts = ofLine.get(parentLine.value);
    if (parts === undefined) ofLine.set(parentLine.value, [line]);
    else parts.push(line);
  }
  return { identifiers, ofLine };
});

function isSummed({ statusReason }: InvoiceLine): boolean {
  return statusReason?.value === 'DETAIL' || statusReason?.value === 'GROUP';
}

/** A term that every line must have whose amount counts. */
function onCountedLines(rule: string, read: (line: InvoiceLine) => Value | null): ModelRule {
  return fatal(rule, ({ lines }) =>
    lines.flatMap((line) => unless(!counts(line) || read(line) !== null, () => ({ at: line.element }))),
  );
}

/**
 * The net amount of a line is its price for its quantity, less its allowances, plus its charges (XP Z12-012, 4.4.5), within a
 * cent. No published test checks it, so that it is a warning; it is not said of a price for another unit.
 */
function netAmount({ netAmount: net, quantity, unitCode, price, allowances, charges }: InvoiceLine): readonly Breach[] {
  const [amount, count, unitPrice] = [net?.decimal ?? null, quantity?.decimal ?? null, price.net?.decimal ?? null];
  if (net === null || amount === null || count === null || unitPrice === null) return noBreach;
  if (price.baseUnitCode !== null && price.baseUnitCode.value !== unitCode?.value) return noBreach;
  const base = price.baseQuantity === null ? new Decimal(1) : price.baseQuantity.decimal;
  if (base === null || base.isZero()) return noBreach;
  const gross = unitPrice.div(base).times(count).toDecimalPlaces(2, Decimal.ROUND_HALF_UP);
  const expected = gross.minus(totalOf(allowances)).plus(totalOf(charges));
  return unless(within(amount, expected, '0.01'), () => ({ at: net, found: net.value, expected: expected.toFixed() }));
}

function totalOf(parts: InvoiceLine['allowances']): Decimal {
  return parts.reduce((sum, { amount }) => sum.plus(amount?.decimal ?? zero), zero);
}
