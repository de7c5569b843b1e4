import type { VatBreakdown } from '../../../model/amounts.js';
import type { Invoice } from '../../../model/invoice.js';
import type { Value } from '../../../model/value.js';
import { absolute, compare, minus, percentOf, type Exact } from '../../engine/exact.js';
import { vatCategories, type VatFamily } from '../../en16931/texts/vat-categories.js';
import { memoised } from '../engine/memoised.js';
import { fatal, noBreach, unless, type Breach, type ModelRule } from '../engine/model-rule.js';
import { computed } from './computable.js';
import type { ExtendedEdition } from './edition.js';
import { countOf, exactOrZero, extendedSums, netOf } from './sums.js';
import { taxedParts, type TaxedPart } from './taxed-parts.js';
import { differs, isNear, unlessNear } from './tolerance.js';

/** The rules on the VAT breakdown (BG-23) of an extended invoice: for each category that it is there, and what it sums up. */
export function vatRules({ prefix }: ExtendedEdition): readonly ModelRule[] {
  const families = Object.entries(vatCategories) as [VatFamily, { readonly code: string }][];
  return [
    onBreakdowns('BR-45', ({ taxableAmount }) => taxableAmount),
    onBreakdowns('BR-46', ({ taxAmount }) => taxAmount),
    onBreakdowns('BR-47', ({ category }) => category),
    ...families.flatMap(([family, { code }]) => [
      fatal(`${prefix}-${family}-01`, (invoice) => unmatched(code, invoice)),
      fatal(
        `${prefix}-${family}-08`,
        computed((invoice) => ofCategory(code, invoice).flatMap((one) => taxable(one, invoice))),
      ),
      taxRule(prefix, family, code),
    ]),
  ];
}

function onBreakdowns(rule: string, read: (breakdown: VatBreakdown) => Value | null): ModelRule {
  return fatal(rule, ({ vatBreakdown }) =>
    vatBreakdown.flatMap((one) => unless(read(one) !== null, () => ({ at: one.element }))),
  );
}

interface Categories {
  readonly breakdowns: ReadonlyMap<string, readonly VatBreakdown[]>;
  readonly parts: ReadonlyMap<string, TaxedPart>;
}

/** The breakdowns of each category, and the first part that bears it. */
const categories: (invoice: Invoice) => Categories = memoised((invoice) => {
  const breakdowns = new Map<string, VatBreakdown[]>();
  for (const one of invoice.vatBreakdown) {
    const code = one.category?.value ?? '';
    const before = breakdowns.get(code);
    if (before === undefined) breakdowns.set(code, [one]);
    else before.push(one);
  }
  const parts = new Map<string, TaxedPart>();
  for (const part of taxedParts(invoice)) {
    const code = part.category?.value ?? '';
    if (!parts.has(code)) parts.set(code, part);
  }
  return { breakdowns, parts };
});

function ofCategory(code: string, invoice: Invoice): readonly VatBreakdown[] {
  return categories(invoice).breakdowns.get(code) ?? [];
}

/** A category is in the breakdown if, and only if, some part bears it. */
function unmatched(code: string, invoice: Invoice): readonly Breach[] {
  const [breakdown] = ofCategory(code, invoice);
  const part = categories(invoice).parts.get(code);
  if (part !== undefined && breakdown === undefined) return [{ at: part.category ?? part.element }];
  if (part === undefined && breakdown !== undefined) return [{ at: breakdown.element }];
  return noBreach;
}

/**
 * The taxable amount (BT-116) is the sum of the parts of its category and rate, within a cent for each. Until the next edition
 * of EN 16931 tells breakdowns of one rate apart by their reason, either reading will do.
 */
function taxable(breakdown: VatBreakdown, invoice: Invoice): readonly Breach[] {
  const { taxableAmount } = breakdown;
  if (taxableAmount === null) return noBreach;
  const sums = extendedSums(invoice);
  const [ofReason, ofRate] = [sums.ofReason(breakdown), sums.ofRate(breakdown)];
  const found = exactOrZero(taxableAmount);
  if (isNear(found, netOf(ofReason), countOf(ofReason)) || isNear(found, netOf(ofRate), countOf(ofRate))) {
    return noBreach;
  }
  return [differs(taxableAmount, taxableAmount.value, netOf(countOf(ofReason) > 0 ? ofReason : ofRate))];
}

/** The taxes of the islands keep the tolerance of EN 16931: the amount of VAT is less than one unit off. */
const islands: ReadonlySet<VatFamily> = new Set(['AF', 'AG']);
/** In hundredths, as exact numbers are. */
const oneUnit = 100;

/** The VAT (BT-117) is the rate of the taxable amount, within a cent for each part; nothing where none is due. */
function taxRule(prefix: ExtendedEdition['prefix'], family: VatFamily, code: string): ModelRule {
  const of = (tax: (breakdown: VatBreakdown, invoice: Invoice) => readonly Breach[]): ModelRule['breaches'] =>
    computed((invoice) => ofCategory(code, invoice).flatMap((one) => tax(one, invoice)));
  if (family === 'S') {
    return fatal(
      `${prefix}-S-09`,
      of((one, invoice) => unlessNear(one.taxAmount, taxOf(one), countOf(extendedSums(invoice).ofReason(one)))),
    );
  }
  if (!islands.has(family)) {
    return fatal(
      `BR-${family}-09`,
      of(({ taxAmount }) => unlessNear(taxAmount, 0, 0)),
    );
  }
  return fatal(
    `BR-${family}-09`,
    of((one) => {
      const { taxAmount } = one;
      if (taxAmount === null) return noBreach;
      const apart = absolute(minus(exactOrZero(taxAmount), taxOf(one)));
      return unless(compare(apart, oneUnit) < 0, () => differs(taxAmount, taxAmount.value, taxOf(one)));
    }),
  );
}

function taxOf({ taxableAmount, rate }: VatBreakdown): Exact {
  return percentOf(exactOrZero(taxableAmount), exactOrZero(rate));
}
