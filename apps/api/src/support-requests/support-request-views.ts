import { supportRequestLabels, type SupportRequestFile } from '#domain';

/** Somebody on a thread: an account with its name, or the platform's support. */
export interface Writer {
  /** Null for the platform's support. */
  readonly account: string | null;
  /** Null once the person was erased. */
  readonly name: string | null;
}

/** A request as a list shows it. */
export interface SupportRequestSummary {
  readonly request: string;
  readonly status: string;
  readonly outcome: string | null;
  readonly structure: string;
  /** Identifier of the structure that it is for; null for the platform's support. */
  readonly recipientStructure: string | null;
  readonly category: { readonly code: string; readonly label: string };
  readonly subcategory: { readonly code: string; readonly label: string };
  readonly subject: string | null;
  readonly author: Writer;
  /** Null while nobody treats it. */
  readonly assignee: Writer | null;
  readonly createdAt: string;
  readonly changedAt: string;
  readonly closedAt: string | null;
}

/** Something written on a request; text and files are null once its author was erased. */
export interface SupportRequestMessage {
  readonly rank: number;
  readonly author: Writer;
  readonly text: string | null;
  readonly files: readonly SupportRequestFile[] | null;
  readonly writtenAt: string;
}

/** A request with all that was written on it. */
export interface SupportRequestThread extends SupportRequestSummary {
  readonly messages: readonly SupportRequestMessage[];
}

/** A row of `SUMMARIES`. */
export interface SummaryRow {
  readonly request: string;
  readonly number: string;
  readonly status: string;
  readonly outcome: string | null;
  readonly structure: string;
  readonly recipient_structure: string | null;
  readonly category: string;
  readonly subcategory: string;
  readonly subject: string | null;
  readonly author: string;
  readonly author_name: string | null;
  readonly assignee: string | null;
  readonly assignee_name: string | null;
  readonly created_at: Date;
  readonly changed_at: Date;
  readonly closed_at: Date | null;
}

/** Requests with the names of their people; a WHERE on `r` is to follow. */
export const SUMMARIES = `
  SELECT r.*, nullif(concat_ws(' ', a.first_name, a.last_name), '') AS author_name,
         nullif(concat_ws(' ', t.first_name, t.last_name), '') AS assignee_name
    FROM read.support_requests r
    LEFT JOIN read.accounts a ON a.account = r.author
    LEFT JOIN read.accounts t ON t.account = r.assignee`;

/** A request as people read it. */
export function summaryOf(row: SummaryRow): SupportRequestSummary {
  const labels = supportRequestLabels(row.category, row.subcategory);
  return {
    request: row.request,
    status: row.status,
    outcome: row.outcome,
    structure: row.structure,
    recipientStructure: row.recipient_structure,
    category: { code: row.category, label: labels?.category ?? row.category },
    subcategory: { code: row.subcategory, label: labels?.subcategory ?? row.subcategory },
    subject: row.subject,
    author: writer(row.author, row.author_name),
    assignee: row.assignee === null ? null : writer(row.assignee, row.assignee_name),
    createdAt: row.created_at.toISOString(),
    changedAt: row.changed_at.toISOString(),
    closedAt: row.closed_at?.toISOString() ?? null,
  };
}

/** Somebody by the account that the log names, or `operator`. */
export function writer(account: string, name: string | null): Writer {
  return account === 'operator' ? { account: null, name: 'Support' } : { account, name };
}
