import type { RecordedEvent } from '#events';
import type { PoolClient } from 'pg';
import type { Audience, Notice } from './notice.js';
import { ACCOUNTS_OF, namedBy } from './relations.js';

/** A notice, as a row of the parameters of one statement. */
type Row = readonly [named: string, event: string, template: string, facts: string, happenedAt: string];

type NoticesOfKind = Map<Audience['kind'], Row[]>;

/**
 * Notices on their way into the outbox, many in one statement for each kind of audience: a status of each of 100,000 invoices is
 * some hundred statements, and the transaction, which holds back every reader of the log, stays short. A structure of 10,000
 * people is one insertion too.
 */
export class WaitingNotices {
  /** By their place among the notices of one event: when they have somebody twice, the first one is theirs. */
  private places: NoticesOfKind[] = [];

  constructor(private readonly tx: PoolClient) {}

  /** Takes in what an event says, in the order in which it says it. */
  add({ id, recordedAt }: RecordedEvent, notices: readonly Notice[]): void {
    for (const [place, { to, template, facts }] of notices.entries()) {
      const ofPlace = (this.places[place] ??= new Map<Audience['kind'], Row[]>());
      const rows = ofPlace.get(to.kind) ?? [];
      rows.push([namedBy(to), id, template, JSON.stringify(facts), recordedAt]);
      ofPlace.set(to.kind, rows);
    }
  }

  /** Writes what waits, for those who belong to the audiences now. */
  async put(): Promise<void> {
    const places = this.places;
    this.places = [];
    for (const ofPlace of places) for (const [kind, rows] of ofPlace) await this.insert(kind, rows);
  }

  private async insert(kind: Audience['kind'], rows: readonly Row[]): Promise<void> {
    const columns = ([0, 1, 2, 3, 4] as const).map((column) => rows.map((row) => row[column]));
    await this.tx.query(
      `INSERT INTO outbox.mails (id, event, recipient, template, facts, happened_at, next_try_at)
       SELECT md5(notice.event::text || account)::uuid, notice.event, account, template, facts, happened_at, now()
         FROM unnest($1::text[], $2::uuid[], $3::text[], $4::json[], $5::timestamptz[])
                AS notice (named, event, template, facts, happened_at),
              LATERAL (${ACCOUNTS_OF[kind]}) AS audience
       ON CONFLICT (event, recipient) DO NOTHING`,
      columns,
    );
  }
}
