import { DRAFT_TERMS, draftField, isDraftTerm, type DraftTermCode } from '#domain';
import { catalogueEntry, type Finding } from '#einvoice';
import type { DraftFinding } from './draft-views.js';

/** The lists of a draft, and the elements of its document that stand for their members. */
const LISTS: readonly (readonly [list: string, element: RegExp])[] = [
  ['lines', /\/cac:(?:Invoice|CreditNote)Line\[(\d+)\]/],
  ['supportingDocuments', /\/cac:AdditionalDocumentReference\[(\d+)\]/],
  ['precedingInvoices', /\/cac:BillingReference\[(\d+)\]/],
  ['adjustments', /\/cac:AllowanceCharge\[(\d+)\]/],
  ['notes', /\/cbc:Note\[(\d+)\]/],
];

/**
 * Tells what the controls found in the words of whoever types the invoice (R22): the field in the place of the XPath.
 *
 * @param finding about the document that was written of the draft
 */
export function draftFinding({ rule, code, severity, message, location, found, expected }: Finding): DraftFinding {
  const { terms } = catalogueEntry(rule);
  return { rule, code, severity, message, terms, field: fieldOf(terms, location ?? ''), found, expected };
}

function fieldOf(terms: readonly string[], location: string): string | null {
  const known = terms.filter(isDraftTerm);
  for (const [list, element] of LISTS) {
    const place = element.exec(location)?.[1];
    if (place === undefined) continue;
    const term = known.find((one) => isOf(list, one));
    return term === undefined ? `${list}[${Number(place) - 1}]` : draftField(term, Number(place) - 1);
  }
  const [term] = known;
  return term === undefined ? null : draftField(term);
}

function isOf(list: string, term: DraftTermCode): boolean {
  return DRAFT_TERMS[term].field.startsWith(`${list}[]`);
}
