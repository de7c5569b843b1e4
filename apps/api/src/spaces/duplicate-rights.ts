import { actingAs, CommandRefused, Decisions, LOGGER, type Caller, type Logger } from '#application';
import { enableServiceUser, giveAtLeast, membershipStream, rightsToDuplicate, type RightToGive } from '#domain';
import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { ManagedStructures } from './managed-structures.js';
import { placeOf } from './place.js';
import { MOST_LINES, runLine, type RightsLine, type RightsTarget } from './rights-lines.js';

/**
 * Give one person what another may do (R10): the services that they are enabled on and their subscriptions, not the role, over
 * the structures that the caller manages, or over those that are named. It gives and never takes. Refused as a whole when it
 * is the same person (`HAB-001`) or there are too many lines (`HAB-003`); a structure where there is nothing to give is a line
 * that is refused (`HAB-002`).
 */
export class DuplicateRights extends Command<readonly RightsLine[]> {
  constructor(
    readonly caller: Caller,
    readonly from: string,
    readonly to: string,
    /** Null for all that the caller manages and where the first person is attached. */
    readonly structures: readonly string[] | null,
  ) {
    super();
  }
}

/** One line to run. */
interface Gift {
  readonly target: RightsTarget;
  readonly right: RightToGive;
}

@CommandHandler(DuplicateRights)
export class DuplicateRightsHandler implements ICommandHandler<DuplicateRights> {
  constructor(
    private readonly decisions: Decisions,
    private readonly managed: ManagedStructures,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  async execute({ caller, from, to, structures }: DuplicateRights): Promise<readonly RightsLine[]> {
    if (from === to) throw new CommandRefused('HAB-001', 'Les deux utilisateurs doivent être différents.');
    const gifts: Gift[] = [];
    const refused: RightsLine[] = [];
    for (const structure of structures ?? (await this.managed.where(caller, from))) {
      const line = { structure, account: to };
      const whole = { ...line, space: null, service: null };
      const looked = await runLine(whole, this.logger, async () => {
        for (const right of await this.rightsToGive(caller, structure, from))
          gifts.push({ right, target: { ...line, ...placeOfRight(right) } });
      });
      if (looked.outcome === 'refused') refused.push(looked);
      if (gifts.length + refused.length > MOST_LINES)
        throw new CommandRefused(
          'HAB-003',
          `Cette demande ferait plus de ${MOST_LINES} lignes. Nommez moins de structures à la fois.`,
        );
    }
    const lines: RightsLine[] = [];
    for (const gift of gifts) lines.push(await runLine(gift.target, this.logger, () => this.give(caller, gift)));
    return [...lines, ...refused];
  }

  private rightsToGive(caller: Caller, structure: string, from: string): Promise<readonly RightToGive[]> {
    return this.decisions.look(caller, async (session) => {
      await session.authorise('rights.manage', structure);
      const found = rightsToDuplicate(await session.membership({ structure, account: from }));
      if (!found.accepted) throw new CommandRefused(found.code, found.message);
      return found.rights;
    });
  }

  private give(caller: Caller, { target, right }: Gift): Promise<unknown> {
    const { structure, account } = target;
    const member = { structure, account };
    const by = actingAs(caller);
    return this.decisions.decide(caller, async (session) => {
      const known = await session.authorise('rights.manage', structure);
      const membership = await session.membership(member);
      if (right.kind === 'subscription') {
        const place = await placeOf(session, structure, right.wanted.service);
        await session.record(membershipStream(member), giveAtLeast(place, membership, member, right.wanted, by));
        return;
      }
      const service = await session.service({ structure, code: right.code });
      await session.record(
        membershipStream(member),
        enableServiceUser({ structure: known, service }, membership, member, right.code, by),
      );
    });
  }
}

function placeOfRight(right: RightToGive): Pick<RightsTarget, 'space' | 'service'> {
  return right.kind === 'service'
    ? { space: null, service: right.code }
    : { space: right.wanted.space, service: right.wanted.service };
}
