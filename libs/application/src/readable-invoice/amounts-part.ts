import type { InvoiceModel } from '#einvoice';
import { factsOf, tableOf, type TableColumn } from './blocks.js';
import { paymentMeans, vatCategory } from './code-labels.js';
import { frenchPercentage } from './french-form.js';
import { amount, coded, number, text, texts, type AllowanceCharge } from './model-terms.js';
import { printable } from './printable-text.js';
import type { PdfContent } from './pdf-document.js';

const ALLOWANCE_COLUMNS: readonly TableColumn[] = [
  { head: 'Nature', width: 50 },
  { head: 'Motif', width: '*' },
  { head: 'Base', width: 60, isNumber: true },
  { head: 'Pourcentage', width: 60, isNumber: true },
  { head: 'TVA', width: 60, isNumber: true },
  { head: 'Montant HT', width: 64, isNumber: true },
];

/** Allowances (BG-20) and charges (BG-21) of the document. */
export function allowancesPart({ allowances, charges }: InvoiceModel): PdfContent[] {
  const rows = function* () {
    for (const [nature, all] of [['Remise', allowances] as const, ['Charge', charges] as const])
      for (const one of all) yield allowanceRow(nature, one);
  };
  return tableOf('Remises et charges', ALLOWANCE_COLUMNS, rows(), allowances.length + charges.length);
}

function allowanceRow(nature: string, one: AllowanceCharge): (string | null)[] {
  return [
    nature,
    text(one.reason) ?? text(one.reasonCode),
    amount(one.baseAmount),
    number(one.percentage, frenchPercentage),
    number(one.vatRate, frenchPercentage) ?? coded(one.vatCategory, vatCategory),
    amount(one.amount),
  ];
}

const VAT_COLUMNS: readonly TableColumn[] = [
  { head: 'Catégorie', width: 130 },
  { head: 'Motif d’exonération', width: '*' },
  { head: 'Taux', width: 50, isNumber: true },
  { head: 'Base HT', width: 70, isNumber: true },
  { head: 'Montant de TVA', width: 76, isNumber: true },
];

/** The VAT breakdown (BG-23). */
export function vatPart({ vatBreakdown }: InvoiceModel): PdfContent[] {
  const rows = function* () {
    for (const one of vatBreakdown)
      yield [
        coded(one.category, vatCategory),
        text(one.exemptionReason) ?? text(one.exemptionReasonCode),
        number(one.rate, frenchPercentage),
        amount(one.taxableAmount),
        amount(one.taxAmount),
      ];
  };
  return tableOf('Ventilation de la TVA', VAT_COLUMNS, rows(), vatBreakdown.length);
}

/** Totals of the document (BG-22), each as it is written: nothing is added up here. */
export function totalsPart(model: InvoiceModel): PdfContent[] {
  const { totals, totalVat, totalVatInAccountingCurrency: inAccounting } = model;
  const currency = text(model.currency);
  return factsOf('Totaux', [
    ['Somme des lignes HT', amount(totals?.linesTotal ?? null, currency)],
    ['Total des remises', amount(totals?.allowancesTotal ?? null, currency)],
    ['Total des charges', amount(totals?.chargesTotal ?? null, currency)],
    ['Total HT', amount(totals?.totalWithoutVat ?? null, currency)],
    ['Total TVA', amount(totalVat, currency)],
    ['Total TVA en devise de comptabilité', amount(inAccounting, text(model.vatAccountingCurrency))],
    ['Total TTC', amount(totals?.totalWithVat ?? null, currency)],
    ['Déjà payé', amount(totals?.paidAmount ?? null, currency)],
    ['Arrondi', amount(totals?.roundingAmount ?? null, currency)],
    ['Net à payer', amount(totals?.amountDue ?? null, currency)],
  ]);
}

const PAYMENT_COLUMNS: readonly TableColumn[] = [
  { head: 'Moyen de paiement', width: 130 },
  { head: 'Compte', width: '*' },
  { head: 'Titulaire', width: 110 },
  { head: 'BIC', width: 70 },
];

/** How to pay (BG-16, BT-20). */
export function paymentPart(model: InvoiceModel): PdfContent[] {
  const { payments } = model;
  const accounts = payments.flatMap(({ meansCode, meansText, creditTransfers, card, directDebit }) => {
    const means = coded(meansCode, paymentMeans) ?? text(meansText);
    const rows = creditTransfers.map((one) => [
      means,
      text(one.account),
      text(one.accountName),
      text(one.serviceProvider),
    ]);
    if (card !== null) rows.push([means, text(card.accountNumber), text(card.holderName), null]);
    if (directDebit !== null) {
      const { mandateReference, creditorIdentifier, debitedAccount } = directDebit;
      const mandate = mandateReference === null ? '' : `mandat ${mandateReference.value}`;
      const creditor = creditorIdentifier === null ? '' : ` créancier ${creditorIdentifier.value}`;
      rows.push([means, text(debitedAccount), printable(`${mandate}${creditor}`), null]);
    }
    return rows.length === 0 ? [[means, null, null, null]] : rows;
  });
  return [
    ...tableOf('Paiement', PAYMENT_COLUMNS, accounts, accounts.length),
    ...factsOf(accounts.length === 0 ? 'Paiement' : '', [
      ['Conditions de paiement', texts(model.paymentTerms)],
      ['Référence à rappeler', texts(payments.flatMap(({ remittanceInformation }) => remittanceInformation))],
    ]),
  ];
}
