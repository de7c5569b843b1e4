import { newsBehind, reachOfStructure, type InvoiceStatusNews, type KnownConnection } from '#application';
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

/** What a status file says of an invoice beside the event. */
interface InvoiceFacts {
  readonly id: string;
  readonly issuer: string;
  readonly issuerName: string | null;
  readonly issuerType: IdentifierType | null;
  readonly typeCode: string | null;
  readonly billingFrame: string | null;
  readonly depositedAt: Date;
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
    // In one of the two alone, there may be news of an invoice whose issuer is not known yet.
    const frontier = await progressOf([invoicesProjection, statusNewsProjection], this.store.pool);
    if (frontier === null || compareCheckpoints(frontier, after) <= 0) return null;
    const { places } = await reachOfStructure(this.store.pool, connection.structure);
    const hands = places.filter(({ side }) => side === 'issuer' || side === 'sender');
    const { news } = await newsBehind(this.store.pool, { everything: false, places: hands }, after, most);
    const known = news.map(({ place }) => place).filter((place) => compareCheckpoints(place, frontier) <= 0);
    const end = known.at(-1);
    return end === undefined ? null : { statuses: await this.statusesOf(await this.store.readAt(known)), end };
  }

  private async statusesOf(events: readonly RecordedEvent[]): Promise<InvoiceStatusNews[]> {
    const { rows } = await this.store.pool.query<InvoiceFacts>(FACTS, [events.map(({ stream }) => invoiceId(stream))]);
    const facts = new Map(rows.map((row) => [row.id, row]));
    return events.flatMap((event) => {
      const invoice = facts.get(invoiceId(event.stream));
      return invoice === undefined ? [] : statusNewsOf(event, invoice);
    });
  }
}

/** What an event says of the status: nothing, when it leaves it as it was, or is none of an invoice that was let in. */
function statusNewsOf(recorded: RecordedEvent, facts: InvoiceFacts): InvoiceStatusNews[] {
  const { issuer, issuerName, issuerType, typeCode, billingFrame, depositedAt } = facts;
  const event = { type: recorded.type, data: recorded.data } as InvoiceEvent;
  const party: Party = { identifier: issuer, name: issuerName };
  const news = (
    { number, issueDate, recipient, serviceCode, validator }: Omit<InvoiceReference, 'issuer' | 'sender'>,
    told: Pick<InvoiceStatusNews, 'status'> & Partial<InvoiceStatusNews>,
  ): InvoiceStatusNews[] => [
    {
      ...{ number, issueDate, recipient, serviceCode, validator },
      ...{ typeCode, billingFrame, depositedAt: depositedAt.toISOString() },
      ...{ issuer: party, issuerType: issuerType ?? 'SIRET', since: recorded.occurredAt },
      ...{ reason: null, comment: null, paymentOrder: null, ...told },
    },
  ];
  switch (event.type) {
    case 'InvoiceIntegrated':
      return news(
        {
          ...event.data,
          recipient: event.data.recipient.identifier,
          validator: event.data.validator?.identifier ?? null,
        },
        { status: initialStatus(event.data) },
      );
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

const FACTS = `
  SELECT id, issuer, issuer_name AS "issuerName", identifier_type AS "issuerType",
         type_code AS "typeCode", billing_frame AS "billingFrame", deposited_at AS "depositedAt"
    FROM read.invoices LEFT JOIN read.structures ON structures.identifier = issuer
   WHERE id = ANY($1::uuid[])`;
