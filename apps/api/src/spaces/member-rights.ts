import { Decisions, type Caller } from '#application';
import { personStanding, rightIn, SPACE_CODES, type MembershipKey, type Standing } from '#domain';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { MemberRightsView, RightView } from './views.js';

/** What somebody is and may do on a structure (R09): one's own, or anybody's for managers. As it is at this moment. */
export class GetMemberRights extends Query<MemberRightsView> {
  constructor(
    readonly caller: Caller,
    readonly member: MembershipKey,
  ) {
    super();
  }
}

@QueryHandler(GetMemberRights)
export class GetMemberRightsHandler implements IQueryHandler<GetMemberRights> {
  constructor(private readonly decisions: Decisions) {}

  async execute({ caller, member }: GetMemberRights): Promise<MemberRightsView> {
    const isOwn = caller.kind === 'person' && caller.account === member.account;
    return this.decisions.look(caller, async (session) => {
      const structure = await session.authorise(isOwn ? 'structure.read' : 'rights.manage', member.structure);
      const membership = await session.membership(member);
      const standing = personStanding(structure, member.account, membership);
      if (standing.kind !== 'person') throw new Error('A person stands as a person');
      return {
        ...member,
        status: membership.status,
        role: standing.role,
        services: [...membership.services].sort(),
        subscriptions: membership.subscriptions.map(({ space, service, right, status }) => ({
          space,
          service,
          right,
          status,
        })),
        rights: rightsOf(standing),
      };
    });
  }
}

/** On the whole structure, and on a service where it is more than that. */
function rightsOf(standing: Extract<Standing, { kind: 'person' }>): RightView[] {
  const places = new Set(standing.membership.subscriptions.map(({ service }) => service));
  const services = [...places].filter((service) => service !== null).sort();
  return SPACE_CODES.flatMap((space) => {
    const whole = rightIn(standing, space);
    const onServices = services.flatMap((service) => {
      const right = rightIn(standing, space, service);
      return right === null || right === whole ? [] : [{ space, service, right }];
    });
    return [...(whole === null ? [] : [{ space, service: null, right: whole }]), ...onServices];
  });
}
