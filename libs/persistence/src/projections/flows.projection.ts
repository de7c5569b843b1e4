import { unreachable, type FlowEvent, type InvoiceIntegrated, type InvoiceRejected, type StatusOfFlow } from '#domain';
import type { RecordedEvent } from '#events';
import type { PoolClient } from 'pg';
import { columnText } from './column-text.js';
import type { Projection } from './projection.js';

/** Flows with their progress, and what became of each of their invoices or statuses (R45). */
export const flowsProjection: Projection = {
  name: 'flows',
  types: [
    'FlowDeposited',
    'FlowSplit',
    'FlowBatchRecorded',
    'FlowStatusesApplied',
    'FlowRefused',
    'FlowCompleted',
    'FlowIncidentRaised',
    'FlowReplayed',
    'FlowReportDelivered',
    'InvoiceIntegrated',
    'InvoiceRejected',
  ],
  tables: ['read.flows', 'read.flow_invoices'],
  async handle(events, tx) {
    await insertInvoices(events, tx);
    for (const event of events) await applyToFlow(event, tx);
  },
};

interface InvoiceRow {
  flowNumber: string;
  rank: number;
  member: string | null;
  outcome: 'integrated' | 'rejected';
  number: string | null;
  issueDate: string | null;
  issuer: string | null;
  recipient: string | null;
  status: string | null;
  reasons: string | null;
}

async function insertInvoices(events: readonly RecordedEvent[], tx: PoolClient): Promise<void> {
  const rows = events.flatMap((recorded) => {
    const event = { type: recorded.type, data: recorded.data } as FlowEvent | InvoiceIntegrated;
    if (event.type === 'InvoiceIntegrated') return [integratedRow(event.data)];
    if (event.type === 'InvoiceRejected') return [rejectedRow(event.data)];
    if (event.type === 'FlowStatusesApplied')
      return event.data.statuses.map((status) => statusRow(flowNumberOf(recorded), status));
    return [];
  });
  if (rows.length === 0) return;
  const column = <K extends keyof InvoiceRow>(name: K): InvoiceRow[K][] => rows.map((row) => row[name]);
  const text = (name: 'member' | 'number' | 'issueDate' | 'issuer' | 'recipient' | 'status'): (string | null)[] =>
    rows.map((row) => columnText(row[name]));
  await tx.query(
    `INSERT INTO read.flow_invoices
       (flow_number, rank, member, outcome, number, issue_date, issuer, recipient, status, reasons)
     SELECT * FROM unnest($1::text[], $2::int[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[], $10::json[])`,
    [
      column('flowNumber'),
      column('rank'),
      text('member'),
      column('outcome'),
      text('number'),
      text('issueDate'),
      text('issuer'),
      text('recipient'),
      text('status'),
      column('reasons'),
    ],
  );
}

function integratedRow(data: InvoiceIntegrated['data']): InvoiceRow {
  const { flowNumber, rank, member, number, issueDate, issuer, recipient, warnings } = data;
  return {
    flowNumber,
    rank,
    member,
    outcome: 'integrated',
    number,
    issueDate,
    issuer: issuer.identifier,
    recipient: recipient.identifier,
    status: null,
    reasons: warnings.length === 0 ? null : JSON.stringify(warnings),
  };
}

function rejectedRow(data: InvoiceRejected['data']): InvoiceRow {
  return {
    flowNumber: data.flowNumber,
    rank: data.rank,
    member: data.member,
    outcome: 'rejected',
    number: data.invoiceNumber,
    issueDate: data.invoiceDate,
    issuer: data.issuer?.identifier ?? null,
    recipient: data.recipientIdentifier,
    status: null,
    reasons: JSON.stringify(data.reasons),
  };
}

function statusRow(flowNumber: string, { rank, member, outcome, status, reasons, ...of }: StatusOfFlow): InvoiceRow {
  return {
    flowNumber,
    rank,
    member,
    outcome: outcome === 'refused' ? 'rejected' : 'integrated',
    number: of.invoiceNumber,
    issueDate: of.invoiceDate,
    issuer: of.issuer,
    recipient: null,
    status,
    reasons: reasons.length === 0 ? null : JSON.stringify(reasons),
  };
}

function flowNumberOf({ stream }: RecordedEvent): string {
  return stream.slice('flow-'.length);
}

const COUNT = 'UPDATE read.flows SET integrated = integrated + $2, rejected = rejected + $3 WHERE number = $1';

async function applyToFlow(recorded: RecordedEvent, tx: PoolClient): Promise<void> {
  const event = { type: recorded.type, data: recorded.data } as FlowEvent | InvoiceIntegrated;
  const number = flowNumberOf(recorded);
  switch (event.type) {
    case 'FlowDeposited': {
      const { name, applicationCode, sender, channel, interfaceCode, size, sha256 } = event.data;
      await tx.query(
        `INSERT INTO read.flows (number, name, application_code, sender_identifier, sender_name, channel,
           interface_code, size, sha256, status, deposited_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'received', $10)`,
        [
          number,
          columnText(name),
          applicationCode,
          sender.identifier,
          sender.name,
          channel,
          interfaceCode,
          size,
          sha256,
          recorded.occurredAt,
        ],
      );
      return;
    }
    case 'FlowSplit':
      await tx.query(
        `UPDATE read.flows SET status = 'processing', container = $2, invoices = $3, split_at = $4 WHERE number = $1`,
        [number, event.data.container, event.data.invoices, recorded.recordedAt],
      );
      return;
    case 'FlowBatchRecorded':
      await tx.query(COUNT, [number, event.data.integrated, event.data.rejected]);
      return;
    case 'FlowStatusesApplied': {
      const { statuses } = event.data;
      const rejected = statuses.filter(({ outcome }) => outcome === 'refused').length;
      await tx.query(COUNT, [number, statuses.length - rejected, rejected]);
      return;
    }
    case 'FlowRefused':
      await tx.query(
        `UPDATE read.flows SET status = 'rejected', reasons = $2, completed_at = $3, incident = NULL WHERE number = $1`,
        [number, JSON.stringify(event.data.reasons), recorded.recordedAt],
      );
      return;
    case 'FlowCompleted':
      await tx.query('UPDATE read.flows SET status = $2, completed_at = $3 WHERE number = $1', [
        number,
        event.data.outcome,
        recorded.recordedAt,
      ]);
      return;
    case 'FlowIncidentRaised':
      await tx.query(`UPDATE read.flows SET status = 'incident', incident = $2 WHERE number = $1`, [
        number,
        columnText(event.data.reason),
      ]);
      return;
    case 'FlowReplayed':
      await tx.query(
        `UPDATE read.flows SET status = CASE WHEN invoices IS NULL THEN 'received' ELSE 'processing' END, incident = NULL
         WHERE number = $1`,
        [number],
      );
      return;
    case 'FlowReportDelivered':
      await tx.query('UPDATE read.flows SET report_name = $2 WHERE number = $1', [number, event.data.name]);
      return;
    case 'InvoiceIntegrated':
    case 'InvoiceRejected':
    case 'FlowProcessingStarted':
    case 'FlowAttemptFailed':
      return;
    default:
      return unreachable(event);
  }
}
