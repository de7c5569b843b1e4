import type { Channel, RejectOrigin, RejectReason } from '../rejects/reject.js';
import type { Event } from '../shared/event.js';
import type { Party } from '../shared/party.js';

/** A flow's bytes are safe and it has a number (R40). Nothing has been read yet. */
export type FlowDeposited = Event<
  'FlowDeposited',
  {
    flowNumber: string;
    name: string;
    channel: Channel;
    sender: Party;
    applicationCode: string;
    /** Interface code of the name, null when the name says none. */
    interfaceCode: string | null;
    /** Bytes received; null object when the flow was too large to be taken. */
    size: number;
    sha256: string | null;
  }
>;

/**
 * A worker took the flow up, at an instant (ISO 8601 UTC). Many without progress between them, over some time, mean a flow
 * that kills whoever works on it.
 */
export type FlowProcessingStarted = Event<'FlowProcessingStarted', { worker: string; at: string }>;

/** The container is whole: so many invoices, or statuses of invoices, each with a place (first pass). */
export type FlowSplit = Event<
  'FlowSplit',
  { container: string; invoices: number; ignoredMembers: number; unpackedBytes: number }
>;

/** An invoice of the flow stays out (R43, R44). It takes no number. */
export type InvoiceRejected = Event<
  'InvoiceRejected',
  RejectOrigin & {
    issuer: Party | null;
    invoiceNumber: string | null;
    invoiceDate: string | null;
    recipientIdentifier: string | null;
    serviceCode: string | null;
    amount: string | null;
    currency: string | null;
    rank: number;
    member: string | null;
    /** Names of the rule sets that judged it, with their versions; none when it could not be read. */
    rules: readonly string[];
    /** Names of the documents that it carried: what has to be sent again with it. */
    supportingDocuments: readonly string[];
    reasons: readonly RejectReason[];
    resendable: boolean;
  }
>;

/** Progress, recorded in one transaction with the outcomes of the batch: every invoice up to `upToRank` has its own. */
export type FlowBatchRecorded = Event<'FlowBatchRecorded', { upToRank: number; integrated: number; rejected: number }>;

/** What became of one status of a flow of statuses. What could not be read is null. */
export interface StatusOfFlow {
  /** Place in the flow, from 1. */
  readonly rank: number;
  /** Name of the file in the archive. */
  readonly member: string | null;
  readonly issuer: string | null;
  readonly invoiceNumber: string | null;
  /** As written, so not always a day of the calendar. */
  readonly invoiceDate: string | null;
  /** The status meant (`SUSPENDUE`); what was written, when it means none. */
  readonly status: string | null;
  /** `unchanged`: the invoice had that status already. */
  readonly outcome: 'applied' | 'unchanged' | 'refused';
  /** Why it was refused. */
  readonly reasons: readonly RejectReason[];
}

/**
 * Progress of a flow of statuses that a recipient gave (R25), recorded in one transaction with the events of the invoices: every
 * status up to the last of these has its outcome. A refused status is no rejected invoice: it stands in no reject file.
 */
export type FlowStatusesApplied = Event<'FlowStatusesApplied', { statuses: readonly StatusOfFlow[] }>;

/** The flow as a whole cannot be let in (irrecevable). */
export type FlowRefused = Event<'FlowRefused', RejectOrigin & { reasons: readonly RejectReason[] }>;

export type FlowOutcome = 'integrated' | 'partly-integrated' | 'rejected';

/** Every invoice, or status, of the flow has its outcome. */
export type FlowCompleted = Event<'FlowCompleted', { outcome: FlowOutcome; integrated: number; rejected: number }>;

/** A step failed for a reason of ours, not of the flow's; it will be tried again. */
export type FlowAttemptFailed = Event<'FlowAttemptFailed', { step: string; error: string }>;

/** Too many failures without progress: people have to look; the flow waits, its neighbours go on. */
export type FlowIncidentRaised = Event<'FlowIncidentRaised', { reason: string }>;

/** A person asked for the flow in incident to be taken up again from where it stood. */
export type FlowReplayed = Event<'FlowReplayed', { by: string }>;

/** The integration report is in the partner's outbox (R45). */
export type FlowReportDelivered = Event<'FlowReportDelivered', { name: string; sha256: string; size: number }>;

export type FlowEvent =
  | FlowDeposited
  | FlowProcessingStarted
  | FlowSplit
  | InvoiceRejected
  | FlowBatchRecorded
  | FlowStatusesApplied
  | FlowRefused
  | FlowCompleted
  | FlowAttemptFailed
  | FlowIncidentRaised
  | FlowReplayed
  | FlowReportDelivered;

/** Stream of a flow. */
export function flowStream(flowNumber: string): string {
  return `flow-${flowNumber}`;
}

/**
 * First claim on some bytes by a sender (R40): the same bytes again are the same flow. The key is made from the
 * application code and the SHA-256 of the bytes.
 */
export type FlowDepositEvent =
  | Event<'FlowBytesClaimed', { flowNumber: string; applicationCode: string; sha256: string | null }>
  | Event<'FlowDepositRepeated', { flowNumber: string; name: string; channel: Channel }>;

/** First claim on an envelope name by a sender: names are used once (IRR_UNICITE). */
export type FlowNameEvent = Event<'FlowNameClaimed', { flowNumber: string }>;

/** Stream that guards an envelope name of a connection. */
export function flowNameStream(applicationCode: string, name: string): string {
  return `flow-name-${applicationCode}-${name}`;
}
