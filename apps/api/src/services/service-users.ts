import { actingAs, Decisions, type Caller } from '#application';
import { disableServiceUser, enableServiceUser, membershipStream, type MembershipKey } from '#domain';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';

/** Enable somebody on a service (R11). */
export class EnableServiceUser extends Command<void> {
  constructor(
    readonly caller: Caller,
    readonly member: MembershipKey,
    readonly code: string,
  ) {
    super();
  }
}

/** Take somebody off a service, with their subscriptions on it (R11). */
export class DisableServiceUser extends Command<void> {
  constructor(
    readonly caller: Caller,
    readonly member: MembershipKey,
    readonly code: string,
  ) {
    super();
  }
}

@CommandHandler(EnableServiceUser)
export class EnableServiceUserHandler implements ICommandHandler<EnableServiceUser> {
  constructor(private readonly decisions: Decisions) {}

  async execute({ caller, member, code }: EnableServiceUser): Promise<void> {
    await this.decisions.decide(caller, async (session) => {
      const structure = await session.authorise('rights.manage', member.structure);
      const service = await session.service({ structure: member.structure, code });
      const membership = await session.membership(member);
      await session.record(
        membershipStream(member),
        enableServiceUser({ structure, service }, membership, member, code, actingAs(caller)),
      );
    });
  }
}

@CommandHandler(DisableServiceUser)
export class DisableServiceUserHandler implements ICommandHandler<DisableServiceUser> {
  constructor(private readonly decisions: Decisions) {}

  async execute({ caller, member, code }: DisableServiceUser): Promise<void> {
    await this.decisions.decide(caller, async (session) => {
      const structure = await session.authorise('rights.manage', member.structure);
      const membership = await session.membership(member);
      await session.record(
        membershipStream(member),
        disableServiceUser(structure, membership, member, code, actingAs(caller)),
      );
    });
  }
}
