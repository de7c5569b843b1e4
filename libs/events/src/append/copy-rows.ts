import { once } from 'node:events';
import type { PoolClient } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { query } from '../database/sql.js';
import type { PlacedAppend, PlacedEvent } from './heads.js';
import { hashOfPrepared } from './preparation.js';

const copyStreams = query('copy-streams');
const copyEvents = query('copy-events');

// Some 200 kB of text at a time: the server reads one piece while the next one is hashed and written.
const ROWS_PER_PIECE = 250;

/** Writes the head rows of new streams by COPY; a stream that exists makes the server refuse with 23505. */
export async function copyHeads(tx: PoolClient, transaction: string, created: PlacedAppend[]): Promise<void> {
  await copyRows(tx, copyStreams.text, created, ({ stream, events }) => {
    const [first, last] = [events[0]?.position ?? 0, events.at(-1)?.position ?? 0];
    return `${escaped(stream)}\t${events.length}\t${first}\t${last}\t${transaction}\n`;
  });
}

/** Writes events by COPY, the fastest way there is for many. */
export async function copyPlacedEvents(tx: PoolClient, events: PlacedEvent[]): Promise<void> {
  await copyRows(tx, copyEvents.text, events, ({ stream, version, position, prepared }) => {
    const { id, type, schemaVersion, data, metadata, occurredAt } = prepared;
    return (
      `${position}\t${escaped(stream)}\t${version}\t${id}\t${escaped(type)}\t${schemaVersion}\t${escaped(data)}\t` +
      `${escaped(metadata)}\t\\\\x${hashOfPrepared(stream, version, prepared)}\t${occurredAt}\n`
    );
  });
}

async function copyRows<T>(tx: PoolClient, statement: string, items: T[], row: (item: T) => string): Promise<void> {
  if (items.length === 0) return;
  const target = tx.query(copyFrom(statement));
  const finished = once(target, 'finish');
  // The pieces below may wait for a drain that never comes; the failure then arrives here.
  const failed = finished.then(() => undefined);
  failed.catch(() => undefined);
  for (let start = 0; start < items.length; start += ROWS_PER_PIECE) {
    const piece = items
      .slice(start, start + ROWS_PER_PIECE)
      .map(row)
      .join('');
    const ready = target.write(Buffer.from(piece, 'utf8'));
    if (!ready) await Promise.race([once(target, 'drain'), failed]);
  }
  target.end();
  await finished;
}

/**
 * Text format of COPY. Names hold no control characters and JSON text escapes its own, so that the backslash is the only
 * character that COPY would read otherwise.
 */
function escaped(text: string): string {
  return text.includes('\\') ? text.replaceAll('\\', '\\\\') : text;
}
