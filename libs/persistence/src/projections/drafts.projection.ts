import { draftAmounts, missingTerms, USUAL_CURRENCY, type DraftContent, type DraftEvent } from '#domain';
import type { RecordedEvent } from '#events';
import type { PoolClient } from 'pg';
import { columnText } from './column-text.js';
import type { Projection } from './projection.js';

/**
 * Invoices under input, as their issuers list them (R22): what tells one from another, and nothing of the people whom they name.
 */
export const draftsProjection: Projection = {
  name: 'drafts',
  types: ['DraftSaved', 'DraftConfirmed', 'DraftSent', 'DraftReopened', 'DraftDeleted'],
  tables: ['read.drafts'],
  async handle(events, tx) {
    for (const event of events) await apply(event, tx);
  },
};

async function apply({ type, data, recordedAt }: RecordedEvent, tx: PoolClient): Promise<void> {
  const event = { type, data } as DraftEvent;
  const { draft, by } = event.data;
  switch (event.type) {
    case 'DraftSaved': {
      const { structure, content } = event.data;
      await tx.query(
        `INSERT INTO read.drafts (draft, structure, saved_by, created_at, saved_at, status, number, issue_date, billing_frame,
                                  recipient, currency, total_with_vat, missing)
         VALUES ($1, $2, $3, $4, $4, 'open', $5, $6, $7, $8, $9, $10, $11)
         ON CONFLICT (draft) DO UPDATE
           SET saved_by = excluded.saved_by, saved_at = excluded.saved_at, status = 'open', number = excluded.number,
               issue_date = excluded.issue_date, billing_frame = excluded.billing_frame, recipient = excluded.recipient,
               currency = excluded.currency, total_with_vat = excluded.total_with_vat, missing = excluded.missing`,
        [draft, structure, by, recordedAt, ...summaryOf(content)],
      );
      return;
    }
    case 'DraftConfirmed':
      await tx.query("UPDATE read.drafts SET status = 'confirmed' WHERE draft = $1", [draft]);
      return;
    case 'DraftSent':
      await tx.query("UPDATE read.drafts SET status = 'sent', flow_number = $2 WHERE draft = $1", [
        draft,
        event.data.flowNumber,
      ]);
      return;
    case 'DraftReopened':
      await tx.query("UPDATE read.drafts SET status = 'open' WHERE draft = $1", [draft]);
      return;
    case 'DraftDeleted':
      await tx.query('DELETE FROM read.drafts WHERE draft = $1', [draft]);
      return;
  }
}

/** What a list shows of a content; nothing when its key was destroyed. */
function summaryOf(content: DraftContent | null): unknown[] {
  if (content === null) return Array.from({ length: 7 }, () => null);
  const { number, issueDate, billingFrame, buyer, currency = USUAL_CURRENCY } = content;
  const total = draftAmounts(content).totals?.totalWithVat ?? null;
  const texts = [number, issueDate, billingFrame, buyer?.identifier, currency].map((one) => columnText(one ?? null));
  return [...texts, total, missingTerms(content).length];
}
