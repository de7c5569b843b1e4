import type { Caller } from '#application';
import { EventStore } from '#events';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { Page } from '../lists/page.js';
import { cursorOf, keyOfCursor } from '../lists/page-cursor.js';
import type { Paging } from '../lists/paging-query.js';
import { conditionsOf, REACH_OF, type InvoiceFilter, type InvoiceListName } from './invoice-conditions.js';
import { SORT_KEYS, type InvoiceOrder } from './invoice-order.js';
import { pageStatement, searchStatement, type AskedPage } from './invoice-pages.js';
import { invoiceSummary, type InvoiceSummary, type SummaryRow } from './invoice-views.js';

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

/** An invoice of a page, and the text of its sort key. */
type PageRow = SummaryRow & { readonly cursor: string };

@QueryHandler(ListInvoices)
export class ListInvoicesHandler implements IQueryHandler<ListInvoices> {
  constructor(private readonly store: EventStore) {}

  /**
   * Pages by (key, id): what comes in meanwhile never moves an invoice onto two pages.
   *
   * @throws BadRequestException for a cursor that is none of this list in this order
   */
  async execute({ caller, list, filter, order, paging }: ListInvoices): Promise<Page<InvoiceSummary>> {
    const sorted = `${order.by} ${order.direction}`;
    const end = keyOfCursor(paging.after ?? undefined, [new RegExp(`^${sorted}$`), SORT_KEYS[order.by].pattern, UUID]);
    const start = end === null ? null : ([end[1] ?? '', end[2] ?? ''] as const);
    const reach = await REACH_OF[list](this.store.pool, caller);
    const asked: AskedPage = { reach, list, filter, order, start, limit: paging.limit };
    const { rows, total } = await ((filter.search ?? null) === null ? this.page(asked) : this.found(asked));
    const last = rows.at(-1);
    const isLast = last === undefined || rows.length < paging.limit;
    return {
      items: rows.map(({ cursor: _cursor, ...row }) => invoiceSummary(row)),
      total,
      next: isLast ? null : cursorOf([sorted, last.cursor, last.id]),
    };
  }

  private async page(asked: AskedPage): Promise<{ rows: readonly PageRow[]; total: number }> {
    const { text, values } = pageStatement(asked);
    const whole = conditionsOf(asked.reach, asked.list, asked.filter);
    const [{ rows }, counted] = await Promise.all([
      this.store.pool.query<PageRow>(text, values),
      this.store.pool.query<{ total: number }>(
        `SELECT count(*)::integer AS total FROM read.invoices WHERE ${whole.where}`,
        whole.values,
      ),
    ]);
    return { rows, total: counted.rows[0]?.total ?? 0 };
  }

  private async found(asked: AskedPage): Promise<{ rows: readonly PageRow[]; total: number }> {
    const { text, values } = searchStatement(asked);
    const { rows } = await this.store.pool.query<PageRow & { total: number }>(text, values);
    const invoices = rows.filter(({ id }) => (id as string | null) !== null);
    return { rows: invoices.map(({ total: _total, ...row }) => row), total: rows[0]?.total ?? 0 };
  }
}
