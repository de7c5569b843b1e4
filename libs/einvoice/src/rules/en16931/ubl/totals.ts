import type { XmlElement } from '../../../xml/element.js';
import { equal, inCents, minus, plus, type Exact } from '../../engine/exact.js';
import { path, type Path } from '../../engine/path.js';
import type { Shortfall } from '../../engine/rule-set.js';
import { differs, fatal, present, twoDecimals, type UblAssertion, type UblContext } from './assertions.js';
import { indicates } from './tax-category.js';
import { exactAt } from './values.js';

const lineExtension = path('cbc:LineExtensionAmount');
const taxExclusive = path('cbc:TaxExclusiveAmount');
const taxInclusive = path('cbc:TaxInclusiveAmount');
const allowanceTotal = path('cbc:AllowanceTotalAmount');
const chargeTotal = path('cbc:ChargeTotalAmount');
const prepaid = path('cbc:PrepaidAmount');
const rounding = path('cbc:PayableRoundingAmount');
const payable = path('cbc:PayableAmount');
const allowanceCharge = path('cac:AllowanceCharge');
const amount = path('cbc:Amount');

/** The totals of the document (BG-22). */
export const totalsContext: UblContext = {
  match: 'cac:LegalMonetaryTotal',
  assertions: [
    present('BR-12', 'cbc:LineExtensionAmount'),
    present('BR-13', 'cbc:TaxExclusiveAmount'),
    present('BR-14', 'cbc:TaxInclusiveAmount'),
    present('BR-15', 'cbc:PayableAmount'),
    fatal('BR-CO-10', (totals, { amounts }) =>
      equals(totals, lineExtension, exactAt(lineExtension, totals), () => inCents(amounts.sumOfLines())),
    ),
    sumOfAllowancesOrCharges('BR-CO-11', allowanceTotal, false),
    sumOfAllowancesOrCharges('BR-CO-12', chargeTotal, true),
    fatal('BR-CO-13', (totals) =>
      equals(totals, taxExclusive, exactAt(taxExclusive, totals), () => totalWithoutVat(totals)),
    ),
    fatal('BR-CO-16', amountDueIsRight),
    twoDecimals('BR-DEC-09', 'cbc:LineExtensionAmount'),
    twoDecimals('BR-DEC-10', 'cbc:AllowanceTotalAmount'),
    twoDecimals('BR-DEC-11', 'cbc:ChargeTotalAmount'),
    twoDecimals('BR-DEC-12', 'cbc:TaxExclusiveAmount'),
    twoDecimals('BR-DEC-14', 'cbc:TaxInclusiveAmount'),
    twoDecimals('BR-DEC-16', 'cbc:PrepaidAmount'),
    twoDecimals('BR-DEC-17', 'cbc:PayableRoundingAmount'),
    twoDecimals('BR-DEC-18', 'cbc:PayableAmount'),
  ],
};

/** A missing value equals nothing, and then what it should have been is not asked for. */
function equals(
  totals: XmlElement,
  where: Path,
  value: Exact | null,
  compute: () => Exact | null,
): boolean | Shortfall {
  if (value === null) return false;
  const expected = compute();
  return (expected !== null && equal(value, expected)) || differs(where.first(totals), expected);
}

function sumOfAllowancesOrCharges(rule: string, total: Path, charge: boolean): UblAssertion {
  return fatal(rule, (totals) => {
    const stated = exactAt(total, totals);
    const summed = allowanceCharge.all(totals.parent).filter((one) => indicates(one, charge));
    if (stated === null) return summed.length === 0;
    return equals(totals, total, stated, () => inCents(sumOfAmounts(summed)));
  });
}

function sumOfAmounts(allowancesOrCharges: readonly XmlElement[]): Exact {
  return allowancesOrCharges.reduce<Exact>((sum, one) => plus(sum, exactAt(amount, one) ?? 0), 0);
}

function totalWithoutVat(totals: XmlElement): Exact | null {
  const hasCharges = chargeTotal.exists(totals);
  const hasAllowances = allowanceTotal.exists(totals);
  const lines = exactAt(lineExtension, totals);
  if (lines === null || (!hasCharges && !hasAllowances)) return lines;
  const charges = exactAt(chargeTotal, totals) ?? 0;
  const allowances = exactAt(allowanceTotal, totals) ?? 0;
  return inCents(minus(plus(lines, charges), allowances));
}

function amountDueIsRight(totals: XmlElement): boolean | Shortfall {
  const due = exactAt(payable, totals);
  if (due === null) return false;
  const rounded = exactAt(rounding, totals);
  const withVat = exactAt(taxInclusive, totals);
  const paid = withVat === null ? null : exactAt(prepaid, totals);
  if (withVat === null) return false;
  const open = paid === null ? withVat : inCents(minus(withVat, paid));
  const beforeRounding = rounded === null ? due : inCents(minus(due, rounded));
  return equal(beforeRounding, open) || differs(payable.first(totals), rounded === null ? open : plus(open, rounded));
}
