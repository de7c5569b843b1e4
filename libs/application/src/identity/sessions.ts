import type { Pool } from 'pg';
import type { Clock } from '../shared/clock.js';
import { newToken, tokenDigest } from './secret-token.js';

/** How long sessions live. */
export interface SessionLifetime {
  /** A session that was not used for so long has ended. */
  readonly idleMs: number;
  /** However much it is used, it ends after so long. */
  readonly absoluteMs: number;
}

/** A session that was opened: the token is told once. */
export interface OpenedSession {
  /** `ses_` and 256 random bits, base64url. */
  readonly token: string;
  /** When it ends however much it is used. */
  readonly expiresAt: Date;
}

/** Begin of every session's token. */
export const SESSION_PREFIX = 'ses_';

/** Use is written down once in so long, not at each request. */
const USE_NOTED_EVERY_MS = 60_000;

/**
 * Sessions of people who are signed in: opaque tokens, kept as digests in PostgreSQL, so they survive a restart and end at
 * once wherever they are ended.
 */
export class Sessions {
  constructor(
    private readonly pool: Pool,
    private readonly clock: Clock,
    private readonly lifetime: SessionLifetime,
  ) {}

  /**
   * Opens a session.
   *
   * @param generation of the credentials by which the person signed in
   * @returns null when the credentials have changed meanwhile, or the account was barred
   */
  async open(account: string, generation: number): Promise<OpenedSession | null> {
    const token = newToken(SESSION_PREFIX);
    const now = this.clock.now();
    const expiresAt = new Date(now.getTime() + this.lifetime.absoluteMs);
    const { rowCount } = await this.pool.query(
      `INSERT INTO identity.sessions (token_digest, account, generation, opened_at, last_used_at, expires_at)
       SELECT $1, account, generation, $4, $4, $5
         FROM identity.credentials WHERE account = $2 AND generation = $3 AND NOT barred`,
      [tokenDigest(token), account, generation, now, expiresAt],
    );
    await this.sweep(account, now);
    return rowCount === 0 ? null : { token, expiresAt };
  }

  /** The account of a session that lives, or null. */
  async accountOf(token: string): Promise<string | null> {
    const digest = tokenDigest(token);
    const now = this.clock.now();
    const { rows } = await this.pool.query<{ account: string; lastUsedAt: Date }>(
      `SELECT account, last_used_at AS "lastUsedAt"
         FROM identity.sessions JOIN identity.credentials USING (account, generation)
        WHERE token_digest = $1 AND NOT barred AND expires_at > $2 AND last_used_at > $3`,
      [digest, now, new Date(now.getTime() - this.lifetime.idleMs)],
    );
    const session = rows[0];
    if (session === undefined) return null;
    if (now.getTime() - session.lastUsedAt.getTime() >= USE_NOTED_EVERY_MS)
      await this.pool.query('UPDATE identity.sessions SET last_used_at = $2 WHERE token_digest = $1', [digest, now]);
    return session.account;
  }

  /** Ends a session. */
  async close(token: string): Promise<void> {
    await this.pool.query('DELETE FROM identity.sessions WHERE token_digest = $1', [tokenDigest(token)]);
  }

  /** Removes what has ended of an account, so that the table does not grow with every day's sign-in. */
  private async sweep(account: string, now: Date): Promise<void> {
    await this.pool.query(
      `DELETE FROM identity.sessions USING identity.credentials
        WHERE sessions.account = $1 AND credentials.account = sessions.account
          AND (expires_at <= $2 OR last_used_at <= $3 OR sessions.generation <> credentials.generation)`,
      [account, now, new Date(now.getTime() - this.lifetime.idleMs)],
    );
  }
}
