import {
  Deciders,
  placeOfCursor,
  reachOfStructure,
  signatureHeaders,
  type Clock,
  type FeedEvent,
  type Logger,
  type StatusFeed,
  type WebhookSecrets,
} from '#application';
import { aggregates, disableWebhook, webhookStream, type WebhookDisabling } from '#domain';
import type { EventStore } from '#events';
import { randomUUID } from 'node:crypto';
import { repeat, type Repeating } from '../upkeep/repeat.js';
import { Poster, type Answer, type DeliveryError } from './post-event.js';
import { WebhookClaims, type ClaimedWebhook } from './webhook-claims.js';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** How webhooks are delivered. */
export interface WebhookSettings {
  /** Whether the network's own addresses, and HTTP without TLS, are open. */
  readonly privateAddresses: boolean;
  /** How often it is looked for webhooks that are due. */
  readonly lookMs: number;
  /** How long a receiver has to answer. */
  readonly timeoutMs: number;
  /** Pauses after the tries that failed; after one more the webhook is disabled. */
  readonly pausesMs: readonly number[];
  /** Webhooks served at the same time. */
  readonly atOnce: number;
}

/** Delivery as in service: ten tries over three days, as Standard Webhooks proposes. */
export const USUAL_DELIVERY: Omit<WebhookSettings, 'privateAddresses'> = {
  lookMs: 500,
  timeoutMs: 10_000,
  pausesMs: [5_000, 5 * MINUTE_MS, 30 * MINUTE_MS, ...[2, 5, 10, 14, 20, 24].map((hours) => hours * HOUR_MS)],
  atOnce: 200,
};

/** Part of a pause by which it is longer or shorter, so that receivers that come back are not all met at once. */
const JITTER = 0.1;

/** The HTTP status by which a receiver says that it will never take anything again (RFC 9110, 15.5.11). */
const GONE = 410;

/** Events of one turn: then it is the others' turn, who may have waited longer. */
const EVENTS_OF_A_TURN = 20;

/**
 * Posts the feed to webhooks (R48): to each its structure's events, one a request, in the order of the log, and the next one
 * only when the last one was taken; at least once, with the same id at each try. Webhooks are served side by side, each by
 * one process at a time, and in turns, so that one that is slow or dead delays no other.
 */
export class WebhookDelivery {
  private loop: Repeating | null = null;
  private claims: WebhookClaims | null = null;
  private readonly turns = new Set<Promise<void>>();
  private stopped = false;

  constructor(
    private readonly store: EventStore,
    private readonly feed: StatusFeed,
    private readonly secrets: WebhookSecrets,
    private readonly settings: WebhookSettings,
    private readonly clock: Clock,
    private readonly logger: Logger,
  ) {}

  /** Begins to deliver in the background. */
  start(): void {
    this.loop = repeat('webhooks', this.settings.lookMs, this.logger, () => this.look());
  }

  /** Resolves when what is being posted has been answered. */
  async stop(): Promise<void> {
    this.stopped = true;
    await this.loop?.stop();
    await Promise.all(this.turns);
    const { claims } = this;
    this.claims = null;
    claims?.close();
  }

  /** Begins a turn for each webhook that is due, as far as there is room. */
  private async look(): Promise<void> {
    const claims = await this.session();
    const room = this.settings.atOnce - this.turns.size;
    if (room <= 0) return;
    for (const claimed of await claims.claim(room)) {
      const turn = this.turn(claims, claimed);
      this.turns.add(turn);
      void turn.finally(() => {
        this.turns.delete(turn);
        this.loop?.nudge(); // more may be there, or there was no room for somebody
      });
    }
  }

  private async session(): Promise<WebhookClaims> {
    const { claims } = this;
    if (claims !== null && !claims.isLost) return claims;
    this.claims = null; // closed once, also when no other can be opened now
    claims?.close();
    const opened = await WebhookClaims.open(this.store.pool);
    this.claims = opened;
    return opened;
  }

  /** Never rejects: what fails of one webhook is tried again at its next turn. */
  private async turn(claims: WebhookClaims, claimed: ClaimedWebhook): Promise<void> {
    const { webhook, url } = claimed;
    const poster = new Poster(url, this.settings);
    try {
      await this.deliver(claims, claimed, poster);
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      this.logger.error({ webhook, error: message }, 'webhook turn failed');
    } finally {
      poster.close();
    }
    try {
      await claims.release(claimed);
    } catch (error) {
      // The claim ends with the session at the latest.
      const message = error instanceof Error ? error.message : String(error);
      this.logger.warn({ webhook, error: message }, 'webhook not released');
    }
  }

  private async deliver(claims: WebhookClaims, claimed: ClaimedWebhook, poster: Poster): Promise<void> {
    // A webhook sees what its structure's own machines see.
    const reach = await reachOfStructure(this.store.pool, claimed.structure);
    const page = await this.feed.page(reach, claimed.after, EVENTS_OF_A_TURN);
    let attempt = claimed.attempts + 1;
    for (const event of page.items) {
      if (this.stopped || claims.isLost) return;
      const begun = performance.now();
      const answer = await this.post(claimed, poster, event);
      const durationMs = Math.round(performance.now() - begun);
      const delivery = { event, status: answer.status, error: answer.error, durationMs };
      if (answer.error !== null) {
        // Who is given up is not met again before the read model has learnt that it is disabled.
        const pauseMs = answer.status === GONE ? null : this.pauseAfter(attempt, answer.retryAfterMs);
        await claims.failed(claimed, attempt, pauseMs ?? DAY_MS, delivery);
        await this.giveUp(claimed, attempt, answer, pauseMs === null);
        return;
      }
      const place = placeOfCursor(event.sequence) ?? claimed.after;
      if (!(await claims.delivered(claimed, place, attempt, delivery))) return;
      attempt = 1;
    }
    const next = placeOfCursor(page.next);
    if (page.atEnd && next !== null) await claims.moveTo(claimed, next);
  }

  private async post({ webhook }: ClaimedWebhook, poster: Poster, event: FeedEvent): Promise<Answer> {
    const now = this.clock.now();
    const secrets = await this.readableSecrets(webhook, now);
    if (secrets.length === 0) return { status: null, error: 'secret', retryAfterMs: 0 };
    const body = JSON.stringify(event);
    return poster.post({ ...signatureHeaders(event.id, now, body, secrets) }, body);
  }

  /** None when they were encrypted with another secret of the platform: people have to give the webhook a new one. */
  private async readableSecrets(webhook: string, now: Date): Promise<readonly string[]> {
    const sealed = await this.secrets.sealedOf(webhook, now);
    try {
      return sealed.map((one) => this.secrets.open(webhook, one));
    } catch {
      return [];
    }
  }

  /** How long to wait after a try that failed, or null when it was the last one. */
  private pauseAfter(attempt: number, retryAfterMs: number): number | null {
    const pause = this.settings.pausesMs[attempt - 1];
    if (pause === undefined) return null;
    const spread = pause * (1 + JITTER * (2 * Math.random() - 1));
    return Math.min(Math.max(spread, retryAfterMs), DAY_MS);
  }

  private async giveUp(claimed: ClaimedWebhook, attempt: number, answer: Answer, isLast: boolean): Promise<void> {
    const { webhook } = claimed;
    const said = DELIVERY_ERRORS[answer.error ?? 'status'].replace('{status}', String(answer.status));
    if (answer.status === GONE) await this.disable(webhook, 'GONE', said);
    else if (isLast) await this.disable(webhook, 'FAILING', `${attempt} essais ont échoué. Le dernier : ${said}`);
    else this.logger.info({ webhook, attempt, status: answer.status, error: answer.error }, 'webhook put off');
  }

  private async disable(webhook: string, reason: WebhookDisabling, detail: string): Promise<void> {
    const commandId = randomUUID();
    const context = { commandId, correlationId: commandId, actor: 'webhook-delivery' };
    await new Deciders(this.store).decide(aggregates.webhook, webhookStream(webhook), context, (state) =>
      state.status === 'active' ? disableWebhook(state, 'platform', reason, detail) : { accepted: true, events: [] },
    );
    this.logger.warn({ webhook, reason }, 'webhook disabled');
  }
}

const DELIVERY_ERRORS: Readonly<Record<DeliveryError, string>> = {
  status: 'le destinataire a répondu {status}.',
  redirect: 'le destinataire a renvoyé ailleurs ({status}) ; déclarez l’adresse définitive.',
  timeout: 'le destinataire n’a pas répondu à temps.',
  address: 'l’adresse mène à un réseau privé, où la plateforme n’envoie rien.',
  tls: 'la connexion sécurisée (TLS) a échoué ; vérifiez le certificat.',
  connection: 'la connexion a échoué.',
  secret: 'le secret n’est pas lisible ; demandez-en un nouveau.',
};
