import { isDeepStrictEqual } from 'node:util';
import { accept, refuse, type Decision, type Refused } from '../shared/decision.js';
import { bytesTogether, JOINED_FILES_BYTES } from '../shared/joined-files.js';
import { isSameSpace, notActive, type Structure } from '../structure/structure.js';
import { missingOfRefundRequest } from './refund-request-completeness.js';
import { filesOfRefundRequest, type RefundRequestContent } from './refund-request-content.js';
import type { RefundRequestEvent } from './refund-request-events.js';
import { REFUND_REQUEST_STATUSES, type RefundTreatment } from './refund-request-statuses.js';
import type { ExistingRefundRequest, RefundRequest } from './refund-request.js';

const SPACE = { space: 'ENERGY_TAX_REFUNDS', service: null } as const;

/** A request as it is to be from now on. */
export interface RefundRequestToSave {
  /** UUID */
  readonly request: string;
  readonly structure: string;
  readonly content: RefundRequestContent;
  readonly by: string;
}

/** A request that is to be sent. */
export interface RefundRequestToSend {
  /** Number that nobody has. */
  readonly number: string;
  readonly by: string;
}

/** How far a request is, as whoever treats it says. */
export interface RefundTreatmentToRecord {
  readonly status: RefundTreatment;
  readonly reason: string | null;
  readonly by: string;
}

/**
 * Saves a request in any state of completeness (R29); what was there before is replaced. Nothing happens when it is so already.
 * Refuses a structure that is not active (`STR-003`) or has not opened the space (`RTE-001`), a request that was sent or
 * deleted (`RTE-002`), files that were not uploaded before (`RTE-003`) or are too large together (`RTE-004`, R24).
 *
 * @param surroundings the structure that asks, and whether the files are all there: uploaded by whoever saves, or in the
 *   request already
 */
export function saveRefundRequest(
  state: RefundRequest,
  { request, structure, content, by }: RefundRequestToSave,
  surroundings: { readonly structure: Structure; readonly uploaded: boolean },
): Decision<RefundRequestEvent> {
  const refused = notAsking(surroundings.structure) ?? final(state) ?? refusedFiles(content, surroundings.uploaded);
  if (refused !== null) return refused;
  if (state.status === 'draft' && isDeepStrictEqual(state.content, content)) return accept();
  return accept({ type: 'RefundRequestSaved', data: { request, structure, content, by } });
}

/** Deletes a draft. Refuses a request that was sent (`RTE-002`). */
export function deleteRefundRequest(state: ExistingRefundRequest, by: string): Decision<RefundRequestEvent> {
  return final(state) ?? accept({ type: 'RefundRequestDeleted', data: { request: state.request, by } });
}

/**
 * Sends a request, for good (R29). Nothing happens when it was sent before. Refuses a structure that is not active (`STR-003`)
 * or has not opened the space (`RTE-001`), a request that lacks something (`RTE-005`), bank details that are not among those
 * attached to the structure (`RTE-006`), a recipient that treats no such requests: one that is not an active public structure
 * with the space open (`RTE-007`).
 */
export function sendRefundRequest(
  state: ExistingRefundRequest,
  { number, by }: RefundRequestToSend,
  { structure, recipient }: { readonly structure: Structure; readonly recipient: Structure },
): Decision<RefundRequestEvent> {
  if (state.status !== 'draft') return accept();
  const content = state.content ?? {};
  const refused =
    notAsking(structure) ?? incomplete(content) ?? notAttached(structure, content) ?? notTreating(recipient);
  if (refused !== null) return refused;
  return accept({
    type: 'RefundRequestSent',
    data: { request: state.request, number, recipient: content.recipient ?? '', by },
  });
}

/**
 * Says how far a request is (R29). Nothing happens when it is there already. Refuses a status that does not follow (`RTE-008`),
 * and a refusal without its reason (`RTE-009`).
 */
export function treatRefundRequest(
  state: ExistingRefundRequest,
  { status, reason, by }: RefundTreatmentToRecord,
): Decision<RefundRequestEvent> {
  if (state.status === status) return accept();
  const now = REFUND_REQUEST_STATUSES[state.status];
  if (!now.next.includes(status)) {
    const next = now.next.map((one) => `« ${REFUND_REQUEST_STATUSES[one].label} »`).join(' ou ');
    const way = next === '' ? 'aucun statut ne suit celui-là' : `elle peut passer à ${next}`;
    return refuse('RTE-008', `La demande est au statut « ${now.label} » : ${way}.`);
  }
  if (REFUND_REQUEST_STATUSES[status].reasonRequired && (reason ?? '').trim() === '')
    return refuse('RTE-009', 'Un refus se motive : dites pourquoi la demande est refusée.');
  return accept({ type: 'RefundRequestStatusChanged', data: { request: state.request, status, reason, by } });
}

function notAsking(structure: Structure): Refused | null {
  if (structure.status !== 'active') return notActive(structure);
  if (hasSpace(structure)) return null;
  return refuse(
    'RTE-001',
    'L’espace « Demandes de remboursement TIC/TICGN » n’est pas ouvert sur la structure. Un gestionnaire l’ouvre dans ses espaces.',
  );
}

function final({ status }: RefundRequest): Refused | null {
  if (status === 'none' || status === 'draft') return null;
  return status === 'deleted'
    ? refuse('RTE-002', 'Ce brouillon a été supprimé. Créez une autre demande.')
    : refuse('RTE-002', 'Cette demande a été envoyée : elle ne change plus. Créez-en une autre.');
}

function refusedFiles(content: RefundRequestContent, uploaded: boolean): Refused | null {
  if (!uploaded)
    return refuse('RTE-003', 'Un des fichiers n’a pas été transmis avant la demande. Transmettez-le puis recommencez.');
  const bytes = bytesTogether(filesOfRefundRequest(content));
  if (bytes <= JOINED_FILES_BYTES) return null;
  const most = `${JOINED_FILES_BYTES} au plus (120 Mo)`;
  return refuse('RTE-004', `Les fichiers font ${bytes} octets ensemble, pour ${most}. Répartissez les lignes.`);
}

function incomplete(content: RefundRequestContent): Refused | null {
  const [first, ...others] = missingOfRefundRequest(content);
  if (first === undefined) return null;
  const more = others.length === 0 ? '' : ` Et ${others.length} autre(s) point(s) à compléter.`;
  return refuse('RTE-005', `La demande n’est pas complète. ${first.message}${more}`);
}

function notAttached(structure: Structure, { bankDetails }: RefundRequestContent): Refused | null {
  if (structure.status !== 'none' && structure.bankDetails.some(({ id }) => id === bankDetails)) return null;
  return refuse(
    'RTE-006',
    'Ces coordonnées bancaires ne sont pas, ou plus, celles de la structure. Un gestionnaire les ajoute, puis choisissez-les.',
  );
}

function notTreating(recipient: Structure): Refused | null {
  if (recipient.status === 'active' && recipient.publicEntity && hasSpace(recipient)) return null;
  return refuse(
    'RTE-007',
    'La structure destinataire n’existe pas, n’est plus active ou ne traite pas ces demandes. Vérifiez son identifiant.',
  );
}

function hasSpace(structure: Structure): boolean {
  return structure.status !== 'none' && structure.spaces.some((opened) => isSameSpace(opened, SPACE));
}
