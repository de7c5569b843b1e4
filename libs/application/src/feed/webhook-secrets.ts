import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import type { Pool } from 'pg';
import { WEBHOOK_SECRET_PREFIX } from './webhook-signature.js';

const SECRET_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** A new secret of 256 random bits, as Standard Webhooks writes it. */
export function newWebhookSecret(): string {
  return WEBHOOK_SECRET_PREFIX + randomBytes(SECRET_BYTES).toString('base64');
}

/**
 * The secrets of webhooks. They must be had in clear to sign with, so they are encrypted (AES-256-GCM) with a key that is
 * made from the platform's own secret, and bound to their webhook; they are in no event and in no log.
 */
export class WebhookSecrets {
  private readonly key: Buffer;

  /** @param platformSecret setting `PERSONAL_DATA_KEY`; who loses it has to give every webhook a new secret */
  constructor(
    private readonly pool: Pool,
    platformSecret: string,
  ) {
    this.key = Buffer.from(hkdfSync('sha256', platformSecret, '', 'repons/webhook-secrets/1', 32));
  }

  /**
   * Keeps a new secret of a webhook.
   *
   * @param formerValidUntil until when those before it are good as well; null when there are none
   */
  async keep(webhook: string, secret: string, now: Date, formerValidUntil: Date | null): Promise<void> {
    await this.pool.query(
      `WITH former AS (
         UPDATE webhook.secrets SET valid_until = least(coalesce(valid_until, $4), $4) WHERE webhook = $1
       )
       INSERT INTO webhook.secrets (webhook, sealed, created_at) VALUES ($1, $2, $3)`,
      [webhook, this.seal(webhook, secret), now, formerValidUntil ?? now],
    );
  }

  /** The secrets that are good at a moment, still encrypted, the newest first; none for a webhook that is not known. */
  async sealedOf(webhook: string, now: Date): Promise<readonly Buffer[]> {
    const { rows } = await this.pool.query<{ sealed: Buffer }>(
      'SELECT sealed FROM webhook.secrets WHERE webhook = $1 AND (valid_until IS NULL OR valid_until > $2) ORDER BY id DESC',
      [webhook, now],
    );
    return rows.map(({ sealed }) => sealed);
  }

  /** Drops the secrets of a webhook that was never registered after all. */
  async drop(webhook: string): Promise<void> {
    await this.pool.query('DELETE FROM webhook.secrets WHERE webhook = $1', [webhook]);
  }

  private seal(webhook: string, secret: string): Buffer {
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv('aes-256-gcm', this.key, nonce).setAAD(Buffer.from(webhook));
    return Buffer.concat([nonce, cipher.update(secret), cipher.final(), cipher.getAuthTag()]);
  }

  /** Decrypts a secret. @throws Error when it was changed, moved, or encrypted with another secret of the platform */
  open(webhook: string, sealed: Buffer): string {
    const decipher = createDecipheriv('aes-256-gcm', this.key, sealed.subarray(0, NONCE_BYTES));
    decipher.setAAD(Buffer.from(webhook)).setAuthTag(sealed.subarray(-TAG_BYTES));
    return Buffer.concat([decipher.update(sealed.subarray(NONCE_BYTES, -TAG_BYTES)), decipher.final()]).toString(
      'utf8',
    );
  }
}
