import { invoiceReachOf, justiceFeeReachOf, type InvoiceReach, type ReachedPlace } from '#application';
import { INVOICE_STATUS_CODES, isBeforeRecipient, JUSTICE_FEE_FRAME, type InvoiceStatus } from '#domain';
import type { InvoiceSide } from '#persistence';

/** The lists that people use (R25, R28): what they received, issued, have to validate; statements of justice fees by any hand. */
export type InvoiceListName = 'received' | 'issued' | 'to-validate' | 'justice-fees';

/** What narrows a list; what is absent or null does not. */
export interface InvoiceFilter {
  readonly statuses?: readonly InvoiceStatus[] | null;
  /** Identifier of one of the caller's structures. */
  readonly structure?: string | null;
  readonly serviceCode?: string | null;
  /** Identifiers of the other parties. */
  readonly issuer?: string | null;
  readonly recipient?: string | null;
  readonly commitmentNumber?: string | null;
  /** Billing frame (BT-23) and type of document (BT-3). */
  readonly billingFrame?: string | null;
  readonly typeCode?: string | null;
  /** Words of the number or the names. */
  readonly search?: string | null;
  /** ISO 8601 days, Europe/Paris, both included. */
  readonly depositedFrom?: string | null;
  readonly depositedTo?: string | null;
  /** ISO 8601 days, both included: BT-2 and BT-9. */
  readonly issuedFrom?: string | null;
  readonly issuedTo?: string | null;
  readonly dueFrom?: string | null;
  readonly dueTo?: string | null;
  /** Decimals, both included: total with VAT (BT-112). */
  readonly amountFrom?: string | null;
  readonly amountTo?: string | null;
}

/** By which of its sides an invoice comes into a list. */
export const SIDES_OF: Readonly<Record<InvoiceListName, readonly InvoiceSide[]>> = {
  received: ['recipient'],
  issued: ['issuer'],
  'to-validate': ['validator'],
  'justice-fees': ['issuer', 'sender', 'recipient'],
};

/** What a caller reaches of a list. */
export const REACH_OF = {
  received: invoiceReachOf,
  issued: invoiceReachOf,
  'to-validate': invoiceReachOf,
  'justice-fees': justiceFeeReachOf,
} as const satisfies Record<InvoiceListName, typeof invoiceReachOf>;

/** Statuses that a recipient is shown: what its validators have, or refused, is not among them (R27). */
const SHOWN_TO_RECIPIENT = INVOICE_STATUS_CODES.filter((status) => !isBeforeRecipient(status));
const TO_VALIDATE: readonly InvoiceStatus[] = ['A_VALIDER_1', 'A_VALIDER_2'];

/** Notes a parameter of a statement and gives its name in it: `$1`, `$2` … */
export type Given = (value: unknown) => string;

/** The conditions of a list, and their parameters from `$1` on. */
export function conditionsOf(
  reach: InvoiceReach,
  list: InvoiceListName,
  filter: InvoiceFilter,
): { where: string; values: unknown[] } {
  const values: unknown[] = [];
  const given: Given = (value) => `$${values.push(value)}`;
  const conditions = [...filterConditions(list, filter, given)];
  const sides = SIDES_OF[list];
  if (!reach.everything)
    conditions.push(`(${sides.flatMap((side) => waysTo(side, reach.places, given)).join(' OR ')})`);
  const { structure = null } = filter;
  if (structure !== null) conditions.push(`${given(structure)} IN (${sides.join(', ')})`);
  return { where: conditions.length === 0 ? 'true' : conditions.join(' AND '), values };
}

/** What a list and its filter ask of an invoice, whoever asks, without the structure that the list is of. */
export function filterConditions(list: InvoiceListName, filter: InvoiceFilter, given: Given): readonly string[] {
  const conditions: string[] = [];
  const possible =
    list === 'received' ? SHOWN_TO_RECIPIENT : list === 'to-validate' ? TO_VALIDATE : INVOICE_STATUS_CODES;
  const wanted = filter.statuses ?? null;
  const statuses = wanted?.filter((status) => possible.includes(status)) ?? possible;
  if (list === 'justice-fees') conditions.push(`billing_frame = '${JUSTICE_FEE_FRAME}'`);
  if (wanted !== null || list === 'received' || list === 'to-validate')
    conditions.push(`status = ANY (${given(statuses)}::text[])`);
  for (const [name, conditionOf] of Object.entries(CONDITIONS)) {
    const value = filter[name as keyof typeof CONDITIONS] ?? null;
    if (value !== null) conditions.push(conditionOf(given(value)));
  }
  return conditions;
}

/** What each member of a filter asks, by the name of its parameter. */
const CONDITIONS = {
  serviceCode: (value) => `service_code = ${value}`,
  issuer: (value) => `issuer = ${value}`,
  recipient: (value) => `recipient = ${value}`,
  commitmentNumber: (value) => `commitment_number = ${value}`,
  billingFrame: (value) => `billing_frame = ${value}`,
  typeCode: (value) => `type_code = ${value}`,
  search: (value) => `search @@ plainto_tsquery('simple', ${value})`,
  depositedFrom: (value) => `deposited_at >= ${value}::date::timestamp AT TIME ZONE 'Europe/Paris'`,
  depositedTo: (value) => `deposited_at < (${value}::date + 1)::timestamp AT TIME ZONE 'Europe/Paris'`,
  issuedFrom: (value) => `issue_date >= ${value}`,
  issuedTo: (value) => `issue_date <= ${value}`,
  dueFrom: (value) => `due_date >= ${value}`,
  dueTo: (value) => `due_date <= ${value}`,
  amountFrom: (value) => `total_with_vat >= ${value}::numeric`,
  amountTo: (value) => `total_with_vat <= ${value}::numeric`,
} as const satisfies Partial<Record<keyof InvoiceFilter, (value: string) => string>>;

/** The conditions under which an invoice is in reach by one of its sides; one of them is enough. */
function waysTo(side: InvoiceSide, places: readonly ReachedPlace[], given: Given): readonly string[] {
  const own = places.filter((place) => place.side === side);
  const whole = own.filter(({ service }) => service === null).map(({ party }) => party);
  const parts = own.filter(({ service }) => service !== null);
  const ways = [`${side} = ANY (${given(whole)}::text[])`];
  if (parts.length > 0)
    ways.push(
      `(${side}, service_code) IN (SELECT * FROM unnest(${given(parts.map(({ party }) => party))}::text[], ` +
        `${given(parts.map(({ service }) => service))}::text[]))`,
    );
  return ways;
}
