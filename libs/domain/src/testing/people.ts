import type { Account, ExistingAccount } from '../account/account.js';
import type { MembershipEvent } from '../membership/membership-events.js';
import { evolveMembership, noMembership, type Membership } from '../membership/membership.js';
import type { StructureEvent } from '../structure/structure-events.js';
import { evolveStructure, noStructure, type Structure } from '../structure/structure.js';

/** UUIDs of the people of the tests. */
export const PRIMARY = '11111111-1111-4111-8111-111111111111';
export const SECONDARY = '22222222-2222-4222-8222-222222222222';
export const USER = '33333333-3333-4333-8333-333333333333';
export const STRANGER = '44444444-4444-4444-8444-444444444444';

/** An account as it stands, active unless told otherwise. */
export function accountOf(account: string, rest: Partial<ExistingAccount> = {}): Account {
  return {
    status: 'active',
    account,
    activated: true,
    login: `${account}@exemple.fr`,
    contactAddress: `${account}@exemple.fr`,
    firstName: 'Jeanne',
    lastName: 'Martin',
    notifications: true,
    pigp: false,
    erased: false,
    ...rest,
  };
}

/** A company that {@link PRIMARY} manages. */
export const registered: Extract<StructureEvent, { type: 'StructureRegistered' }> = {
  type: 'StructureRegistered',
  data: {
    identifier: '55208131766522',
    identifierType: 'SIRET',
    category: 'COMPANY',
    name: 'Papeterie',
    publicEntity: false,
    primaryManager: PRIMARY,
    person: null,
  },
};

/** The same, where people of a local authority work. */
export const localAuthority: StructureEvent = {
  ...registered,
  data: { ...registered.data, category: 'LOCAL_AUTHORITY', publicEntity: true },
};

/** The end of a structure that another succeeds. */
export const succeeded: StructureEvent = { type: 'StructureDeactivated', data: { successor: '55208131766530' } };

/** The structure that these events make. */
export function structureOf(...events: readonly StructureEvent[]): Structure {
  return events.reduce(evolveStructure, noStructure);
}

/** The membership that these events make. */
export function membershipOf(...events: readonly MembershipEvent[]): Membership {
  return events.reduce(evolveMembership, noMembership);
}
