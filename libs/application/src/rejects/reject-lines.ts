import { issuerParty, type FlowRefused, type InvoiceRejected } from '#domain';
import type { EventStore } from '#events';
import { REJECT_TYPES } from '#persistence';
import type { RejectLine } from './reject-file.js';

/** Data of an event that makes a line. */
export type RejectData = InvoiceRejected['data'] | FlowRefused['data'];

/** Rows fetched at a time: two walks along an index, merged, so that each page costs the same. */
const PAGE = 1_000;

/** What the viewer may see of them. */
const SEEN = '(sender = $3 OR issuer = $3)';

/**
 * The lines of a party's reject file of a day, in the order of the log (R44): every reject of that day whose issuer or
 * whose sender it is. Streamed, so that a day of a hundred thousand lines costs no memory.
 *
 * @param viewer when it is not the party itself, only the lines that concern the viewer as well are given: an
 *   intermediary sees, of its customer's rejects, those that it sent
 */
export async function* rejectLines(
  store: EventStore,
  day: string,
  party: string,
  viewer: string = party,
): AsyncIterable<RejectLine> {
  let after: { transaction: string; position: string } = { transaction: '0', position: '0' };
  for (;;) {
    const { rows } = await store.pool.query<{
      transaction: string;
      position: string;
      reject: RejectData;
      rejectedAt: Date;
    }>(
      `SELECT transaction::text, position::text, reject, rejected_at AS "rejectedAt"
         FROM ((SELECT * FROM read.rejects a
                 WHERE day = $1 AND sender = $2 AND ${SEEN} AND (a.transaction, a.position) > ($4::numeric, $5::bigint)
                 ORDER BY a.transaction, a.position LIMIT ${PAGE})
               UNION ALL
               (SELECT * FROM read.rejects a
                 WHERE day = $1 AND issuer = $2 AND sender <> $2 AND ${SEEN}
                   AND (a.transaction, a.position) > ($4::numeric, $5::bigint)
                 ORDER BY a.transaction, a.position LIMIT ${PAGE})) r
        ORDER BY r.transaction, r.position LIMIT ${PAGE}`,
      [day, party, viewer, after.transaction, after.position],
    );
    for (const row of rows) yield rejectLine(row.reject, row.rejectedAt.toISOString());
    const last = rows.at(-1);
    if (last === undefined || rows.length < PAGE) return;
    after = last;
  }
}

/** The same lines, from the log itself and nothing else: what an auditor compares a closed file with. */
export async function* rejectLinesFromLog(store: EventStore, day: string, party: string): AsyncIterable<RejectLine> {
  let after: { transaction: string; position: number } | null = null;
  for (;;) {
    const page: Awaited<ReturnType<EventStore['readAll']>> = await store.readAll({
      after,
      limit: PAGE,
      types: [...REJECT_TYPES],
    });
    for (const { data, recordedAt } of page.events) {
      const reject = data as RejectData;
      // To the millisecond, as the read model gives it: the same bytes as the file that was closed.
      if (reject.day === day && concerns(reject, party)) yield rejectLine(reject, new Date(recordedAt).toISOString());
    }
    if (page.events.length === 0) return;
    after = page.checkpoint;
  }
}

function concerns(reject: RejectData, party: string): boolean {
  const issuer = 'issuer' in reject ? issuerParty(reject.issuer, reject.sender) : null;
  return reject.sender.identifier === party || issuer?.identifier === party;
}

/** The line of a reject, from the data of its event. */
export function rejectLine(reject: RejectData, rejectedAt: string): RejectLine {
  const { flowNumber, flowName, depositedAt, channel, sender, reasons } = reject;
  const common = { flowNumber, flowName, depositedAt, channel, sender, reasons: [...reasons], rejectedAt };
  if (!('rank' in reject))
    return {
      ...common,
      issuer: null,
      invoiceNumber: null,
      invoiceDate: null,
      recipientIdentifier: null,
      serviceCode: null,
      amount: null,
      currency: null,
      rank: null,
      member: null,
      supportingDocuments: [],
      resendable: true,
    };
  const { issuer, invoiceNumber, invoiceDate, recipientIdentifier, serviceCode } = reject;
  const { amount, currency, rank, member, supportingDocuments, resendable } = reject;
  return {
    ...common,
    issuer,
    invoiceNumber,
    invoiceDate,
    recipientIdentifier,
    serviceCode,
    amount,
    currency,
    rank,
    member,
    supportingDocuments: [...supportingDocuments],
    resendable,
  };
}
