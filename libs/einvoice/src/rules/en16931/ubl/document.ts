import type { XmlElement } from '../../../xml/element.js';
import { NotComputable } from '../../engine/decimal.js';
import { equal, exactOf, inCents, plus } from '../../engine/exact.js';
import { path } from '../../engine/path.js';
import type { Shortfall } from '../../engine/rule-set.js';
import {
  differs,
  fatal,
  fatalBeside,
  filled,
  hasTwoDecimals,
  present,
  shortfall,
  type UblAssertion,
} from './assertions.js';
import type { UblFacts } from './facts.js';
import { exactAt, normalisedAt } from './values.js';

const invoiceType = path('cbc:InvoiceTypeCode');
const creditNoteType = path('cbc:CreditNoteTypeCode');
const documentCurrency = path('cbc:DocumentCurrencyCode');
const accountingCurrency = path('cbc:TaxCurrencyCode');
const taxTotal = path('cac:TaxTotal');
const taxAmount = path('cbc:TaxAmount');
const taxPointDate = path('cbc:TaxPointDate');
const taxPointCode = path('cac:InvoicePeriod/cbc:DescriptionCode');
const totals = path('cac:LegalMonetaryTotal');
const withVat = path('cbc:TaxInclusiveAmount');
const withoutVat = path('cbc:TaxExclusiveAmount');

/** What the document as a whole must hold. */
export const documentAssertions: readonly UblAssertion[] = [
  filled('BR-01', 'cbc:CustomizationID'),
  filled('BR-02', 'cbc:ID'),
  filled('BR-03', 'cbc:IssueDate'),
  fatal('BR-04', (root) => normalisedAt(invoiceType, root) !== '' || normalisedAt(creditNoteType, root) !== ''),
  filled('BR-05', 'cbc:DocumentCurrencyCode'),
  filled('BR-06', 'cac:AccountingSupplierParty/cac:Party/cac:PartyLegalEntity/cbc:RegistrationName'),
  filled('BR-07', 'cac:AccountingCustomerParty/cac:Party/cac:PartyLegalEntity/cbc:RegistrationName'),
  present('BR-08', 'cac:AccountingSupplierParty/cac:Party/cac:PostalAddress'),
  present('BR-10', 'cac:AccountingCustomerParty/cac:Party/cac:PostalAddress'),
  present('BR-16', 'cac:InvoiceLine', 'cac:CreditNoteLine'),
  fatal('BR-53', (root, { survey }) => {
    const stated = survey.elements('cac:TaxTotal').flatMap((one) => taxAmount.all(one));
    const missing = accountingCurrency.all(root).find((currency) => !stated.some((one) => isIn(one, currency)));
    return missing === undefined || shortfall(missing);
  }),
  fatalBeside('BR-CO-03', [taxPointDate, taxPointCode], (root) => {
    const date = taxPointDate.first(root);
    return date === null || !taxPointCode.exists(root) || shortfall(date);
  }),
  fatal('BR-CO-15', totalWithVatIsRight),
  present('BR-CO-18', 'cac:TaxTotal/cac:TaxSubtotal'),
  vatInCurrencyHasTwoDecimals('BR-DEC-13', 'cbc:DocumentCurrencyCode'),
  vatInCurrencyHasTwoDecimals('BR-DEC-15', 'cbc:TaxCurrencyCode'),
];

function isIn(amount: XmlElement, currency: XmlElement): boolean {
  return amount.attribute('currencyID') === currency.stringValue;
}

function totalWithVatIsRight(root: XmlElement): boolean | Shortfall {
  for (const currency of documentCurrency.all(root)) {
    const verdict = totalIsRightIn(root, currency);
    if (verdict !== true) return verdict;
  }
  return true;
}

function totalIsRightIn(root: XmlElement, currency: XmlElement): boolean | Shortfall {
  const inCurrency = taxTotal.all(root).flatMap((total) => {
    const [first, second] = taxAmount.all(total).filter((one) => isIn(one, currency));
    if (second !== undefined) throw new NotComputable(second);
    return first ?? [];
  });
  const vats = inCurrency.map(exactOf);
  const [vat] = vats;
  if (vats.length !== 1 || vat === undefined) return { found: String(vats.length), expected: '1' };
  const stated = totals.all(root);
  const sums = stated.flatMap((one) => exactAt(withoutVat, one) ?? []);
  if (sums.length > 1) throw new NotComputable(stated[1] ?? root);
  const [sum] = sums;
  const expected = sum === undefined ? null : inCents(plus(sum, vat));
  const found = stated.flatMap((one) => exactAt(withVat, one) ?? []);
  if (expected !== null && found.some((one) => equal(one, expected))) return true;
  return differs(stated[0] === undefined ? null : withVat.first(stated[0]), expected);
}

/**
 * These two rules look for the currency of the document inside of the amount, where no valid document has it. They are kept
 * as they are: a verdict that differs from the official one is wrong, and UBL-DT-01 asks for the two decimals.
 */
function vatInCurrencyHasTwoDecimals(rule: string, currency: string): UblAssertion {
  const inner = path(currency);
  return fatal(rule, (_root, { survey }: UblFacts) => {
    const found = survey
      .elements('cac:TaxTotal')
      .flatMap((total) => taxAmount.all(total))
      .filter((one) => inner.all(one).some((code) => isIn(one, code)));
    const [first = null, second] = found;
    if (second !== undefined) throw new NotComputable(second);
    return hasTwoDecimals(first);
  });
}
