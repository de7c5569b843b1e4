import type { FindingSeverity } from '../../../finding/catalogue-entry.js';
import type { Invoice } from '../../../model/invoice.js';

/** A place in the document: a value, or the element of a group. Both are computed only when a rule breaks. */
export interface Place {
  /** Absolute XPath. */
  readonly location: string;
  /** Line of the document, from 1. */
  readonly line: number;
}

/** One way in which an invoice breaks a rule. */
export interface Breach {
  /** The faulty datum, or the group that lacks it; null stands for the document. */
  readonly at: Place | null;
  /** French name of the term with its code, for a rule that is about several, e.g. `Numéro de facture (BT-1)`. */
  readonly term?: string;
  readonly found?: string | null;
  readonly expected?: string | null;
}

/** What a rule may know besides the invoice. */
export interface JudgingFacts {
  /** Day of the control in Paris, `yyyy-mm-dd`: an invoice is never issued after it (G1.07, BR-FR-CO-01). */
  readonly controlDate: string;
}

/**
 * A rule over the semantic model (or over what was kept of it, `Subject`), hence the same for every syntax: a pure function that gives all the ways in which an invoice
 * breaks it (R43).
 */
export interface ModelRule<Facts = JudgingFacts, Subject = Invoice> {
  /** Stable id, a key of the French texts. */
  readonly rule: string;
  readonly severity: FindingSeverity;
  readonly breaches: (invoice: Subject, facts: Facts) => readonly Breach[];
}

/** What most rules give for most invoices. */
export const noBreach: readonly Breach[] = Object.freeze([]);

/** A rule that keeps the invoice out when it is broken. */
export function fatal<Facts = JudgingFacts, Subject = Invoice>(
  rule: string,
  breaches: ModelRule<Facts, Subject>['breaches'],
): ModelRule<Facts, Subject> {
  return { rule, severity: 'fatal', breaches };
}

/** A rule whose breaches are reported, and that lets the invoice in. */
export function warning<Facts = JudgingFacts>(rule: string, breaches: ModelRule<Facts>['breaches']): ModelRule<Facts> {
  return { rule, severity: 'warning', breaches };
}

/** The breach of a rule that is about the whole of something, when it does not hold. */
export function unless(holds: boolean, breach: () => Breach): readonly Breach[] {
  return holds ? noBreach : [breach()];
}
