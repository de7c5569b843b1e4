import type { RejectReason } from '#domain';
import { carriesStatuses } from '#einvoice';
import type { FlowInvoiceRow, FlowRow, FlowStatus } from '#persistence';

/** Integration report of a flow (compte rendu d'intégration, R45). */
export interface FlowReport {
  readonly flowNumber: string;
  readonly name: string;
  readonly status: FlowStatus;
  readonly channel: string;
  readonly sender: { readonly identifier: string; readonly name: string | null };
  readonly interfaceCode: string | null;
  /** What it carries: `invoices` below counts these, applied ones as integrated. */
  readonly content: 'invoices' | 'statuses';
  readonly bytes: number;
  readonly sha256: string | null;
  readonly container: string | null;
  readonly invoices: {
    /** Null until the flow has been split. */
    readonly total: number | null;
    readonly integrated: number;
    readonly rejected: number;
    readonly waiting: number | null;
  };
  /** Why the whole flow stays out. */
  readonly reasons: readonly RejectReason[];
  readonly incident: string | null;
  readonly depositedAt: string;
  readonly splitAt: string | null;
  readonly completedAt: string | null;
  /** Name of the report in the partner's SFTP outbox, once it is there. */
  readonly reportName: string | null;
}

/** What became of one invoice, or status, of a flow. */
export interface FlowInvoice {
  readonly rank: number;
  readonly member: string | null;
  readonly outcome: 'integrated' | 'rejected';
  readonly number: string | null;
  readonly issueDate: string | null;
  readonly issuer: string | null;
  readonly recipient: string | null;
  /** Of a flow of statuses: the status asked for. */
  readonly status: string | null;
  readonly reasons: readonly RejectReason[];
}

/** The report of a row of the read model. */
export function flowReport(row: FlowRow): FlowReport {
  const { number, name, status, channel, interfaceCode, sha256, container, integrated, rejected } = row;
  return {
    flowNumber: number,
    name,
    status,
    channel,
    sender: { identifier: row.senderIdentifier, name: row.senderName },
    interfaceCode,
    content: carriesStatuses(interfaceCode) ? 'statuses' : 'invoices',
    bytes: Number(row.size),
    sha256,
    container,
    invoices: {
      total: row.invoices,
      integrated,
      rejected,
      waiting: row.invoices === null ? null : row.invoices - integrated - rejected,
    },
    reasons: (row.reasons as RejectReason[] | null) ?? [],
    incident: row.incident,
    depositedAt: row.depositedAt.toISOString(),
    splitAt: row.splitAt?.toISOString() ?? null,
    completedAt: row.completedAt?.toISOString() ?? null,
    reportName: row.reportName,
  };
}

/** The line of a row of the read model. */
export function flowInvoice(row: FlowInvoiceRow): FlowInvoice {
  const { rank, member, outcome, number, issueDate, issuer, recipient, status } = row;
  const reasons = (row.reasons as RejectReason[] | null) ?? [];
  return { rank, member, outcome, number, issueDate, issuer, recipient, status, reasons };
}
