import type { Invoice } from '../../../model/invoice.js';

/**
 * Something that several rules ask of one invoice, worked out once. Nothing is kept longer than the invoice: a document may be
 * of 100 MB.
 */
export function memoised<Result extends object>(compute: (invoice: Invoice) => Result): (invoice: Invoice) => Result {
  const known = new WeakMap<Invoice, Result>();
  return (invoice) => {
    const before = known.get(invoice);
    if (before !== undefined) return before;
    const result = compute(invoice);
    known.set(invoice, result);
    return result;
  };
}
