import type { InvoiceReach, ReachedPlace } from '#application';
import type { InvoiceSide } from '#persistence';
import {
  filterConditions,
  SIDES_OF,
  type Given,
  type InvoiceFilter,
  type InvoiceListName,
} from './invoice-conditions.js';
import { SORT_KEYS, type InvoiceOrder } from './invoice-order.js';
import { SUMMARY_COLUMNS } from './invoice-views.js';

/** A page of a list that a caller asked for. */
export interface AskedPage {
  readonly reach: InvoiceReach;
  readonly list: InvoiceListName;
  readonly filter: InvoiceFilter;
  readonly order: InvoiceOrder;
  /** Sort key and id of the last invoice before the page, as texts; null for the first page. */
  readonly start: readonly [key: string, id: string] | null;
  /** Invoices on the page at most. */
  readonly limit: number;
}

/** A statement with its parameters from `$1` on. */
export interface Statement {
  readonly text: string;
  readonly values: unknown[];
}

/**
 * The statement of a page. Of each place that the caller reaches the first rows are taken by themselves, in the order of its
 * index, and of those the first of all: asked for at once, all rows of all places would be read and sorted (at a million
 * invoices, 0.6 s for a recipient of 50,000).
 */
export function pageStatement(asked: AskedPage): Statement {
  const { order, start, limit } = asked;
  const { given, values } = parameters();
  const behind = start === null ? [] : [isBehind(SORT_KEYS[order.by].expression, order, start, given)];
  const most = given(limit);
  const found = foundStatement(
    asked,
    given,
    behind,
    `ORDER BY key ${order.direction}, id ${order.direction} LIMIT ${most}`,
  );
  return {
    text: `SELECT ${SUMMARY_COLUMNS}, ${SORT_KEYS[order.by].text} AS cursor
             FROM ${firstOf(`(${found}) AS found`, order, most)} JOIN read.invoices USING (id)
            ${orderBy(order)}`,
    values,
  };
}

/**
 * The statement of a page of what some words find, each row with how many they find in all (`total`); one row without an invoice
 * where the page is empty. Words are looked up in an index that keeps no order, so that all that they find is at hand anyway.
 */
export function searchStatement(asked: AskedPage): Statement {
  const { order, start, limit } = asked;
  const { given, values } = parameters();
  const found = foundStatement(asked, given, [], '');
  const behind = start === null ? '' : `WHERE ${isBehind('key', order, start, given)}`;
  return {
    text: `WITH found AS MATERIALIZED (${found})
           SELECT ${SUMMARY_COLUMNS}, ${SORT_KEYS[order.by].text} AS cursor, total
             FROM (SELECT count(*)::integer AS total FROM found) AS counted
             LEFT JOIN (${firstOf(`found ${behind}`, order, given(limit))} JOIN read.invoices USING (id)) ON true
            ${orderBy(order)}`,
    values,
  };
}

function parameters(): { given: Given; values: unknown[] } {
  const values: unknown[] = [];
  return { given: (value) => `$${values.push(value)}`, values };
}

/** Id and sort key (`key`) of the invoices of a list: of each place, under further conditions, those that `part` of a statement keeps. */
function foundStatement(
  { reach, list, filter, order }: AskedPage,
  given: Given,
  further: readonly string[],
  part: string,
): string {
  const { structure = null } = filter;
  const sides = SIDES_OF[list];
  const conditions = [...filterConditions(list, filter, given), ...further];
  // Of a list by several sides, one may let somebody see the invoice and another be the structure.
  if (structure !== null && sides.length > 1) conditions.push(`${given(structure)} IN (${sides.join(', ')})`);
  const found = (place: readonly string[]): string =>
    `SELECT id, ${SORT_KEYS[order.by].expression} AS key FROM read.invoices
      WHERE ${[...place, ...conditions].join(' AND ') || 'true'} ${part}`;
  const places = placesOf(reach, sides, structure);
  if (places === null) return found([]);
  const isSearch = (filter.search ?? null) !== null;
  return sides
    .map((side) => {
      const own = places.filter((place) => place.side === side);
      const parties = given(own.map(({ party }) => (isSearch ? partyInSearch(side, party) : party)));
      const services = given(own.map(({ service }) => service));
      const isOfParty = isSearch ? 'search @@ place.party' : `${side} = place.party`;
      const at = found([isOfParty, '(place.service IS NULL OR service_code = place.service)']);
      return `SELECT found.id, found.key
                FROM unnest(${parties}::${isSearch ? 'tsquery' : 'text'}[], ${services}::text[]) AS place (party, service)
               CROSS JOIN LATERAL (${at}) AS found`;
    })
    .join(' UNION ');
}

/** What finds the invoices of a party in the index of words (`read.invoices.search`), as a text of the type `tsquery`. */
function partyInSearch(side: InvoiceSide, party: string): string {
  return `'${`${side} ${party}`.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;
}

function isBehind(
  key: string,
  { by, direction }: InvoiceOrder,
  [startKey, startId]: readonly [string, string],
  given: Given,
): string {
  return `(${key}, id) ${direction === 'desc' ? '<' : '>'} (${SORT_KEYS[by].parsed(given(startKey))}, ${given(startId)}::uuid)`;
}

/** The ids of the first of what was found. */
function firstOf(found: string, { direction }: InvoiceOrder, limit: string): string {
  return `(SELECT id FROM ${found} ORDER BY key ${direction}, id ${direction} LIMIT ${limit}) AS page`;
}

function orderBy({ by, direction }: InvoiceOrder): string {
  return `ORDER BY ${SORT_KEYS[by].expression} ${direction}, id ${direction}`;
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
