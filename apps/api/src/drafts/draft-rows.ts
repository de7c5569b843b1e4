import type { DraftSummary } from './draft-views.js';

/** Columns of a list of drafts, named as the view names them. */
export const DRAFT_COLUMNS = `draft, structure, status, number, issue_date AS "issueDate", billing_frame AS "billingFrame",
  recipient, currency, total_with_vat::text AS "totalWithVat", missing, flow_number AS "flowNumber",
  created_at AS "createdAt", saved_at AS "savedAt"`;

/** A row of {@link DRAFT_COLUMNS}, with what else the list asked for. */
export type DraftRow = Omit<DraftSummary, 'createdAt' | 'savedAt'> & {
  readonly createdAt: Date;
  readonly savedAt: Date;
};

/** Shows a draft in a list, without whatever else the row holds. */
export function draftSummary(row: DraftRow): DraftSummary {
  const { draft, structure, status, number, issueDate, billingFrame, recipient, currency } = row;
  const { totalWithVat, missing, flowNumber, createdAt, savedAt } = row;
  return {
    ...{ draft, structure, status, number, issueDate, billingFrame, recipient, currency },
    ...{ totalWithVat, missing, flowNumber },
    createdAt: createdAt.toISOString(),
    savedAt: savedAt.toISOString(),
  };
}
