import {
  issuerParty,
  type FlowRefused,
  type InvoiceRejected,
  type RejectDaysEvent,
  type RejectFileEvent,
} from '#domain';
import type { RecordedEvent } from '#events';
import type { PoolClient } from 'pg';
import type { Projection } from './projection.js';

type RejectEvent = InvoiceRejected | FlowRefused | RejectDaysEvent | RejectFileEvent;

/** Event types that make a line of a reject file. */
export const REJECT_TYPES = ['InvoiceRejected', 'FlowRefused'] as const;

/**
 * The lines of the reject files, the days closed and the files written (R44). A day's closing comes after every reject
 * of that day in the log, so once it is here the lines of the day are complete.
 */
export const rejectsProjection: Projection = {
  name: 'rejects',
  types: [...REJECT_TYPES, 'RejectDayClosed', 'RejectFileClosed', 'RejectDayPublished'],
  tables: ['read.rejects', 'read.reject_days', 'read.reject_files'],
  async handle(events, tx) {
    await insertLines(events.filter(isRejectLine), tx);
    for (const recorded of events) {
      const event = { type: recorded.type, data: recorded.data } as RejectEvent;
      if (event.type === 'RejectDayClosed') {
        await tx.query('INSERT INTO read.reject_days (day, closed_at) VALUES ($1, $2)', [
          event.data.day,
          recorded.recordedAt,
        ]);
      } else if (event.type === 'RejectFileClosed') {
        const { day, party, lines, csv, json } = event.data;
        await tx.query(
          `INSERT INTO read.reject_files (day, party, lines, csv_sha256, csv_size, json_sha256, json_size, closed_at)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
          [day, party, lines, csv.sha256, csv.size, json.sha256, json.size, recorded.recordedAt],
        );
      } else if (event.type === 'RejectDayPublished') {
        await tx.query('UPDATE read.reject_days SET published = true WHERE day = $1', [event.data.day]);
      }
    }
  },
};

function isRejectLine(event: RecordedEvent): boolean {
  return (REJECT_TYPES as readonly string[]).includes(event.type);
}

async function insertLines(events: readonly RecordedEvent[], tx: PoolClient): Promise<void> {
  if (events.length === 0) return;
  const rows = events.map((recorded) => {
    const data = recorded.data as InvoiceRejected['data'] | FlowRefused['data'];
    const issuer = 'issuer' in data ? issuerParty(data.issuer, data.sender) : null;
    return { recorded, data, issuer: issuer?.identifier ?? null };
  });
  await tx.query(
    `INSERT INTO read.rejects (position, transaction, day, sender, issuer, reject, rejected_at, rules)
     SELECT position, transaction, day, sender, issuer, reject, rejected_at,
            ARRAY(SELECT json_array_elements_text(rules))
       FROM unnest($1::bigint[], $2::numeric[], $3::date[], $4::text[], $5::text[], $6::json[], $7::timestamptz[], $8::json[])
         AS line (position, transaction, day, sender, issuer, reject, rejected_at, rules)`,
    [
      rows.map(({ recorded }) => recorded.position),
      rows.map(({ recorded }) => recorded.transaction),
      rows.map(({ data }) => data.day),
      rows.map(({ data }) => data.sender.identifier),
      rows.map(({ issuer }) => issuer),
      rows.map(({ data }) => JSON.stringify(data)),
      rows.map(({ recorded }) => recorded.recordedAt),
      rows.map(({ data }) => JSON.stringify([...new Set(data.reasons.map(({ rule }) => rule))].sort())),
    ],
  );
}
