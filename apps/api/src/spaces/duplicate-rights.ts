import { actingAs, CommandRefused, Decisions, LOGGER, type Caller, type Logger } from '#application';
import { enableServiceUser, giveAtLeast, membershipStream, type Membership, type WantedSubscription } from '#domain';
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

/** One line to run: a service to enable somebody on, or a subscription to give. */
type Gift = { readonly target: RightsTarget } & (
  | { readonly kind: 'service'; readonly code: string }
  | { readonly kind: 'subscription'; readonly wanted: WantedSubscription }
);

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
      const whole = { structure, account: to, space: null, service: null };
      const line = await runLine(whole, this.logger, async () =>
        gifts.push(...giftsOf(structure, to, await this.rightsToGive(caller, structure, from))),
      );
      if (line.outcome === 'refused') refused.push(line);
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

  private rightsToGive(caller: Caller, structure: string, from: string): Promise<Membership> {
    return this.decisions.look(caller, async (session) => {
      await session.authorise('rights.manage', structure);
      const membership = await session.membership({ structure, account: from });
      const isEmpty =
        !membership.subscriptions.some(({ status }) => status === 'active') && membership.services.length === 0;
      if (membership.status !== 'attached' || isEmpty)
        throw new CommandRefused(
          'HAB-002',
          'L’utilisateur dont les droits sont à dupliquer n’en a pas sur cette structure.',
        );
      return membership;
    });
  }

  private give(caller: Caller, gift: Gift): Promise<unknown> {
    const { structure, account } = gift.target;
    const member = { structure, account };
    const by = actingAs(caller);
    return this.decisions.decide(caller, async (session) => {
      const known = await session.authorise('rights.manage', structure);
      const membership = await session.membership(member);
      if (gift.kind === 'subscription') {
        const place = await placeOf(session, structure, gift.wanted.service);
        await session.record(membershipStream(member), giveAtLeast(place, membership, member, gift.wanted, by));
        return;
      }
      const service = await session.service({ structure, code: gift.code });
      await session.record(
        membershipStream(member),
        enableServiceUser({ structure: known, service }, membership, member, gift.code, by),
      );
    });
  }
}

/** Services first: a subscription on a service needs the person to be enabled there. */
function giftsOf(structure: string, account: string, { services, subscriptions }: Membership): Gift[] {
  const line = { structure, account };
  return [
    ...services.map((code): Gift => ({ kind: 'service', code, target: { ...line, space: null, service: code } })),
    ...subscriptions
      .filter(({ status }) => status === 'active')
      .map(({ space, service, right }): Gift => ({
        kind: 'subscription',
        wanted: { space, service, right },
        target: { ...line, space, service },
      })),
  ];
}
