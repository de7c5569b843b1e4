import { accept, refuse, type Decision } from '../shared/decision.js';
import { sirenOf } from '../shared/party.js';
import { isValidSiret } from './identifier-type.js';
import type { StructureEvent } from './structure-events.js';
import { notActive, type Structure } from './structure.js';

/** The end of the old structure and the first event of the new one. */
export type IdentifierChangeEvent = Extract<
  StructureEvent,
  { type: 'StructureDeactivated' } | { type: 'StructureDuplicated' }
>;

/** Who changes an identifier, and to what. */
export interface ChangeOfIdentifier {
  /** The new SIRET. */
  readonly identifier: string;
  /** An account, or `operator`. */
  readonly by: string;
  /** Whether the platform's support does it, as a local authority must ask (R16). */
  readonly bySupport: boolean;
}

/**
 * Changes the SIRET of a structure (R16): two events, however many users and services it has. The first is for the stream of
 * the old structure, the second opens that of the new one, which copies by reference what `CARRIED_OVER` says.
 *
 * Refuses a structure that is not active (`STR-003`, naming its successor), one that has no SIRET (`SIR-001`), a new
 * identifier that is no SIRET (`SIR-002`), of another SIREN (`SIR-003`) or in use, be it of a deactivated structure
 * (`SIR-004`), a local authority that does not go through support (`SIR-005`).
 *
 * @param target what is known under the new identifier
 */
export function changeIdentifier(
  structure: Structure,
  target: Structure,
  { identifier, by, bySupport }: ChangeOfIdentifier,
): Decision<IdentifierChangeEvent> {
  if (structure.status !== 'active') return notActive(structure);
  if (structure.identifierType !== 'SIRET')
    return refuse('SIR-001', 'Seul un SIRET se modifie : cette structure a un identifiant d’un autre type.');
  if (structure.category === 'LOCAL_AUTHORITY' && !bySupport)
    return refuse(
      'SIR-005',
      'Le SIRET d’une collectivité locale se modifie par une sollicitation au support, catégorie ' +
        '« Gestion des structures et utilisateurs ».',
    );
  if (!isValidSiret(identifier))
    return refuse(
      'SIR-002',
      `« ${identifier} » n’est pas un SIRET : 14 chiffres, dont le dernier est une clé de contrôle.`,
    );
  if (sirenOf(identifier) !== sirenOf(structure.identifier))
    return refuse(
      'SIR-003',
      `Le SIREN ne change pas : le nouveau SIRET doit commencer par ${sirenOf(structure.identifier)}.`,
    );
  if (target.status !== 'none') return refuse('SIR-004', `L’identifiant ${identifier} est déjà celui d’une structure.`);
  return accept<IdentifierChangeEvent>(
    { type: 'StructureDeactivated', data: { successor: identifier } },
    {
      type: 'StructureDuplicated',
      data: { identifier, origins: [...structure.origins, structure.identifier], by },
    },
  );
}
