import type { Invoice } from '../../../model/invoice.js';

/** What was worked out of each invoice, by the slot of what asked. One weak map for all: the collector visits each of them. */
const known = new WeakMap<Invoice, unknown[]>();
let slots = 0;

/**
 * Something that several rules ask of one invoice, worked out once. Nothing is kept longer than the invoice: a document may be
 * of 100 MB.
 */
export function memoised<Result extends object>(compute: (invoice: Invoice) => Result): (invoice: Invoice) => Result {
  const slot = slots++;
  return (invoice) => {
    let results = known.get(invoice);
    if (results === undefined) {
      results = new Array<unknown>(slots).fill(undefined);
      known.set(invoice, results);
    }
    const before = results[slot] as Result | undefined;
    if (before !== undefined) return before;
    const result = compute(invoice);
    results[slot] = result;
    return result;
  };
}
