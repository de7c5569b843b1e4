import { MICROSECONDS, TEXT } from '../lists/page-cursor.js';

/** What a list can be sorted by: how a row gives it, as text for a cursor, and how a cursor's text is compared with it. */
interface SortKey {
  readonly expression: string;
  readonly text: string;
  readonly pattern: RegExp;
  readonly parsed: (parameter: string) => string;
}

const instant = (column: string): SortKey => ({
  expression: column,
  text: `(extract(epoch FROM ${column}) * 1000000)::bigint::text`,
  pattern: MICROSECONDS,
  parsed: (parameter) => `'epoch'::timestamptz + ${parameter}::bigint * interval '1 microsecond'`,
});

const words = (expression: string): SortKey => ({
  expression: `${expression} COLLATE "C"`,
  text: expression,
  pattern: TEXT,
  parsed: (parameter) => `${parameter}::text`,
});

/** By what a list is sorted, in SQL on `read.invoices`. */
export const SORT_KEYS = {
  deposited: instant('deposited_at'),
  'status-since': instant('status_since'),
  amount: {
    expression: 'coalesce(total_with_vat, 0)',
    text: 'coalesce(total_with_vat, 0)::text',
    pattern: /^[+-]?\d{1,60}(?:\.\d{0,60})?$/,
    parsed: (parameter) => `${parameter}::numeric`,
  },
  due: words("coalesce(due_date, '')"),
  number: words('number'),
} as const satisfies Record<string, SortKey>;

/** What a list can be sorted by. */
export type InvoiceSort = keyof typeof SORT_KEYS;
export const INVOICE_SORTS = Object.keys(SORT_KEYS) as readonly InvoiceSort[];

/** How a list is sorted; invoices of the same key by their ids. */
export interface InvoiceOrder {
  readonly by: InvoiceSort;
  readonly direction: 'asc' | 'desc';
}
