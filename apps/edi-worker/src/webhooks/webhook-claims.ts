import type { FeedEvent } from '#application';
import type { Checkpoint } from '#events';
import { randomInt } from 'node:crypto';
import type { Pool, PoolClient } from 'pg';

/** Class of the advisory locks that deliverers hold for as long as they live; the second key is the deliverer's. */
const DELIVERERS = 7_305_004;
const HIGHEST_KEY = 2 ** 31 - 1;

/** Tries that are remembered of each webhook. */
const DELIVERIES_KEPT = 200;

/** A webhook that is somebody's turn. */
export interface ClaimedWebhook {
  readonly webhook: string;
  readonly structure: string;
  readonly url: string;
  readonly after: Checkpoint;
  /** Changes when it is replayed or started again. */
  readonly generation: number;
  /** Tries of the next event that failed so far. */
  readonly attempts: number;
}

/** One try to deliver an event. */
export interface Delivery {
  readonly event: FeedEvent;
  /** HTTP status; null when there was no answer. */
  readonly status: number | null;
  /** Code of what went wrong; null when it was delivered. */
  readonly error: string | null;
  readonly durationMs: number;
}

/**
 * Who delivers for which webhook. A claim counts for as long as the deliverer's session with the database lives, so what a
 * killed process had claimed is free at once; no transaction stays open while something is posted, since that would hold
 * back every reader of the log.
 */
export class WebhookClaims {
  private lost = false;

  private constructor(
    private readonly pool: Pool,
    private readonly client: PoolClient,
    private readonly key: number,
  ) {
    client.on('error', () => (this.lost = true));
    client.on('end', () => (this.lost = true));
  }

  /** Opens a deliverer's session. */
  static async open(pool: Pool): Promise<WebhookClaims> {
    const client = await pool.connect();
    try {
      for (;;) {
        const key = randomInt(1, HIGHEST_KEY);
        const { rows } = await client.query<{ taken: boolean }>('SELECT pg_try_advisory_lock($1, $2) AS taken', [
          DELIVERERS,
          key,
        ]);
        if (rows[0]?.taken === true) return new WebhookClaims(pool, client, key);
      }
    } catch (error) {
      client.release(true);
      throw error;
    }
  }

  /** Whether the session was lost, so that others may take over what it had claimed. */
  get isLost(): boolean {
    return this.lost;
  }

  /** Ends the session, and with it every claim. */
  close(): void {
    this.client.release(true);
  }

  /** Takes webhooks for which something is there and due, those first whose last turn is longest ago. */
  async claim(most: number): Promise<readonly ClaimedWebhook[]> {
    await this.pool.query(RELEASE_ABANDONED, [DELIVERERS]);
    const { rows } = await this.pool.query<Omit<ClaimedWebhook, 'after'> & { transaction: string; position: string }>(
      CLAIM,
      [this.key, most],
    );
    return rows.map(({ transaction, position, ...row }) => ({
      ...row,
      after: { transaction, position: Number(position) },
    }));
  }

  /**
   * An event was delivered: goes on behind it.
   *
   * @returns false when the turn is over: replayed, stopped or removed meanwhile, or taken over by another
   */
  async delivered(claimed: ClaimedWebhook, place: Checkpoint, attempt: number, delivery: Delivery): Promise<boolean> {
    await this.note(claimed, attempt, delivery);
    return this.moveTo(claimed, place);
  }

  /** Goes on behind a place. @returns false when the turn is over */
  async moveTo({ webhook, generation }: ClaimedWebhook, { transaction, position }: Checkpoint): Promise<boolean> {
    const { rows } = await this.pool.query<{ goesOn: boolean }>(
      `UPDATE webhook.cursors SET transaction = $4, position = $5, attempts = 0
        WHERE webhook = $1 AND claimed_by = $2 AND generation = $3
       RETURNING EXISTS (SELECT FROM read.webhooks WHERE id = webhook AND status = 'active') AS "goesOn"`,
      [webhook, this.key, generation, transaction, position],
    );
    return rows[0]?.goesOn === true;
  }

  /** An event was not delivered: the same one is tried again after a pause. */
  async failed(claimed: ClaimedWebhook, attempt: number, pauseMs: number, delivery: Delivery): Promise<void> {
    await this.note(claimed, attempt, delivery);
    await this.pool.query(
      `UPDATE webhook.cursors SET attempts = $4, next_try_at = now() + $5 * interval '1 millisecond'
        WHERE webhook = $1 AND claimed_by = $2 AND generation = $3`,
      [claimed.webhook, this.key, claimed.generation, attempt, pauseMs],
    );
  }

  /** Ends a turn. */
  async release({ webhook }: ClaimedWebhook): Promise<void> {
    await this.pool.query(
      'UPDATE webhook.cursors SET claimed_by = NULL, last_turn_at = now() WHERE webhook = $1 AND claimed_by = $2',
      [webhook, this.key],
    );
    await this.pool.query(
      `DELETE FROM webhook.deliveries WHERE webhook = $1 AND id <=
         (SELECT id FROM webhook.deliveries WHERE webhook = $1 ORDER BY id DESC OFFSET $2 LIMIT 1)`,
      [webhook, DELIVERIES_KEPT],
    );
  }

  private async note(
    { webhook }: ClaimedWebhook,
    attempt: number,
    { event, status, error, durationMs }: Delivery,
  ): Promise<void> {
    await this.pool.query(
      `INSERT INTO webhook.deliveries
         (webhook, event, type, sequence, attempt, delivered, status, error, duration_ms, attempted_at)
       SELECT id, $2, $3, $4, $5, $6, $7, $8, $9, now() FROM read.webhooks WHERE id = $1`,
      [webhook, event.id, event.type, event.sequence, attempt, error === null, status, error, durationMs],
    );
  }
}

const RELEASE_ABANDONED = `
  UPDATE webhook.cursors SET claimed_by = NULL
   WHERE claimed_by IS NOT NULL AND NOT EXISTS (
     SELECT FROM pg_locks
      WHERE locktype = 'advisory' AND classid = $1 AND objid = claimed_by::oid AND objsubid = 2
        AND database = (SELECT oid FROM pg_database WHERE datname = current_database()))`;

// A webhook has the news of its structure and of those that it took the place of (R16).
const CLAIM = `
  UPDATE webhook.cursors SET claimed_by = $1
    FROM (SELECT cursors.webhook, webhooks.structure, webhooks.url
            FROM webhook.cursors AS cursors JOIN read.webhooks ON webhooks.id = cursors.webhook
           WHERE webhooks.status = 'active' AND cursors.claimed_by IS NULL AND cursors.next_try_at <= now()
             AND EXISTS (
               SELECT FROM (SELECT identifier FROM read.structures WHERE coalesce(living_structure, identifier) = webhooks.structure
                             UNION SELECT webhooks.structure) AS structures
               CROSS JOIN LATERAL (
                 SELECT FROM read.status_news
                  WHERE party = structures.identifier
                    AND (status_news.transaction, status_news.position) > (cursors.transaction, cursors.position)
                  LIMIT 1) AS news)
           ORDER BY cursors.last_turn_at LIMIT $2 FOR UPDATE OF cursors SKIP LOCKED) AS due
   WHERE cursors.webhook = due.webhook
  RETURNING cursors.webhook, due.structure, due.url, cursors.transaction::text, cursors.position, cursors.generation,
            cursors.attempts`;
