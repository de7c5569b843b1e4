import { query, required, rowsOf, type Queryable } from '../database/sql.js';
import type { AppendResult } from '../types.js';
import type { PreparedAppend } from './preparation.js';

const recordedIds = query('recorded-ids');

/**
 * Looks whether an append that met a conflict had been recorded by an earlier try of the very same command: at the
 * versions where it wanted to write stand events with its ids and types. This is what makes "did that commit?" a question
 * that trying again answers. Gives the results of that earlier try, or null.
 *
 * Appends that expect 'any' or 'exists' name no version; `es.requests` answers for them.
 */
export async function recordedBefore(on: Queryable, appends: PreparedAppend[]): Promise<AppendResult[] | null> {
  const wanted = appends.flatMap(({ stream, expected, events }) =>
    typeof expected === 'number'
      ? events.map((event, index) => ({ stream, version: expected + index + 1, id: event.id, type: event.type }))
      : [],
  );
  const rows = await rowsOf(on, recordedIds, [
    wanted.map(({ stream }) => stream),
    wanted.map(({ version }) => version),
  ]);
  const found = new Map(rows.map((row) => [`${required(row[1])} ${required(row[0])}`, row]));
  for (const { stream, version, id, type } of wanted) {
    const row = found.get(`${version} ${stream}`);
    if (!row || row[2] !== id || row[3] !== type) return null;
  }
  return appends.map(({ stream, expected, events }) => {
    if (typeof expected !== 'number') throw new TypeError('only appends at a version can be found by their version');
    const version = expected + events.length;
    const last = found.get(`${version} ${stream}`);
    return {
      stream,
      firstVersion: expected + 1,
      version,
      checkpoint: { transaction: required(last?.[5]), position: Number(required(last?.[4])) },
      alreadyRecorded: true,
    };
  });
}
