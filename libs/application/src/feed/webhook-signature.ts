import { createHmac } from 'node:crypto';

/** Begin of every secret (Standard Webhooks). */
export const WEBHOOK_SECRET_PREFIX = 'whsec_';

/** The headers by which a receiver recognises a delivery and who sent it (Standard Webhooks 1.0). */
export interface SignatureHeaders {
  readonly 'webhook-id': string;
  readonly 'webhook-timestamp': string;
  readonly 'webhook-signature': string;
}

/**
 * Signs a delivery: HMAC-SHA-256 of `id.timestamp.body` with each secret that is valid, so that a receiver may change its
 * secret while deliveries go on.
 *
 * @param id of the event: the same at each try, by which a receiver knows repetitions
 * @param at instant of this try
 * @param body as it is sent
 * @param secrets `whsec_` and base64, the newest first
 */
export function signatureHeaders(id: string, at: Date, body: string, secrets: readonly string[]): SignatureHeaders {
  const timestamp = String(Math.floor(at.getTime() / 1_000));
  const signatures = secrets.map((secret) => {
    const key = Buffer.from(secret.slice(WEBHOOK_SECRET_PREFIX.length), 'base64');
    return `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')}`;
  });
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signatures.join(' ') };
}
