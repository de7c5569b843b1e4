import type { Pool } from 'pg';
import type { Clock } from '../shared/clock.js';
import { newToken, tokenDigest } from './secret-token.js';

/** What a link that is sent by e-mail is good for. */
export type LinkPurpose = 'activation' | 'password-reset';

const HOUR_MS = 3_600_000;

/** How long a link may be used. A new password is more than an activation, so its link lives for less. */
const LIFETIME_MS: Readonly<Record<LinkPurpose, number>> = { activation: 72 * HOUR_MS, 'password-reset': HOUR_MS };

/**
 * The links that people get by e-mail (R01). A link is made by whoever sends the mail, at that moment, so that its secret
 * is in no event and in no job; what is kept is its digest.
 */
export class IdentityLinks {
  constructor(
    private readonly pool: Pool,
    private readonly clock: Clock,
  ) {}

  /**
   * Makes a link; older ones of the same account and purpose are of no use any more.
   *
   * @returns the token to put into the address of the link, 43 characters of base64url, and until when it may be used
   */
  async issue(account: string, purpose: LinkPurpose): Promise<{ token: string; expiresAt: Date }> {
    const token = newToken();
    const now = this.clock.now();
    const expiresAt = new Date(now.getTime() + LIFETIME_MS[purpose]);
    await this.pool.query(
      `INSERT INTO identity.links (account, purpose, token_digest, issued_at, expires_at) VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT (account, purpose) DO UPDATE
          SET token_digest = excluded.token_digest, issued_at = excluded.issued_at, expires_at = excluded.expires_at,
              used_at = NULL`,
      [account, purpose, tokenDigest(token), now, expiresAt],
    );
    return { token, expiresAt };
  }

  /**
   * Uses a link up. Of several who use one link at the same instant, one succeeds.
   *
   * @returns the account, or null when the link is unknown, replaced, used or expired
   */
  async use(token: string, purpose: LinkPurpose): Promise<string | null> {
    const { rows } = await this.pool.query<{ account: string }>(
      `UPDATE identity.links SET used_at = $3
        WHERE token_digest = $1 AND purpose = $2 AND used_at IS NULL AND expires_at > $3 RETURNING account`,
      [tokenDigest(token), purpose, this.clock.now()],
    );
    return rows[0]?.account ?? null;
  }

  /** Gives a link back when what it was used for could not be done, so that the person may try again. */
  async giveBack(token: string): Promise<void> {
    await this.pool.query('UPDATE identity.links SET used_at = NULL WHERE token_digest = $1', [tokenDigest(token)]);
  }

  /** Takes every link of an account out of use. */
  async forget(account: string): Promise<void> {
    await this.pool.query('DELETE FROM identity.links WHERE account = $1', [account]);
  }
}
