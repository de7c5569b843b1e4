import { actingAs, Decisions, type Caller } from '#application';
import {
  membershipStream,
  refuseSubscription,
  validateSubscription,
  type MembershipKey,
  type SubscriptionKey,
} from '#domain';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { earlierJudge, placeOf } from './place.js';

/** Validate somebody's request for a space (R08). */
export class ValidateSubscription extends Command<void> {
  constructor(
    readonly caller: Caller,
    readonly member: MembershipKey,
    readonly key: SubscriptionKey,
  ) {
    super();
  }
}

/** Refuse somebody's request for a space, for a reason or none (R08). */
export class RefuseSubscription extends Command<void> {
  constructor(
    readonly caller: Caller,
    readonly member: MembershipKey,
    readonly key: SubscriptionKey,
    readonly reason: string | null,
  ) {
    super();
  }
}

@CommandHandler(ValidateSubscription)
export class ValidateSubscriptionHandler implements ICommandHandler<ValidateSubscription> {
  constructor(private readonly decisions: Decisions) {}

  async execute({ caller, member, key }: ValidateSubscription): Promise<void> {
    await this.decisions.decide(caller, async (session) => {
      await session.authorise('space.judge-subscription', member.structure);
      const place = await placeOf(session, member.structure, key.service);
      const membership = await session.membership(member);
      const judging = { by: actingAs(caller), earlierJudge: await earlierJudge(session, membership, key) };
      await session.record(membershipStream(member), validateSubscription(place, membership, member, key, judging));
    });
  }
}

@CommandHandler(RefuseSubscription)
export class RefuseSubscriptionHandler implements ICommandHandler<RefuseSubscription> {
  constructor(private readonly decisions: Decisions) {}

  async execute({ caller, member, key, reason }: RefuseSubscription): Promise<void> {
    await this.decisions.decide(caller, async (session) => {
      const structure = await session.authorise('space.judge-subscription', member.structure);
      const membership = await session.membership(member);
      const judging = { by: actingAs(caller), earlierJudge: await earlierJudge(session, membership, key) };
      await session.record(
        membershipStream(member),
        refuseSubscription(structure, membership, member, key, judging, reason),
      );
    });
  }
}
