import { invoiceStream, type FlowEvent, type InvoiceIntegrated, type InvoiceRejected } from '#domain';
import type { StreamAppend } from '#events';

/** Facts for tests of projections: who sends. */
export const sender = { identifier: '11000201100044', name: 'Papeterie' };
/** A violated rule. */
export const reason = {
  code: 'REJ_SEMAN',
  rule: 'BR-02',
  message: 'Numéro de facture : il manque.',
  location: null,
  line: null,
  found: null,
  expected: null,
};
/** When the flow came. */
export const depositedAt = '2026-11-21T09:30:00.000Z';
/** Number of a flow. */
export const numberOf = (sequence: number): string => `CPP0011100${String(sequence).padStart(15, '0')}`;
/** Where a reject came from. */
export const originOf = (flowNumber: string, day = '2026-11-21') => ({
  day,
  flowNumber,
  flowName: 'N',
  depositedAt,
  channel: 'SFTP' as const,
  sender,
});

/** A flow that came. */
export function deposited(flowNumber: string, name = 'N'): FlowEvent & { occurredAt: string } {
  const data = { flowNumber, name, channel: 'SFTP' as const, sender, applicationCode: 'ABC123' };
  const bytes = { interfaceCode: 'FSO1100A', size: 3_000_000_000, sha256: 'a'.repeat(64) };
  return { type: 'FlowDeposited', data: { ...data, ...bytes }, occurredAt: depositedAt };
}

/** The reject of the invoice of that rank. */
export function rejected(flowNumber: string, rank: number, change: Partial<InvoiceRejected['data']> = {}): FlowEvent {
  const identity = { invoiceNumber: `F-${rank}`, invoiceDate: '2026-11-20', recipientIdentifier: '130025265' };
  const amounts = { serviceCode: null, amount: '12.00', currency: 'EUR' };
  const place = {
    rank,
    member: `f${rank}.xml`,
    rules: ['chorus-historic'],
    supportingDocuments: [],
    reasons: [reason],
    resendable: true,
  };
  return {
    type: 'InvoiceRejected',
    data: { ...originOf(flowNumber), issuer: sender, ...identity, ...amounts, ...place, ...change },
  };
}

/** The invoice of that rank, let in: an append of its own stream. */
export function integrated(flowNumber: string, rank: number): StreamAppend {
  const number = `F-${flowNumber.slice(-3)}-${rank}`;
  const data: InvoiceIntegrated['data'] = {
    flowNumber,
    rank,
    member: null,
    rules: ['chorus-historic'],
    warnings: [],
    supportingDocuments: [],
    channel: 'SFTP',
    depositedAt,
    sender,
    number,
    issueDate: '2026-11-20',
    typeCode: '380',
    billingFrame: 'A1',
    issuer: sender,
    recipient: { identifier: '13002526500013', name: null },
    serviceCode: null,
    commitmentNumber: null,
    contractNumber: null,
    dueDate: null,
    currency: 'EUR',
    totalWithoutVat: '10.00',
    totalVat: '2.00',
    totalWithVat: '12.00',
    amountDue: '12.00',
    syntax: 'UBL',
    document: { object: 'a'.repeat(64), offset: 0, length: 1, sha256: 'b'.repeat(64) },
  };
  const stream = invoiceStream(sender.identifier, number, data.issueDate);
  return { stream, expected: 'none', events: [{ type: 'InvoiceIntegrated', data }] };
}

/** So many invoices. */
export const split = (invoices: number): FlowEvent => ({
  type: 'FlowSplit',
  data: { container: 'zip', invoices, ignoredMembers: 0, unpackedBytes: 1 },
});
/** Progress. */
export const batch = (upToRank: number, good: number, bad: number): FlowEvent => ({
  type: 'FlowBatchRecorded',
  data: { upToRank, integrated: good, rejected: bad },
});
/** The end. */
export const completed = (
  outcome: 'integrated' | 'partly-integrated' | 'rejected',
  good: number,
  bad: number,
): FlowEvent => ({
  type: 'FlowCompleted',
  data: { outcome, integrated: good, rejected: bad },
});
/** Taken up. */
export const started: FlowEvent = {
  type: 'FlowProcessingStarted',
  data: { worker: 'w', at: '2026-11-20T10:00:00.000Z' },
};
