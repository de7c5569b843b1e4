import { subscriptionOf, type Membership } from '../membership/membership.js';
import { SPACES, type SpaceCode, type SpaceRight } from '../space/space-catalogue.js';
import { isSameSpace, type Structure } from '../structure/structure.js';

/** The three roles on a structure (R03), from the one who may most. */
export const ROLES = ['primary', 'secondary', 'simple'] as const;

/** One of them. */
export type Role = (typeof ROLES)[number];

/** Who somebody is for one structure: what a permission is judged by. */
export type Standing =
  /** The platform's operators and its support. */
  | { readonly kind: 'operator' }
  /** A machine that acts for a structure; `own` tells whether it is this one, or one that took its place (R16). */
  | { readonly kind: 'connection'; readonly own: boolean }
  | {
      readonly kind: 'person';
      readonly account: string;
      readonly role: Role | null;
      readonly membership: Membership;
      readonly structure: Structure;
    };

/** The role that a person has on a structure now, or null: somebody deactivated, or whose request waits, has none (R03, R05). */
export function roleOf(structure: Structure, account: string, membership: Membership): Role | null {
  if (structure.status === 'none' || membership.status !== 'attached') return null;
  if (structure.primaryManager === account) return 'primary';
  return membership.secondaryManager ? 'secondary' : 'simple';
}

/** Somebody's standing on a structure. */
export function personStanding(structure: Structure, account: string, membership: Membership): Standing {
  return { kind: 'person', account, role: roleOf(structure, account, membership), membership, structure };
}

/**
 * What a person may do in a space on a structure, or on one of its services (R08, R09): what was subscribed to on the whole
 * structure holds on each of its services; what was subscribed to on a service holds there alone.
 *
 * @returns null when the person may not even look
 */
export function rightIn(
  standing: Extract<Standing, { kind: 'person' }>,
  space: SpaceCode,
  service: string | null = null,
): SpaceRight | null {
  const { structure, role, membership } = standing;
  if (role === null || structure.status === 'none') return null;
  const { access } = SPACES[space];
  if (access === 'everyone') return 'modification';
  if (access === 'managers') return role === 'simple' ? null : 'modification';
  const places = service === null ? [null] : [null, service];
  const rights = places.flatMap((place) => {
    const isOpen =
      access === 'free' || structure.spaces.some((opened) => isSameSpace(opened, { space, service: place }));
    const subscription = subscriptionOf(membership, { space, service: place }, 'active');
    return isOpen && subscription !== undefined ? [subscription.right] : [];
  });
  return rights.includes('modification') ? 'modification' : (rights[0] ?? null);
}
