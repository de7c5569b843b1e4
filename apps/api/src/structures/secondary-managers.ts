import { actingAs, Decisions, type Caller } from '#application';
import { appointSecondaryManager, dismissSecondaryManager, membershipStream, type MembershipKey } from '#domain';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { factsOf } from './deciding.js';

/** The primary manager appoints a secondary one (R03). */
export class AppointSecondaryManager extends Command<void> {
  constructor(
    readonly caller: Caller,
    readonly key: MembershipKey,
  ) {
    super();
  }
}

/** The primary manager makes a secondary one a simple user again (R03). */
export class DismissSecondaryManager extends Command<void> {
  constructor(
    readonly caller: Caller,
    readonly key: MembershipKey,
  ) {
    super();
  }
}

@CommandHandler(AppointSecondaryManager)
export class AppointSecondaryManagerHandler implements ICommandHandler<AppointSecondaryManager> {
  constructor(private readonly decisions: Decisions) {}

  async execute({ caller, key }: AppointSecondaryManager): Promise<void> {
    await this.decisions.decide(caller, async (session) => {
      const structure = await session.authorise('member.appoint', key.structure);
      const facts = await factsOf(session, structure, key);
      return session.record(membershipStream(key), appointSecondaryManager(facts, actingAs(caller)));
    });
  }
}

@CommandHandler(DismissSecondaryManager)
export class DismissSecondaryManagerHandler implements ICommandHandler<DismissSecondaryManager> {
  constructor(private readonly decisions: Decisions) {}

  async execute({ caller, key }: DismissSecondaryManager): Promise<void> {
    await this.decisions.decide(caller, async (session) => {
      const structure = await session.authorise('member.appoint', key.structure);
      const membership = await session.membership(key);
      const decision = dismissSecondaryManager({ structure, membership, key }, actingAs(caller));
      return session.record(membershipStream(key), decision);
    });
  }
}
