import type { Invoice } from '../../../model/invoice.js';

let slots = 0;

/**
 * Something that several rules ask of one invoice, worked out once. It is kept on the invoice itself, and goes with it.
 */
export function memoised<Result extends object>(compute: (invoice: Invoice) => Result): (invoice: Invoice) => Result {
  const slot = slots++;
  return (invoice) => {
    const before = invoice.derived[slot] as Result | undefined;
    if (before !== undefined) return before;
    const result = compute(invoice);
    invoice.derived[slot] = result;
    return result;
  };
}
