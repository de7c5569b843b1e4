import { actingAs, Decisions, type Caller, type Session } from '#application';
import {
  deactivateAuthorisation,
  deleteAuthorisation,
  membershipStream,
  reactivateAuthorisation,
  type Authority,
  type MembershipFacts,
  type MembershipKey,
} from '#domain';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';

/** Deactivates somebody's authorisations on a structure (R05). */
export class DeactivateAuthorisation extends Command<void> {
  constructor(
    readonly caller: Caller,
    readonly key: MembershipKey,
  ) {
    super();
  }
}

/** Reactivates somebody's authorisations on a structure (R05). */
export class ReactivateAuthorisation extends Command<void> {
  constructor(
    readonly caller: Caller,
    readonly key: MembershipKey,
  ) {
    super();
  }
}

/** Ends somebody's attachment to a structure, or one's own (R05). */
export class DeleteAuthorisation extends Command<void> {
  constructor(
    readonly caller: Caller,
    readonly key: MembershipKey,
  ) {
    super();
  }
}

@CommandHandler(DeactivateAuthorisation)
export class DeactivateAuthorisationHandler implements ICommandHandler<DeactivateAuthorisation> {
  constructor(private readonly decisions: Decisions) {}

  async execute({ caller, key }: DeactivateAuthorisation): Promise<void> {
    await this.decisions.decide(caller, async (session) => {
      const { facts, authority } = await decidedBy(session, key);
      return session.record(membershipStream(key), deactivateAuthorisation(facts, authority));
    });
  }
}

@CommandHandler(ReactivateAuthorisation)
export class ReactivateAuthorisationHandler implements ICommandHandler<ReactivateAuthorisation> {
  constructor(private readonly decisions: Decisions) {}

  async execute({ caller, key }: ReactivateAuthorisation): Promise<void> {
    await this.decisions.decide(caller, async (session) => {
      const { facts, authority } = await decidedBy(session, key);
      return session.record(membershipStream(key), reactivateAuthorisation(facts, authority));
    });
  }
}

@CommandHandler(DeleteAuthorisation)
export class DeleteAuthorisationHandler implements ICommandHandler<DeleteAuthorisation> {
  constructor(private readonly decisions: Decisions) {}

  async execute({ caller, key }: DeleteAuthorisation): Promise<void> {
    await this.decisions.decide(caller, async (session) => {
      const { facts, authority } = await decidedBy(session, key, { orOneself: true });
      return session.record(membershipStream(key), deleteAuthorisation(facts, authority));
    });
  }
}

/**
 * What a decision about authorisations rests on, and with what authority it is taken.
 *
 * @param orOneself whether everyone attached may take it about themselves
 */
async function decidedBy(
  session: Session,
  key: MembershipKey,
  { orOneself = false } = {},
): Promise<{ facts: MembershipFacts; authority: Authority }> {
  const by = actingAs(session.caller);
  const isOwn = orOneself && by === key.account;
  const structure = await session.authorise(isOwn ? 'structure.read' : 'member.authorise', key.structure);
  const standing = await session.standing(key.structure);
  const role = standing.kind === 'person' ? (standing.role ?? 'simple') : 'operator';
  return { facts: { structure, membership: await session.membership(key), key }, authority: { by, role } };
}
