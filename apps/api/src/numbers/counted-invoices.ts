import type { InvoiceReach } from '#application';
import { conditionsOf, type InvoiceListName } from '../lifecycle/invoice-conditions.js';
import type { Period } from './number-filters.js';

/** Which invoices are counted: those of a list (R25), of one structure or service of it. */
export interface CountedInvoices {
  readonly list: InvoiceListName;
  readonly structure: string | null;
  readonly serviceCode: string | null;
}

/** Conditions on `read.invoices`, and their parameters from `$1` on. */
export interface Conditions {
  readonly where: string;
  readonly values: readonly unknown[];
}

/** The invoices of a list that a caller reaches; those deposited in a period where one is given. */
export function invoicesWhere(
  reach: InvoiceReach,
  { list, structure, serviceCode }: CountedInvoices,
  period: Period | null,
): { where: string; values: unknown[] } {
  const deposited = { depositedFrom: period?.from ?? null, depositedTo: period?.to ?? null };
  return conditionsOf(reach, list, { structure, serviceCode, ...deposited });
}

/** Those of them that their recipient or a validator rejected. */
export function rejectedWhere(reach: InvoiceReach, counted: CountedInvoices): Conditions {
  const { where, values } = invoicesWhere(reach, counted, null);
  return { where: `${where} AND status IN ('REJETEE', 'REFUSEE_1', 'REFUSEE_2')`, values };
}

/** That an instant is in a period, as `$n` on. */
export function during(instant: string, { from, to }: Period, after: number): { condition: string; values: string[] } {
  const [first, last] = [`$${after + 1}`, `$${after + 2}`];
  const condition =
    `${instant} >= ${first}::date::timestamp AT TIME ZONE 'Europe/Paris' AND ` +
    `${instant} < (${last}::date + 1)::timestamp AT TIME ZONE 'Europe/Paris'`;
  return { condition, values: [from, to] };
}

/** The day in Paris of an instant. */
export function dayOf(instant: string): string {
  return `(${instant} AT TIME ZONE 'Europe/Paris')::date`;
}
