import type { Value } from '../../../model/value.js';
import type { Invoice } from '../../../model/invoice.js';
import type { InvoiceLine } from '../../../model/line.js';
import { memoised } from './memoised.js';
import { noBreach, type Breach } from './model-rule.js';

/** The values that an invoice has of some terms, each with the French name of its term, e.g. `Numéro de facture (BT-1)`. */
export class TermValues {
  readonly terms: string[] = [];
  readonly values: Value[] = [];

  /** Adds a value; null and undefined stand for a term that the invoice does not have. */
  add(term: string, value: Value | null | undefined): void {
    if (value === null || value === undefined) return;
    this.terms.push(term);
    this.values.push(value);
  }

  /** Adds all values of other terms. */
  addAll({ terms, values }: TermValues): void {
    for (let index = 0; index < values.length; index++) this.add(terms[index] ?? '', values[index]);
  }
}

/** The terms that a rule looks at: gives what an invoice has of them. Who is given the values must not change them. */
export type Terms = (invoice: Invoice) => TermValues;

const nothing = new TermValues();

/** A term that an invoice has once. */
export function once(term: string, read: (invoice: Invoice) => Value | null | undefined): Terms {
  return (invoice) => {
    const value = read(invoice);
    if (value === null || value === undefined) return nothing;
    const found = new TermValues();
    found.add(term, value);
    return found;
  };
}

/** A term of the members of a group that an invoice may have several times. */
export function ofEach<Group>(
  term: string,
  groups: (invoice: Invoice) => readonly Group[],
  read: (group: Group) => Value | null | undefined,
): Terms {
  return (invoice) => {
    const all = groups(invoice);
    if (all.length === 0) return nothing;
    const found = new TermValues();
    for (const group of all) found.add(term, read(group));
    return found;
  };
}

/** A term that an invoice may have several times. */
export function repeated(term: string, read: (invoice: Invoice) => readonly (Value | null)[]): Terms {
  return ofEach(term, read, (value) => value);
}

/** A term that a line has once. */
export function ofLines(term: string, read: (line: InvoiceLine) => Value | null | undefined): Terms {
  return ofEach(term, ({ lines }) => lines, read);
}

/**
 * Several terms in one walk over the invoice, which is made once for all the rules about them: a walk for each term and each
 * rule was two thirds of the time of the French sets.
 */
export function gathered(walk: (invoice: Invoice, found: TermValues) => void): Terms {
  return memoised((invoice) => {
    const found = new TermValues();
    walk(invoice, found);
    return found;
  });
}

/**
 * A rule about the value of some terms, wherever they stand.
 *
 * @param holds what must be true of each value
 * @param expected what a finding says of it, in French
 */
export function everyValue(
  terms: Terms,
  holds: (value: Value, invoice: Invoice) => boolean,
  expected: string | ((invoice: Invoice) => string),
): (invoice: Invoice) => readonly Breach[] {
  return (invoice) => {
    const found = terms(invoice);
    const { values } = found;
    let breaches: Breach[] | null = null;
    for (let index = 0; index < values.length; index++) {
      const value = values[index];
      if (value === undefined || holds(value, invoice)) continue;
      const wanted = typeof expected === 'string' ? expected : expected(invoice);
      (breaches ??= []).push({ at: value, term: found.terms[index] ?? '', found: value.value, expected: wanted });
    }
    return breaches ?? noBreach;
  };
}

/** A rule about the greatest length of some terms, in characters as people count them (code points). */
export function atMost(terms: Terms, length: number): (invoice: Invoice) => readonly Breach[] {
  return everyValue(
    terms,
    ({ value }) => value.length <= length || [...value].length <= length,
    `${length} caractères au plus`,
  );
}
