import { actingAs, Decisions, nameOf, refusalOf, type Caller, type Session } from '#application';
import {
  attachUser,
  membershipStream,
  refuseAttachment,
  requestAttachment,
  validateAttachment,
  type FactsOfPerson,
  type Judging,
  type MembershipKey,
} from '#domain';
import { PersonalDataVault } from '#persistence';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { PersonCaller } from '../access/caller.js';
import { accountNamed, existing, factsOf, type NamedPerson } from './deciding.js';

/** A person asks to be attached to a structure (R04). */
export class RequestAttachment extends Command<void> {
  constructor(
    readonly caller: PersonCaller,
    readonly identifier: string,
  ) {
    super();
  }
}

/** A manager validates a request for attachment (R04). */
export class ValidateAttachment extends Command<void> {
  constructor(
    readonly caller: Caller,
    readonly key: MembershipKey,
  ) {
    super();
  }
}

/** A manager refuses a request for attachment (R04). */
export class RefuseAttachment extends Command<void> {
  constructor(
    readonly caller: Caller,
    readonly key: MembershipKey,
    readonly reason: string | null,
  ) {
    super();
  }
}

/** What became of one line of a command on several structures (R10). */
export type AttachmentLine =
  | { readonly structure: string; readonly outcome: 'done' }
  | { readonly structure: string; readonly outcome: 'refused'; readonly code: string; readonly message: string };

/** A manager attaches a user to several structures without any request (R05). Answers line by line. */
export class AttachUser extends Command<readonly AttachmentLine[]> {
  constructor(
    readonly caller: Caller,
    readonly user: NamedPerson,
    readonly structures: readonly string[],
  ) {
    super();
  }
}

@CommandHandler(RequestAttachment)
export class RequestAttachmentHandler implements ICommandHandler<RequestAttachment> {
  constructor(private readonly decisions: Decisions) {}

  async execute({ caller, identifier }: RequestAttachment): Promise<void> {
    const key = { structure: identifier, account: caller.account };
    await this.decisions.decide(caller, async (session) => {
      const structure = existing(await session.structure(identifier));
      return session.record(membershipStream(key), requestAttachment(await factsOf(session, structure, key)));
    });
  }
}

@CommandHandler(ValidateAttachment)
export class ValidateAttachmentHandler implements ICommandHandler<ValidateAttachment> {
  constructor(private readonly decisions: Decisions) {}

  async execute({ caller, key }: ValidateAttachment): Promise<void> {
    await this.decisions.decide(caller, async (session) => {
      const { facts, judging } = await requestToJudge(session, key);
      return session.record(membershipStream(key), validateAttachment(facts, judging));
    });
  }
}

@CommandHandler(RefuseAttachment)
export class RefuseAttachmentHandler implements ICommandHandler<RefuseAttachment> {
  constructor(private readonly decisions: Decisions) {}

  async execute({ caller, key, reason }: RefuseAttachment): Promise<void> {
    await this.decisions.decide(caller, async (session) => {
      const { facts, judging } = await requestToJudge(session, key);
      return session.record(membershipStream(key), refuseAttachment(facts, judging, reason));
    });
  }
}

@CommandHandler(AttachUser)
export class AttachUserHandler implements ICommandHandler<AttachUser> {
  constructor(
    private readonly decisions: Decisions,
    private readonly vault: PersonalDataVault,
  ) {}

  /** Each structure is a decision of its own: what is refused on one does not undo the others. */
  async execute({ caller, user, structures }: AttachUser): Promise<readonly AttachmentLine[]> {
    const lines: AttachmentLine[] = [];
    for (const structure of new Set(structures)) lines.push(await this.attach(caller, user, structure));
    return lines;
  }

  private async attach(caller: Caller, user: NamedPerson, identifier: string): Promise<AttachmentLine> {
    try {
      await this.decisions.decide(caller, async (session) => {
        const structure = await session.authorise('member.attach', identifier);
        const key = { structure: identifier, account: await accountNamed(session, this.vault, user) };
        const facts = await factsOf(session, structure, key);
        return session.record(membershipStream(key), attachUser(facts, actingAs(caller)));
      });
      return { structure: identifier, outcome: 'done' };
    } catch (error) {
      const refusal = refusalOf(error);
      if (refusal === null) throw error;
      return { structure: identifier, outcome: 'refused', code: refusal.code, message: refusal.text };
    }
  }
}

/** What a judgement rests on; whoever may not judge is refused, and one's own request is for the decider to refuse. */
async function requestToJudge(
  session: Session,
  key: MembershipKey,
): Promise<{ facts: FactsOfPerson; judging: Judging }> {
  const by = actingAs(session.caller);
  const structure =
    by === key.account
      ? existing(await session.structure(key.structure))
      : await session.authorise('member.judge-request', key.structure);
  const facts = await factsOf(session, structure, key);
  const { judgement } = facts.membership;
  return { facts, judging: { by, earlierJudge: judgement === null ? null : await nameOf(session, judgement.by) } };
}
