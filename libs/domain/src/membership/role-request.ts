import { refuse, type Refused } from '../shared/decision.js';
import type { ExistingStructure } from '../structure/structure.js';
import { USER_RIGHTS_REQUEST, supportRequestLabels } from '../support-request/support-request-catalogue.js';
import type { SupportRequest } from '../support-request/support-request.js';
import type { Membership } from './membership.js';

/** The support request on which the role of primary manager is to move, and what its author is on the structure. */
export interface RoleRequest {
  readonly request: SupportRequest;
  readonly author: Membership;
}

/**
 * Why the role of primary manager does not move on this support request (`ROL-007`, R07); null when it does: it is open,
 * addressed to support, about the rights of users, carries the administrative certificate, and comes from somebody of that
 * structure. Whoever waits for attachment counts as such: that is how somebody asks whose structure has no manager left.
 */
export function refusalOfRoleRequest({ request, author }: RoleRequest, structure: ExistingStructure): Refused | null {
  if (request.status === 'none') return refuse('ROL-007', 'Cette sollicitation n’existe pas.');
  if (request.status === 'closed') return refuse('ROL-007', 'Cette sollicitation est close : il en faut une ouverte.');
  if (request.structure !== structure.identifier && !structure.origins.includes(request.structure))
    return refuse('ROL-007', 'Cette sollicitation concerne une autre structure.');
  if (author.status !== 'attached' && author.status !== 'requested')
    return refuse('ROL-007', 'L’auteur de la sollicitation n’est pas de cette structure.');
  if (request.recipient.kind !== 'support' || !isAboutRights(request))
    return refuse('ROL-007', `La sollicitation doit être adressée au support, ${wantedCategory()}.`);
  if (!request.administrativeCertificate)
    return refuse('ROL-007', 'La sollicitation doit porter le certificat administratif signé du responsable.');
  return null;
}

function isAboutRights({
  category,
  subcategory,
}: {
  readonly category: string;
  readonly subcategory: string;
}): boolean {
  return category === USER_RIGHTS_REQUEST.category && subcategory === USER_RIGHTS_REQUEST.subcategory;
}

function wantedCategory(): string {
  const labels = supportRequestLabels(USER_RIGHTS_REQUEST.category, USER_RIGHTS_REQUEST.subcategory);
  return `catégorie « ${labels?.category ?? ''} », sous-catégorie « ${labels?.subcategory ?? ''} »`;
}
