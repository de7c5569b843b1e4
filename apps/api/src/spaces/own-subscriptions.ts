import { Decisions } from '#application';
import { membershipStream, subscribe, unsubscribe, type SubscriptionKey, type WantedSubscription } from '#domain';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { PersonCaller } from '../access/caller.js';
import { placeOf } from './place.js';

/** What became of a subscription that was asked for. */
export type SubscriptionOutcome = 'requested' | 'active';

/** Ask for a space for oneself, or take a free one (R08). */
export class Subscribe extends Command<SubscriptionOutcome> {
  constructor(
    readonly caller: PersonCaller,
    readonly structure: string,
    readonly wanted: WantedSubscription,
  ) {
    super();
  }
}

/** Give up one's own subscription, or withdraw one's request (R08). */
export class Unsubscribe extends Command<void> {
  constructor(
    readonly caller: PersonCaller,
    readonly structure: string,
    readonly key: SubscriptionKey,
  ) {
    super();
  }
}

@CommandHandler(Subscribe)
export class SubscribeHandler implements ICommandHandler<Subscribe> {
  constructor(private readonly decisions: Decisions) {}

  async execute({ caller, structure, wanted }: Subscribe): Promise<SubscriptionOutcome> {
    const member = { structure, account: caller.account };
    return this.decisions.decide(caller, async (session) => {
      await session.authorise('space.subscribe', structure);
      const place = await placeOf(session, structure, wanted.service);
      const membership = await session.membership(member);
      const events = await session.record(membershipStream(member), subscribe(place, membership, member, wanted));
      return events.some(({ type }) => type === 'SubscriptionRequested') ? 'requested' : 'active';
    });
  }
}

@CommandHandler(Unsubscribe)
export class UnsubscribeHandler implements ICommandHandler<Unsubscribe> {
  constructor(private readonly decisions: Decisions) {}

  async execute({ caller, structure, key }: Unsubscribe): Promise<void> {
    const member = { structure, account: caller.account };
    await this.decisions.decide(caller, async (session) => {
      const known = await session.authorise('space.subscribe', structure);
      const membership = await session.membership(member);
      await session.record(membershipStream(member), unsubscribe(known, membership, member, key, caller.account));
    });
  }
}
