import {
  CONFIGURATION,
  contactOfCentralService,
  Decisions,
  invoiceReachOf,
  justiceFeeReachOf,
  type Caller,
  type Configuration,
  type InvoiceReach,
  type ReachedPlace,
} from '#application';
import {
  evolveInvoice,
  INVOICE_STATUS_CODES,
  isBeforeRecipient,
  JUSTICE_FEE_FRAME,
  noInvoice,
  statusesWithin,
  type Invoice,
  type InvoiceEvent,
  type InvoiceStatus,
} from '#domain';
import { EventStore } from '#events';
import type { InvoiceSide } from '#persistence';
import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { Page } from '../lists/page.js';
import {
  invoiceSummary,
  SUMMARY_COLUMNS,
  supportingDocumentView,
  type SupportingDocumentRow,
} from './invoice-views.js';
import type { HistoryEntry, InvoiceSummary, InvoiceView, SummaryRow } from './invoice-views.js';
import { notFound } from './invoices-in-life.js';
import { isSeen, sightOf } from './seen.js';
import { relatedInvoices } from './related-invoices.js';

/** The lists that people use (R25, R28): what they received, issued, have to validate; statements of justice fees by any hand. */
export type InvoiceListName = 'received' | 'issued' | 'to-validate' | 'justice-fees';

/** What narrows a list. */
export interface InvoiceFilter {
  readonly statuses: readonly InvoiceStatus[] | null;
  /** Identifier of one of the caller's structures. */
  readonly structure: string | null;
  readonly serviceCode: string | null;
  /** Words of the number or the names. */
  readonly search: string | null;
  /** ISO 8601 days, Europe/Paris. */
  readonly depositedFrom: string | null;
  readonly depositedTo: string | null;
}

/** A list of invoices that the caller may see, the latest deposit first. */
export class ListInvoices extends Query<Page<InvoiceSummary>> {
  constructor(
    readonly caller: Caller,
    readonly list: InvoiceListName,
    readonly filter: InvoiceFilter,
    readonly after: string | null,
    readonly limit: number,
  ) {
    super();
  }
}

/** One invoice that the caller may see, with its history. */
export class GetInvoice extends Query<InvoiceView> {
  constructor(
    readonly caller: Caller,
    readonly id: string,
  ) {
    super();
  }
}

const SIDES_OF = {
  received: ['recipient'],
  issued: ['issuer'],
  'to-validate': ['validator'],
  'justice-fees': ['issuer', 'sender', 'recipient'],
} as const;

const REACH_OF = {
  received: invoiceReachOf,
  issued: invoiceReachOf,
  'to-validate': invoiceReachOf,
  'justice-fees': justiceFeeReachOf,
} as const;

/** Statuses that a recipient is shown: what its validators have, or refused, is not among them (R27). */
const SHOWN_TO_RECIPIENT = INVOICE_STATUS_CODES.filter((status) => !isBeforeRecipient(status));
const TO_VALIDATE: readonly InvoiceStatus[] = ['A_VALIDER_1', 'A_VALIDER_2'];

@QueryHandler(ListInvoices)
export class ListInvoicesHandler implements IQueryHandler<ListInvoices> {
  constructor(private readonly store: EventStore) {}

  /** Pages by (deposit, id): what comes in meanwhile never moves an invoice onto two pages. */
  async execute({ caller, list, filter, after, limit }: ListInvoices): Promise<Page<InvoiceSummary>> {
    const reach = await REACH_OF[list](this.store.pool, caller);
    const { where, values } = conditionsOf(reach, list, filter);
    const [depositedAt, id] = after?.split('_') ?? [null, null];
    const most = `$${values.length + 1}`;
    const [since, last] = [`$${values.length + 2}`, `$${values.length + 3}`];
    const [{ rows }, counted] = await Promise.all([
      this.store.pool.query<SummaryRow & { cursor: string }>(
        `SELECT ${SUMMARY_COLUMNS}, to_char(deposited_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') || '_' || id AS cursor
           FROM read.invoices
          WHERE ${where} AND (${since}::timestamptz IS NULL OR (deposited_at, id) < (${since}, ${last}::uuid))
          ORDER BY deposited_at DESC, id DESC LIMIT ${most}`,
        [...values, limit, depositedAt, id],
      ),
      this.store.pool.query<{ total: number }>(
        `SELECT count(*)::integer AS total FROM read.invoices WHERE ${where}`,
        values,
      ),
    ]);
    const end = rows.at(-1);
    return {
      items: rows.map(({ cursor: _cursor, ...row }) => invoiceSummary(row)),
      total: counted.rows[0]?.total ?? 0,
      next: end !== undefined && rows.length === limit ? end.cursor : null,
    };
  }
}

@QueryHandler(GetInvoice)
export class GetInvoiceHandler implements IQueryHandler<GetInvoice> {
  constructor(
    private readonly store: EventStore,
    private readonly decisions: Decisions,
    @Inject(CONFIGURATION) private readonly configuration: Configuration,
  ) {}

  async execute({ caller, id }: GetInvoice): Promise<InvoiceView> {
    const sight = await sightOf(this.store.pool, caller);
    const { rows } = await this.store.pool.query<DetailRow>(
      `SELECT ${SUMMARY_COLUMNS}, contract_number AS "contractNumber", total_without_vat::text AS "totalWithoutVat",
              total_vat::text AS "totalVat", payment_order AS "paymentOrder", sender, stream,
              rejection_acknowledged AS "rejectionAcknowledged", supporting_documents AS "supportingDocuments"
         FROM read.invoices WHERE id = $1`,
      [id],
    );
    const [row] = rows;
    if (row === undefined || !isSeen(sight, row)) throw notFound();
    const { stream, sender: _sender, ...facts } = row;
    const { history, status } = await this.historyOf(stream);
    const related = await relatedInvoices(this.store.pool, sight, facts);
    const next = statusesWithin(this.configuration.INVOICE_LIFECYCLE, status, 'recipient');
    const centralService = await contactOfCentralService(this.decisions, facts);
    return {
      ...invoiceSummary(facts),
      supportingDocuments: facts.supportingDocuments.map((one) => supportingDocumentView(one, facts.depositedAt)),
      ...related,
      centralService,
      history,
      nextStatuses: next,
    };
  }

  private async historyOf(stream: string): Promise<{ history: HistoryEntry[]; status: InvoiceStatus }> {
    const history: HistoryEntry[] = [];
    let invoice: Invoice = noInvoice;
    for await (const recorded of this.store.readStream(stream)) {
      const event = { type: recorded.type, data: recorded.data } as InvoiceEvent;
      invoice = evolveInvoice(invoice, event);
      if (invoice.status === null) continue;
      const said = event.data as { reason?: string | null; comment?: string | null };
      history.push({
        id: recorded.id,
        type: recorded.type,
        status: invoice.status,
        at: recorded.occurredAt,
        reason: said.reason ?? null,
        comment: said.comment ?? null,
      });
    }
    if (invoice.status === null) throw notFound();
    return { history, status: invoice.status };
  }
}

interface DetailRow extends SummaryRow {
  readonly stream: string;
  readonly sender: string;
  readonly contractNumber: string | null;
  readonly totalWithoutVat: string | null;
  readonly totalVat: string | null;
  readonly paymentOrder: string | null;
  readonly rejectionAcknowledged: boolean;
  readonly supportingDocuments: readonly SupportingDocumentRow[];
}

/** The conditions of a list, and their parameters from `$1` on. */
export function conditionsOf(
  reach: InvoiceReach,
  list: InvoiceListName,
  filter: InvoiceFilter,
): { where: string; values: unknown[] } {
  const values: unknown[] = [];
  const conditions: string[] = [];
  const given = (value: unknown): string => `$${values.push(value)}`;
  const sides = SIDES_OF[list];
  const possible =
    list === 'received' ? SHOWN_TO_RECIPIENT : list === 'to-validate' ? TO_VALIDATE : INVOICE_STATUS_CODES;
  const statuses = filter.statuses?.filter((status) => possible.includes(status)) ?? possible;
  if (list === 'justice-fees') conditions.push(`billing_frame = '${JUSTICE_FEE_FRAME}'`);
  if (filter.statuses !== null || list === 'received' || list === 'to-validate')
    conditions.push(`status = ANY (${given(statuses)}::text[])`);
  if (!reach.everything) {
    const { places } = reach;
    conditions.push(`(${sides.flatMap((side) => waysTo(side, places, given)).join(' OR ')})`);
  }
  if (filter.structure !== null) conditions.push(`${given(filter.structure)} IN (${sides.join(', ')})`);
  if (filter.serviceCode !== null) conditions.push(`service_code = ${given(filter.serviceCode)}`);
  if (filter.search !== null) conditions.push(`search @@ plainto_tsquery('simple', ${given(filter.search)})`);
  if (filter.depositedFrom !== null)
    conditions.push(`deposited_at >= ${given(filter.depositedFrom)}::date::timestamp AT TIME ZONE 'Europe/Paris'`);
  if (filter.depositedTo !== null)
    conditions.push(`deposited_at < (${given(filter.depositedTo)}::date + 1)::timestamp AT TIME ZONE 'Europe/Paris'`);
  return { where: conditions.length === 0 ? 'true' : conditions.join(' AND '), values };
}

/** The conditions under which an invoice is in reach by one of its sides; one of them is enough. */
function waysTo(
  side: InvoiceSide,
  places: readonly ReachedPlace[],
  given: (value: unknown) => string,
): readonly string[] {
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
