import { once } from 'node:events';
import type { PoolClient } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { query } from '../database/sql.js';
import { lastPosition, type PlacedAppend } from './heads.js';
import { hashOfPrepared } from './preparation.js';

const copyStreams = query('copy-streams');
const copyEvents = query('copy-events');

// Some 200 kB of text at a time: the server reads one piece while the next one is hashed and written.
const PIECE_LENGTH = 200_000;

/** Writes the head rows of new streams by COPY; a stream that exists makes the server refuse with 23505. */
export async function copyHeads(tx: PoolClient, transaction: string, created: PlacedAppend[]): Promise<void> {
  await copyRows(tx, copyStreams.text, created, (append) => {
    const { stream, events, positions } = append;
    return `${escaped(stream)}\t${events.length}\t${positions[0] ?? 0}\t${lastPosition(append)}\t${transaction}\n`;
  });
}

/** Writes the events of appends by COPY, the fastest way there is for many. */
export async function copyPlacedEvents(tx: PoolClient, appends: PlacedAppend[]): Promise<void> {
  await copyRows(tx, copyEvents.text, appends, ({ stream, streamNumber, firstVersion, events, positions }) => {
    let rows = '';
    events.forEach((event, index) => {
      const { id, type, schemaVersion, data, metadata, occurredAt } = event;
      const version = firstVersion + index;
      rows +=
        `${positions[index] ?? 0}\t${streamNumber}\t${escaped(stream)}\t${version}\t${id}\t${escaped(type)}\t${schemaVersion}\t` +
        `${escaped(data)}\t${escaped(metadata)}\t\\\\x${hashOfPrepared(stream, version, event)}\t${occurredAt}\n`;
    });
    return rows;
  });
}

async function copyRows<T>(tx: PoolClient, statement: string, items: T[], row: (item: T) => string): Promise<void> {
  if (items.length === 0) return;
  const target = tx.query(copyFrom(statement));
  const finished = once(target, 'finish');
  // The pieces below may wait for a drain that never comes; the failure then arrives here.
  const failed = finished.then(() => undefined);
  failed.catch(() => undefined);
  let piece = '';
  for (const item of items) {
    piece += row(item);
    if (piece.length < PIECE_LENGTH) continue;
    const ready = target.write(Buffer.from(piece, 'utf8'));
    piece = '';
    if (!ready) await Promise.race([once(target, 'drain'), failed]);
  }
  target.end(Buffer.from(piece, 'utf8'));
  await finished;
}

/**
 * Text format of COPY. Names hold no control characters and JSON text escapes its own, so that the backslash is the only
 * character that COPY would read otherwise.
 */
function escaped(text: string): string {
  return text.includes('\\') ? text.replaceAll('\\', '\\\\') : text;
}
