import { compareCheckpoints, type Checkpoint } from '#events';
import type { InvoiceSide } from '#persistence';
import type { Pool } from 'pg';
import type { InvoiceReach, LimitedReach } from '../access/invoice-reach.js';
import { FEED_BEGINNING } from './feed-cursor.js';

/** That the event at a place of the log is news for a reader. */
export interface News {
  readonly place: Checkpoint;
  /** By which hands of which of the reader's structures; none are named to who may see everything. */
  readonly hands: readonly { readonly party: string; readonly sides: readonly InvoiceSide[] }[];
}

interface Row {
  readonly transaction: string;
  readonly position: string;
  readonly hands: News['hands'] | null;
  readonly isHead: boolean;
}

/**
 * What comes next for a reader (R48), in the order of the log, each event once.
 *
 * @param from the place behind which it begins
 * @param limit most of them
 * @returns with the place of the newest event that is news for anybody, at that moment
 */
export async function newsBehind(
  pool: Pool,
  reach: InvoiceReach,
  from: Checkpoint,
  limit: number,
): Promise<{ readonly news: readonly News[]; readonly head: Checkpoint }> {
  const place = [from.transaction, from.position, limit];
  const { rows } = reach.everything
    ? await pool.query<Row>(OF_EVERYBODY, place)
    : await pool.query<Row>(OF_PLACES, [...place, partiesOf(reach)]);
  const head = rows.find(({ isHead }) => isHead);
  const news = rows.filter(({ isHead }) => !isHead).map((row) => ({ place: placeOf(row), hands: row.hands ?? [] }));
  news.sort((left, right) => compareCheckpoints(left.place, right.place));
  return { news, head: head === undefined ? FEED_BEGINNING : placeOf(head) };
}

/** What a reach asks of the news, by structure: its hands, and the services to which one of them is limited. */
function partiesOf(reach: LimitedReach): string {
  const parties = new Map<string, { party: string; sides: string[]; services: string[] }>();
  for (const { party, side, service } of reach.places) {
    const known = parties.get(party) ?? { party, sides: [], services: [] };
    parties.set(party, known);
    if (service === null) known.sides.push(side);
    else known.services.push(service);
  }
  return JSON.stringify([...parties.values()]);
}

// The end is read by the same statement: it never lies behind an event of the reader's that this page had not seen.
const withHead = (news: string): string => `
  SELECT transaction::text, position, hands, false AS "isHead" FROM (${news}) AS news
  UNION ALL
  SELECT transaction::text, position, NULL, true
    FROM (SELECT transaction, position FROM read.status_news ORDER BY transaction DESC, position DESC LIMIT 1) AS head`;

const OF_EVERYBODY = withHead(`
  SELECT transaction, position, NULL::json AS hands FROM read.status_news
   WHERE (transaction, position) > ($1::numeric, $2::bigint)
   GROUP BY transaction, position ORDER BY transaction, position LIMIT $3`);

// Each structure gives whole events alone, at most a page of them: so the first of all of them are the first there are.
const OF_PLACES = withHead(`
  SELECT transaction, position, json_agg(json_build_object('party', places.party, 'sides', own.sides)) AS hands
    FROM json_to_recordset($4) AS places (party text, sides text[], services text[])
   CROSS JOIN LATERAL (
     SELECT transaction, position, array_agg(side) AS sides FROM read.status_news
      WHERE status_news.party = places.party AND (transaction, position) > ($1::numeric, $2::bigint)
        AND (side = ANY (places.sides) OR (side = 'recipient' AND service = ANY (places.services)))
      GROUP BY transaction, position ORDER BY transaction, position LIMIT $3) AS own
   GROUP BY transaction, position ORDER BY transaction, position LIMIT $3`);

/** A place of the log, of a row that names it. */
export function placeOf({ transaction, position }: { transaction: string; position: string }): Checkpoint {
  return { transaction, position: Number(position) };
}
