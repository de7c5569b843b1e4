import { accept, refuse, unreachable, type Decision, type Refused } from '../shared/decision.js';
import type { Event } from '../shared/event.js';

/** A place in the order of the log. */
export interface FeedPlace {
  /** Decimal. */
  readonly transaction: string;
  readonly position: number;
}

/**
 * Why a webhook gets nothing: somebody asked for it, the receiver said that it is gone (410), or it could not be reached, or
 * refused, for days.
 */
export type WebhookDisabling = 'ASKED' | 'GONE' | 'FAILING';

/**
 * A structure's webhook: an address to which the events of its invoices are posted (R48). Stream `webhook-<UUID>`. Its secret
 * is in no event, and neither is how far it has come. `by` names who acts as the log does.
 */
export type WebhookEvent =
  | Event<
      'WebhookRegistered',
      {
        webhook: string;
        structure: string;
        url: string;
        description: string | null;
        /** Behind which the first event to be sent stands. */
        after: FeedPlace;
        by: string;
      }
    >
  /** Until then, what is sent is signed with the former secret as well (ISO 8601). */
  | Event<'WebhookSecretRotated', { webhook: string; formerValidUntil: string; by: string }>
  /** `detail`: what people need to repair it, in French; null when they asked for it. */
  | Event<'WebhookDisabled', { webhook: string; reason: WebhookDisabling; detail: string | null; by: string }>
  /** It goes on where it stopped. */
  | Event<'WebhookEnabled', { webhook: string; by: string }>
  /** Everything behind a place is sent again. */
  | Event<'WebhookReplayed', { webhook: string; after: FeedPlace; by: string }>
  | Event<'WebhookRemoved', { webhook: string; by: string }>;

export type Webhook =
  | { readonly status: 'none' }
  | { readonly status: 'active' | 'disabled'; readonly webhook: string; readonly structure: string }
  | { readonly status: 'removed' };

export const noWebhook: Webhook = { status: 'none' };

/** Longest address taken, in characters. */
const LONGEST_URL = 2_000;

/** Stream of a webhook. */
export function webhookStream(webhook: string): string {
  return `webhook-${webhook}`;
}

/** Applies one event of the webhook's stream. */
export function evolveWebhook(webhook: Webhook, event: WebhookEvent): Webhook {
  switch (event.type) {
    case 'WebhookRegistered':
      return { status: 'active', webhook: event.data.webhook, structure: event.data.structure };
    case 'WebhookDisabled':
      return lives(webhook) ? { ...webhook, status: 'disabled' } : webhook;
    case 'WebhookEnabled':
      return lives(webhook) ? { ...webhook, status: 'active' } : webhook;
    case 'WebhookRemoved':
      return { status: 'removed' };
    case 'WebhookSecretRotated':
    case 'WebhookReplayed':
      return webhook;
    default:
      return unreachable(event);
  }
}

/**
 * Registers a webhook. Refuses `WHK-001` an address that is none, is too long, carries a password or a fragment, or is not
 * HTTPS; the last is let through where the platform may post to private addresses.
 */
export function registerWebhook(
  webhook: Webhook,
  data: Extract<WebhookEvent, { type: 'WebhookRegistered' }>['data'],
  { privateAddresses }: { readonly privateAddresses: boolean },
): Decision<WebhookEvent> {
  if (webhook.status !== 'none') return refuse('WHK-002', 'Ce webhook existe déjà.');
  const protocols = privateAddresses ? ['https:', 'http:'] : ['https:'];
  const url = data.url.length <= LONGEST_URL && URL.canParse(data.url) ? new URL(data.url) : null;
  const isFit =
    url !== null && protocols.includes(url.protocol) && url.username === '' && url.password === '' && url.hash === '';
  if (!isFit)
    return refuse('WHK-001', 'L’adresse d’un webhook est une URL https, sans identifiants ni fragment (« # »).');
  return accept({ type: 'WebhookRegistered', data });
}

/** Gives a webhook a new secret. Refuses `WHK-404`. */
export function rotateWebhookSecret(webhook: Webhook, by: string, formerValidUntil: string): Decision<WebhookEvent> {
  if (!lives(webhook)) return noSuchWebhook();
  return accept({ type: 'WebhookSecretRotated', data: { webhook: webhook.webhook, formerValidUntil, by } });
}

/** Stops a webhook; nothing happens to one that is stopped. Refuses `WHK-404`. */
export function disableWebhook(
  webhook: Webhook,
  by: string,
  reason: WebhookDisabling,
  detail: string | null,
): Decision<WebhookEvent> {
  if (!lives(webhook)) return noSuchWebhook();
  if (webhook.status === 'disabled') return accept();
  return accept({ type: 'WebhookDisabled', data: { webhook: webhook.webhook, reason, detail, by } });
}

/** Starts a webhook again where it stopped; nothing happens to one that works. Refuses `WHK-404`. */
export function enableWebhook(webhook: Webhook, by: string): Decision<WebhookEvent> {
  if (!lives(webhook)) return noSuchWebhook();
  if (webhook.status === 'active') return accept();
  return accept({ type: 'WebhookEnabled', data: { webhook: webhook.webhook, by } });
}

/** Sends again what stands behind a place. Refuses `WHK-404`. */
export function replayWebhook(webhook: Webhook, by: string, after: FeedPlace): Decision<WebhookEvent> {
  if (!lives(webhook)) return noSuchWebhook();
  return accept({ type: 'WebhookReplayed', data: { webhook: webhook.webhook, after, by } });
}

/** Removes a webhook with all that is kept for it. Refuses `WHK-404`. */
export function removeWebhook(webhook: Webhook, by: string): Decision<WebhookEvent> {
  if (!lives(webhook)) return noSuchWebhook();
  return accept({ type: 'WebhookRemoved', data: { webhook: webhook.webhook, by } });
}

function lives(webhook: Webhook): webhook is Extract<Webhook, { status: 'active' | 'disabled' }> {
  return webhook.status === 'active' || webhook.status === 'disabled';
}

function noSuchWebhook(): Refused {
  return refuse('WHK-404', 'Aucun webhook de cet identifiant n’est connu, ou il ne vous concerne pas.');
}
