import {
  AccessRefused,
  actorOf,
  AddressNotAllowed,
  assertPublicHost,
  CLOCK,
  CommandRefused,
  CONFIGURATION,
  Decisions,
  FEED_BEGINNING,
  newWebhookSecret,
  StatusFeed,
  WebhookSecrets,
  type Caller,
  type Clock,
  type Configuration,
  type Session,
} from '#application';
import {
  aggregates,
  disableWebhook,
  enableWebhook,
  noWebhook,
  registerWebhook,
  removeWebhook,
  replayWebhook,
  rotateWebhookSecret,
  webhookStream,
  type Decision,
  type Webhook,
  type WebhookEvent,
} from '#domain';
import { EventStore, type Checkpoint } from '#events';
import { Inject, Injectable } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { randomUUID } from 'node:crypto';
import { Problem } from '../platform/problem.js';
import { startingPlace } from './feed-queries.js';
import type { NewSecret, RegisteredWebhook } from './webhook-views.js';

/** Webhooks of one structure: more would be a mistake, or an attack by way of the platform. */
const MOST_OF_A_STRUCTURE = 20;

/** Registers a webhook of a structure (R48); its secret is told once. */
export class RegisterWebhook extends Command<RegisteredWebhook> {
  constructor(
    readonly caller: Caller,
    readonly structure: string,
    readonly webhook: { readonly url: string; readonly description: string | null; readonly after: string | null },
  ) {
    super();
  }
}

/** What somebody wants of a webhook that is there. */
export type WebhookOrder =
  | { readonly what: 'disable' | 'enable' | 'remove' }
  /** `after`: a cursor, or `beginning`. */
  | { readonly what: 'replay'; readonly after: string };

/** Stops, starts, replays or removes a webhook (R48). */
export class CommandWebhook extends Command<void> {
  constructor(
    readonly caller: Caller,
    readonly id: string,
    readonly order: WebhookOrder,
  ) {
    super();
  }
}

/** Gives a webhook a new secret, which is told once; the former one stays good beside it for some hours (R48). */
export class RotateWebhookSecret extends Command<NewSecret> {
  constructor(
    readonly caller: Caller,
    readonly id: string,
    readonly overlapHours: number,
  ) {
    super();
  }
}

/** Finds webhooks for those who may manage them, and decides on them. */
@Injectable()
export class ManagedWebhooks {
  constructor(private readonly decisions: Decisions) {}

  /**
   * Decides on a webhook that the caller may manage.
   *
   * @throws Problem `WHK-404`, also when it is somebody else's; AccessRefused for people of the structure without the role
   */
  async decide(
    caller: Caller,
    id: string,
    decision: (webhook: Webhook, by: string) => Decision<WebhookEvent>,
  ): Promise<void> {
    await this.decisions.decide(caller, async (session) => {
      const webhook = await managedWebhook(session, id);
      await session.record(webhookStream(id), decision(webhook, actorOf(caller)));
    });
  }

  /** Lets somebody look at a webhook. @throws as {@link decide} */
  async assertManaged(caller: Caller, id: string): Promise<void> {
    await this.decisions.look(caller, (session) => managedWebhook(session, id));
  }
}

async function managedWebhook(session: Omit<Session, 'record'>, id: string): Promise<Webhook> {
  const webhook = await session.load(aggregates.webhook, webhookStream(id));
  if (webhook.status === 'none' || webhook.status === 'removed') throw unknownWebhook();
  try {
    await session.authorise('webhook.manage', webhook.structure);
  } catch (error) {
    throw error instanceof AccessRefused && error.verdict === 'not-found' ? unknownWebhook() : error;
  }
  return webhook;
}

@CommandHandler(RegisterWebhook)
export class RegisterWebhookHandler implements ICommandHandler<RegisterWebhook> {
  constructor(
    private readonly decisions: Decisions,
    private readonly secrets: WebhookSecrets,
    private readonly feed: StatusFeed,
    private readonly store: EventStore,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(CONFIGURATION) private readonly configuration: Configuration,
  ) {}

  async execute({ caller, structure, webhook }: RegisterWebhook): Promise<RegisteredWebhook> {
    const { url, description } = webhook;
    const privateAddresses = this.configuration.WEBHOOK_PRIVATE_ADDRESSES;
    const place = await placeOf(this.feed, webhook.after ?? 'now');
    const id = randomUUID();
    const secret = newWebhookSecret();
    await this.decisions.look(caller, (session) => session.authorise('webhook.manage', structure));
    await this.assertRoom(structure);
    // Kept before it is registered: a webhook that is there can always be signed for.
    await this.secrets.keep(id, secret, this.clock.now(), null);
    try {
      await this.decisions.decide(caller, async (session) => {
        await session.authorise('webhook.manage', structure);
        const data = { webhook: id, structure, url, description, after: place, by: actorOf(caller) };
        await session.record(webhookStream(id), registerWebhook(noWebhook, data, { privateAddresses }));
        if (!privateAddresses) assertPublic(url);
      });
    } catch (error) {
      await this.secrets.drop(id);
      throw error;
    }
    return { id, secret };
  }

  private async assertRoom(structure: string): Promise<void> {
    const { rows } = await this.store.pool.query<{ webhooks: number }>(
      'SELECT count(*)::integer AS webhooks FROM read.webhooks WHERE structure = $1',
      [structure],
    );
    if ((rows[0]?.webhooks ?? 0) >= MOST_OF_A_STRUCTURE)
      throw new CommandRefused('WHK-003', `Une structure a ${MOST_OF_A_STRUCTURE} webhooks au plus.`);
  }
}

@CommandHandler(CommandWebhook)
export class CommandWebhookHandler implements ICommandHandler<CommandWebhook> {
  constructor(
    private readonly webhooks: ManagedWebhooks,
    private readonly feed: StatusFeed,
  ) {}

  async execute({ caller, id, order }: CommandWebhook): Promise<void> {
    const place = order.what === 'replay' ? await placeOf(this.feed, order.after) : FEED_BEGINNING;
    await this.webhooks.decide(caller, id, (webhook, by) => {
      switch (order.what) {
        case 'disable':
          return disableWebhook(webhook, by, 'ASKED', null);
        case 'enable':
          return enableWebhook(webhook, by);
        case 'remove':
          return removeWebhook(webhook, by);
        case 'replay':
          return replayWebhook(webhook, by, place);
      }
    });
  }
}

@CommandHandler(RotateWebhookSecret)
export class RotateWebhookSecretHandler implements ICommandHandler<RotateWebhookSecret> {
  constructor(
    private readonly webhooks: ManagedWebhooks,
    private readonly secrets: WebhookSecrets,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async execute({ caller, id, overlapHours }: RotateWebhookSecret): Promise<NewSecret> {
    const now = this.clock.now();
    const until = new Date(now.getTime() + overlapHours * 3_600_000);
    const formerValidUntil = until.toISOString();
    await this.webhooks.decide(caller, id, (webhook, by) => rotateWebhookSecret(webhook, by, formerValidUntil));
    // After the decision: nobody who was refused has shortened the life of the secret that is in use.
    const secret = newWebhookSecret();
    await this.secrets.keep(id, secret, now, until);
    return { secret, formerValidUntil };
  }
}

/** @throws Problem `EVT-001`, `EVT-002` */
async function placeOf(feed: StatusFeed, after: string): Promise<Checkpoint> {
  return after === 'beginning' ? FEED_BEGINNING : startingPlace(feed, after);
}

/** What can be seen of the address alone; where its name leads is looked at by each delivery. */
function assertPublic(url: string): void {
  try {
    assertPublicHost(new URL(url));
  } catch (error) {
    if (!(error instanceof AddressNotAllowed)) throw error;
    throw new CommandRefused('WHK-004', 'L’adresse mène à un réseau privé, où la plateforme n’envoie rien.');
  }
}

/** Nothing of that id, or somebody else's: nobody learns which. */
export function unknownWebhook(): Problem {
  return new Problem(404, 'WHK-404', 'Aucun webhook de cet identifiant n’est connu, ou il ne vous concerne pas.');
}
