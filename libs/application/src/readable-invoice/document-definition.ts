import type { InvoiceModel } from '#einvoice';
import { allowancesPart, paymentPart, totalsPart, vatPart } from './amounts-part.js';
import { cutNotice, factsOf, tableOf, together, USUAL_BOUNDS, type TableColumn } from './blocks.js';
import { documentType, noteSubject } from './code-labels.js';
import { linesPart } from './lines-part.js';
import { coded, date, period, reference, text, texts, type Note } from './model-terms.js';
import { partiesPart } from './parties-part.js';
import { NO_GLYPH, printable, printableLines } from './printable-text.js';
import type { PdfContent, PdfDocument } from './pdf-document.js';

/** What is not in the invoice and belongs on its page. */
export interface ReadableInvoiceFacts {
  /** ISO 8601: when the platform let the invoice in. It dates the file, so that the same invoice gives the same bytes. */
  readonly integratedAt: string;
  /** Whom to turn to about it, line by line: the central service of justice fees (R28). */
  readonly contact: readonly string[];
}

/**
 * The readable form of an invoice that came as data only (R28, "Visualiser"), as a document definition of pdfmake: everything
 * that EN 16931 and its French extension know of, in French form, exact to the digit. What the platform makes of the invoice,
 * its status, is not part of it.
 *
 * Lists and texts are bounded (`LINE_BOUNDS`, `USUAL_BOUNDS`, `LONGEST_TERM`): the page says where something is left out.
 */
export function readableInvoice(model: InvoiceModel, { integratedAt, contact }: ReadableInvoiceFacts): PdfDocument {
  const number = text(model.number) ?? '(sans numéro)';
  const type = coded(model.typeCode, documentType) ?? 'Facture';
  const faith = `Représentation lisible de la facture n° ${number}, les données XML font foi.`;
  const content: PdfContent[] = [
    { text: `${type} n° ${number}`, style: 'title' },
    { text: faith, style: 'notice' },
    ...headerPart(model),
    ...partiesPart(model),
    ...contactPart(contact),
    ...deliveryPart(model),
    ...linesPart(model),
    ...allowancesPart(model),
    ...vatPart(model),
    ...totalsPart(model),
    ...paymentPart(model),
    ...notesPart(model.notes),
    ...supportingDocumentsPart(model),
  ];
  if (JSON.stringify(content).includes(NO_GLYPH))
    content.push({ text: `Le signe ${NO_GLYPH} tient lieu des caractères que la police n’a pas.`, style: 'notice' });
  return {
    info: {
      title: `${type} ${number}`,
      subject: faith,
      creationDate: new Date(integratedAt),
      producer: 'Répons',
      creator: 'Répons',
    },
    language: 'fr-FR',
    pageSize: 'A4',
    pageMargins: [36, 36, 36, 44],
    defaultStyle: { font: 'Roboto', fontSize: 8 },
    styles: {
      title: { fontSize: 15, bold: true, margin: [0, 0, 0, 2] },
      heading: { fontSize: 10, bold: true, margin: [0, 6, 0, 2] },
      notice: { italics: true, color: '#444444', margin: [0, 0, 0, 4] },
    },
    content,
    footer: (page, pages) => ({
      columns: [
        { text: faith, width: '*' },
        { text: `Page ${page} sur ${pages}`, width: 70, alignment: 'right' },
      ],
      margin: [36, 12, 36, 0],
      fontSize: 7,
      color: '#444444',
    }),
  };
}

function headerPart(model: InvoiceModel): PdfContent[] {
  const contracts = model.contracts.flatMap((one) => reference(one) ?? []);
  const preceding = model.precedingInvoices.map(({ number, issueDate }) => {
    const of = date(issueDate);
    return `${text(number) ?? '?'}${of === null ? '' : ` du ${of}`}`;
  });
  return factsOf('', [
    ['Date de la facture', date(model.issueDate)],
    ['Date d’échéance', date(model.dueDate)],
    ['Devise', text(model.currency)],
    ['Devise de comptabilité de la TVA', text(model.vatAccountingCurrency)],
    ['Exigibilité de la TVA', date(model.taxPointDate) ?? text(model.taxPointDateCode)],
    ['Cadre de facturation', text(model.businessProcess)],
    ['Code service', text(model.buyerReference)],
    ['N° d’engagement juridique', text(model.purchaseOrderReference)],
    ['N° de marché ou de contrat', together(contracts)],
    ['Factures antérieures', together(preceding)],
    ['Période de facturation', period(model.period)],
    ['N° de commande du fournisseur', text(model.salesOrderReference)],
    ['Projet', text(model.projectReference)],
    ['Avis de réception', text(model.receivingAdviceReference)],
    ['Avis d’expédition', text(model.despatchAdviceReference)],
    ['Appel d’offres ou lot', text(model.tenderReference)],
    ['Objet facturé', reference(model.objectIdentifier)],
    ['Imputation comptable de l’acheteur', text(model.buyerAccountingReference)],
    ['Spécification suivie', text(model.specification)],
  ]);
}

function contactPart(contact: readonly string[]): PdfContent[] {
  return factsOf(
    'Service à contacter',
    contact.map((line) => ['', printable(line)]),
  );
}

function deliveryPart({ delivery }: InvoiceModel): PdfContent[] {
  if (delivery === null) return [];
  const { address } = delivery;
  const place = [
    address?.line1,
    address?.line2,
    address?.line3,
    address?.postCode,
    address?.city,
    address?.countryCode,
  ];
  return factsOf('Livraison', [
    ['Livré à', text(delivery.recipientName)],
    ['Lieu', texts(delivery.locationIdentifiers)],
    ['Date', date(delivery.date)],
    ['Adresse', texts(place.filter((one) => one != null))],
  ]);
}

/** Notes (BG-1), each under what it is about, as many as fit. */
function notesPart(notes: readonly Note[]): PdfContent[] {
  const shown: PdfContent[] = [];
  let characters = 0;
  for (const { subjectCode, text: note } of notes) {
    const about = coded(subjectCode, noteSubject);
    const said = printableLines(note?.value ?? '');
    characters += said.length;
    if (shown.length === USUAL_BOUNDS.rows || characters > USUAL_BOUNDS.characters) break;
    shown.push({ text: about === null ? said : `${about} : ${said}`, margin: [0, 0, 0, 2] });
  }
  if (notes.length === 0) return [];
  return [{ text: 'Notes', style: 'heading' }, ...shown, ...cutNotice(shown.length, notes.length)];
}

const DOCUMENT_COLUMNS: readonly TableColumn[] = [
  { head: 'Référence', width: 110 },
  { head: 'Nom', width: '*' },
  { head: 'Qualification', width: 110 },
  { head: 'Lieu', width: 130 },
];

/** Supporting documents (BG-24), by name: what they hold is asked for one by one. */
function supportingDocumentsPart({ supportingDocuments: all }: InvoiceModel): PdfContent[] {
  const rows = function* () {
    for (const { reference: id, fileName, description, content, externalLocation } of all)
      yield [
        text(id),
        text(fileName),
        text(description),
        content === null ? text(externalLocation) : 'jointe à la facture',
      ];
  };
  return tableOf('Pièces jointes', DOCUMENT_COLUMNS, rows(), all.length);
}
