import { accept, refuse, type Decision, type Refused } from '../shared/decision.js';
import type { Party } from '../shared/party.js';
import type { InvoiceEvent, InvoiceStatusChanged, SupportingDocument } from './invoice-events.js';
import { INVOICE_STATUSES, isInvoiceStatus, type InvoiceStatus } from './invoice-statuses.js';
import { invoiceReference, type Invoice, type LivingInvoice } from './lifecycle.js';
import { nothingAdded } from './supporting-documents.js';
import { isReasonOf, REASONS_OF_STATUS, type StatusReason } from './status-reasons.js';
import { statusesWithin, transitionBetween, type LifecycleMode, type LifecycleRole } from './transitions.js';

/** A status that somebody wants to set. */
export interface StatusChange {
  /** Code of the status wanted, as it was asked for. */
  readonly to: string;
  readonly by: LifecycleRole;
  /** Code of the reason, as it was given. */
  readonly reason: string | null;
  readonly comment: string | null;
  readonly paymentOrder: string | null;
  /** Named by a first validator who is not the holder of the contract (R27). */
  readonly secondValidator?: Party | null;
}

/**
 * Sets a status by the recipient's or a validator's hand (R25, R27). What a validator lets through goes on by itself, in the
 * same decision: to the second validator where one was named, otherwise to the public structure.
 *
 * Refuses `FAC-404` no such invoice, `FAC-001` an unknown status, `FAC-002` one that cannot follow or that somebody else sets,
 * `FAC-003` a missing reason, `FAC-004` a reason that this status does not have, `FAC-005` "another reason" without a comment.
 */
export function changeStatus(invoice: Invoice, change: StatusChange, mode: LifecycleMode): Decision<InvoiceEvent> {
  if (invoice.status === null) return noSuchInvoice();
  const { to, by } = change;
  if (!isInvoiceStatus(to)) return refuse('FAC-001', `Le statut « ${to} » n’est pas un statut de facture.`);
  const transition = transitionBetween(mode, invoice.status, to, by);
  if (transition === undefined || transition.ownCommand === true) return cannotFollow(mode, invoice, to, by);
  const reason = judgeReason(to, change, transition.reason === 'required');
  if (!reason.accepted) return reason;
  const [code = null] = reason.events;
  const secondValidator = to === 'VALIDEE_1' ? (change.secondValidator ?? null) : null;
  const changed = statusChanged(invoice, invoice.status, to, by, { ...change, reason: code, secondValidator });
  return accept(changed, ...onwards(invoice, to, secondValidator));
}

/** The time that a validator had is over (R27): the invoice goes on without the validation, and says so. */
export function passValidationDeadline(invoice: Invoice): Decision<InvoiceEvent> {
  if (invoice.status === null) return noSuchInvoice();
  const { status } = invoice;
  if (status !== 'A_VALIDER_1' && status !== 'A_VALIDER_2') return accept();
  const to = status === 'A_VALIDER_1' ? 'ABSENCE_VALIDATION_1_HORS_DELAI' : 'ABSENCE_VALIDATION_2_HORS_DELAI';
  const unsaid = { reason: null, comment: null, paymentOrder: null };
  return accept(statusChanged(invoice, status, to, 'system', unsaid), ...onwards(invoice, to, null));
}

/**
 * Sends an invoice that the recipient set to "à recycler" to the right one (R26): recipient, service and commitment number
 * change, and nothing else. Refuses `FAC-404`, `FAC-002` in any other status, `FAC-006` when nothing of the three changes.
 */
export function recycleInvoice(
  invoice: Invoice,
  {
    recipient,
    serviceCode,
    commitmentNumber,
    comment,
  }: Pick<LivingInvoice, 'recipient' | 'serviceCode' | 'commitmentNumber'> & {
    comment: string | null;
  },
): Decision<InvoiceEvent> {
  if (invoice.status === null) return noSuchInvoice();
  if (invoice.status !== 'A_RECYCLER') return onlyFrom('A_RECYCLER', invoice, 'être recyclée');
  const isSame =
    recipient.identifier === invoice.recipient.identifier &&
    serviceCode === invoice.serviceCode &&
    commitmentNumber === invoice.commitmentNumber;
  if (isSame)
    return refuse('FAC-006', 'Rien ne change : corrigez le SIRET du destinataire, le code service ou l’engagement.');
  const formerRecipient = invoice.recipient;
  const reference = invoiceReference({ ...invoice, recipient, serviceCode });
  const data = { invoice: reference, formerRecipient, recipient, serviceCode, commitmentNumber, comment };
  return accept({ type: 'InvoiceRecycled', data });
}

/**
 * Completes a suspended invoice (R25). Refuses `FAC-404`, `FAC-002` in any other status, `FAC-007` when nothing is added. What the
 * documents may be is for `judgeDocuments` to say.
 */
export function completeInvoice(
  invoice: Invoice,
  data: { readonly comment: string | null; readonly supportingDocuments: readonly SupportingDocument[] },
): Decision<InvoiceEvent> {
  if (invoice.status === null) return noSuchInvoice();
  if (invoice.status !== 'SUSPENDUE') return onlyFrom('SUSPENDUE', invoice, 'être complétée');
  if (data.comment === null && data.supportingDocuments.length === 0) return nothingAdded();
  return accept({ type: 'InvoiceCompleted', data: { invoice: invoiceReference(invoice), ...data } });
}

/** Names another validator (R27). Refuses `FAC-404`, `FAC-002` in any other status, `FAC-006` when it is the same one. */
export function correctValidator(
  invoice: Invoice,
  data: { readonly validator: Party; readonly comment: string | null },
): Decision<InvoiceEvent> {
  if (invoice.status === null) return noSuchInvoice();
  if (invoice.status !== 'ERREUR_FOURNISSEUR_SUR_VALIDEUR')
    return onlyFrom('ERREUR_FOURNISSEUR_SUR_VALIDEUR', invoice, 'changer de valideur');
  if (invoice.validator?.identifier === data.validator.identifier)
    return refuse('FAC-006', 'Rien ne change : nommez un autre valideur.');
  const reference = invoiceReference({ ...invoice, validator: data.validator });
  return accept({ type: 'InvoiceValidatorCorrected', data: { invoice: reference, ...data } });
}

/** Takes note of a rejection by the recipient. Nothing happens the second time. Refuses `FAC-404`, `FAC-002`. */
export function acknowledgeRejection(invoice: Invoice): Decision<InvoiceEvent> {
  if (invoice.status === null) return noSuchInvoice();
  if (invoice.status !== 'REJETEE') return onlyFrom('REJETEE', invoice, 'voir son rejet acquitté');
  if (invoice.rejectionAcknowledged) return accept();
  return accept({ type: 'RejectionAcknowledged', data: { invoice: invoiceReference(invoice) } });
}

function judgeReason(
  to: InvoiceStatus,
  { reason, comment }: StatusChange,
  isRequired: boolean,
): Decision<StatusReason> {
  const possible = REASONS_OF_STATUS[to] ?? [];
  const choice = `Motifs possibles : ${possible.join(', ')}.`;
  const { label } = INVOICE_STATUSES[to];
  if (reason === null)
    return isRequired ? refuse('FAC-003', `Le statut « ${label} » demande un motif. ${choice}`) : accept();
  if (!isReasonOf(to, reason))
    return refuse('FAC-004', `Le motif « ${reason} » n’est pas un motif du statut « ${label} ». ${choice}`);
  const saysMore = reason === 'AUTRE' || reason === 'AUT_MOTIF_ERR_VALIDEUR';
  if (saysMore && comment === null) return refuse('FAC-005', `Le motif ${reason} demande un commentaire.`);
  return accept(reason);
}

/** What happens by itself after a status: a validated invoice goes on. */
function onwards(invoice: LivingInvoice, from: InvoiceStatus, secondValidator: Party | null): InvoiceStatusChanged[] {
  const goesOn = from.startsWith('VALIDEE_') || from.startsWith('ABSENCE_VALIDATION_');
  if (!goesOn) return [];
  const to = from === 'VALIDEE_1' && secondValidator !== null ? 'A_VALIDER_2' : 'MISE_A_DISPOSITION';
  const after = { ...invoice, secondValidator: secondValidator ?? invoice.secondValidator };
  return [statusChanged(after, from, to, 'system', { reason: null, comment: null, paymentOrder: null })];
}

function statusChanged(
  invoice: LivingInvoice,
  from: InvoiceStatus,
  to: InvoiceStatus,
  by: LifecycleRole,
  said: {
    readonly reason: StatusReason | null;
    readonly comment: string | null;
    readonly paymentOrder: string | null;
    readonly secondValidator?: Party | null;
  },
): InvoiceStatusChanged {
  const { reason, comment, paymentOrder, secondValidator = null } = said;
  const data = { invoice: invoiceReference(invoice), from, to, by, reason, comment, paymentOrder, secondValidator };
  return { type: 'InvoiceStatusChanged', data };
}

function noSuchInvoice(): Refused {
  return refuse('FAC-404', 'Aucune facture de cet identifiant n’est connue.');
}

function cannotFollow(mode: LifecycleMode, invoice: LivingInvoice, to: InvoiceStatus, by: LifecycleRole): Refused {
  const possible = statusesWithin(mode, invoice.status, by);
  const next =
    possible.length === 0 ? 'Aucun statut ne peut être posé maintenant.' : `Possibles : ${possible.join(', ')}.`;
  const [now, wanted] = [INVOICE_STATUSES[invoice.status].label, INVOICE_STATUSES[to].label];
  return refuse('FAC-002', `Une facture « ${now} » ne peut pas passer à « ${wanted} ». ${next}`);
}

function onlyFrom(status: InvoiceStatus, invoice: LivingInvoice, what: string): Refused {
  const [needed, now] = [INVOICE_STATUSES[status].label, INVOICE_STATUSES[invoice.status].label];
  return refuse('FAC-002', `Seule une facture « ${needed} » peut ${what} ; celle-ci est « ${now} ».`);
}
