import type { FeedPlace, WebhookEvent } from '#domain';
import type { RecordedEvent } from '#events';
import type { PoolClient } from 'pg';
import type { Projection } from './projection.js';

/**
 * Webhooks as people see them (R48), and what their events do to the cursors beside: those are kept when the read model is
 * made anew, or everything would be sent again, so each remembers the last event that moved it.
 */
export const webhooksProjection: Projection = {
  name: 'webhooks',
  types: ['WebhookRegistered', 'WebhookDisabled', 'WebhookEnabled', 'WebhookReplayed', 'WebhookRemoved'],
  tables: ['read.webhooks'],
  async handle(events, tx) {
    for (const event of events) await apply(event, tx);
  },
};

async function apply(recorded: RecordedEvent, tx: PoolClient): Promise<void> {
  const event = { type: recorded.type, data: recorded.data } as WebhookEvent;
  const { webhook } = event.data;
  const at = recorded.occurredAt;
  switch (event.type) {
    case 'WebhookRegistered': {
      const { structure, url, description, after } = event.data;
      await tx.query(
        `INSERT INTO read.webhooks (id, structure, url, description, status, registered_at, changed_at)
         VALUES ($1, $2, $3, $4, 'active', $5, $5) ON CONFLICT DO NOTHING`,
        [webhook, structure, url, description, at],
      );
      await tx.query(
        `INSERT INTO webhook.cursors (webhook, transaction, position, moved_by) VALUES ($1, $2, $3, $4)
         ON CONFLICT DO NOTHING`,
        [webhook, after.transaction, after.position, recorded.version],
      );
      return;
    }
    case 'WebhookDisabled':
      await setStatus(tx, webhook, 'disabled', event.data.reason, event.data.detail, at);
      return;
    case 'WebhookEnabled':
      await setStatus(tx, webhook, 'active', null, null, at);
      await restart(tx, webhook, recorded.version, null);
      return;
    case 'WebhookReplayed':
      await restart(tx, webhook, recorded.version, event.data.after);
      return;
    case 'WebhookRemoved':
      await tx.query('DELETE FROM read.webhooks WHERE id = $1', [webhook]);
      for (const table of ['cursors', 'secrets', 'deliveries'])
        await tx.query(`DELETE FROM webhook.${table} WHERE webhook = $1`, [webhook]);
      return;
    default:
      return;
  }
}

async function setStatus(tx: PoolClient, webhook: string, status: string, ...rest: (string | null)[]): Promise<void> {
  await tx.query(
    `UPDATE read.webhooks SET status = $2, disabled_reason = $3, disabled_detail = $4, changed_at = $5 WHERE id = $1`,
    [webhook, status, ...rest],
  );
}

/** Begins anew, from a place or from where it stands; a delivery under way moves the cursor no more. */
async function restart(tx: PoolClient, webhook: string, version: number, place: FeedPlace | null): Promise<void> {
  await tx.query(
    `UPDATE webhook.cursors
        SET transaction = coalesce($3, transaction), position = coalesce($4, position), generation = generation + 1,
            moved_by = $2, attempts = 0, next_try_at = now()
      WHERE webhook = $1 AND moved_by < $2`,
    [webhook, version, place?.transaction ?? null, place?.position ?? null],
  );
}
