import { actingAs, CommandRefused, Decisions, LOGGER, type Caller, type Logger } from '#application';
import {
  giveSubscription,
  membershipStream,
  unsubscribe,
  type MembershipKey,
  type SpaceRight,
  type SubscriptionKey,
} from '#domain';
import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { placeOf } from './place.js';
import { MOST_LINES, runLine, type RightsLine } from './rights-lines.js';

/** What is to be done with each of the subscriptions of a bulk command: given with a right, or ended. */
export type BulkOperation = { readonly give: SpaceRight } | 'end';

/**
 * Give or end subscriptions over several structures and people, without request (R10). Every combination is one line. Refused
 * as a whole only when there are too many lines (`HAB-003`).
 */
export class ManageSubscriptionsInBulk extends Command<readonly RightsLine[]> {
  constructor(
    readonly caller: Caller,
    readonly operation: BulkOperation,
    readonly structures: readonly string[],
    readonly accounts: readonly string[],
    readonly subscriptions: readonly SubscriptionKey[],
  ) {
    super();
  }
}

@CommandHandler(ManageSubscriptionsInBulk)
export class ManageSubscriptionsInBulkHandler implements ICommandHandler<ManageSubscriptionsInBulk> {
  constructor(
    private readonly decisions: Decisions,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  async execute({
    caller,
    operation,
    structures,
    accounts,
    subscriptions,
  }: ManageSubscriptionsInBulk): Promise<readonly RightsLine[]> {
    if (structures.length * accounts.length * subscriptions.length > MOST_LINES)
      throw new CommandRefused(
        'HAB-003',
        `Cette demande ferait plus de ${MOST_LINES} lignes. Partagez-la en plusieurs demandes.`,
      );
    const lines: RightsLine[] = [];
    for (const structure of structures)
      for (const account of accounts)
        for (const key of subscriptions) {
          const member = { structure, account };
          lines.push(await runLine({ ...member, ...key }, this.logger, () => this.run(caller, operation, member, key)));
        }
    return lines;
  }

  private run(caller: Caller, operation: BulkOperation, member: MembershipKey, key: SubscriptionKey): Promise<unknown> {
    const by = actingAs(caller);
    return this.decisions.decide(caller, async (session) => {
      const structure = await session.authorise('rights.manage', member.structure);
      const membership = await session.membership(member);
      const decision =
        operation === 'end'
          ? unsubscribe(structure, membership, member, key, by)
          : giveSubscription(
              await placeOf(session, member.structure, key.service),
              membership,
              member,
              { ...key, right: operation.give },
              by,
            );
      await session.record(membershipStream(member), decision);
    });
  }
}
