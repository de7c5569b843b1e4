import { origin } from '../flow/flow.js';
import type { FlowDeposited, FlowEvent, FlowOutcome, InvoiceRejected } from '../flow/flow-events.js';
import type { RejectReason } from '../rejects/reject.js';

/** Facts of one flow, for specifications. */
export const deposit: FlowDeposited['data'] = {
  flowNumber: 'CPP0011100000000000000042',
  name: 'FSO1100A_ABC123_ABC1231100000000000000042',
  channel: 'SFTP',
  sender: { identifier: '11000201100044', name: 'Papeterie de la Loire' },
  applicationCode: 'ABC123',
  interfaceCode: 'FSO1100A',
  size: 1_234,
  sha256: 'a'.repeat(64),
};

export const depositedAt = '2026-11-21T09:30:00.000Z';
export const day = '2026-11-21';

export const reason: RejectReason = {
  code: 'REJ_SEMAN',
  rule: 'BR-02',
  message: 'Numéro de facture : il manque.',
  location: '/ubl:Invoice/cbc:ID',
  line: 3,
  found: null,
  expected: null,
};

export const deposited: FlowEvent = { type: 'FlowDeposited', data: deposit };
/** A worker took the flow up so many minutes after the first did. */
export function startedAfter(minutes: number): FlowEvent {
  const at = new Date(Date.parse('2026-11-20T10:00:00Z') + minutes * 60_000).toISOString();
  return { type: 'FlowProcessingStarted', data: { worker: 'w-1', at } };
}
export const started: FlowEvent = startedAfter(0);
export const failed: FlowEvent = { type: 'FlowAttemptFailed', data: { step: 'ingestion', error: 'disque plein' } };
export const replayed: FlowEvent = { type: 'FlowReplayed', data: { by: 'operator' } };
export const refused: FlowEvent = {
  type: 'FlowRefused',
  data: { ...origin(deposit, depositedAt, day), reasons: [reason] },
};

/** The container is whole and holds so many invoices. */
export function split(invoices: number): FlowEvent {
  return { type: 'FlowSplit', data: { container: 'zip', invoices, ignoredMembers: 0, unpackedBytes: 9_999 } };
}

/** Data of the reject of the invoice of that rank. */
export function reject(rank: number): InvoiceRejected['data'] {
  return {
    ...origin(deposit, depositedAt, day),
    issuer: deposit.sender,
    invoiceNumber: `F-${rank}`,
    invoiceDate: '2026-11-20',
    recipientIdentifier: '13002526500013',
    serviceCode: null,
    amount: '120.00',
    currency: 'EUR',
    rank,
    member: null,
    rules: ['chorus-historic'],
    supportingDocuments: [],
    reasons: [reason],
    resendable: true,
  };
}

/** The reject of the invoice of that rank, recorded. */
export function rejected(rank: number): FlowEvent {
  return { type: 'InvoiceRejected', data: reject(rank) };
}

/** Progress of a batch. */
export function batchRecorded(upToRank: number, integrated: number, rejects: number): FlowEvent {
  return { type: 'FlowBatchRecorded', data: { upToRank, integrated, rejected: rejects } };
}

/** The end of a flow. */
export function completed(outcome: FlowOutcome, integrated: number, rejects: number): FlowEvent {
  return { type: 'FlowCompleted', data: { outcome, integrated, rejected: rejects } };
}

/** An incident, with its reason. */
export function incident(reasonText = 'ingestion : disque plein'): FlowEvent {
  return { type: 'FlowIncidentRaised', data: { reason: reasonText } };
}
