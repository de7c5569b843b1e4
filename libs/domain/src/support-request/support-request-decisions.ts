import { accept, refuse, type Decision, type Refused } from '../shared/decision.js';
import { bytesTogether, JOINED_FILES_BYTES } from '../shared/joined-files.js';
import { notActive, type Structure } from '../structure/structure.js';
import { supportRequestLabels } from './support-request-catalogue.js';
import type { SupportRequestEvent, SupportRequestFile, SupportRequestRecipient } from './support-request-events.js';
import type { ExistingSupportRequest, SupportRequest, SupportRequestOutcome } from './support-request.js';

/** Who acts on a request: an account, or `operator`; and on which side, which may be both. */
export interface SupportRequestActor {
  readonly by: string;
  readonly author: boolean;
  /** The platform's support, or somebody who treats the requests of the structure that it was sent to. */
  readonly treating: boolean;
}

/** A request as it is asked for. */
export interface SupportRequestToCreate {
  /** UUID of the new request. */
  readonly request: string;
  readonly author: string;
  readonly structure: string;
  readonly recipient: SupportRequestRecipient;
  readonly category: string;
  readonly subcategory: string;
  readonly subject: string;
  readonly text: string;
  readonly files: readonly SupportRequestFile[];
}

/** What is looked at beside the request. */
export interface SupportRequestSurroundings {
  /** Structure on whose behalf it is asked. */
  readonly structure: Structure;
  /** Structure whose managers it is for; null when it is for the platform's support. */
  readonly recipient: Structure | null;
  /** Whether the author has uploaded every file that is named, with this size. */
  readonly uploaded: boolean;
}

/**
 * Makes a support request (R18). Refuses one on behalf of a structure that is not active (`STR-003`), about something that
 * the catalogue does not have (`SOL-001`), to a structure that is not active or that nobody manages (`SOL-002`), and the
 * files that {@link answerSupportRequest} refuses.
 */
export function createSupportRequest(
  state: SupportRequest,
  command: SupportRequestToCreate,
  surroundings: SupportRequestSurroundings,
): Decision<SupportRequestEvent> {
  if (state.status !== 'none') throw new Error('A new request has a new identifier');
  const { structure, recipient } = surroundings;
  if (structure.status !== 'active') return notActive(structure);
  if (supportRequestLabels(command.category, command.subcategory) === null)
    return refuse('SOL-001', 'Cette catégorie ou cette sous-catégorie n’existe pas. Choisissez-la dans la liste.');
  if (recipient !== null && (recipient.status !== 'active' || recipient.primaryManager === null))
    return refuse(
      'SOL-002',
      'La structure destinataire n’existe pas, n’est plus active ou n’a pas de gestionnaire. Adressez-vous au support.',
    );
  return refusedFiles(command.files, surroundings.uploaded) ?? accept({ type: 'SupportRequestCreated', data: command });
}

/**
 * Says who treats a request. Nothing happens when that is so already. Refuses a closed request (`SOL-005`), whoever does not
 * treat it (`SOL-006`), and an assignee who may not treat it (`SOL-007`).
 *
 * @param mayTreat whether the assignee may
 */
export function assignSupportRequest(
  request: ExistingSupportRequest,
  actor: SupportRequestActor,
  assignee: string,
  mayTreat: boolean,
): Decision<SupportRequestEvent> {
  const refused = closed(request) ?? notTreating(actor);
  if (refused !== null) return refused;
  if (!mayTreat)
    return refuse(
      'SOL-007',
      'Cette personne ne peut pas traiter la sollicitation. Choisissez-en une qui y est habilitée.',
    );
  if (request.assignee === assignee) return accept();
  return accept({ type: 'SupportRequestAssigned', data: { request: request.request, assignee, by: actor.by } });
}

/**
 * Adds to a request, from either side. Refuses a closed request (`SOL-005`), files that were not uploaded before by the same
 * person (`SOL-003`) and files that are too large together (`SOL-004`, R24).
 */
export function answerSupportRequest(
  { request, ...state }: ExistingSupportRequest,
  { by }: SupportRequestActor,
  { text, files }: { readonly text: string; readonly files: readonly SupportRequestFile[] },
  uploaded: boolean,
): Decision<SupportRequestEvent> {
  return (
    closed(state) ??
    refusedFiles(files, uploaded) ??
    accept({ type: 'SupportRequestAnswered', data: { request, author: by, text, files } })
  );
}

/**
 * Closes a request for good: done or refused by the side that treats it, withdrawn by its author. Refuses a request that is
 * closed (`SOL-005`), and an outcome that is the other side's (`SOL-006`, `SOL-008`).
 */
export function closeSupportRequest(
  { request, ...state }: ExistingSupportRequest,
  actor: SupportRequestActor,
  outcome: SupportRequestOutcome,
): Decision<SupportRequestEvent> {
  const refused = closed(state);
  if (refused !== null) return refused;
  if (outcome === 'withdrawn' && !actor.author)
    return refuse(
      'SOL-008',
      'Seul l’auteur d’une sollicitation peut la retirer. Clôturez-la comme traitée ou refusée.',
    );
  const elsewhere = outcome === 'withdrawn' ? null : notTreating(actor);
  return elsewhere ?? accept({ type: 'SupportRequestClosed', data: { request, by: actor.by, outcome } });
}

function closed({ status }: Pick<ExistingSupportRequest, 'status'>): Refused | null {
  if (status !== 'closed') return null;
  return refuse('SOL-005', 'Cette sollicitation est close : rien ne s’y ajoute. Saisissez-en une nouvelle.');
}

function notTreating({ treating }: SupportRequestActor): Refused | null {
  if (treating) return null;
  return refuse(
    'SOL-006',
    'Seul le destinataire d’une sollicitation peut la prendre en charge, la clore ou la refuser.',
  );
}

function refusedFiles(files: readonly SupportRequestFile[], uploaded: boolean): Refused | null {
  if (!uploaded)
    return refuse(
      'SOL-003',
      'Un des fichiers n’a pas été transmis avant la sollicitation. Transmettez-le puis recommencez.',
    );
  if (bytesTogether(files) > JOINED_FILES_BYTES)
    return refuse('SOL-004', 'Les fichiers dépassent ensemble 120 Mo. Répartissez-les sur plusieurs messages.');
  return null;
}
