import type { Caller } from '#application';
import { opensByItself, type SpaceCode, type SpaceRight } from '#domain';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { DataSource } from 'typeorm';
import type { PersonCaller } from '../access/caller.js';
import type { Page } from '../lists/page.js';
import { MANAGES } from './managed-structures.js';
import { cursorOf, MICROSECONDS, keyOfCursor, TEXT } from '../lists/page-cursor.js';
import type { OwnSubscriptionView, SubscriptionRequestView } from './views.js';

/** The requests for spaces that wait on all the structures that the caller manages, the oldest first (R08). */
export class ListSubscriptionRequests extends Query<Page<SubscriptionRequestView>> {
  constructor(
    readonly caller: Caller,
    readonly after: string | undefined,
    readonly limit: number,
  ) {
    super();
  }
}

/** One's own subscriptions and requests, on all one's structures (R08). */
export class ListOwnSubscriptions extends Query<Page<OwnSubscriptionView>> {
  constructor(
    readonly caller: PersonCaller,
    readonly after: string | undefined,
    readonly limit: number,
  ) {
    super();
  }
}

interface Row {
  readonly structure: string;
  readonly structureName: string | null;
  readonly space: SpaceCode;
  readonly service: string | null;
  readonly right: SpaceRight;
  readonly since: Date;
  /** `since` in microseconds of the epoch, as the list is sorted by it. */
  readonly microseconds: string;
  readonly total: string;
}
type RequestRow = Row & Pick<SubscriptionRequestView, 'account' | 'firstName' | 'lastName'>;
type OwnRow = Row & Pick<OwnSubscriptionView, 'status' | 'open'>;

const COLUMNS = `s.structure, t.name AS "structureName", s.space, s.service, s.access_right AS "right", s.since,
                 (extract(epoch FROM s.since) * 1000000)::bigint::text AS microseconds, count(*) OVER () AS total`;

@QueryHandler(ListSubscriptionRequests)
export class ListSubscriptionRequestsHandler implements IQueryHandler<ListSubscriptionRequests> {
  constructor(private readonly readModels: DataSource) {}

  async execute({ caller, after, limit }: ListSubscriptionRequests): Promise<Page<SubscriptionRequestView>> {
    const start = keyOfCursor(after, [MICROSECONDS, TEXT, TEXT, TEXT, TEXT]);
    if (caller.kind === 'connection') return { items: [], total: 0, next: null };
    const rows = await this.readModels.query<RequestRow[]>(
      `SELECT * FROM (
         SELECT ${COLUMNS}, s.account, a.first_name AS "firstName", a.last_name AS "lastName"
           FROM read.subscriptions AS s
           JOIN read.structures AS t ON t.identifier = s.structure AND t.active
           LEFT JOIN read.accounts AS a ON a.account = s.account
          WHERE s.status = 'requested'
            AND ($1::text IS NULL OR EXISTS (
                  SELECT 1 FROM read.memberships AS m WHERE m.structure = s.structure AND ${MANAGES}))
       ) AS waiting
       WHERE $2::text[] IS NULL
          OR (microseconds::bigint, structure, account, space, coalesce(service, ''))
           > (($2::text[])[1]::bigint, ($2::text[])[2], ($2::text[])[3], ($2::text[])[4], ($2::text[])[5])
       ORDER BY microseconds::bigint, structure, account, space, coalesce(service, '')
       LIMIT $3`,
      [caller.kind === 'person' ? caller.account : null, start, limit + 1],
    );
    return page(rows, limit, ({ account, firstName, lastName, since, ...row }) => ({
      view: { ...placed(row), account, firstName, lastName, requestedAt: since.toISOString() },
      key: [row.microseconds, row.structure, account, row.space, row.service ?? ''],
    }));
  }
}

@QueryHandler(ListOwnSubscriptions)
export class ListOwnSubscriptionsHandler implements IQueryHandler<ListOwnSubscriptions> {
  constructor(private readonly readModels: DataSource) {}

  async execute({ caller, after, limit }: ListOwnSubscriptions): Promise<Page<OwnSubscriptionView>> {
    const rows = await this.readModels.query<OwnRow[]>(
      `SELECT * FROM (
         SELECT ${COLUMNS}, s.status,
                EXISTS (SELECT 1 FROM read.opened_spaces AS o
                         WHERE o.structure = s.structure AND o.space = s.space AND o.service IS NOT DISTINCT FROM s.service
                ) AS open
           FROM read.subscriptions AS s
           JOIN read.structures AS t ON t.identifier = s.structure AND t.active
           JOIN read.memberships AS m ON m.structure = s.structure AND m.account = s.account AND m.status = 'attached'
          WHERE s.account = $1
       ) AS own
       WHERE $2::text[] IS NULL
          OR (structure, space, coalesce(service, ''), status)
           > (($2::text[])[1], ($2::text[])[2], ($2::text[])[3], ($2::text[])[4])
       ORDER BY structure, space, coalesce(service, ''), status
       LIMIT $3`,
      [caller.account, keyOfCursor(after, [TEXT, TEXT, TEXT, TEXT]), limit + 1],
    );
    return page(rows, limit, ({ status, open, since, ...row }) => ({
      view: {
        ...placed(row),
        status,
        open: open || opensByItself(row.space),
        since: since.toISOString(),
      },
      key: [row.structure, row.space, row.service ?? '', status],
    }));
  }
}

function placed({ structure, structureName, space, service, right }: Omit<Row, 'since'>) {
  return { structure, structureName, space, service, right };
}

/** A page of rows of which one more than the limit was asked for, to learn whether more follow. */
function page<R extends Row, V>(
  rows: readonly R[],
  limit: number,
  shown: (row: R) => { readonly view: V; readonly key: readonly string[] },
): Page<V> {
  const items = rows.slice(0, limit).map(shown);
  const last = items.at(-1);
  return {
    items: items.map(({ view }) => view),
    total: Number(rows[0]?.total ?? 0),
    next: last === undefined || rows.length <= limit ? null : cursorOf(last.key),
  };
}
