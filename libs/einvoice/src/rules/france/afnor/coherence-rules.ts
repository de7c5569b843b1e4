import type { Invoice } from '../../../model/invoice.js';
import { fatal, noBreach, unless, type ModelRule, type Place } from '../engine/model-rule.js';
import {
  advanceTypeCodes,
  afterAdvanceFrames,
  correctionTypeCodes,
  creditNoteTypeCodes,
  globalRebateTypeCode,
  listed,
  paidFrames,
} from '../shapes/codes.js';
import { isDateOfTheCentury } from '../shapes/dates.js';

/** Rules between terms: BR-FR-CO-01, 03 to 05, 07 to 09 and 12. BR-FR-CO-02 (a number once) needs the other invoices. */
export const coherenceRules: readonly ModelRule[] = [
  fatal('BR-FR-CO-01', ({ issueDate }, { controlDate }) => {
    if (issueDate === null || !isDateOfTheCentury(issueDate.value)) return noBreach;
    return unless(issueDate.value <= controlDate, () => ({
      at: issueDate,
      found: issueDate.value,
      expected: `au plus tard ${controlDate}`,
    }));
  }),
  fatal('BR-FR-CO-03', (invoice) => {
    if (invoice.typeCode?.value !== globalRebateTypeCode) return noBreach;
    const { contracts, period, typeCode } = invoice;
    const contract = contracts.some(({ identifier }) => identifier !== null);
    const whole = (period?.start ?? null) !== null && (period?.end ?? null) !== null;
    return unless(contract && whole, () => ({
      at: typeCode,
      found: globalRebateTypeCode,
      expected: contract ? 'une période de facturation (BG-14)' : 'un numéro de marché ou de contrat (BT-12)',
    }));
  }),
  fatal('BR-FR-CO-04', (invoice) => {
    if (!hasType(invoice, correctionTypeCodes)) return noBreach;
    const { precedingInvoices, typeCode } = invoice;
    return unless(precedingInvoices.length === 1, () => ({
      at: precedingInvoices[1]?.element ?? typeCode,
      found: String(precedingInvoices.length),
      expected: '1',
    }));
  }),
  fatal('BR-FR-CO-05', (invoice) => {
    if (!hasType(invoice, creditNoteTypeCodes)) return noBreach;
    return unless(refersToEarlierInvoices(invoice), () => ({
      at: invoice.typeCode,
      found: invoice.typeCode?.value ?? null,
    }));
  }),
  fatal('BR-FR-CO-07', (invoice) => {
    const { dueDate, issueDate } = invoice;
    if (dueDate === null || issueDate === null) return noBreach;
    if (!isDateOfTheCentury(dueDate.value) || !isDateOfTheCentury(issueDate.value)) return noBreach;
    if (hasType(invoice, advanceTypeCodes) || hasFrame(invoice, paidFrames)) return noBreach;
    return unless(dueDate.value >= issueDate.value, () => ({
      at: dueDate,
      found: dueDate.value,
      expected: `à partir du ${issueDate.value}`,
    }));
  }),
  fatal('BR-FR-CO-08', (invoice) => {
    const broken = hasFrame(invoice, afterAdvanceFrames) && hasType(invoice, advanceTypeCodes);
    return unless(!broken, () => ({
      at: invoice.typeCode,
      found: `${invoice.businessProcess?.value ?? ''} / ${invoice.typeCode?.value ?? ''}`,
      expected: `un type autre que ${listed(advanceTypeCodes)}`,
    }));
  }),
  fatal('BR-FR-CO-09', (invoice) => {
    if (!hasFrame(invoice, paidFrames)) return noBreach;
    const { totals, element } = invoice;
    const place: Place = totals?.element ?? element;
    const paid = totals?.paidAmount ?? null;
    const total = totals?.totalWithVat ?? null;
    const due = totals?.amountDue ?? null;
    const settled = paid?.decimal != null && total?.decimal != null && paid.decimal.eq(total.decimal);
    return [
      ...unless(settled, () => ({
        at: paid ?? place,
        term: 'Montant déjà payé (BT-113)',
        found: paid?.value ?? null,
        expected: total?.value ?? 'le montant total TTC (BT-112)',
      })),
      ...unless(due?.decimal?.isZero() === true, () => ({
        at: due ?? place,
        term: 'Montant à payer (BT-115)',
        found: due?.value ?? null,
        expected: '0',
      })),
      ...unless(invoice.dueDate !== null, () => ({
        at: element,
        term: 'Date d’échéance (BT-9)',
        expected: 'la date du paiement',
      })),
    ];
  }),
  fatal('BR-FR-CO-12', (invoice) => {
    const { currency, vatAccountingCurrency, totalVatInAccountingCurrency } = invoice;
    if (currency === null || currency.value === 'EUR') return noBreach;
    return unless(vatAccountingCurrency?.value === 'EUR' && totalVatInAccountingCurrency !== null, () => ({
      at: vatAccountingCurrency ?? currency,
      found: vatAccountingCurrency?.value ?? currency.value,
      expected: 'BT-6 = EUR et montant de TVA en euros (BT-111)',
    }));
  }),
];

/** Whether the type of the invoice (BT-3) is one of these. */
export function hasType({ typeCode }: Invoice, types: ReadonlySet<string>): boolean {
  return typeCode !== null && types.has(typeCode.value);
}

/** Whether the billing frame of the invoice (BT-23) is one of these. */
export function hasFrame({ businessProcess }: Invoice, frames: ReadonlySet<string>): boolean {
  return businessProcess !== null && frames.has(businessProcess.value);
}

/** One earlier invoice with its date for the whole, or one for every line that invoices something. */
function refersToEarlierInvoices({ precedingInvoices, lines }: Invoice): boolean {
  const dated = ({ number, issueDate }: Invoice['precedingInvoices'][number]): boolean =>
    number !== null && issueDate !== null;
  if (precedingInvoices.some(dated)) return true;
  return lines
    .filter(({ statusReason }) => statusReason === null || statusReason.value === 'DETAIL')
    .every((line) => line.precedingInvoices.some(dated));
}
