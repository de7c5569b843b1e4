import type { XmlElement } from '../../../xml/element.js';
import { roundToCents, zero, type Decimal } from '../../engine/decimal.js';
import { path, type Path } from '../../engine/path.js';
import type { Shortfall } from '../../engine/rule-set.js';
import { differs, fatal, present, twoDecimals, type UblAssertion, type UblContext } from './assertions.js';
import { indicates } from './tax-category.js';
import { decimalAt } from './values.js';

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
      equals(totals, lineExtension, decimalAt(lineExtension, totals), () => roundToCents(amounts.sumOfLines())),
    ),
    sumOfAllowancesOrCharges('BR-CO-11', allowanceTotal, false),
    sumOfAllowancesOrCharges('BR-CO-12', chargeTotal, true),
    fatal('BR-CO-13', (totals) =>
      equals(totals, taxExclusive, decimalAt(taxExclusive, totals), () => totalWithoutVat(totals)),
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
  value: Decimal | null,
  compute: () => Decimal | null,
): boolean | Shortfall {
  if (value === null) return false;
  const expected = compute();
  return (expected !== null && value.equals(expected)) || differs(where.first(totals), expected);
}

function sumOfAllowancesOrCharges(rule: string, total: Path, charge: boolean): UblAssertion {
  return fatal(rule, (totals) => {
    const stated = decimalAt(total, totals);
    const summed = allowanceCharge.all(totals.parent).filter((one) => indicates(one, charge));
    if (stated === null) return summed.length === 0;
    return equals(totals, total, stated, () => roundToCents(sumOfAmounts(summed)));
  });
}

function sumOfAmounts(allowancesOrCharges: readonly XmlElement[]): Decimal {
  return allowancesOrCharges.reduce((sum, one) => sum.plus(decimalAt(amount, one) ?? zero), zero);
}

function totalWithoutVat(totals: XmlElement): Decimal | null {
  const hasCharges = chargeTotal.exists(totals);
  const hasAllowances = allowanceTotal.exists(totals);
  const lines = decimalAt(lineExtension, totals);
  if (lines === null || (!hasCharges && !hasAllowances)) return lines;
  const charges = decimalAt(chargeTotal, totals) ?? 0;
  const allowances = decimalAt(allowanceTotal, totals) ?? 0;
  return roundToCents(lines.plus(charges).minus(allowances));
}

function amountDueIsRight(totals: XmlElement): boolean | Shortfall {
  const due = decimalAt(payable, totals);
  if (due === null) return false;
  const rounded = decimalAt(rounding, totals);
  const withVat = decimalAt(taxInclusive, totals);
  const paid = withVat === null ? null : decimalAt(prepaid, totals);
  if (withVat === null) return false;
  const open = paid === null ? withVat : roundToCents(withVat.minus(paid));
  const beforeRounding = rounded === null ? due : roundToCents(due.minus(rounded));
  return beforeRounding.equals(open) || differs(payable.first(totals), rounded === null ? open : open.plus(rounded));
}
