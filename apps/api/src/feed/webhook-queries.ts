import { Decisions, feedCursor, type Caller } from '#application';
import { EventStore } from '#events';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { Page } from '../lists/page.js';
import { ManagedWebhooks, unknownWebhook } from './webhook-commands.js';
import type { DeliveryView, WebhookView } from './webhook-views.js';

/** The webhooks of a structure that the caller may manage (R48). */
export class ListWebhooks extends Query<Page<WebhookView>> {
  constructor(
    readonly caller: Caller,
    readonly structure: string,
  ) {
    super();
  }
}

/** One webhook that the caller may manage. */
export class GetWebhook extends Query<WebhookView> {
  constructor(
    readonly caller: Caller,
    readonly id: string,
  ) {
    super();
  }
}

/** The last tries to deliver to a webhook, the newest first. */
export class ListDeliveries extends Query<Page<DeliveryView>> {
  constructor(
    readonly caller: Caller,
    readonly id: string,
    readonly limit: number,
  ) {
    super();
  }
}

type WebhookRow = Omit<WebhookView, 'cursor' | 'nextTryAt' | 'registeredAt'> & {
  readonly transaction: string | null;
  readonly position: string | null;
  readonly nextTryAt: Date | null;
  readonly registeredAt: Date;
};

const WEBHOOKS = `
  SELECT id, structure, url, description, status, disabled_reason AS "disabledReason",
         disabled_detail AS "disabledDetail", transaction::text, position, coalesce(attempts, 0) AS "failedAttempts",
         CASE WHEN attempts > 0 AND status = 'active' THEN next_try_at END AS "nextTryAt", registered_at AS "registeredAt"
    FROM read.webhooks LEFT JOIN webhook.cursors ON webhook = id`;

@QueryHandler(ListWebhooks)
export class ListWebhooksHandler implements IQueryHandler<ListWebhooks> {
  constructor(
    private readonly store: EventStore,
    private readonly decisions: Decisions,
  ) {}

  async execute({ caller, structure }: ListWebhooks): Promise<Page<WebhookView>> {
    await this.decisions.look(caller, (session) => session.authorise('webhook.manage', structure));
    const { rows } = await this.store.pool.query<WebhookRow>(
      `${WEBHOOKS} WHERE structure = $1 ORDER BY registered_at, id`,
      [structure],
    );
    return { items: rows.map(webhookView), total: rows.length, next: null };
  }
}

@QueryHandler(GetWebhook)
export class GetWebhookHandler implements IQueryHandler<GetWebhook> {
  constructor(
    private readonly store: EventStore,
    private readonly webhooks: ManagedWebhooks,
  ) {}

  async execute({ caller, id }: GetWebhook): Promise<WebhookView> {
    await this.webhooks.assertManaged(caller, id);
    const { rows } = await this.store.pool.query<WebhookRow>(`${WEBHOOKS} WHERE id = $1`, [id]);
    if (rows[0] === undefined) throw unknownWebhook();
    return webhookView(rows[0]);
  }
}

@QueryHandler(ListDeliveries)
export class ListDeliveriesHandler implements IQueryHandler<ListDeliveries> {
  constructor(
    private readonly store: EventStore,
    private readonly webhooks: ManagedWebhooks,
  ) {}

  async execute({ caller, id, limit }: ListDeliveries): Promise<Page<DeliveryView>> {
    await this.webhooks.assertManaged(caller, id);
    const { rows } = await this.store.pool.query<Omit<DeliveryView, 'at'> & { at: Date; total: number }>(
      `SELECT event, type, sequence, attempt, delivered, status, error, duration_ms AS "durationMs",
              attempted_at AS at, count(*) OVER ()::integer AS total
         FROM webhook.deliveries WHERE webhook = $1 ORDER BY deliveries.id DESC LIMIT $2`,
      [id, limit],
    );
    const items = rows.map(({ total: _total, at, ...row }) => ({ ...row, at: at.toISOString() }));
    return { items, total: rows[0]?.total ?? 0, next: null };
  }
}

function webhookView({ transaction, position, nextTryAt, registeredAt, ...row }: WebhookRow): WebhookView {
  return {
    ...row,
    cursor: transaction === null ? null : feedCursor({ transaction, position: Number(position) }),
    nextTryAt: nextTryAt?.toISOString() ?? null,
    registeredAt: registeredAt.toISOString(),
  };
}
