import { accept, refuse, type Decision } from '../shared/decision.js';
import type { Service } from '../service/service.js';
import { notActive, type Structure } from '../structure/structure.js';

/** How an invoice is addressed: what recycling may change (R26). */
export interface Addressing {
  readonly serviceCode: string | null;
  readonly commitmentNumber: string | null;
  readonly contractNumber?: string | null;
}

/**
 * Judges whether a structure can be sent an invoice that is addressed so (R11, R17, R23), as it is judged when an invoice
 * comes in.
 *
 * @param service the service that the addressing names, on that structure
 *
 * Refuses `STR-003` no active structure, `FAC-010` not a public entity, `FAC-011` an excluded one, `FAC-012` a missing or
 * inactive service, `FAC-013` a missing commitment number.
 */
export function judgeAddressing(
  structure: Structure,
  service: Service,
  { serviceCode, commitmentNumber, contractNumber = null }: Addressing,
): Decision<never> {
  if (structure.status !== 'active') return notActive(structure);
  if (!structure.publicEntity)
    return refuse('FAC-010', `La structure ${structure.identifier} n’est pas une entité publique.`);
  if (structure.exclusion !== null)
    return refuse('FAC-011', `La structure n’a pas à recevoir de factures ici : ${structure.exclusion}.`);
  const { requirements } = structure;
  const hasCommitment = commitmentNumber !== null || contractNumber !== null;
  if (serviceCode !== null && service.status !== 'active')
    return refuse('FAC-012', `Le service ${serviceCode} n’existe pas, ou n’est plus actif, sur cette structure.`);
  if (serviceCode === null && requirements.serviceCode)
    return refuse('FAC-012', 'Cette structure demande un code service.');
  if (!hasCommitment && (requirements.commitmentNumber || (service.status === 'active' && service.commitmentNumber)))
    return refuse('FAC-013', 'Ce destinataire demande un numéro d’engagement juridique.');
  if (!hasCommitment && serviceCode === null && requirements.serviceCodeOrCommitmentNumber)
    return refuse('FAC-013', 'Ce destinataire demande un code service ou un numéro d’engagement juridique.');
  return accept();
}
