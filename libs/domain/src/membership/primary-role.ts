import type { Account } from '../account/account.js';
import { accept, refuse, type Accepted, type Refused } from '../shared/decision.js';
import type { StructureEvent } from '../structure/structure-events.js';
import { notActive, type ExistingStructure, type Structure } from '../structure/structure.js';
import { attachment } from './attachment.js';
import { refusalOfManager } from './manager-duty.js';
import type { MembershipEvent, MembershipKey } from './membership-events.js';
import type { Membership } from './membership.js';
import { refusalOfRoleRequest, type RoleRequest } from './role-request.js';

/** What the former primary manager becomes (R06). */
export type FormerBecomes = 'secondary' | 'simple';

/** Somebody on the structure, and the account behind. */
export interface Somebody {
  readonly key: MembershipKey;
  readonly membership: Membership;
  readonly account: Account;
}

/** What the move of the role rests on. */
export interface MoveOfRole {
  readonly structure: Structure;
  readonly target: Somebody;
  /** The primary manager of now; null on a structure of the directory that has none yet. */
  readonly former: Somebody | null;
  readonly formerBecomes: FormerBecomes;
  /** An account, or `operator`. */
  readonly by: string;
}

/** The move of the role in one step: for the stream of the structure and for those of the two people. */
export interface MovedRole {
  readonly accepted: true;
  readonly structure: Accepted<StructureEvent>;
  readonly target: Accepted<MembershipEvent>;
  readonly former: Accepted<MembershipEvent>;
}

/**
 * Transfers the role of primary manager (R06). The target is attached on the way when it is not. Refuses a structure that is
 * not active (`STR-003`), a target that is primary manager already (`ROL-001`), whoever may not manage such a structure
 * (`ROL-002`, `ROL-003`), a target whose authorisations are deactivated (`ROL-005`), a former one who may not stay manager
 * (`ROL-006`).
 */
export function transferPrimaryRole(move: MoveOfRole): MovedRole | Refused {
  return moveRole(move, null);
}

/**
 * Support names the primary manager (R07): on a support request, unless the structure never had one. Refuses as
 * {@link transferPrimaryRole} does, and a support request that does not carry it (`ROL-007`).
 *
 * @param request the support request and its UUID; null without one
 */
export function namePrimaryManager(
  move: MoveOfRole,
  request: { readonly id: string; readonly content: RoleRequest } | null,
): MovedRole | Refused {
  const { structure } = move;
  if (structure.status !== 'active') return notActive(structure);
  if (request === null && structure.primaryManager !== null)
    return refuse(
      'ROL-007',
      'Le support ne déplace le rôle que sur une sollicitation de la structure, avec son certificat administratif.',
    );
  const unfit = request === null ? null : refusalOfRoleRequest(request.content, structure);
  return unfit ?? moveRole(move, request?.id ?? null);
}

function moveRole(move: MoveOfRole, supportRequest: string | null): MovedRole | Refused {
  const { structure, target, former, formerBecomes, by } = move;
  if (structure.status !== 'active') return notActive(structure);
  const refused = refusalOfTarget(structure, target) ?? refusalOfFormer(structure, former, formerBecomes);
  if (refused !== null) return refused;
  return {
    accepted: true,
    structure: accept<StructureEvent>({
      type: 'PrimaryManagerNamed',
      data: {
        account: target.key.account,
        former: former?.key.account ?? null,
        formerBecomes: former === null ? null : formerBecomes,
        by,
        supportRequest,
      },
    }),
    target: accept(...eventsOfTarget(structure, target, by)),
    former: former === null ? accept() : accept(...eventsOfFormer(former, formerBecomes, by)),
  };
}

function refusalOfTarget(structure: ExistingStructure, { key, membership, account }: Somebody): Refused | null {
  if (structure.primaryManager === key.account)
    return refuse('ROL-001', 'Cette personne est déjà le gestionnaire principal de la structure.');
  if (membership.status === 'deactivated')
    return refuse('ROL-005', 'Les habilitations de cette personne sur la structure sont désactivées : réactivez-les.');
  return refusalOfManager(structure.category, account);
}

/** A former primary manager who stays manager must be fit to; one who has left becomes a simple user. */
function refusalOfFormer(
  structure: ExistingStructure,
  former: Somebody | null,
  formerBecomes: FormerBecomes,
): Refused | null {
  if (former === null || formerBecomes === 'simple') return null;
  if (refusalOfManager(structure.category, former.account) === null) return null;
  return refuse(
    'ROL-006',
    'L’ancien gestionnaire principal ne peut pas rester gestionnaire : il lui faut un compte actif et, hors État, un compte ' +
      'PIGP. Faites-en un utilisateur simple.',
  );
}

function eventsOfTarget(structure: ExistingStructure, target: Somebody, by: string): MembershipEvent[] {
  const { key, membership } = target;
  if (membership.status !== 'attached') return [attachment({ structure, membership, key }, by)];
  // The primary manager is not also a secondary one: when the role moves on, what the person becomes is said anew.
  return membership.secondaryManager ? [{ type: 'SecondaryManagerDismissed', data: { ...key, by } }] : [];
}

function eventsOfFormer({ key, membership }: Somebody, formerBecomes: FormerBecomes, by: string): MembershipEvent[] {
  const isSecondary = membership.secondaryManager;
  if (isSecondary === (formerBecomes === 'secondary')) return [];
  return [{ type: isSecondary ? 'SecondaryManagerDismissed' : 'SecondaryManagerAppointed', data: { ...key, by } }];
}
