import { randomInt } from 'node:crypto';
import type { Pool, PoolClient } from 'pg';
import type { Facts } from './notice.js';

/** Class of the advisory locks that senders hold for as long as they live; the second key is the sender's. */
export const SENDERS = 7_305_003;
const HIGHEST_KEY = 2 ** 31 - 1;

/** A mail that waits to be sent. */
export interface WaitingMail {
  /** UUID, made from event and recipient: the same mail has the same one for ever. */
  readonly id: string;
  /** Account. */
  readonly recipient: string;
  readonly template: string;
  readonly facts: Facts;
  /** How often it was tried before. */
  readonly attempts: number;
  /** When it was first tried; null when it was not. */
  readonly firstTriedAt: Date | null;
}

/** A sender at work: its claims hold for as long as its session with the database does. */
export interface SenderSession {
  readonly key: number;
  /** Whether the session was lost, so that others may take over what it had claimed. */
  isLost(): boolean;
}

/** How many mails are in each state. */
export type OutboxCounts = Readonly<Record<'waiting' | 'sent' | 'dropped' | 'failed', number>>;

/**
 * The mails to send. A sender marks those that it takes (`FOR UPDATE SKIP LOCKED`) and commits before it talks to the mail
 * server, since a transaction that stays open holds back every reader of the log. What makes a mark count is a lock of the
 * sender's session: when the sender dies, PostgreSQL drops it, and others take over at once.
 */
export class MailOutbox {
  constructor(private readonly pool: Pool) {}

  /** Whether a mail may be waiting for a sender at that moment. */
  async hasDue(now: Date): Promise<boolean> {
    const { rows } = await this.pool.query(
      `SELECT 1 FROM outbox.mails WHERE status = 'waiting' AND next_try_at <= $1 LIMIT 1`,
      [now],
    );
    return rows.length > 0;
  }

  /** Runs `work` as a sender. */
  async asSender<T>(work: (session: SenderSession) => Promise<T>): Promise<T> {
    const client = await this.pool.connect();
    let lost = false;
    const onError = (): void => void (lost = true);
    client.on('error', onError);
    try {
      const key = await takeKey(client);
      return await work({ key, isLost: () => lost });
    } finally {
      client.off('error', onError);
      client.release(true); // closes the session, and with it the lock
    }
  }

  /** Takes the marks off mails whose sender is no more. */
  async releaseAbandoned(): Promise<void> {
    await this.pool.query(
      `UPDATE outbox.mails SET claimed_by = NULL
        WHERE claimed_by IS NOT NULL AND NOT EXISTS (
          SELECT FROM pg_locks
           WHERE locktype = 'advisory' AND classid = $1 AND objid = claimed_by::oid AND objsubid = 2
             AND database = (SELECT oid FROM pg_database WHERE datname = current_database()))`,
      [SENDERS],
    );
  }

  /** Takes mails that are due, the longest waiting first; no other sender gets them. */
  async claim({ key }: SenderSession, most: number, now: Date): Promise<readonly WaitingMail[]> {
    const { rows } = await this.pool.query<WaitingMail>(
      `UPDATE outbox.mails SET claimed_by = $1
        WHERE id IN (
          SELECT id FROM outbox.mails
           WHERE status = 'waiting' AND claimed_by IS NULL AND next_try_at <= $3
           ORDER BY next_try_at LIMIT $2 FOR UPDATE SKIP LOCKED)
       RETURNING id, recipient, template, facts, attempts, first_tried_at AS "firstTriedAt"`,
      [key, most, now],
    );
    return rows;
  }

  /**
   * Says how a mail ended: the server took it, it is not to be sent, or it cannot be.
   *
   * @param reason a code, never a text of the server: those name the address
   */
  async end(
    { key }: SenderSession,
    id: string,
    status: 'sent' | 'dropped' | 'failed',
    reason: string | null,
    now: Date,
  ): Promise<void> {
    await this.pool.query(
      `UPDATE outbox.mails
          SET status = $3, reason = $4, ended_at = $5, claimed_by = NULL,
              attempts = attempts + CASE WHEN $3 = 'dropped' THEN 0 ELSE 1 END,
              first_tried_at = coalesce(first_tried_at, $5)
        WHERE id = $1 AND claimed_by = $2 AND status = 'waiting'`,
      [id, key, status, reason, now],
    );
  }

  /** Puts a mail off after a try that failed. */
  async postpone({ key }: SenderSession, id: string, until: Date, reason: string, now: Date): Promise<void> {
    await this.pool.query(
      `UPDATE outbox.mails
          SET next_try_at = $3, reason = $4, claimed_by = NULL, attempts = attempts + 1,
              first_tried_at = coalesce(first_tried_at, $5)
        WHERE id = $1 AND claimed_by = $2 AND status = 'waiting'`,
      [id, key, until, reason, now],
    );
  }

  /** How many mails are in each state. */
  async counts(): Promise<OutboxCounts> {
    const { rows } = await this.pool.query<{ status: keyof OutboxCounts; count: number }>(
      'SELECT status, count(*)::int AS count FROM outbox.mails GROUP BY status',
    );
    const counts = { waiting: 0, sent: 0, dropped: 0, failed: 0 };
    for (const { status, count } of rows) counts[status] = count;
    return counts;
  }
}

async function takeKey(client: PoolClient): Promise<number> {
  for (;;) {
    const key = randomInt(1, HIGHEST_KEY);
    const { rows } = await client.query<{ taken: boolean }>('SELECT pg_try_advisory_lock($1, $2) AS taken', [
      SENDERS,
      key,
    ]);
    if (rows[0]?.taken === true) return key;
  }
}
