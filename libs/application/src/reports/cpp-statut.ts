import { xmlOf } from '../shared/xml.js';

/** What the envelope of a CPPStatut file says. */
export interface CppStatutEnvelope {
  /** ISO 8601 instant (`DtPrd`). */
  readonly producedAt: string;
  /** Identifier of the flow that the file is, or is about (`IdFlx`). */
  readonly flowId: string;
  /** The partner's code, 3 to 8 characters (6 for a historic connection). */
  readonly applicationCode: string;
}

const SCHEMA_VERSION = '1.19';
/** `Emetteur/Id`: the platform itself. */
const PLATFORM = 'REPONS';

/**
 * The beginning of every CPPStatut file (schema CPPStatutPivot V1_19): declaration, opening tag, envelope.
 *
 * @throws RangeError when the application code is not one
 */
export function cppStatutHead({ producedAt, flowId, applicationCode }: CppStatutEnvelope): string {
  if (!/^[A-Za-z0-9]{3,8}$/.test(applicationCode)) {
    throw new RangeError(`Not the code of a partner application: ${applicationCode}`);
  }
  const envelope = xmlOf({
    Enveloppe: {
      EnveloppeUnitaire: {
        '@NumOrdre': '1',
        Parametres: {
          ParametreIndiv: [
            { '@NumOrdre': '0001', Code: 'DtPrd', Valeurparametre: producedAt },
            { '@NumOrdre': '0002', Code: 'IdFlx', Valeurparametre: flowId },
          ],
        },
        Partenaires: { Recepteur: { Id: applicationCode }, Emetteur: { Id: PLATFORM, Libelle: 'Répons' } },
      },
    },
  });
  return `<?xml version="1.0" encoding="UTF-8"?>\n<CPPStatut Version="${SCHEMA_VERSION}">${envelope}`;
}

/** The end of every CPPStatut file. */
export const CPP_STATUT_TAIL = '</CPPStatut>\n';
