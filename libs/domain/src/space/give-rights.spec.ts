import { evolveMembership, noMembership, type Membership } from '../membership/membership.js';
import type { MembershipEvent } from '../membership/membership-events.js';
import { specification } from '../testing/given.js';
import {
  attached,
  deactivated,
  enabled,
  MANAGER,
  placeOf,
  requested,
  SERVICE,
  spaceOpened,
  subscribed,
  user,
} from '../testing/space-events.js';
import { giveAtLeast, giveSubscription } from './give-rights.js';
import type { WantedSubscription } from './subscription-rules.js';

const { given } = specification<Membership, MembershipEvent>(noMembership, evolveMembership);
const key = { space: 'WORKS_INVOICES', service: null } as const;
const open = spaceOpened('WORKS_INVOICES');
const modification: WantedSubscription = { ...key, right: 'modification' };
const consultation: WantedSubscription = { ...key, right: 'consultation' };
const give = (wanted: WantedSubscription) => (membership: Membership) =>
  giveSubscription(placeOf(wanted, open), membership, user, wanted, MANAGER);
const duplicate = (wanted: WantedSubscription) => (membership: Membership) =>
  giveAtLeast(placeOf(wanted, open), membership, user, wanted, MANAGER);

describe('giveSubscription', () => {
  it('R08 R10 a manager gives a subscription without request', () =>
    given(attached).when(give(modification)).then(subscribed(key, 'modification')));

  it('R10 records nothing when it is already so', () =>
    given(attached, subscribed(key, 'modification')).when(give(modification)).then());

  it('R10 changes the right, to less as well', () =>
    given(attached, subscribed(key, 'modification')).when(give(consultation)).then(subscribed(key, 'consultation')));

  it('R08 answers the request that waits', () => {
    const past = [attached, requested(key, 'modification'), subscribed(key, 'consultation')];
    expect(past.reduce(evolveMembership, noMembership).subscriptions).toEqual([
      { ...consultation, status: 'active', by: MANAGER },
    ]);
  });

  it('R10 ABO-002 refuses a space that is not open', () =>
    given(attached)
      .when((membership) => giveSubscription(placeOf(key), membership, user, modification, MANAGER))
      .refused('ABO-002'));

  it('R10 ABO-001 refuses a space that needs no subscription', () =>
    given(attached)
      .when(give({ ...modification, space: 'MANAGER_ACTIVITIES' }))
      .refused('ABO-001'));

  it('R10 ABO-003 refuses somebody who is not attached', () => given().when(give(modification)).refused('ABO-003'));

  it('R05 ABO-003 refuses somebody who is deactivated', () =>
    given(attached, deactivated).when(give(modification)).refused('ABO-003'));

  it('R11 ABO-004 refuses who is not enabled on the service', () =>
    given(attached)
      .when((membership) =>
        giveSubscription(
          placeOf({ service: SERVICE }, spaceOpened('WORKS_INVOICES', SERVICE)),
          membership,
          user,
          { ...modification, service: SERVICE },
          MANAGER,
        ),
      )
      .refused('ABO-004'));

  it('R11 gives on the service to who is', () =>
    given(attached, enabled)
      .when((membership) =>
        giveSubscription(
          placeOf({ service: SERVICE }, spaceOpened('WORKS_INVOICES', SERVICE)),
          membership,
          user,
          { ...modification, service: SERVICE },
          MANAGER,
        ),
      )
      .then(subscribed({ ...key, service: SERVICE }, 'modification')));
});

describe('giveAtLeast', () => {
  it('R10 gives what the other has', () =>
    given(attached).when(duplicate(consultation)).then(subscribed(key, 'consultation')));

  it('R10 gives more than was had', () =>
    given(attached, subscribed(key, 'consultation'))
      .when(duplicate(modification))
      .then(subscribed(key, 'modification')));

  it('R10 never takes: who may modify keeps it', () =>
    given(attached, subscribed(key, 'modification')).when(duplicate(consultation)).then());

  it('R10 ABO-003 refuses somebody who is not attached', () =>
    given().when(duplicate(consultation)).refused('ABO-003'));
});
