import { invoiceReachOf, rejectReachOf, type Caller } from '#application';
import { STATUS_REASONS, type StatusReason } from '#domain';
import { catalogueEntry, explainTemplate, isRuleId } from '#einvoice';
import { EventStore } from '#events';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { during, rejectedWhere, type CountedInvoices } from './counted-invoices.js';
import { CONCERNED, partiesCounted } from './counted-rejects.js';
import type { Period } from './number-filters.js';
import type { ReasonNumbers, SenderNumbers } from './number-views.js';

/** Most senders of an answer: those with the most rejects. */
const MOST_SENDERS = 500;

/** Why invoices were rejected in a period: by the platform, by their recipients, by their validators. */
export class CountReasons extends Query<readonly ReasonNumbers[]> {
  constructor(
    readonly caller: Caller,
    readonly counted: CountedInvoices,
    readonly period: Period,
  ) {
    super();
  }
}

@QueryHandler(CountReasons)
export class CountReasonsHandler implements IQueryHandler<CountReasons> {
  constructor(private readonly store: EventStore) {}

  async execute({ caller, counted, period }: CountReasons): Promise<readonly ReasonNumbers[]> {
    const [byPlatform, byPeople] = await Promise.all([
      this.byPlatform(caller, counted, period),
      this.byPeople(caller, counted, period),
    ]);
    return [...byPlatform, ...byPeople];
  }

  /** Whoever received an invoice is told nothing of those that never came in. */
  private async byPlatform(
    caller: Caller,
    { list, structure, serviceCode }: CountedInvoices,
    { from, to }: Period,
  ): Promise<ReasonNumbers[]> {
    if (list !== 'issued' || serviceCode !== null) return [];
    const { rows } = await this.store.pool.query<{ rule: string; invoices: number }>(
      `SELECT rule, count(*)::integer AS invoices FROM read.rejects, unnest(rules) AS rule
        WHERE ${CONCERNED} GROUP BY rule ORDER BY invoices DESC, rule`,
      [from, to, partiesCounted(await rejectReachOf(this.store.pool, caller), structure)],
    );
    return rows.map(({ rule: code, invoices }) => ({ by: 'platform', code, label: labelOf(code), invoices }));
  }

  private async byPeople(caller: Caller, counted: CountedInvoices, period: Period): Promise<ReasonNumbers[]> {
    const reach = await invoiceReachOf(this.store.pool, caller);
    const { where, values } = rejectedWhere(reach, counted);
    const within = during('status_since', period, values.length);
    const { rows } = await this.store.pool.query<{ isRecipient: boolean; reason: StatusReason; invoices: number }>(
      `SELECT status = 'REJETEE' AS "isRecipient", reason, count(*)::integer AS invoices FROM read.invoices
        WHERE ${where} AND ${within.condition} AND reason IS NOT NULL
        GROUP BY 1, reason ORDER BY 1 DESC, invoices DESC, reason`,
      [...values, ...within.values],
    );
    return rows.map(({ isRecipient, reason, invoices }) => {
      return { by: isRecipient ? 'recipient' : 'validator', code: reason, label: STATUS_REASONS[reason], invoices };
    });
  }
}

function labelOf(rule: string): string | null {
  return isRuleId(rule) ? explainTemplate(catalogueEntry(rule).fr) : null;
}

/** Which part of what senders deposited in a period was rejected. */
export class CountSenders extends Query<readonly SenderNumbers[]> {
  constructor(
    readonly caller: Caller,
    /** One of the structures that the caller manages; null for all of them. */
    readonly structure: string | null,
    readonly period: Period,
  ) {
    super();
  }
}

@QueryHandler(CountSenders)
export class CountSendersHandler implements IQueryHandler<CountSenders> {
  constructor(private readonly store: EventStore) {}

  /** What a structure issued or sent, by whom it was sent: itself, or those who send for it. */
  async execute({ caller, structure, period: { from, to } }: CountSenders): Promise<readonly SenderNumbers[]> {
    const parties = partiesCounted(await rejectReachOf(this.store.pool, caller), structure);
    const { rows } = await this.store.pool.query<Omit<SenderNumbers, 'rate'>>(SENDERS, [from, to, parties]);
    return rows.map((row) => ({ ...row, rate: Number((row.rejected / (row.integrated + row.rejected)).toFixed(4)) }));
  }
}

// An invoice counts on the day of its deposit, a reject on the day of its reject file.
const SENDERS = `
  WITH concerned AS (
    SELECT sender, count(*) AS integrated, 0 AS rejected FROM read.invoices
     WHERE deposited_at >= $1::date::timestamp AT TIME ZONE 'Europe/Paris'
       AND deposited_at < ($2::date + 1)::timestamp AT TIME ZONE 'Europe/Paris'
       AND ($3::text[] IS NULL OR issuer = ANY ($3) OR (sender = ANY ($3) AND sender <> issuer))
     GROUP BY sender
    UNION ALL
    SELECT sender, 0, count(*) FROM read.rejects WHERE ${CONCERNED} GROUP BY sender
  )
  SELECT sender, structures.name, sum(integrated)::integer AS integrated, sum(rejected)::integer AS rejected
    FROM concerned LEFT JOIN read.structures ON structures.identifier = sender
   GROUP BY sender, structures.name ORDER BY rejected DESC, integrated DESC, sender LIMIT ${MOST_SENDERS}`;
