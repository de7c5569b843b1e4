import { actingAs, Decisions, type Caller } from '#application';
import {
  giveSubscription,
  membershipStream,
  unsubscribe,
  type MembershipKey,
  type SubscriptionKey,
  type WantedSubscription,
} from '#domain';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { placeOf } from './place.js';

/** Give somebody a subscription without request (R08, R10). */
export class GiveSubscription extends Command<void> {
  constructor(
    readonly caller: Caller,
    readonly member: MembershipKey,
    readonly wanted: WantedSubscription,
  ) {
    super();
  }
}

/** End somebody's subscription, or the request for it (R08, R10). */
export class EndSubscription extends Command<void> {
  constructor(
    readonly caller: Caller,
    readonly member: MembershipKey,
    readonly key: SubscriptionKey,
  ) {
    super();
  }
}

@CommandHandler(GiveSubscription)
export class GiveSubscriptionHandler implements ICommandHandler<GiveSubscription> {
  constructor(private readonly decisions: Decisions) {}

  async execute({ caller, member, wanted }: GiveSubscription): Promise<void> {
    await this.decisions.decide(caller, async (session) => {
      await session.authorise('rights.manage', member.structure);
      const place = await placeOf(session, member.structure, wanted.service);
      const membership = await session.membership(member);
      await session.record(
        membershipStream(member),
        giveSubscription(place, membership, member, wanted, actingAs(caller)),
      );
    });
  }
}

@CommandHandler(EndSubscription)
export class EndSubscriptionHandler implements ICommandHandler<EndSubscription> {
  constructor(private readonly decisions: Decisions) {}

  async execute({ caller, member, key }: EndSubscription): Promise<void> {
    await this.decisions.decide(caller, async (session) => {
      const structure = await session.authorise('rights.manage', member.structure);
      const membership = await session.membership(member);
      await session.record(membershipStream(member), unsubscribe(structure, membership, member, key, actingAs(caller)));
    });
  }
}
