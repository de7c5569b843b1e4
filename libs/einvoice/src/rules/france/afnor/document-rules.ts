import type { Invoice } from '../../../model/invoice.js';
import { fatal, noBreach, unless, type Breach, type ModelRule } from '../engine/model-rule.js';
import { attributeValueForms, invoicedObjects, lineObjects, type InvoicedObject } from '../engine/document-parts.js';
import { atMost, everyValue, inLines, ofEach, ofLines, once, sharedTerms, type TermReader } from '../engine/terms.js';
import {
  countedTreatments,
  listed,
  reformFrames,
  reformTypeCodes,
  supportingDocumentCodes,
  treatments,
} from '../shapes/codes.js';
import { isDateOfTheCentury } from '../shapes/dates.js';
import { isReformNumber } from '../shapes/identifiers.js';
import { noteText, notesAbout } from './notes.js';

/** Numbers of invoices, this one and those that it is about. */
export const invoiceNumbers: readonly TermReader[] = sharedTerms([
  once('Numéro de facture (BT-1)', ({ number }) => number),
  ofEach(
    'Facture antérieure (BT-25)',
    ({ precedingInvoices }) => precedingInvoices,
    ({ number }) => number,
  ),
  inLines(
    'Facture antérieure de la ligne (EXT-FR-FE-136)',
    (line) => line.precedingInvoices,
    ({ number }) => number,
  ),
]);

/** Every date of the document and of its lines. */
export const dates: readonly TermReader[] = sharedTerms([
  once('Date d’émission (BT-2)', ({ issueDate }) => issueDate),
  once('Date d’exigibilité de la TVA (BT-7)', ({ taxPointDate }) => taxPointDate),
  once('Date d’échéance (BT-9)', ({ dueDate }) => dueDate),
  ofEach(
    'Date de la facture antérieure (BT-26)',
    (invoice) => invoice.precedingInvoices,
    (one) => one.issueDate,
  ),
  once('Date de livraison (BT-72)', ({ delivery }) => delivery?.date),
  once('Début de la période de facturation (BT-73)', ({ period }) => period?.start),
  once('Fin de la période de facturation (BT-74)', ({ period }) => period?.end),
  inLines(
    'Date de la facture antérieure de la ligne (EXT-FR-FE-138)',
    (line) => line.precedingInvoices,
    (one) => one.issueDate,
  ),
  ofLines('Date de livraison de la ligne (EXT-FR-FE-158)', ({ delivery }) => delivery?.date),
  ofLines('Début de la période de la ligne (BT-134)', ({ period }) => period?.start),
  ofLines('Fin de la période de la ligne (BT-135)', ({ period }) => period?.end),
]);

const typeCodes: readonly TermReader[] = [
  once('Type de facture (BT-3)', ({ typeCode }) => typeCode),
  ofEach(
    'Type de la facture antérieure (EXT-FR-FE-02)',
    (invoice) => invoice.precedingInvoices,
    (one) => one.typeCode,
  ),
  inLines(
    'Type de la facture antérieure de la ligne (EXT-FR-FE-137)',
    (line) => line.precedingInvoices,
    (one) => one.typeCode,
  ),
];

const documentCodes: readonly TermReader[] = [
  ofEach(
    'Qualification de la pièce jointe (BT-123)',
    (invoice) => invoice.supportingDocuments,
    (one) => one.description,
  ),
];

/** Mentions that French law wants on an invoice (article L441-9 of the commercial code), by subject of note. */
const mandatorySubjects = { PMT: 'indemnité de recouvrement', PMD: 'pénalités de retard', AAB: 'escompte' } as const;

/** Rules about numbers, dates, codes, notes and references: BR-FR-01 to 08, 17, 18, 20, 27 to 31. */
export const documentRules: readonly ModelRule[] = [
  fatal('BR-FR-01', atMost(invoiceNumbers, 35)),
  fatal(
    'BR-FR-02',
    everyValue(invoiceNumbers, ({ value }) => isReformNumber(value), 'lettres sans accent, chiffres et + - _ /'),
  ),
  fatal(
    'BR-FR-03',
    everyValue(dates, ({ value }) => isDateOfTheCentury(value), 'date de 2000 à 2099'),
  ),
  fatal(
    'BR-FR-04',
    everyValue(typeCodes, ({ value }) => reformTypeCodes.has(value), listed(reformTypeCodes)),
  ),
  fatal('BR-FR-05', (invoice) =>
    Object.entries(mandatorySubjects).flatMap(([code, subject]) =>
      unless(notesAbout(invoice, code).length > 0, () => ({ at: invoice.element, expected: `${code} (${subject})` })),
    ),
  ),
  fatal('BR-FR-06', (invoice) =>
    [...Object.keys(mandatorySubjects), 'TXD'].flatMap((code) =>
      notesAbout(invoice, code)
        .slice(1)
        .map(({ element }) => ({ at: element, found: code })),
    ),
  ),
  fatal('BR-FR-08', ({ businessProcess, element }) =>
    unless(reformFrames.has(businessProcess?.value ?? ''), () => ({
      at: businessProcess ?? element,
      found: businessProcess?.value ?? null,
      expected: listed(reformFrames),
    })),
  ),
  fatal(
    'BR-FR-17',
    everyValue(documentCodes, ({ value }) => supportingDocumentCodes.has(value), listed(supportingDocumentCodes)),
  ),
  fatal('BR-FR-18', ({ supportingDocuments }) =>
    supportingDocuments
      .filter(({ description }) => description?.value === 'LISIBLE')
      .slice(1)
      .map(({ description }) => ({ at: description, found: 'LISIBLE' })),
  ),
  fatal('BR-FR-20', (invoice) =>
    notesAbout(invoice, 'BAR')
      .filter((note) => !treatments.has(noteText(note)))
      .map((note) => ({ at: note.text ?? note.element, found: noteText(note), expected: listed(treatments) })),
  ),
  fatal('BR-FR-27', (invoice) =>
    attributesOf(invoice)
      .filter(({ name, code }) => name === null && code === null)
      .map(({ element }) => ({ at: element })),
  ),
  fatal('BR-FR-28', (invoice) =>
    attributesOf(invoice).flatMap(({ element }) => {
      const { text, measure, unit } = attributeValueForms(invoice, element);
      return unless(text ? !measure : measure && unit, () => ({ at: element }));
    }),
  ),
  fatal('BR-FR-29', (invoice) => objectBreaches(invoicedObjects(invoice))),
  fatal('BR-FR-30', (invoice) => invoice.lines.flatMap((line) => objectBreaches(lineObjects(invoice, line)))),
  fatal('BR-FR-31', (invoice) =>
    notesAbout(invoice, 'BAR')
      .filter((note) => countedTreatments.has(noteText(note)))
      .slice(1)
      .map((note) => ({ at: note.text ?? note.element, found: noteText(note) })),
  ),
];

function attributesOf({ lines }: Invoice): Invoice['lines'][number]['item']['attributes'] {
  return lines.flatMap(({ item }) => item.attributes);
}

/** At most one object of each scheme, and none blank. */
function objectBreaches(objects: readonly InvoicedObject[]): readonly Breach[] {
  if (objects.length === 0) return noBreach;
  const seen = new Set<string>();
  const breaches: Breach[] = [];
  for (const { element, identifier, scheme } of objects) {
    if (seen.has(scheme)) breaches.push({ at: element, found: scheme, expected: `un seul identifiant ${scheme}` });
    if (identifier === null) breaches.push({ at: element, expected: `un identifiant ${scheme} renseigné` });
    seen.add(scheme);
  }
  return breaches;
}
