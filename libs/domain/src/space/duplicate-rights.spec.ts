import { evolveMembership, noMembership } from '../membership/membership.js';
import type { MembershipEvent } from '../membership/membership-events.js';
import { attached, deactivated, enabled, requested, SERVICE, subscribed } from '../testing/space-events.js';
import { rightsToDuplicate } from './duplicate-rights.js';

const key = { space: 'WORKS_INVOICES', service: null } as const;
const rightsAfter = (...past: readonly MembershipEvent[]) =>
  rightsToDuplicate(past.reduce(evolveMembership, noMembership));

describe('rightsToDuplicate', () => {
  it('R10 gives the services first, then the subscriptions in force', () => {
    expect(rightsAfter(attached, subscribed(key, 'modification'), enabled)).toEqual({
      accepted: true,
      rights: [
        { kind: 'service', code: SERVICE },
        { kind: 'subscription', wanted: { ...key, right: 'modification' } },
      ],
    });
  });

  it('R10 HAB-002 gives no request that waits, and refuses when there is nothing else', () => {
    expect(rightsAfter(attached, requested(key, 'modification'))).toMatchObject({ accepted: false, code: 'HAB-002' });
  });

  it('R10 HAB-002 refuses what is left of somebody who is deactivated, or was never attached', () => {
    const past = [attached, subscribed(key, 'modification')];
    expect(rightsAfter(...past, deactivated)).toMatchObject({ accepted: false, code: 'HAB-002' });
    expect(rightsAfter()).toMatchObject({ accepted: false, code: 'HAB-002' });
  });
});
