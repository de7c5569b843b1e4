import { evolveMembership, noMembership, type Membership } from '../membership/membership.js';
import type { MembershipEvent } from '../membership/membership-events.js';
import { noService } from '../service/service.js';
import { specification } from '../testing/given.js';
import {
  appointed,
  attached,
  companyOf,
  deactivated,
  enabled,
  placeOf,
  PRIMARY,
  replaced,
  requested,
  SERVICE,
  serviceDeactivated,
  serviceOf,
  spaceClosed,
  spaceOpened,
  structureOf,
  subscribed,
  unsubscribed,
  USER,
  user,
} from '../testing/space-events.js';
import { subscribe, unsubscribe } from './subscribe.js';
import type { WantedSubscription } from './subscription-rules.js';

const { given } = specification<Membership, MembershipEvent>(noMembership, evolveMembership);
const works: WantedSubscription = { space: 'WORKS_INVOICES', service: null, right: 'modification' };
const look: WantedSubscription = { ...works, right: 'consultation' };
const key = { space: 'WORKS_INVOICES', service: null } as const;
const keyOnService = { space: 'WORKS_INVOICES', service: SERVICE } as const;
const issued = { space: 'ISSUED_INVOICES', service: null } as const;
const open = spaceOpened('WORKS_INVOICES');

/** The user asks, on the structure with works invoices open on it. */
const asks = (wanted: WantedSubscription) => (membership: Membership) =>
  subscribe(placeOf(wanted, open), membership, user, wanted);

describe('subscribe', () => {
  it('R08 a simple user’s subscription to an opened space waits for a manager', () =>
    given(attached).when(asks(works)).then(requested(key, 'modification')));

  it('R08 so does the upgrade from consultation to modification', () =>
    given(attached, subscribed(key, 'consultation')).when(asks(works)).then(requested(key, 'modification')));

  it('R08 whoever wants less has it at once', () =>
    given(attached, subscribed(key, 'modification'))
      .when(asks(look))
      .then(subscribed(key, 'consultation', USER)));

  it('R08 a manager’s own subscription needs no request', () =>
    given(attached, appointed)
      .when(asks(works))
      .then(subscribed(key, 'modification', USER)));

  it('R08 nor does that of the primary manager', () => {
    const member = { ...user, account: PRIMARY };
    const place = placeOf(works, open);
    const ownAttachment: MembershipEvent = { type: 'UserAttached', data: { ...member, by: PRIMARY } };
    given(ownAttachment)
      .when((membership) => subscribe(place, membership, member, works))
      .then({ type: 'SpaceSubscribed', data: { ...member, ...works, by: PRIMARY } });
  });

  it('R08 each user adds "Factures émises" freely, though nobody opened it', () =>
    given(attached)
      .when((membership) => subscribe(placeOf(issued), membership, user, { ...issued, right: 'modification' }))
      .then(subscribed(issued, 'modification', USER)));

  it('R08 so does one of a company', () =>
    given(attached)
      .when((membership) =>
        subscribe({ structure: companyOf(), service: null }, membership, user, { ...issued, right: 'modification' }),
      )
      .then(subscribed(issued, 'modification', USER)));

  it('R11 a user who is enabled on a service asks for a space that is open there', () =>
    given(attached, enabled)
      .when((membership) =>
        subscribe(placeOf(keyOnService, spaceOpened('WORKS_INVOICES', SERVICE)), membership, user, {
          ...works,
          service: SERVICE,
        }),
      )
      .then(requested(keyOnService, 'modification')));

  it('R11 ABO-004 one who is not is refused, be the space free', () =>
    given(attached)
      .when((membership) =>
        subscribe(placeOf(keyOnService), membership, user, {
          space: 'ISSUED_INVOICES',
          service: SERVICE,
          right: 'modification',
        }),
      )
      .refused('ABO-004'));

  it('R11 the perimeter of a manager is the whole structure', () =>
    given(attached, appointed)
      .when((membership) =>
        subscribe(placeOf(keyOnService), membership, user, {
          space: 'ISSUED_INVOICES',
          service: SERVICE,
          right: 'modification',
        }),
      )
      .then(subscribed({ space: 'ISSUED_INVOICES', service: SERVICE }, 'modification', USER)));

  it.each(['ISSUED_SUPPORT_REQUESTS', 'RECEIVED_SUPPORT_REQUESTS', 'MANAGER_ACTIVITIES'] as const)(
    'R08 ABO-001 nobody subscribes to %s',
    (space) =>
      given(attached, appointed)
        .when((membership) => subscribe(placeOf(key), membership, user, { ...works, space }))
        .refused('ABO-001'),
  );

  it.each([
    ['was never opened', []],
    ['was closed', [open, spaceClosed('WORKS_INVOICES')]],
    ['is open on a service alone', [spaceOpened('WORKS_INVOICES', SERVICE)]],
  ])('R08 ABO-002 refuses a space that %s', (_, past) =>
    given(attached)
      .when((membership) => subscribe(placeOf(key, ...past), membership, user, works))
      .refused('ABO-002'),
  );

  it('R08 ABO-002 open on the structure is not open on its services', () =>
    given(attached, enabled)
      .when((membership) => subscribe(placeOf(keyOnService, open), membership, user, { ...works, service: SERVICE }))
      .refused('ABO-002'));

  it.each([
    ['nobody', []],
    ['somebody whose attachment waits', [{ type: 'AttachmentRequested', data: user } as const]],
    ['somebody deactivated', [attached, deactivated]],
  ])('R04 R05 ABO-003 refuses %s', (_, past) =>
    given(...past)
      .when(asks(works))
      .refused('ABO-003'),
  );

  it.each(['consultation', 'modification'] as const)('R08 ABO-005 refuses %s to who has it already', (right) =>
    given(attached, subscribed(key, right))
      .when(asks({ ...works, right }))
      .refused('ABO-005'),
  );

  it.each(['consultation', 'modification'] as const)('R08 ABO-006 refuses a second request, for %s', (right) =>
    given(attached, requested(key, 'consultation'))
      .when(asks({ ...works, right }))
      .refused('ABO-006'),
  );

  it('R08 a request for another place is another request', () =>
    given(attached, enabled, requested(key, 'consultation'))
      .when((membership) =>
        subscribe(placeOf(keyOnService, open, spaceOpened('WORKS_INVOICES', SERVICE)), membership, user, {
          ...look,
          service: SERVICE,
        }),
      )
      .then(requested(keyOnService, 'consultation')));

  it('R08 ESP-002 refuses what companies cannot have', () =>
    given(attached)
      .when((membership) =>
        subscribe({ structure: companyOf(), service: null }, membership, user, {
          ...works,
          space: 'RECEIVED_INVOICES',
        }),
      )
      .refused('ESP-002'));

  it.each([
    ['does not exist', noService],
    ['is inactive', serviceOf(serviceDeactivated)],
  ])('R11 SER-002 refuses a service that %s', (_, service) =>
    given(attached, enabled)
      .when((membership) =>
        subscribe({ structure: structureOf(open), service }, membership, user, { ...works, service: SERVICE }),
      )
      .refused('SER-002'),
  );

  it('R16 STR-003 refuses a structure that was replaced', () =>
    given(attached)
      .when((membership) => subscribe(placeOf(key, open, replaced), membership, user, works))
      .refused('STR-003'));
});

describe('unsubscribe', () => {
  const leaves = (membership: Membership) => unsubscribe(structureOf(), membership, user, key, USER);

  it('R08 ends a subscription', () =>
    given(attached, subscribed(key, 'modification')).when(leaves).then(unsubscribed(key, USER)));

  it('R08 withdraws a request', () =>
    given(attached, requested(key, 'modification')).when(leaves).then(unsubscribed(key, USER)));

  it('R08 ends both at once, and the person may ask again', () =>
    given(attached, subscribed(key, 'consultation'), requested(key, 'modification'), unsubscribed(key, USER))
      .when(asks(works))
      .then(requested(key, 'modification')));

  it('R08 a manager ends that of somebody who is deactivated', () =>
    given(attached, subscribed(key, 'modification'), deactivated)
      .when((membership) => unsubscribe(structureOf(), membership, user, key, PRIMARY))
      .then(unsubscribed(key, PRIMARY)));

  it('R08 records nothing when there is none at that place', () =>
    given(attached, subscribed(keyOnService, 'modification')).when(leaves).then());

  it('R16 STR-003 refuses a structure that was replaced', () =>
    given(attached, subscribed(key, 'modification'))
      .when((membership) => unsubscribe(structureOf(replaced), membership, user, key, USER))
      .refused('STR-003'));
});
