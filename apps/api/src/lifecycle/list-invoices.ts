import type { Caller, InvoiceReach, ReachedPlace } from '#application';
import { EventStore } from '#events';
import type { InvoiceSide } from '#persistence';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { Page } from '../lists/page.js';
import { cursorOf, keyOfCursor, MICROSECONDS, TEXT } from '../lists/page-cursor.js';
import type { Paging } from '../lists/paging-query.js';
import {
  conditionsOf,
  filterConditions,
  REACH_OF,
  SIDES_OF,
  type Given,
  type InvoiceFilter,
  type InvoiceListName,
} from './invoice-conditions.js';
import { invoiceSummary, SUMMARY_COLUMNS, type InvoiceSummary, type SummaryRow } from './invoice-views.js';

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

const SORT_KEYS = {
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

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** A list of invoices that the caller may see (R25). */
export class ListInvoices extends Query<Page<InvoiceSummary>> {
  constructor(
    readonly caller: Caller,
    readonly list: InvoiceListName,
    readonly filter: InvoiceFilter,
    readonly order: InvoiceOrder,
    readonly paging: Paging,
  ) {
    super();
  }
}

@QueryHandler(ListInvoices)
export class ListInvoicesHandler implements IQueryHandler<ListInvoices> {
  constructor(private readonly store: EventStore) {}

  /**
   * Pages by (key, id): what comes in meanwhile never moves an invoice onto two pages.
   *
   * @throws BadRequestException for a cursor that is none of this list in this order
   */
  async execute({ caller, list, filter, order, paging }: ListInvoices): Promise<Page<InvoiceSummary>> {
    const { pool } = this.store;
    const { pattern } = SORT_KEYS[order.by];
    const named = new RegExp(`^${order.by} ${order.direction}$`);
    const start = keyOfCursor(paging.after ?? undefined, [named, pattern, UUID]);
    const reach = await REACH_OF[list](pool, caller);
    const page = pageOf(reach, list, filter, order, start, paging.limit);
    const whole = conditionsOf(reach, list, filter);
    const [{ rows }, counted] = await Promise.all([
      pool.query<SummaryRow & { cursor: string }>(page.text, page.values),
      pool.query<{ total: number }>(
        `SELECT count(*)::integer AS total FROM read.invoices WHERE ${whole.where}`,
        whole.values,
      ),
    ]);
    const end = rows.at(-1);
    const isLast = end === undefined || rows.length < paging.limit;
    return {
      items: rows.map(({ cursor: _cursor, ...row }) => invoiceSummary(row)),
      total: counted.rows[0]?.total ?? 0,
      next: isLast ? null : cursorOf([`${order.by} ${order.direction}`, end.cursor, end.id]),
    };
  }
}

/**
 * The statement of a page. Of each place that the caller reaches the first rows are taken by themselves, in the order of its
 * index, and of those the first of all: asked for at once, all rows of all places would be read and sorted (at a million
 * invoices, 0.6 s for a recipient of 50,000).
 */
function pageOf(
  reach: InvoiceReach,
  list: InvoiceListName,
  filter: InvoiceFilter,
  { by, direction }: InvoiceOrder,
  start: readonly string[] | null,
  limit: number,
): { text: string; values: unknown[] } {
  const values: unknown[] = [];
  const given: Given = (value) => `$${values.push(value)}`;
  const { expression, text, parsed } = SORT_KEYS[by];
  const { structure = null } = filter;
  const sides = SIDES_OF[list];
  const conditions = [...filterConditions(list, filter, given)];
  // Of a list by several sides, one may let somebody see the invoice and another be the structure.
  if (structure !== null && sides.length > 1) conditions.push(`${given(structure)} IN (${sides.join(', ')})`);
  if (start !== null) {
    const behind = direction === 'desc' ? '<' : '>';
    conditions.push(`(${expression}, id) ${behind} (${parsed(given(start[1]))}, ${given(start[2])}::uuid)`);
  }
  const most = given(limit);
  const first = (rest: readonly string[]): string =>
    `SELECT id, ${expression} AS key FROM read.invoices WHERE ${[...rest, ...conditions].join(' AND ') || 'true'}
      ORDER BY ${expression} ${direction}, id ${direction} LIMIT ${most}`;
  const places = placesOf(reach, sides, structure);
  const found =
    places === null
      ? first([])
      : sides
          .map((side) => {
            const own = places.filter((place) => place.side === side);
            const [parties, services] = [
              given(own.map(({ party }) => party)),
              given(own.map(({ service }) => service)),
            ];
            const at = [`${side} = place.party`, '(place.service IS NULL OR service_code = place.service)'];
            return `SELECT first.id, first.key FROM unnest(${parties}::text[], ${services}::text[]) AS place (party, service)
                     CROSS JOIN LATERAL (${first(at)}) AS first`;
          })
          .join(' UNION ');
  return {
    text: `SELECT ${SUMMARY_COLUMNS}, ${text} AS cursor
             FROM (SELECT id FROM (${found}) AS found ORDER BY key ${direction}, id ${direction} LIMIT ${most}) AS page
             JOIN read.invoices USING (id)
            ORDER BY ${expression} ${direction}, id ${direction}`,
    values,
  };
}

/** The places whose invoices are in a list; null for all there are. A service of a structure that is reached whole is in it. */
function placesOf(
  reach: InvoiceReach,
  sides: readonly InvoiceSide[],
  structure: string | null,
): readonly ReachedPlace[] | null {
  if (reach.everything)
    return structure === null ? null : sides.map((side) => ({ party: structure, side, service: null }));
  const isWanted =
    structure === null || sides.length > 1 ? (): boolean => true : (party: string) => party === structure;
  const places = reach.places.filter(({ party }) => isWanted(party));
  const whole = new Set(places.filter(({ service }) => service === null).map(({ party, side }) => `${side} ${party}`));
  return places.filter(({ party, side, service }) => service === null || !whole.has(`${side} ${party}`));
}
