import type { XmlElement } from '../../../xml/element.js';
import { equal, exactOf, inCents, minus, onlyExact, plus, type Exact } from '../../engine/exact.js';
import { path } from '../../engine/path.js';
import type { Shortfall } from '../../engine/rule-set.js';
import { fatal, present, twoDecimals, type CiiAssertion, type CiiContext } from './assertions.js';
import type { CiiFacts } from './facts.js';
import { centsOfNumber, roundedSum, shown, sumOfNumbers } from './rounding.js';
import { numberOf } from '../../engine/values.js';
import { anyIndicates, anyIs, anyNumber, compareNumber, shareText } from './values.js';

const lineTotal = path('ram:LineTotalAmount');
const allowanceTotal = path('ram:AllowanceTotalAmount');
const chargeTotal = path('ram:ChargeTotalAmount');
const taxBasisTotal = path('ram:TaxBasisTotalAmount');
const grandTotal = path('ram:GrandTotalAmount');
const taxTotal = path('ram:TaxTotalAmount');
const prepaid = path('ram:TotalPrepaidAmount');
const roundingAmount = path('ram:RoundingAmount');
const duePayable = path('ram:DuePayableAmount');
const netAmountsOfLines = path(
  'ram:IncludedSupplyChainTradeLineItem/ram:SpecifiedLineTradeSettlement/ram:SpecifiedTradeSettlementLineMonetarySummation/ram:LineTotalAmount',
);
const allowanceOrCharge = path('ram:SpecifiedTradeAllowanceCharge');
const indicator = path('ram:ChargeIndicator/udt:Indicator');
const actualAmount = path('ram:ActualAmount');
const breakdownTax = path('ram:ApplicableTradeTax/ram:CalculatedAmount');
const summation = path('ram:SpecifiedTradeSettlementHeaderMonetarySummation');

/** The document totals (BG-22). */
export const totalsContext: CiiContext = {
  match: '//ram:SpecifiedTradeSettlementHeaderMonetarySummation',
  assertions: [
    present('BR-12', 'ram:LineTotalAmount'),
    present('BR-13', 'ram:TaxBasisTotalAmount'),
    present('BR-14', 'ram:GrandTotalAmount'),
    present('BR-15', 'ram:DuePayableAmount'),
    fatal('BR-53', (totals, { taxCurrencies, invoiceCurrencies }) => {
      if (taxCurrencies.length === 0) return true;
      const inTaxCurrency = taxTotal.all(totals).some((amount) => {
        const currency = amount.attribute('currencyID');
        return currency !== null && anyIs(taxCurrencies, currency);
      });
      const expected = taxCurrencies[0]?.stringValue ?? null;
      return (inTaxCurrency && !shareText(taxCurrencies, invoiceCurrencies)) || { expected };
    }),
    fatal('BR-CO-10', (totals) => {
      const found = lineTotal.all(totals);
      const declared = onlyExact(found);
      if (declared === null) return false;
      const expected = centsOfNumber(sumOfNumbers(netAmountsOfLines.all(totals.parent?.parent ?? null)), totals);
      return equal(declared, expected) || differs(found[0], shown(expected));
    }),
    totalOfKind('BR-CO-11', allowanceTotal, false),
    totalOfKind('BR-CO-12', chargeTotal, true),
    fatal('BR-CO-13', (totals) => {
      const declared = taxBasisTotal.first(totals);
      const lines = lineTotal.first(totals);
      if (declared === null) return false;
      const found = exactOf(declared);
      if (lines === null) return { at: declared, found: declared.stringValue };
      const net = minus(exactOf(lines), exactOrZero(allowanceTotal.first(totals)));
      const expected = inCents(plus(net, exactOrZero(chargeTotal.first(totals))));
      return equal(found, expected) || differs(declared, shown(expected));
    }),
    fatal('BR-CO-16', (totals) => {
      const declared = duePayable.first(totals);
      const grand = grandTotal.first(totals);
      if (declared === null) return false;
      const found = exactOf(declared);
      if (grand === null) return { at: declared, found: declared.stringValue };
      const unpaid = minus(exactOf(grand), exactOrZero(prepaid.first(totals)));
      const expected = plus(unpaid, exactOrZero(roundingAmount.first(totals)));
      return equal(found, expected) || differs(declared, shown(expected));
    }),
    twoDecimals('BR-DEC-09', 'ram:LineTotalAmount'),
    twoDecimals('BR-DEC-10', 'ram:AllowanceTotalAmount'),
    twoDecimals('BR-DEC-11', 'ram:ChargeTotalAmount'),
    twoDecimals('BR-DEC-12', 'ram:TaxBasisTotalAmount'),
    twoDecimals('BR-DEC-14', 'ram:GrandTotalAmount'),
    someTaxTotal('BR-DEC-13', (amount, facts) => !facts.isInInvoiceCurrency(amount) || isInCents(amount)),
    someTaxTotal('BR-DEC-15', (amount, { taxCurrencies }) => {
      const currency = amount.attribute('currencyID');
      return taxCurrencies.length === 0 || (currency !== null && anyIs(taxCurrencies, currency) && isInCents(amount));
    }),
    twoDecimals('BR-DEC-16', 'ram:TotalPrepaidAmount'),
    twoDecimals('BR-DEC-17', 'ram:RoundingAmount'),
    twoDecimals('BR-DEC-18', 'ram:DuePayableAmount'),
  ],
};

/** The total VAT amount in the invoice currency (BT-110) is the sum of the VAT breakdown. */
export const taxTotalContext: CiiContext = {
  match: '//ram:SpecifiedTradeSettlementHeaderMonetarySummation/ram:TaxTotalAmount',
  assertions: [
    fatal('BR-CO-14', (amount, facts) => {
      if (!facts.isInInvoiceCurrency(amount)) return true;
      const expected = roundedSum(facts.settlements.flatMap((one) => breakdownTax.all(one)));
      return compareNumber(amount, expected) === 0 || differs(amount, String(expected.value));
    }),
  ],
};

/** With VAT is without VAT plus VAT, in each invoice currency (BT-112, BT-109, BT-110). */
export const grandTotalAssertion: CiiAssertion = fatal('BR-CO-15', (_, facts) => {
  const summations = facts.settlements.flatMap((one) => summation.all(one));
  const firstOf = (amounts: typeof grandTotal): XmlElement | null =>
    summations.map((one) => amounts.first(one)).find((one) => one !== null) ?? null;
  for (const currency of facts.invoiceCurrencies) {
    const taxTotals = summations
      .flatMap((one) => taxTotal.all(one))
      .filter((amount) => amount.attribute('currencyID') === currency.stringValue);
    const [grand, basis] = [firstOf(grandTotal), firstOf(taxBasisTotal)];
    if (grand === null) return false;
    const found = exactOf(grand);
    if (basis === null) return { at: grand, found: grand.stringValue };
    const withoutTax = exactOf(basis);
    const [tax] = taxTotals;
    const isSum = taxTotals.length === 1 && tax !== undefined && equal(found, withTax(withoutTax, tax));
    if (isSum || equal(found, withoutTax)) continue;
    return differs(grand, taxTotals.length === 1 && tax !== undefined ? shown(withTax(withoutTax, tax)) : null);
  }
  return true;
});

function withTax(basis: Exact, tax: XmlElement): Exact {
  return inCents(plus(basis, exactOf(tax)));
}

/** The total of allowances, or of charges, is the sum of those of the document (BT-107, BT-108). */
function totalOfKind(rule: string, total: typeof grandTotal, isCharge: boolean): CiiAssertion {
  return fatal(rule, (totals, facts) => {
    const ofKind = facts.settlements
      .flatMap((one) => allowanceOrCharge.all(one))
      .filter((one) => anyIndicates(indicator.all(one), isCharge));
    const found = total.all(totals);
    if (ofKind.length === 0 && found.length === 0) return true;
    const expected = roundedSum(ofKind.flatMap((one) => actualAmount.first(one) ?? []));
    return anyNumber(found, 'is', expected) || differs(found[0], String(expected.value));
  });
}

/** Of the total VAT amounts, should there be any, one passes: that is all that the official rules ask. */
function someTaxTotal(rule: string, passes: (amount: XmlElement, facts: CiiFacts) => boolean): CiiAssertion {
  return fatal(rule, (totals, facts) => {
    const amounts = taxTotal.all(totals);
    if (amounts.length === 0 || amounts.some((amount) => passes(amount, facts))) return true;
    return differs(amounts[0], '≤ 2');
  });
}

function isInCents(amount: XmlElement): boolean {
  const value = Math.round(numberOf(amount) * 100) / 100;
  return compareNumber(amount, { value, isInteger: false }) === 0;
}

function exactOrZero(amount: XmlElement | null): Exact {
  return amount === null ? 0 : exactOf(amount);
}

function differs(amount: XmlElement | undefined, expected: string | null): Shortfall {
  return { at: amount ?? null, found: amount?.stringValue ?? null, expected };
}
