import type { InvoiceModel } from '#einvoice';
import { tableOf, type Bounds, type TableColumn } from './blocks.js';
import { unit, vatCategory } from './code-labels.js';
import { frenchAmount, frenchNumber, frenchPercentage } from './french-form.js';
import {
  amount,
  date,
  number,
  period,
  reference,
  text,
  texts,
  type AllowanceCharge,
  type Line,
} from './model-terms.js';
import { LONGEST_DETAILS, printable } from './printable-text.js';
import type { PdfContent } from './pdf-document.js';

/**
 * How many lines are given. The time goes with the lines and with their text: 500 usual ones take some 2.5 s of one core and
 * 40 MB (pdfmake 0.3.11), and so does an invoice of 20,000 lines.
 */
export const LINE_BOUNDS: Bounds = { rows: 500, characters: 75_000 };

const COLUMNS: readonly TableColumn[] = [
  { head: 'N°', width: 34 },
  { head: 'Désignation', width: '*' },
  { head: 'Quantité', width: 48, isNumber: true },
  { head: 'Unité', width: 40 },
  { head: 'Prix unitaire net', width: 56, isNumber: true },
  { head: 'TVA', width: 44, isNumber: true },
  { head: 'Montant net HT', width: 62, isNumber: true },
];

/** The lines of the invoice (BG-25), the first ones when there are too many. */
export function linesPart({ lines }: InvoiceModel): PdfContent[] {
  return tableOf('Lignes', COLUMNS, rowsOf(lines), lines.length, LINE_BOUNDS);
}

function* rowsOf(lines: readonly Line[]): Generator<readonly (string | null)[]> {
  for (const line of lines) {
    const { identifier, quantity, unitCode, price, vat, netAmount } = line;
    yield [
      text(identifier),
      designationOf(line),
      number(quantity, frenchNumber),
      unitCode === null ? null : printable(unit(unitCode.value)),
      priceOf(price),
      number(vat.rate, frenchPercentage) ?? (vat.category === null ? null : printable(vatCategory(vat.category.value))),
      amount(netAmount),
    ];
  }
}

function priceOf({ net, baseQuantity, baseUnitCode }: Line['price']): string | null {
  const shown = amount(net);
  if (shown === null || baseQuantity === null || Number(baseQuantity.value) === 1) return shown;
  const per = baseUnitCode === null ? '' : ` ${unit(baseUnitCode.value)}`;
  return printable(`${shown} pour ${frenchNumber(baseQuantity.value)}${per}`);
}

/** Name of the item, and behind it whatever else the line says, in one text of bounded length. */
function designationOf(line: Line): string {
  const { item, price, vat } = line;
  const attributes = item.attributes
    .slice(0, 20)
    .map(({ name, value }) => `${name?.value ?? ''} ${value?.value ?? ''}`);
  const details: readonly (readonly [string, string | null])[] = [
    ['', text(item.description)],
    ['réf. fournisseur', text(item.sellerIdentifier)],
    ['réf. acheteur', text(item.buyerIdentifier)],
    ['réf. standard', text(item.standardIdentifier)],
    ['classement', texts(item.classifications)],
    ['origine', text(item.originCountry)],
    ['', attributes.length === 0 ? null : attributes.join(', ')],
    ['prix brut', amount(price.gross)],
    ['rabais sur prix', amount(price.discount)],
    ['', together(line.allowances, 'remise')],
    ['', together(line.charges, 'charge')],
    ['TVA', vat.category === null || vat.rate === null ? null : vatCategory(vat.category.value)],
    ['ligne de commande', text(line.orderLine)],
    ['objet', reference(line.objectIdentifier)],
    ['imputation', text(line.buyerAccountingReference)],
    ['période', period(line.period)],
    ['livraison', date(line.delivery?.date)],
    ['facture antérieure', texts(line.precedingInvoices.flatMap(({ number: one }) => (one === null ? [] : [one])))],
    ['partie de la ligne', text(line.parentLine)],
    ['vendeur', text(line.seller?.name)],
    ['TVA de la ligne', texts(line.vatAmounts, ({ value }) => frenchAmount(value))],
    ['montant TTC', amount(line.amountWithVat)],
    ['', texts(line.notes.flatMap(({ text: note }) => (note === null ? [] : [note])))],
  ];
  const said = details.flatMap(([label, value]) =>
    value === null ? [] : [label === '' ? value : `${label} : ${value}`],
  );
  const name = text(item.name) ?? '—';
  return said.length === 0 ? name : `${name}\n${printable(said.join(' · '), LONGEST_DETAILS)}`;
}

function together(all: readonly AllowanceCharge[], what: string): string | null {
  if (all.length === 0) return null;
  return all
    .slice(0, 10)
    .map(({ amount: one, percentage, reason, reasonCode }) => {
      const rate = percentage === null ? '' : ` (${frenchPercentage(percentage.value)})`;
      const why = reason ?? reasonCode;
      return `${what} ${one === null ? '' : frenchAmount(one.value)}${rate}${why === null ? '' : ` ${why.value}`}`;
    })
    .join(', ');
}
