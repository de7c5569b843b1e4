import { accountOf, actingAs, CommandRefused, Decisions, type Caller, type Session } from '#application';
import {
  aggregates,
  membershipStream,
  namePrimaryManager,
  noMembership,
  structureStream,
  supportRequestStream,
  transferPrimaryRole,
  type ExistingStructure,
  type FormerBecomes,
  type MovedRole,
  type MoveOfRole,
  type Refused,
  type RoleRequest,
  type Somebody,
} from '#domain';
import { PersonalDataVault } from '#persistence';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { PersonCaller } from '../access/caller.js';
import { accountNamed, type NamedPerson } from './deciding.js';

/** The primary manager transfers the role (R06). */
export class TransferPrimaryRole extends Command<void> {
  constructor(
    readonly caller: PersonCaller,
    readonly identifier: string,
    readonly target: NamedPerson,
    readonly formerBecomes: FormerBecomes,
  ) {
    super();
  }
}

/** Support names the primary manager, on a support request (R07). */
export class NamePrimaryManager extends Command<void> {
  constructor(
    readonly caller: Caller,
    readonly identifier: string,
    readonly target: NamedPerson,
    readonly formerBecomes: FormerBecomes,
    /** UUID of the support request; null for the first manager of a structure of the directory. */
    readonly supportRequest: string | null,
  ) {
    super();
  }
}

@CommandHandler(TransferPrimaryRole)
export class TransferPrimaryRoleHandler implements ICommandHandler<TransferPrimaryRole> {
  constructor(
    private readonly decisions: Decisions,
    private readonly vault: PersonalDataVault,
  ) {}

  async execute({ caller, identifier, target, formerBecomes }: TransferPrimaryRole): Promise<void> {
    await this.decisions.decide(caller, async (session) => {
      const structure = await session.authorise('member.transfer-primary-role', identifier);
      const account = await accountNamed(session, this.vault, target);
      const move = await moveOf(session, structure, account, formerBecomes);
      await recordMove(session, move, transferPrimaryRole(move));
    });
  }
}

@CommandHandler(NamePrimaryManager)
export class NamePrimaryManagerHandler implements ICommandHandler<NamePrimaryManager> {
  constructor(
    private readonly decisions: Decisions,
    private readonly vault: PersonalDataVault,
  ) {}

  async execute({ caller, identifier, target, formerBecomes, supportRequest }: NamePrimaryManager): Promise<void> {
    await this.decisions.decide(caller, async (session) => {
      const structure = await session.authorise('member.name-primary-manager', identifier);
      const account = await accountNamed(session, this.vault, target);
      const move = await moveOf(session, structure, account, formerBecomes);
      const request =
        supportRequest === null
          ? null
          : { id: supportRequest, content: await roleRequest(session, supportRequest, identifier) };
      await recordMove(session, move, namePrimaryManager(move, request));
    });
  }
}

async function roleRequest(session: Session, id: string, structure: string): Promise<RoleRequest> {
  const request = await session.load(aggregates.supportRequest, supportRequestStream(id));
  const author =
    request.status === 'none' ? noMembership : await session.membership({ structure, account: request.author });
  return { request, author };
}

async function moveOf(
  session: Session,
  structure: ExistingStructure,
  target: string,
  formerBecomes: FormerBecomes,
): Promise<MoveOfRole> {
  const somebody = async (account: string): Promise<Somebody> => {
    const key = { structure: structure.identifier, account };
    return { key, membership: await session.membership(key), account: await accountOf(session, account) };
  };
  const { primaryManager } = structure;
  return {
    structure,
    target: await somebody(target),
    former: primaryManager === null ? null : await somebody(primaryManager),
    formerBecomes,
    by: actingAs(session.caller),
  };
}

async function recordMove(session: Session, { structure, target, former }: MoveOfRole, moved: MovedRole | Refused) {
  if (!moved.accepted) throw new CommandRefused(moved.code, moved.message);
  if (structure.status === 'none') throw new Error('The role moves on a structure that exists');
  await session.record(structureStream(structure.identifier), moved.structure);
  await session.record(membershipStream(target.key), moved.target);
  if (former !== null) await session.record(membershipStream(former.key), moved.former);
}
