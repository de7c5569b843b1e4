import { evolveMembership, noMembership, type Membership } from '../membership/membership.js';
import type { MembershipEvent } from '../membership/membership-events.js';
import { specification } from '../testing/given.js';
import {
  attached,
  deactivated,
  enabled,
  MANAGER,
  replaced,
  requested,
  SERVICE,
  serviceDeactivated,
  serviceOf,
  structureOf,
  subscribed,
  unsubscribed,
  user,
} from '../testing/space-events.js';
import { disableServiceUser, enableServiceUser } from './service-users.js';
import { noService } from './service.js';

const { given } = specification<Membership, MembershipEvent>(noMembership, evolveMembership);
const place = { structure: structureOf(), service: serviceOf() };
const enables = (membership: Membership) => enableServiceUser(place, membership, user, SERVICE, MANAGER);
const disables = (membership: Membership) => disableServiceUser(structureOf(), membership, user, SERVICE, MANAGER);
const disabled: MembershipEvent = { type: 'ServiceUserDisabled', data: { ...user, service: SERVICE, by: MANAGER } };

describe('enableServiceUser', () => {
  it('R11 enables a user on a service', () => given(attached).when(enables).then(enabled));

  it('R11 records nothing when they are already', () => given(attached, enabled).when(enables).then());

  it('R11 enables again who was taken off', () => given(attached, enabled, disabled).when(enables).then(enabled));

  it.each<[string, readonly MembershipEvent[]]>([
    ['is not attached', []],
    ['waits to be attached', [{ type: 'AttachmentRequested', data: user }]],
    ['is deactivated', [attached, deactivated]],
  ])('R11 SER-003 refuses somebody who %s', (_, past) =>
    given(...past)
      .when(enables)
      .refused('SER-003'),
  );

  it.each([
    ['does not exist', noService],
    ['is inactive', serviceOf(serviceDeactivated)],
  ])('R11 SER-002 refuses a service that %s', (_, service) =>
    given(attached)
      .when((membership) => enableServiceUser({ ...place, service }, membership, user, SERVICE, MANAGER))
      .refused('SER-002'),
  );

  it('R16 STR-003 refuses a structure that was replaced', () =>
    given(attached)
      .when((membership) =>
        enableServiceUser({ ...place, structure: structureOf(replaced) }, membership, user, SERVICE, MANAGER),
      )
      .refused('STR-003'));
});

describe('disableServiceUser', () => {
  it('R11 takes a user off a service', () => given(attached, enabled).when(disables).then(disabled));

  it('R11 ends what they had or asked for on that service, once for each space, and nothing else', () => {
    const at = (service: string | null) => ({ space: 'WORKS_INVOICES', service }) as const;
    given(
      attached,
      enabled,
      subscribed(at(null), 'modification'),
      subscribed(at(SERVICE), 'consultation'),
      requested(at(SERVICE), 'modification'),
      subscribed(at('ACHATS'), 'consultation'),
      requested({ space: 'JUSTICE_FEES', service: SERVICE }, 'modification'),
    )
      .when(disables)
      .then(unsubscribed(at(SERVICE)), unsubscribed({ space: 'JUSTICE_FEES', service: SERVICE }), disabled);
  });

  it('R11 records nothing when they are not enabled there', () => given(attached).when(disables).then());

  it('R05 takes off somebody who is deactivated', () =>
    given(attached, enabled, deactivated).when(disables).then(disabled));

  it('R16 STR-003 refuses a structure that was replaced', () =>
    given(attached, enabled)
      .when((membership) => disableServiceUser(structureOf(replaced), membership, user, SERVICE, MANAGER))
      .refused('STR-003'));
});
