import { invoiceReachOf, rejectReachOf, type Caller } from '#application';
import { isCreditNoteType, type InvoiceStatus } from '#domain';
import { EventStore } from '#events';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { Decimal } from 'decimal.js';
import {
  dayOf,
  during,
  invoicesWhere,
  rejectedWhere,
  type Conditions,
  type CountedInvoices,
} from './counted-invoices.js';
import { partiesCounted, rejectsPerDay } from './counted-rejects.js';
import { daysOf, type Period } from './number-filters.js';
import type { DayNumbers, DelayNumbers, StatusNumbers } from './number-views.js';

/** Sums are exact however many digits they have. */
const Exact = Decimal.clone({ precision: 1_000, toExpPos: 1_000, toExpNeg: -1_000 });

/** How many invoices stand in each status, and for how much, of those deposited in a period. */
export class CountByStatus extends Query<readonly StatusNumbers[]> {
  constructor(
    readonly caller: Caller,
    readonly counted: CountedInvoices,
    readonly period: Period,
  ) {
    super();
  }
}

@QueryHandler(CountByStatus)
export class CountByStatusHandler implements IQueryHandler<CountByStatus> {
  constructor(private readonly store: EventStore) {}

  async execute({ caller, counted, period }: CountByStatus): Promise<readonly StatusNumbers[]> {
    const reach = await invoiceReachOf(this.store.pool, caller);
    const { where, values } = invoicesWhere(reach, counted, period);
    const { rows } = await this.store.pool.query<StatusRow>(
      `SELECT status, currency, type_code AS "typeCode", count(*)::integer AS invoices,
              coalesce(sum(total_with_vat), 0)::text AS amount
         FROM read.invoices WHERE ${where} GROUP BY status, currency, type_code ORDER BY status, currency`,
      values,
    );
    return mergedByStatus(rows);
  }
}

interface StatusRow {
  readonly status: InvoiceStatus;
  readonly currency: string | null;
  readonly typeCode: string | null;
  readonly invoices: number;
  readonly amount: string;
}

/** One line for each status and currency: the amount of a credit note is written without a sign, and is not owed. */
function mergedByStatus(rows: readonly StatusRow[]): StatusNumbers[] {
  const merged = new Map<string, StatusNumbers>();
  for (const { status, currency, typeCode, invoices, amount } of rows) {
    const key = JSON.stringify([status, currency]);
    const line = merged.get(key) ?? { status, currency, invoices: 0, amount: '0', creditNotes: 0, creditedAmount: '0' };
    if (isCreditNoteType(typeCode)) {
      line.creditNotes += invoices;
      line.creditedAmount = new Exact(line.creditedAmount).plus(amount).toString();
    } else {
      line.invoices += invoices;
      line.amount = new Exact(line.amount).plus(amount).toString();
    }
    merged.set(key, line);
  }
  return [...merged.values()];
}

/** What happened on each day of a period. */
export class CountByDay extends Query<readonly DayNumbers[]> {
  constructor(
    readonly caller: Caller,
    readonly counted: CountedInvoices,
    readonly period: Period,
  ) {
    super();
  }
}

@QueryHandler(CountByDay)
export class CountByDayHandler implements IQueryHandler<CountByDay> {
  constructor(private readonly store: EventStore) {}

  async execute({ caller, counted, period }: CountByDay): Promise<readonly DayNumbers[]> {
    const reach = await invoiceReachOf(this.store.pool, caller);
    const [deposited, madeAvailable, rejected, byPlatform] = await Promise.all([
      this.perDay('deposited_at', invoicesWhere(reach, counted, period)),
      this.perDay('made_available_at', invoicesWhere(reach, counted, null), period),
      this.perDay('status_since', rejectedWhere(reach, counted), period),
      this.byPlatform(caller, counted, period),
    ]);
    return daysOf(period).map((day) => ({
      day,
      deposited: deposited.get(day) ?? 0,
      madeAvailable: madeAvailable.get(day) ?? 0,
      rejected: rejected.get(day) ?? 0,
      rejectedByPlatform: byPlatform === null ? null : (byPlatform.get(day) ?? 0),
    }));
  }

  /** How many per day of one of their instants; within a period of that instant where one is given. */
  private async perDay(
    instant: string,
    { where, values }: Conditions,
    period: Period | null = null,
  ): Promise<Map<string, number>> {
    const within = period === null ? { condition: 'true', values: [] } : during(instant, period, values.length);
    const { rows } = await this.store.pool.query<{ day: string; invoices: number }>(
      `SELECT ${dayOf(instant)}::text AS day, count(*)::integer AS invoices FROM read.invoices
        WHERE ${where} AND ${within.condition} GROUP BY ${dayOf(instant)}`,
      [...values, ...within.values],
    );
    return new Map(rows.map(({ day, invoices }) => [day, invoices]));
  }

  /** Null for who may not read the reject files: those who received, and those who manage nothing here. */
  private async byPlatform(
    caller: Caller,
    { list, structure, serviceCode }: CountedInvoices,
    period: Period,
  ): Promise<Map<string, number> | null> {
    if (list !== 'issued' || serviceCode !== null) return null;
    const parties = partiesCounted(await rejectReachOf(this.store.pool, caller), structure);
    return parties?.length === 0 ? null : rejectsPerDay(this.store.pool, parties, period);
  }
}

/** How long invoices took until they were made available, of those that were in a period. */
export class MeasureDelays extends Query<readonly DelayNumbers[]> {
  constructor(
    readonly caller: Caller,
    readonly counted: CountedInvoices,
    readonly period: Period,
  ) {
    super();
  }
}

@QueryHandler(MeasureDelays)
export class MeasureDelaysHandler implements IQueryHandler<MeasureDelays> {
  constructor(private readonly store: EventStore) {}

  /** The whole period first, then each day that has any. */
  async execute({ caller, counted, period }: MeasureDelays): Promise<readonly DelayNumbers[]> {
    const reach = await invoiceReachOf(this.store.pool, caller);
    const { where, values } = invoicesWhere(reach, counted, null);
    const within = during('made_available_at', period, values.length);
    const { rows } = await this.store.pool.query<Omit<DelayNumbers, 'p50' | 'p95' | 'max'> & { seconds: number[] }>(
      `SELECT day::text, count(*)::integer AS invoices,
              percentile_disc(ARRAY[0.5, 0.95, 1]::float[]) WITHIN GROUP (ORDER BY seconds) AS seconds
         FROM (SELECT ${dayOf('made_available_at')} AS day,
                      extract(epoch FROM made_available_at - deposited_at)::float AS seconds
                 FROM read.invoices WHERE ${where} AND ${within.condition}) AS taken
        GROUP BY GROUPING SETS ((), (day)) HAVING count(*) > 0 ORDER BY day NULLS FIRST`,
      [...values, ...within.values],
    );
    return rows.map(({ seconds: [p50 = 0, p95 = 0, max = 0], ...line }) => ({ ...line, p50, p95, max }));
  }
}
