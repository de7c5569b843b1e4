import type { Value } from '../../../model/value.js';
import type { Invoice } from '../../../model/invoice.js';
import type { InvoiceLine } from '../../../model/line.js';
import { memoised } from './memoised.js';
import type { Breach } from './model-rule.js';

/** Takes the values of a term, one after the other; null stands for a term that the invoice does not have. */
type Take = (value: Value | null | undefined) => void;

/** A term that a rule looks at: its French name with its code, and where its values are in an invoice. */
export interface TermReader {
  /** e.g. `Numéro de facture (BT-1)` */
  readonly term: string;
  readonly visit: (invoice: Invoice, take: Take) => void;
}

/** A term that an invoice has once. */
export function once(term: string, read: (invoice: Invoice) => Value | null | undefined): TermReader {
  return { term, visit: (invoice, take) => take(read(invoice)) };
}

/** A term that an invoice may have several times. */
export function repeated(term: string, read: (invoice: Invoice) => readonly (Value | null)[]): TermReader {
  return { term, visit: (invoice, take) => read(invoice).forEach((value) => take(value)) };
}

/** A term of the members of a group that an invoice may have several times. */
export function ofEach<Group>(
  term: string,
  groups: (invoice: Invoice) => readonly Group[],
  read: (group: Group) => Value | null | undefined,
): TermReader {
  return {
    term,
    visit: (invoice, take) => {
      for (const group of groups(invoice)) take(read(group));
    },
  };
}

/** A term that a line has once. */
export function ofLines(term: string, read: (line: InvoiceLine) => Value | null | undefined): TermReader {
  return ofEach(term, ({ lines }) => lines, read);
}

/** A term of the members of a group that a line may have several times. */
export function inLines<Group>(
  term: string,
  groups: (line: InvoiceLine) => readonly Group[],
  read: (group: Group) => Value | null | undefined,
): TermReader {
  return {
    term,
    visit: (invoice, take) => {
      for (const line of invoice.lines) for (const group of groups(line)) take(read(group));
    },
  };
}

/**
 * Terms that several rules are about: their values are looked for once. Such a list must be given to these rules as it is.
 */
export function sharedTerms(terms: readonly TermReader[]): readonly TermReader[] {
  const valuesOf = memoised((invoice) =>
    terms.map(({ visit }) => {
      const values: Value[] = [];
      visit(invoice, (value) => {
        if (value !== null && value !== undefined) values.push(value);
      });
      return values;
    }),
  );
  return terms.map(({ term }, index) => ({
    term,
    visit: (invoice, take) => {
      for (const value of valuesOf(invoice)[index] ?? []) take(value);
    },
  }));
}

/**
 * A rule about the value of some terms, wherever they stand.
 *
 * @param holds what must be true of each value
 * @param expected what a finding says of it, in French
 */
export function everyValue(
  terms: readonly TermReader[],
  holds: (value: Value, invoice: Invoice) => boolean,
  expected: string | ((invoice: Invoice) => string),
): (invoice: Invoice) => readonly Breach[] {
  return (invoice) => {
    const breaches: Breach[] = [];
    for (const { term, visit } of terms) {
      visit(invoice, (value) => {
        if (value === null || value === undefined || holds(value, invoice)) return;
        const wanted = typeof expected === 'string' ? expected : expected(invoice);
        breaches.push({ at: value, term, found: value.value, expected: wanted });
      });
    }
    return breaches;
  };
}

/** A rule about the greatest length of some terms, in characters as people count them (code points). */
export function atMost(terms: readonly TermReader[], length: number): (invoice: Invoice) => readonly Breach[] {
  return everyValue(
    terms,
    ({ value }) => value.length <= length || [...value].length <= length,
    `${length} caractères au plus`,
  );
}
