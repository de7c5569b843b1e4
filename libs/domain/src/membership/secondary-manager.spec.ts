import { specification } from '../testing/given.js';
import { PRIMARY, USER, accountOf, localAuthority, registered, structureOf, succeeded } from '../testing/people.js';
import type { FactsOfPerson } from './attachment.js';
import type { MembershipEvent } from './membership-events.js';
import { evolveMembership, noMembership, type Membership } from './membership.js';
import { appointSecondaryManager, dismissSecondaryManager } from './secondary-manager.js';

const { given } = specification<Membership, MembershipEvent>(noMembership, evolveMembership);
const key = { structure: registered.data.identifier, account: USER };
const data = { ...key, by: PRIMARY };
const attached: MembershipEvent = { type: 'UserAttached', data };
const appointed: MembershipEvent = { type: 'SecondaryManagerAppointed', data };
const dismissed: MembershipEvent = { type: 'SecondaryManagerDismissed', data };
const deactivated: MembershipEvent = { type: 'AuthorisationDeactivated', data };

const facts = (membership: Membership, rest: Partial<FactsOfPerson> = {}): FactsOfPerson => ({
  structure: structureOf(registered),
  account: accountOf(USER),
  key,
  membership,
  ...rest,
});
const appoint = (rest: Partial<FactsOfPerson> = {}) => ({
  when: (membership: Membership) => appointSecondaryManager(facts(membership, rest), PRIMARY),
});
const dismiss = (rest: Partial<FactsOfPerson> = {}) => ({
  when: (membership: Membership) => dismissSecondaryManager(facts(membership, rest), PRIMARY),
});
const replaced = { structure: structureOf(registered, succeeded) };
const publicOne = { structure: structureOf(localAuthority) };

describe('secondary managers', () => {
  it('R03 the primary manager appoints one, once', () => {
    given(attached).when(appoint().when).then(appointed);
    given(attached, appointed).when(appoint().when).then();
  });

  it('R03 the primary manager dismisses one, once', () => {
    given(attached, appointed).when(dismiss().when).then(dismissed);
    given(attached).when(dismiss().when).then();
  });

  it('R03 one who is deactivated can be dismissed before the reactivation', () =>
    given(attached, appointed, deactivated).when(dismiss().when).then(dismissed));

  it('R06 ROL-002 one of a public structure outside the State needs an account of the PIGP', () => {
    given(attached).when(appoint(publicOne).when).refused('ROL-002');
    given(attached)
      .when(appoint({ ...publicOne, account: accountOf(USER, { pigp: true }) }).when)
      .then(appointed);
  });

  it('R03 ROL-003 one needs an active account', () =>
    given(attached)
      .when(appoint({ account: accountOf(USER, { status: 'deactivated' }) }).when)
      .refused('ROL-003'));

  it.each<[string, MembershipEvent[]]>([
    ['never was attached', []],
    ['waits for attachment', [{ type: 'AttachmentRequested', data: key }]],
    ['was deactivated', [attached, deactivated]],
  ])('R03 ROL-004 refuses somebody who %s', (_, past) =>
    given(...past)
      .when(appoint().when)
      .refused('ROL-004'),
  );

  it('R03 ROL-004 dismisses nobody who is not attached', () => given().when(dismiss().when).refused('ROL-004'));

  it('R03 ROL-001 the primary manager is neither appointed nor dismissed', () => {
    const itself = { key: { ...key, account: PRIMARY } };
    given(attached).when(appoint(itself).when).refused('ROL-001');
    given(attached).when(dismiss(itself).when).refused('ROL-001');
  });

  it('R16 STR-003 refuses on a structure that was replaced', () => {
    given(attached).when(appoint(replaced).when).refused('STR-003');
    given(attached).when(dismiss(replaced).when).refused('STR-003');
  });
});
