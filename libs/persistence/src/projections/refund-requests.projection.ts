import {
  missingOfRefundRequest,
  refundRequestTotal,
  type RefundRequestContent,
  type RefundRequestEvent,
  type RefundRequestStatus,
} from '#domain';
import type { RecordedEvent } from '#events';
import type { PoolClient } from 'pg';
import { columnText } from './column-text.js';
import type { Projection } from './projection.js';

/** Requests to have energy taxes paid back, and the statuses that each went through (R29). */
export const refundRequestsProjection: Projection = {
  name: 'refund-requests',
  types: ['RefundRequestSaved', 'RefundRequestDeleted', 'RefundRequestSent', 'RefundRequestStatusChanged'],
  tables: ['read.refund_requests', 'read.refund_request_statuses'],
  async handle(events, tx) {
    for (const event of events) await apply(event, tx);
  },
};

async function apply({ type, data, position, recordedAt }: RecordedEvent, tx: PoolClient): Promise<void> {
  const event = { type, data } as RefundRequestEvent;
  const { request } = event.data;
  switch (event.type) {
    case 'RefundRequestSaved': {
      const { structure, content } = event.data;
      await tx.query(
        `INSERT INTO read.refund_requests (request, position, structure, status, created_at, changed_at, tax, period_start,
                                           period_end, recipient, lines, total, missing)
         VALUES ($1, $2, $3, 'draft', $4, $4, $5, $6, $7, $8, $9, $10, $11)
         ON CONFLICT (request) DO UPDATE
           SET changed_at = excluded.changed_at, tax = excluded.tax, period_start = excluded.period_start,
               period_end = excluded.period_end, recipient = excluded.recipient, lines = excluded.lines,
               total = excluded.total, missing = excluded.missing`,
        [request, position, structure, recordedAt, ...summaryOf(content)],
      );
      return;
    }
    case 'RefundRequestDeleted':
      await tx.query('DELETE FROM read.refund_requests WHERE request = $1', [request]);
      return;
    case 'RefundRequestSent':
      await tx.query('UPDATE read.refund_requests SET number = $2, recipient = $3, sent_at = $4 WHERE request = $1', [
        request,
        event.data.number,
        columnText(event.data.recipient),
        recordedAt,
      ]);
      await reach(tx, { request, status: 'sent', reason: null }, recordedAt);
      return;
    case 'RefundRequestStatusChanged':
      await reach(tx, event.data, recordedAt);
      return;
  }
}

interface Reached {
  readonly request: string;
  readonly status: RefundRequestStatus;
  readonly reason: string | null;
}

async function reach(tx: PoolClient, { request, status, reason }: Reached, changedAt: string): Promise<void> {
  await tx.query('UPDATE read.refund_requests SET status = $2, changed_at = $3 WHERE request = $1', [
    request,
    status,
    changedAt,
  ]);
  await tx.query(
    `INSERT INTO read.refund_request_statuses (request, place, status, reason, changed_at)
     SELECT $1, count(*) + 1, $2, $3, $4 FROM read.refund_request_statuses WHERE request = $1`,
    [request, status, columnText(reason), changedAt],
  );
}

/** What a list shows of a content; nothing when its key was destroyed. */
function summaryOf(content: RefundRequestContent | null): unknown[] {
  if (content === null) return Array.from({ length: 7 }, () => null);
  const { tax, period, recipient, lines = [] } = content;
  const texts = [tax, period?.start, period?.end, recipient].map((one) => columnText(one ?? null));
  return [...texts, lines.length, refundRequestTotal(content), missingOfRefundRequest(content).length];
}
