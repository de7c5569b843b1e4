import { flowStream, type FlowDeposited, type StatusOfFlow } from '#domain';
import type { EventStore, RecordedEvent } from '#events';
import { REJECT_TYPES } from '#persistence';
import type { RejectLine } from './reject-file.js';
import { rejectLine, type RejectData } from './reject-lines.js';

/**
 * What was refused of one flow, in the order of the ranks, from the log: what its integration report lists (R45). Of a flow of
 * statuses these are the refused statuses, which stand in no reject file.
 */
export async function* flowRejectLines(store: EventStore, flowNumber: string): AsyncIterable<RejectLine> {
  let deposited: RecordedEvent | null = null;
  for await (const event of store.readStream(flowStream(flowNumber))) {
    const { type, data, recordedAt } = event;
    if (type === 'FlowDeposited') deposited = event;
    if ((REJECT_TYPES as readonly string[]).includes(type)) yield rejectLine(data as RejectData, recordedAt);
    else if (type === 'FlowStatusesApplied' && deposited !== null) {
      const { statuses } = data as { statuses: readonly StatusOfFlow[] };
      for (const status of statuses) if (status.outcome === 'refused') yield statusLine(deposited, status, recordedAt);
    }
  }
}

function statusLine(deposited: RecordedEvent, status: StatusOfFlow, rejectedAt: string): RejectLine {
  const { flowNumber, name, channel, sender } = deposited.data as FlowDeposited['data'];
  const { rank, member, issuer, invoiceNumber, invoiceDate, reasons } = status;
  return {
    ...{ flowNumber, flowName: name, depositedAt: deposited.occurredAt, channel, sender },
    issuer: issuer === null ? null : { identifier: issuer, name: null },
    ...{ invoiceNumber, invoiceDate, rank, member, reasons: [...reasons], rejectedAt },
    ...{ recipientIdentifier: null, serviceCode: null, amount: null, currency: null },
    ...{ supportingDocuments: [], resendable: true },
  };
}
