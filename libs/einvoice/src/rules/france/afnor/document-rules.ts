import type { ItemAttribute } from '../../../model/line.js';
import { fatal, noBreach, unless, type Breach, type ModelRule } from '../engine/model-rule.js';
import { attributeValueForms, invoicedObjects, lineObjects, type InvoicedObject } from '../engine/document-parts.js';
import { memoised } from '../engine/memoised.js';
import { atMost, everyValue, gathered, ofEach, type Terms } from '../engine/terms.js';
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
export const invoiceNumbers: Terms = gathered(({ number, precedingInvoices, lines }, found) => {
  found.add('Numéro de facture (BT-1)', number);
  for (const one of precedingInvoices) found.add('Facture antérieure (BT-25)', one.number);
  for (const line of lines) {
    for (const one of line.precedingInvoices) found.add('Facture antérieure de la ligne (EXT-FR-FE-136)', one.number);
  }
});

/** Every date of the document and of its lines, but the issue date. */
export const laterDates: Terms = gathered((invoice, found) => {
  const { taxPointDate, dueDate, precedingInvoices, delivery, period, lines } = invoice;
  found.add('Date d’exigibilité de la TVA (BT-7)', taxPointDate);
  found.add('Date d’échéance (BT-9)', dueDate);
  for (const one of precedingInvoices) found.add('Date de la facture antérieure (BT-26)', one.issueDate);
  found.add('Date de livraison (BT-72)', delivery?.date);
  found.add('Début de la période de facturation (BT-73)', period?.start);
  found.add('Fin de la période de facturation (BT-74)', period?.end);
  for (const line of lines) {
    for (const one of line.precedingInvoices)
      found.add('Date de la facture antérieure de la ligne (EXT-FR-FE-138)', one.issueDate);
    found.add('Date de livraison de la ligne (EXT-FR-FE-158)', line.delivery?.date);
    found.add('Début de la période de la ligne (BT-134)', line.period?.start);
    found.add('Fin de la période de la ligne (BT-135)', line.period?.end);
  }
});

const dates: Terms = gathered((invoice, found) => {
  found.add('Date d’émission (BT-2)', invoice.issueDate);
  found.addAll(laterDates(invoice));
});

const typeCodes: Terms = gathered(({ typeCode, precedingInvoices, lines }, found) => {
  found.add('Type de facture (BT-3)', typeCode);
  for (const one of precedingInvoices) found.add('Type de la facture antérieure (EXT-FR-FE-02)', one.typeCode);
  for (const line of lines) {
    for (const one of line.precedingInvoices)
      found.add('Type de la facture antérieure de la ligne (EXT-FR-FE-137)', one.typeCode);
  }
});

const documentCodes: Terms = ofEach(
  'Qualification de la pièce jointe (BT-123)',
  (invoice) => invoice.supportingDocuments,
  (one) => one.description,
);

/** Mentions that French law wants on an invoice (article L441-9 of the commercial code), by subject of note. */
const mandatorySubjects = [
  ['PMT', 'indemnité de recouvrement'],
  ['PMD', 'pénalités de retard'],
  ['AAB', 'escompte'],
] as const;
const subjectsOnce = ['PMT', 'PMD', 'AAB', 'TXD'] as const;

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
  fatal('BR-FR-05', (invoice) => {
    const breaches: Breach[] = [];
    for (const [code, subject] of mandatorySubjects) {
      if (notesAbout(invoice, code).length === 0)
        breaches.push({ at: invoice.element, expected: `${code} (${subject})` });
    }
    return breaches;
  }),
  fatal('BR-FR-06', (invoice) => {
    const breaches: Breach[] = [];
    for (const code of subjectsOnce) {
      const [, ...others] = notesAbout(invoice, code);
      for (const { element } of others) breaches.push({ at: element, found: code });
    }
    return breaches;
  }),
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
  fatal('BR-FR-30', (invoice) => {
    const breaches: Breach[] = [];
    for (const line of invoice.lines)
      for (const breach of objectBreaches(lineObjects(invoice, line))) breaches.push(breach);
    return breaches;
  }),
  fatal('BR-FR-31', (invoice) =>
    notesAbout(invoice, 'BAR')
      .filter((note) => countedTreatments.has(noteText(note)))
      .slice(1)
      .map((note) => ({ at: note.text ?? note.element, found: noteText(note) })),
  ),
];

/** The attributes of all items (BG-32); most invoices have none. */
const attributesOf = memoised(({ lines }) => {
  const found: ItemAttribute[] = [];
  for (const { item } of lines) for (const attribute of item.attributes) found.push(attribute);
  return found;
});

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
