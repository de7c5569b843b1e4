import { invoiceReachOf, type InvoiceStatusNews, type KnownConnection } from '#application';
import { initialStatus, type IdentifierType, type InvoiceEvent, type InvoiceReference, type Party } from '#domain';
import { compareCheckpoints, type Checkpoint, type EventStore, type RecordedEvent } from '#events';
import { invoiceId, invoicesProjection, progressOf, statusNewsProjection } from '#persistence';

/** What came behind a place of the log for a connection. */
export interface StatusBacklog {
  /** In the order of the log. */
  readonly statuses: readonly InvoiceStatusNews[];
  /** The place up to which they go. */
  readonly end: Checkpoint;
}

interface Place {
  readonly transaction: string;
  readonly position: string;
}

/** What a status file says of an invoice beside the event. */
interface InvoiceFacts {
  readonly id: string;
  readonly issuer: string;
  readonly issuerName: string | null;
  readonly issuerType: IdentifierType | null;
  readonly sender: string;
}

/**
 * Reads what a connection has to be told of the life of invoices: of those that its structure issued, and of those that it
 * sent for others (FEN1200A returns the life cycle to the sender). Structures whose place it took count as its own (R16).
 */
export class StatusBacklogs {
  constructor(private readonly store: EventStore) {}

  /**
   * The next news of a connection, or null when there are none.
   *
   * @param most events looked at; what has no status to tell is among them
   */
  async behind(connection: KnownConnection, after: Checkpoint, most: number): Promise<StatusBacklog | null> {
    // In one of the two alone, there may be news of an invoice whose sender is not known yet.
    const frontier = await progressOf([invoicesProjection, statusNewsProjection], this.store.pool);
    if (frontier === null || compareCheckpoints(frontier, after) <= 0) return null;
    const own = await this.ownStructures(connection);
    const places = [after.transaction, after.position, frontier.transaction, frontier.position];
    const { rows } = await this.store.pool.query<Place>(NEWS, [own, ...places, most]);
    const last = rows.at(-1);
    if (last === undefined) return null;
    const events = await this.store.readAt(rows.map(placeOf));
    return { statuses: await this.statusesOf(events, new Set(own)), end: placeOf(last) };
  }

  private async ownStructures(connection: KnownConnection): Promise<string[]> {
    const reach = await invoiceReachOf(this.store.pool, { kind: 'connection', connection });
    if (reach.everything) throw new Error('A connection sees what is its own');
    return reach.places.filter(({ side }) => side === 'issuer').map(({ party }) => party);
  }

  private async statusesOf(events: readonly RecordedEvent[], own: ReadonlySet<string>): Promise<InvoiceStatusNews[]> {
    const { rows } = await this.store.pool.query<InvoiceFacts>(FACTS, [events.map(({ stream }) => invoiceId(stream))]);
    const facts = new Map(rows.map((row) => [row.id, row]));
    return events.flatMap((event) => {
      const invoice = facts.get(invoiceId(event.stream));
      // An issuer of whom the connection sends some invoices may send others by another way.
      if (invoice === undefined || !(own.has(invoice.issuer) || own.has(invoice.sender))) return [];
      return statusNewsOf(event, invoice);
    });
  }
}

/** What an event says of the status: nothing, when it leaves it as it was, or is none of an invoice that was let in. */
function statusNewsOf(recorded: RecordedEvent, { issuer, issuerName, issuerType }: InvoiceFacts): InvoiceStatusNews[] {
  const event = { type: recorded.type, data: recorded.data } as InvoiceEvent;
  const party: Party = { identifier: issuer, name: issuerName };
  const news = (
    { number, issueDate, recipient, serviceCode }: Omit<InvoiceReference, 'issuer' | 'validator'>,
    told: Pick<InvoiceStatusNews, 'status'> & Partial<InvoiceStatusNews>,
  ): InvoiceStatusNews[] => [
    {
      ...{ number, issueDate, recipient, serviceCode },
      ...{ issuer: party, issuerType: issuerType ?? 'SIRET', since: recorded.occurredAt },
      ...{ reason: null, comment: null, paymentOrder: null, ...told },
    },
  ];
  switch (event.type) {
    case 'InvoiceIntegrated':
      return news({ ...event.data, recipient: event.data.recipient.identifier }, { status: initialStatus(event.data) });
    case 'InvoiceStatusChanged': {
      const { invoice, to, reason, comment, paymentOrder } = event.data;
      return news(invoice, { status: to, reason, comment, paymentOrder });
    }
    case 'InvoiceRecycled':
      return news(event.data.invoice, { status: 'MISE_A_DISPOSITION', comment: event.data.comment });
    case 'InvoiceCompleted':
      return news(event.data.invoice, { status: 'COMPLETEE', comment: event.data.comment });
    case 'InvoiceValidatorCorrected':
      return news(event.data.invoice, { status: 'A_VALIDER_1', comment: event.data.comment });
    default:
      return [];
  }
}

function placeOf({ transaction, position }: Place): Checkpoint {
  return { transaction, position: Number(position) };
}

// Every event of an invoice is news for its issuer. The issuers whom a structure sends for are found by jumping from one to
// the next in the index, since their invoices may be many.
const NEWS = `
  WITH RECURSIVE served (sender, issuer) AS (
    SELECT own.sender, (SELECT min(issuer) FROM read.invoices
                         WHERE invoices.sender = own.sender AND invoices.sender <> invoices.issuer)
      FROM unnest($1::text[]) AS own (sender)
     UNION ALL
    SELECT served.sender, (SELECT min(issuer) FROM read.invoices
                            WHERE invoices.sender = served.sender AND invoices.sender <> invoices.issuer
                              AND invoices.issuer > served.issuer)
      FROM served WHERE served.issuer IS NOT NULL
  ), parties AS (
    SELECT unnest($1::text[]) AS party UNION SELECT issuer FROM served WHERE issuer IS NOT NULL
  )
  SELECT transaction, position
    FROM parties
   CROSS JOIN LATERAL (
     SELECT transaction, position FROM read.status_news
      WHERE status_news.party = parties.party AND side = 'issuer'
        AND (transaction, position) > ($2::numeric, $3::bigint) AND (transaction, position) <= ($4::numeric, $5::bigint)
      ORDER BY transaction, position LIMIT $6) AS news
   ORDER BY transaction, position LIMIT $6`;

const FACTS = `
  SELECT id, issuer, issuer_name AS "issuerName", identifier_type AS "issuerType", sender
    FROM read.invoices LEFT JOIN read.structures ON structures.identifier = issuer
   WHERE id = ANY($1::uuid[])`;
