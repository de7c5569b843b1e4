import type { Totals } from '../../../model/amounts.js';
import type { Invoice } from '../../../model/invoice.js';
import { valueOf, type Value } from '../../../model/value.js';
import { equal, inCents, minus, plus, type Exact } from '../../engine/exact.js';
import { path } from '../../engine/path.js';
import { fatal, noBreach, unless, type Breach, type ModelRule } from '../engine/model-rule.js';
import { computed } from './computable.js';
import type { ExtendedEdition } from './edition.js';
import { countOf, exactOrZero, extendedSums, netOf } from './sums.js';
import { differs, unlessNear } from './tolerance.js';

/** The rules on the totals of the document (BG-22) of an extended invoice. */
export function totalRules({ prefix, amountDue }: ExtendedEdition): readonly ModelRule[] {
  return [
    present('BR-12', ({ linesTotal }) => linesTotal),
    present('BR-13', ({ totalWithoutVat }) => totalWithoutVat),
    present('BR-14', ({ totalWithVat }) => totalWithVat),
    present('BR-15', (totals) => totals.amountDue),
    fatal(
      `${prefix}-CO-10`,
      computed((invoice) => {
        const { lines, lineCount } = extendedSums(invoice).all;
        return unlessNear(invoice.totals?.linesTotal, inCents(lines), lineCount);
      }),
    ),
    fatal(
      `${prefix}-CO-11`,
      computed((invoice) => {
        const { allowances, allowanceCount } = extendedSums(invoice).all;
        return totalOfKind(invoice, invoice.totals?.allowancesTotal, inCents(allowances), allowanceCount);
      }),
    ),
    fatal(
      `${prefix}-CO-12`,
      computed((invoice) => {
        const { charges, chargeCount } = extendedSums(invoice).all;
        return totalOfKind(invoice, invoice.totals?.chargesTotal, inCents(charges), chargeCount);
      }),
    ),
    fatal(
      `${prefix}-CO-13`,
      computed((invoice) => {
        const { all } = extendedSums(invoice);
        return unlessNear(invoice.totals?.totalWithoutVat, netOf(all), countOf(all));
      }),
    ),
    fatal('BR-CO-14', computed(vatTotal)),
    fatal(`${prefix}-CO-15`, computed(totalWithVat)),
    fatal(
      amountDue,
      computed((invoice) => amountLeft(invoice, amountDue === 'BR-FXEXT-CO-16')),
    ),
  ];
}

function present(rule: string, read: (totals: Totals) => Value | null): ModelRule {
  return fatal(rule, ({ totals, element }) =>
    unless(totals !== null && read(totals) !== null, () => ({ at: totals?.element ?? element })),
  );
}

/** A total of allowances or of charges must be there as soon as there are some (BT-107, BT-108). */
function totalOfKind(
  { totals, element }: Invoice,
  declared: Value | null | undefined,
  sum: Exact,
  count: number,
): readonly Breach[] {
  if (declared !== null && declared !== undefined) return unlessNear(declared, sum, count);
  return unless(count === 0, () => differs(totals?.element ?? element, null, sum));
}

/** The VAT total (BT-110) is the sum of the breakdown, exactly: there is nothing to round in between. */
function vatTotal(invoice: Invoice): readonly Breach[] {
  const { totalVat } = invoice;
  const amounts = breakdownOf(invoice).map(({ taxAmount }) => exactOrZero(taxAmount));
  return amounts.length === 0 ? noBreach : unlessNear(totalVat, inCents(amounts.reduce(plus, 0)), 0);
}

/** Of several VAT totals of UBL, which differ by their currency, the breakdown under the one in the currency of the invoice. */
function breakdownOf({ vatBreakdown, totalVat, syntax }: Invoice): Invoice['vatBreakdown'] {
  if (syntax === 'CII' || totalVat === null) return vatBreakdown;
  return vatBreakdown.filter(({ element }) => element.parent === totalVat.element.parent);
}

/** With VAT (BT-112) is without VAT (BT-109) plus VAT (BT-110), within a cent for each part; without VAT both are equal. */
function totalWithVat(invoice: Invoice): readonly Breach[] {
  const { totals, totalVat } = invoice;
  if (totals?.totalWithoutVat == null) return noBreach;
  const sum = plus(exactOrZero(totals.totalWithoutVat), exactOrZero(totalVat));
  return unlessNear(totals.totalWithVat, sum, totalVat === null ? 0 : countOf(extendedSums(invoice).all));
}

const thirdPartyCharges = path(
  'rsm:SupplyChainTradeTransaction/ram:ApplicableHeaderTradeSettlement/ram:SpecifiedFinancialAdjustment/ram:ActualAmount',
);

/** The amount due (BT-115) is the total with VAT, less what was paid (BT-113), plus the rounding (BT-114), exactly. */
function amountLeft({ totals, element, syntax }: Invoice, withThirdParties: boolean): readonly Breach[] {
  const due = totals?.amountDue ?? null;
  if (totals?.totalWithVat == null || due === null) return noBreach;
  const unpaid = minus(exactOrZero(totals.totalWithVat), exactOrZero(totals.paidAmount));
  let sum = plus(unpaid, exactOrZero(totals.roundingAmount));
  if (withThirdParties && syntax === 'CII') {
    for (const charge of thirdPartyCharges.all(element)) sum = plus(sum, exactOrZero(valueOf(charge)));
  }
  return unless(equal(exactOrZero(due), sum), () => differs(due, due.value, sum));
}
