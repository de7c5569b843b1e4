import type { AccountEvent, SupportRequestEvent } from '#domain';
import type { RecordedEvent } from '#events';
import type { PoolClient } from 'pg';
import { columnText } from './column-text.js';
import type { Projection } from './projection.js';

type HandledEvent = SupportRequestEvent | Extract<AccountEvent, { type: 'PersonErased' }>;

/** Support requests and what was written on each, as those concerned read them (R18). */
export const supportRequestsProjection: Projection = {
  name: 'support-requests',
  types: [
    'SupportRequestCreated',
    'SupportRequestAssigned',
    'SupportRequestAnswered',
    'SupportRequestClosed',
    'PersonErased',
  ],
  tables: ['read.support_requests', 'read.support_request_messages'],
  async handle(events, tx) {
    for (const event of events) await apply(event, tx);
  },
};

async function apply(recorded: RecordedEvent, tx: PoolClient): Promise<void> {
  const { position, recordedAt } = recorded;
  const event = { type: recorded.type, data: recorded.data } as HandledEvent;
  switch (event.type) {
    case 'SupportRequestCreated': {
      const { request, author, structure, recipient, category, subcategory, subject } = event.data;
      const recipientStructure = recipient.kind === 'structure' ? recipient.structure : null;
      await tx.query(
        `INSERT INTO read.support_requests
           (request, number, author, structure, recipient_structure, category, subcategory, subject, status, created_at, changed_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'open', $9, $9)`,
        [
          request,
          position,
          author,
          structure,
          recipientStructure,
          category,
          subcategory,
          columnText(subject),
          recordedAt,
        ],
      );
      await addMessage(tx, event.data, recordedAt);
      return;
    }
    case 'SupportRequestAssigned':
      await tx.query(
        `UPDATE read.support_requests
            SET assignee = $2, status = CASE status WHEN 'open' THEN 'assigned' ELSE status END, changed_at = $3
          WHERE request = $1`,
        [event.data.request, event.data.assignee, recordedAt],
      );
      return;
    case 'SupportRequestAnswered':
      await addMessage(tx, event.data, recordedAt);
      await tx.query(
        `UPDATE read.support_requests
            SET status = CASE WHEN author <> $2 THEN 'answered' WHEN assignee IS NULL THEN 'open' ELSE 'assigned' END,
                assignee = CASE WHEN author <> $2 THEN coalesce(assignee, $2) ELSE assignee END, changed_at = $3
          WHERE request = $1`,
        [event.data.request, event.data.author, recordedAt],
      );
      return;
    case 'SupportRequestClosed':
      await tx.query(
        `UPDATE read.support_requests SET status = 'closed', outcome = $2, changed_at = $3, closed_at = $3
          WHERE request = $1`,
        [event.data.request, event.data.outcome, recordedAt],
      );
      return;
    case 'PersonErased':
      // What the log still holds of that person reads as null from now on; so do the rows.
      await tx.query('UPDATE read.support_requests SET subject = NULL WHERE author = $1', [event.data.account]);
      await tx.query('UPDATE read.support_request_messages SET text = NULL, files = NULL WHERE author = $1', [
        event.data.account,
      ]);
      return;
  }
}

type Message = Pick<
  Extract<SupportRequestEvent, { type: 'SupportRequestAnswered' }>['data'],
  'request' | 'author' | 'text' | 'files'
>;

async function addMessage(tx: PoolClient, { request, author, text, files }: Message, writtenAt: string): Promise<void> {
  const kept = files === null ? null : JSON.stringify(files.map((file) => ({ ...file, name: columnText(file.name) })));
  await tx.query(
    `INSERT INTO read.support_request_messages (request, rank, author, text, files, written_at)
     SELECT $1, count(*) + 1, $2, $3, $4, $5 FROM read.support_request_messages WHERE request = $1`,
    [request, author, columnText(text), kept, writtenAt],
  );
}
