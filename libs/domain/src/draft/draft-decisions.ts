import { isDeepStrictEqual } from 'node:util';
import { accept, refuse, type Decision, type Refused } from '../shared/decision.js';
import { bytesTogether, JOINED_FILES_BYTES } from '../shared/joined-files.js';
import { notActive, type Structure } from '../structure/structure.js';
import type { DraftContent } from './draft-content.js';
import type { DraftEvent, IssuedDocument } from './draft-events.js';
import type { Draft, ExistingDraft } from './draft.js';

/** A draft as it is to be from now on. */
export interface DraftToSave {
  /** UUID */
  readonly draft: string;
  readonly structure: string;
  readonly content: DraftContent;
  readonly by: string;
}

/** What is looked at beside the draft. */
export interface DraftSurroundings {
  /** The structure that issues it. */
  readonly structure: Structure;
  /** Whether the supporting documents are all there: uploaded by whoever saves, or in the draft already. */
  readonly uploaded: boolean;
}

/**
 * Saves an invoice under input, in any state of completeness (R22); what was there before is replaced. Nothing happens when it
 * is so already. Refuses a structure that is not active (`STR-003`) or has not subscribed the invoicing mandate (`BRO-001`,
 * R13), a draft that was sent or deleted (`BRO-002`), supporting documents that were not uploaded before (`BRO-003`) or are
 * too large together (`BRO-004`, R24).
 */
export function saveDraft(
  state: Draft,
  { draft, structure, content, by }: DraftToSave,
  surroundings: DraftSurroundings,
): Decision<DraftEvent> {
  const refused =
    notIssuing(surroundings.structure) ?? final(state) ?? refusedDocuments(content, surroundings.uploaded);
  if (refused !== null) return refused;
  if (state.status === 'open' && isDeepStrictEqual(state.content, content)) return accept();
  return accept({ type: 'DraftSaved', data: { draft, structure, content, by } });
}

/** Deletes an invoice under input (R22). Refuses one that was sent or is deleted already (`BRO-002`). */
export function deleteDraft(state: ExistingDraft, by: string): Decision<DraftEvent> {
  return final(state) ?? accept({ type: 'DraftDeleted', data: { draft: state.draft, by } });
}

/**
 * Makes an invoice under input final, as this document (R22). Nothing happens when it was confirmed before: what was confirmed
 * first is what is sent. Refuses a structure that issues nothing (`STR-003`, `BRO-001`).
 */
export function confirmDraft(
  state: ExistingDraft,
  structure: Structure,
  document: IssuedDocument,
  by: string,
): Decision<DraftEvent> {
  if (state.status !== 'open') return accept();
  return notIssuing(structure) ?? accept({ type: 'DraftConfirmed', data: { draft: state.draft, document, by } });
}

/** Records that a confirmed draft went out as a flow, once. Refuses one that nobody confirmed (`BRO-005`). */
export function recordSending(state: ExistingDraft, flowNumber: string, by: string): Decision<DraftEvent> {
  if (state.status === 'sent') return accept();
  if (state.status === 'open')
    return refuse('BRO-005', 'Ce brouillon a été rouvert entre-temps. Relisez-le puis confirmez de nouveau son envoi.');
  return accept({ type: 'DraftSent', data: { draft: state.draft, flowNumber, by } });
}

/** Lets a confirmed draft be changed again, since the door refused it. Nothing happens when it is not on its way. */
export function reopenDraft(state: ExistingDraft, reason: string, by: string): Decision<DraftEvent> {
  if (state.status !== 'confirmed') return accept();
  return accept({ type: 'DraftReopened', data: { draft: state.draft, reason, by } });
}

function final({ status }: Draft): Refused | null {
  if (status === 'deleted') return refuse('BRO-002', 'Ce brouillon a été supprimé. Créez-en un autre.');
  if (status === 'confirmed' || status === 'sent')
    return refuse('BRO-002', 'Cette facture a été envoyée : elle ne change plus. Créez un autre brouillon.');
  return null;
}

/** Refuses the input mode to a structure that is not active or has not subscribed the mandate (R13). */
function notIssuing(structure: Structure): Refused | null {
  if (structure.status !== 'active') return notActive(structure);
  if (structure.invoicingMandate) return null;
  return refuse(
    'BRO-001',
    'La structure n’a pas souscrit le mandat de facturation, que la saisie exige. Un gestionnaire le souscrit dans ses paramètres.',
  );
}

function refusedDocuments({ supportingDocuments = [] }: DraftContent, uploaded: boolean): Refused | null {
  if (!uploaded)
    return refuse(
      'BRO-003',
      'Une des pièces jointes n’a pas été transmise avant le brouillon. Transmettez-la puis recommencez.',
    );
  const bytes = bytesTogether(supportingDocuments);
  if (bytes <= JOINED_FILES_BYTES) return null;
  return refuse(
    'BRO-004',
    `Les pièces jointes font ${bytes} octets ensemble, pour ${JOINED_FILES_BYTES} au plus (120 Mo). Allégez-les.`,
  );
}
