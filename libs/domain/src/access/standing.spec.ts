import { evolveMembership, noMembership } from '../membership/membership.js';
import type { MembershipEvent } from '../membership/membership-events.js';
import { SPACE_CODES, SPACES } from '../space/space-catalogue.js';
import { noStructure } from '../structure/structure.js';
import {
  appointed,
  attached,
  deactivated,
  deleted,
  dismissed,
  PRIMARY,
  reactivated,
  structureOf,
  USER,
} from '../testing/space-events.js';
import { personStanding, rightIn, roleOf, type Role, type Standing } from './standing.js';

const after = (events: readonly MembershipEvent[]) => events.reduce(evolveMembership, noMembership);

describe('roleOf', () => {
  it.each<[string, readonly MembershipEvent[], Role | null]>([
    ['nobody', [], null],
    ['somebody attached', [attached], 'simple'],
    ['somebody appointed', [attached, appointed], 'secondary'],
    ['somebody dismissed', [attached, appointed, dismissed], 'simple'],
    ['a manager who is deactivated', [attached, appointed, deactivated], null],
    ['a manager who is reactivated', [attached, appointed, deactivated, reactivated], 'secondary'],
    ['somebody deleted', [attached, appointed, deleted], null],
    ['somebody deleted and attached again', [attached, appointed, deleted, attached], 'simple'],
  ])('R03 R05 of %s', (_, events, role) => {
    expect(roleOf(structureOf(), USER, after(events))).toBe(role);
  });

  it('R03 the primary manager is who the structure says, from event to event', () => {
    const named = {
      type: 'PrimaryManagerNamed',
      data: { account: USER, former: PRIMARY, formerBecomes: 'simple', by: PRIMARY, supportRequest: null },
    } as const;
    expect(roleOf(structureOf(), PRIMARY, after([attached]))).toBe('primary');
    expect(roleOf(structureOf(named), PRIMARY, after([attached]))).toBe('simple');
    expect(roleOf(structureOf(named), USER, after([attached]))).toBe('primary');
  });

  it('R02 on a structure that there is not nobody has one', () => {
    expect(roleOf(noStructure, USER, after([attached]))).toBeNull();
  });
});

describe('rightIn', () => {
  const rights = (events: readonly MembershipEvent[]) => {
    const standing = personStanding(structureOf(), USER, after(events)) as Extract<Standing, { kind: 'person' }>;
    return SPACE_CODES.filter((space) => rightIn(standing, space) !== null);
  };

  it('R08 support requests open for everyone attached, the manager’s activities for managers', () => {
    expect(rights([attached])).toEqual(SPACE_CODES.filter((space) => SPACES[space].access === 'everyone'));
    expect(rights([attached, appointed])).toEqual(
      SPACE_CODES.filter((space) => ['everyone', 'managers'].includes(SPACES[space].access)),
    );
  });

  it('R05 nothing at all for somebody deactivated', () => {
    expect(rights([attached, appointed, deactivated])).toEqual([]);
  });
});
