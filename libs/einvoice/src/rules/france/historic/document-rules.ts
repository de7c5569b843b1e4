import { conformanceOf } from '../../../invoice/conformance.js';
import type { Invoice } from '../../../model/invoice.js';
import { iso4217Currencies } from '../../code-lists/index.js';
import { amounts, frenchCategories, frenchRates, inShape, prices } from '../afnor/amount-rules.js';
import { fatal, noBreach, unless, warning, type ModelRule } from '../engine/model-rule.js';
import { atMost, everyValue, gathered, ofEach, once } from '../engine/terms.js';
import { historicFrames, historicPaymentMeans, historicTypeCodes, listed } from '../shapes/codes.js';
import { isDateOfTheCentury } from '../shapes/dates.js';
import { isHistoricNumber } from '../shapes/identifiers.js';
import { describeNumberShape, historicAmountShape } from '../shapes/numbers.js';

const number = once('Numéro de facture (BT-1)', (invoice) => invoice.number);
const issueDate = once('Date d’émission (BT-2)', (invoice) => invoice.issueDate);
const currency = once('Devise (BT-5)', (invoice) => invoice.currency);
const numbers = gathered((invoice, found) => {
  found.addAll(amounts(invoice));
  found.addAll(prices(invoice));
  for (const { quantity } of invoice.lines) found.add('Quantité facturée (BT-129)', quantity);
});
const means = ofEach(
  'Moyen de paiement (BT-81)',
  ({ payments }) => payments,
  ({ meansCode }) => meansCode,
);
const commitment = once('Numéro d’engagement juridique (BT-13)', (invoice) => invoice.purchaseOrderReference);
const contracts = ofEach(
  'Numéro de marché (BT-12)',
  (invoice) => invoice.contracts,
  ({ identifier }) => identifier,
);

/** What the portal's own formats may hold: numbers, dates, codes, references, amounts (its controls, chapter 2.1). */
export const historicDocumentRules: readonly ModelRule[] = [
  fatal('CHORUS-NUMBER-LENGTH', atMost(number, 20)),
  fatal(
    'CHORUS-NUMBER-SHAPE',
    everyValue(number, ({ value }) => isHistoricNumber(value), 'lettres, chiffres, + - _ / et espaces simples'),
  ),
  fatal(
    'CHORUS-DATE-RANGE',
    everyValue(issueDate, ({ value }) => isDateOfTheCentury(value), 'date de 2000 à 2099'),
  ),
  fatal('CHORUS-DATE-FUTURE', (invoice, { controlDate }) => {
    const date = invoice.issueDate;
    if (date === null || !isDateOfTheCentury(date.value)) return noBreach;
    return unless(date.value <= controlDate, () => ({
      at: date,
      found: date.value,
      expected: `au plus tard ${controlDate}`,
    }));
  }),
  fatal('CHORUS-FRAME', ({ businessProcess }) =>
    unless(businessProcess === null || historicFrames.has(businessProcess.value), () => ({
      at: businessProcess,
      found: businessProcess?.value ?? null,
      expected: listed(historicFrames),
    })),
  ),
  // The official Factur-X samples of the portal leave the frame out: it takes them for A1.
  warning('CHORUS-FRAME-MISSING', ({ businessProcess, element }) =>
    unless(businessProcess !== null, () => ({ at: element, expected: listed(historicFrames) })),
  ),
  fatal('CHORUS-TYPE', ({ typeCode, element }) =>
    unless(historicTypeCodes.has(typeCode?.value ?? ''), () => ({
      at: typeCode ?? element,
      found: typeCode?.value ?? null,
      expected: listed(historicTypeCodes),
    })),
  ),
  fatal('CHORUS-COMMITMENT-LENGTH', atMost(commitment, 50)),
  fatal('CHORUS-CONTRACT-LENGTH', atMost(contracts, 50)),
  fatal('CHORUS-AMOUNT', everyValue(numbers, inShape(historicAmountShape), describeNumberShape(historicAmountShape))),
  fatal(
    'CHORUS-CURRENCY',
    everyValue(currency, ({ value }) => iso4217Currencies.has(value), 'un code ISO 4217'),
  ),
  fatal(
    'CHORUS-PAYMENT-MEANS',
    everyValue(means, ({ value }) => historicPaymentMeans.has(value), listed(historicPaymentMeans)),
  ),
  fatal('CHORUS-PAYMENT-MEANS-MISSING', (invoice) => {
    // A Factur-X of profile MINIMUM has no place for it.
    if (conformanceOf(invoice.specification?.value ?? null) === 'MINIMUM') return noBreach;
    const there = invoice.payments.some(({ meansCode }) => meansCode !== null);
    return unless(there, () => ({ at: invoice.element, expected: listed(historicPaymentMeans) }));
  }),
  // The official sample with every field is an invoice that carries one: no more than a warning.
  warning('CHORUS-ORIGIN-INVOICE', ({ typeCode, precedingInvoices }) =>
    typeCode?.value === '381'
      ? noBreach
      : precedingInvoices.map(({ number: origin, element }) => ({
          at: origin ?? element,
          found: origin?.value ?? null,
        })),
  ),
  fatal('CHORUS-ALREADY-PAID', (invoice) => {
    if (invoice.businessProcess?.value !== 'A2') return noBreach;
    const due = invoice.totals?.amountDue ?? null;
    return unless(due?.decimal?.isZero() !== false, () => ({ at: due, found: due?.value ?? null, expected: '0' }));
  }),
  fatal('G1.24', frenchRates),
  fatal('G2.31', frenchCategories),
  warning('CHORUS-TOTALS', totalsBreaches),
];

/** What is to be paid is what the document adds up to; a sample with careless sums is let in, hence no more than a warning. */
function totalsBreaches({ totals, totalVat }: Invoice): ReturnType<ModelRule['breaches']> {
  const withoutVat = totals?.totalWithoutVat?.decimal ?? null;
  const withVat = totals?.totalWithVat ?? null;
  const vat = totalVat?.decimal ?? null;
  if (withoutVat === null || vat === null || withVat?.decimal == null) return noBreach;
  const sum = withoutVat.plus(vat);
  return unless(withVat.decimal.minus(sum).abs().lte('0.01'), () => ({
    at: withVat,
    found: withVat.value,
    expected: sum.toFixed(),
  }));
}
