import { evolveMembership, noMembership, type Membership } from '../membership/membership.js';
import type { MembershipEvent } from '../membership/membership-events.js';
import { specification } from '../testing/given.js';
import {
  appointed,
  attached,
  deactivated,
  enabled,
  MANAGER,
  placeOf,
  PRIMARY,
  refusedTo,
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
import { judgeOfSubscription, refuseSubscription, validateSubscription } from './judge-subscription.js';

const { given } = specification<Membership, MembershipEvent>(noMembership, evolveMembership);
const key = { space: 'WORKS_INVOICES', service: null } as const;
const onService = { space: 'WORKS_INVOICES', service: SERVICE } as const;
const open = spaceOpened('WORKS_INVOICES');
const manager = { by: MANAGER, earlierJudge: null };
const validates = (membership: Membership) => validateSubscription(placeOf(key, open), membership, user, key, manager);
const refuses = (membership: Membership) => refuseSubscription(structureOf(open), membership, user, key, manager, null);

describe('validateSubscription', () => {
  it('R08 puts in force what was asked for', () =>
    given(attached, requested(key, 'modification')).when(validates).then(subscribed(key, 'modification')));

  it('R08 puts an upgrade in force', () =>
    given(attached, subscribed(key, 'consultation'), requested(key, 'modification'))
      .when(validates)
      .then(subscribed(key, 'modification')));

  it('R08 somebody who has become a manager since may validate their own', () =>
    given(attached, requested(key, 'modification'), appointed)
      .when((membership) => validateSubscription(placeOf(key, open), membership, user, key, { ...manager, by: USER }))
      .then(subscribed(key, 'modification', USER)));

  it('R11 validates on the service that was asked for', () =>
    given(attached, enabled, requested(onService, 'consultation'))
      .when((membership) =>
        validateSubscription(
          placeOf(onService, spaceOpened('WORKS_INVOICES', SERVICE)),
          membership,
          user,
          onService,
          manager,
        ),
      )
      .then(subscribed(onService, 'consultation')));

  it.each<[string, readonly MembershipEvent[]]>([
    ['none was made', [attached]],
    ['it was withdrawn', [attached, requested(key, 'modification'), unsubscribed(key, USER)]],
    ['it was made at another place', [attached, requested(onService, 'modification')]],
  ])('R08 ABO-007 refuses when %s', (_, past) =>
    given(...past)
      .when(validates)
      .refused('ABO-007'),
  );

  it('R08 ABO-002 the space was closed since', () =>
    given(attached, requested(key, 'modification'))
      .when((membership) =>
        validateSubscription(placeOf(key, open, spaceClosed('WORKS_INVOICES')), membership, user, key, manager),
      )
      .refused('ABO-002'));

  it('R05 ABO-003 the person was deactivated since', () =>
    given(attached, requested(key, 'modification'), deactivated).when(validates).refused('ABO-003'));

  it('R11 ABO-004 the person is not enabled on the service', () =>
    given(attached, requested(onService, 'modification'))
      .when((membership) =>
        validateSubscription(
          placeOf(onService, spaceOpened('WORKS_INVOICES', SERVICE)),
          membership,
          user,
          onService,
          manager,
        ),
      )
      .refused('ABO-004'));

  it('R11 SER-002 the service was deactivated since', () =>
    given(attached, enabled, requested(onService, 'modification'))
      .when((membership) =>
        validateSubscription(
          { structure: structureOf(spaceOpened('WORKS_INVOICES', SERVICE)), service: serviceOf(serviceDeactivated) },
          membership,
          user,
          onService,
          manager,
        ),
      )
      .refused('SER-002'));

  it('R16 STR-003 the structure was replaced since', () =>
    given(attached, requested(key, 'modification'))
      .when((membership) => validateSubscription(placeOf(key, open, replaced), membership, user, key, manager))
      .refused('STR-003'));
});

describe('refuseSubscription', () => {
  it('R08 refuses with the reason given', () =>
    given(attached, requested(key, 'modification'))
      .when((membership) => refuseSubscription(structureOf(open), membership, user, key, manager, 'Pas au service'))
      .then(refusedTo(key, 'Pas au service')));

  it('R08 refuses an upgrade and leaves what was in force', () => {
    const past = [attached, subscribed(key, 'consultation'), requested(key, 'modification'), refusedTo(key)];
    expect(past.reduce(evolveMembership, noMembership).subscriptions).toEqual([
      { ...key, right: 'consultation', status: 'active', by: MANAGER },
    ]);
  });

  it('R08 refuses the request of somebody deactivated, for a space that was closed', () =>
    given(attached, requested(key, 'modification'), deactivated)
      .when((membership) => refuseSubscription(structureOf(), membership, user, key, manager, null))
      .then(refusedTo(key)));

  it('R08 ABO-007 refuses when no request waits', () => given(attached).when(refuses).refused('ABO-007'));

  it('R16 STR-003 the structure was replaced since', () =>
    given(attached, requested(key, 'modification'))
      .when((membership) => refuseSubscription(structureOf(replaced), membership, user, key, manager, null))
      .refused('STR-003'));
});

describe('the second of two who judge one request', () => {
  const late = { by: PRIMARY, earlierJudge: 'Anne Martin' };
  const first: readonly [string, MembershipEvent, string][] = [
    ['validated', subscribed(key, 'modification'), 'validée par Anne Martin'],
    ['refused', refusedTo(key), 'refusée par Anne Martin'],
  ];

  it.each(first)('R08 ABO-008 learns that it was %s, and by whom', (_, judged, text) => {
    const membership = [attached, requested(key, 'modification'), judged].reduce(evolveMembership, noMembership);
    expect(judgeOfSubscription(membership, key)).toBe(MANAGER);
    for (const decision of [
      validateSubscription(placeOf(key, open), membership, user, key, late),
      refuseSubscription(structureOf(open), membership, user, key, late, null),
    ])
      expect(decision).toMatchObject({ code: 'ABO-008', message: expect.stringContaining(text) as string });
  });

  it('R08 ABO-008 learns it without a name where there is none any more', () =>
    given(attached, requested(key, 'modification'), refusedTo(key)).when(validates).refused('ABO-008'));

  it('R08 a new request forgets the refusal of the one before', () => {
    const past = [attached, requested(key, 'modification'), refusedTo(key), requested(key, 'modification')];
    expect(judgeOfSubscription(past.reduce(evolveMembership, noMembership), key)).toBeNull();
    given(...past)
      .when(validates)
      .then(subscribed(key, 'modification'));
  });
});
