import {
  initialStatus,
  isBeforeRecipient,
  LONGEST_IDENTIFIER,
  type InvoiceEvent,
  type InvoiceReference,
  type InvoiceRejected,
} from '#domain';
import type { RecordedEvent } from '#events';
import { columnText } from './column-text.js';
import type { Projection } from './projection.js';

/** What a structure has to do with an invoice. */
export type InvoiceSide = 'issuer' | 'recipient' | 'validator' | 'sender';

/** That an event is news for a structure, by which of its hands, and for which of its services (R09). */
interface News {
  readonly party: string;
  readonly side: InvoiceSide;
  readonly service: string | null;
}

/**
 * Whose news each event of an invoice's life is (R48): what the feeds read. It is kept in the order of the log by one writer,
 * so a reader that goes on behind the last row it saw never misses one.
 */
export const statusNewsProjection: Projection = {
  name: 'status-news',
  types: [
    'InvoiceIntegrated',
    'InvoiceRejected',
    'InvoiceStatusChanged',
    'InvoiceRecycled',
    'InvoiceCompleted',
    'SupportingDocumentsAdded',
    'InvoiceValidatorCorrected',
    'RejectionAcknowledged',
    'InvoiceCredited',
  ],
  tables: ['read.status_news'],
  async handle(events, tx) {
    const rows = events.flatMap((event) => newsOf(event).map((news) => ({ ...news, event })));
    await tx.query(
      `INSERT INTO read.status_news (party, transaction, position, side, service)
       SELECT * FROM unnest($1::text[], $2::numeric[], $3::bigint[], $4::text[], $5::text[]) ON CONFLICT DO NOTHING`,
      [
        rows.map(({ party }) => columnText(party)),
        rows.map(({ event }) => event.transaction),
        rows.map(({ event }) => event.position),
        rows.map(({ side }) => side),
        rows.map(({ service }) => columnText(service)),
      ],
    );
  },
};

/** Who is told of an event; nobody by what is too long to be an identifier, as a rejected invoice may name its issuer. */
export function newsOf({ type, data }: Pick<RecordedEvent, 'type' | 'data'>): readonly News[] {
  const event = { type, data } as InvoiceEvent | InvoiceRejected;
  const news = (party: string | null | undefined, side: InvoiceSide, service: string | null = null): News[] =>
    party == null || party.length > LONGEST_IDENTIFIER ? [] : [{ party, side, service }];
  switch (event.type) {
    case 'InvoiceIntegrated': {
      const { issuer, sender, recipient, serviceCode, validator } = event.data;
      return [
        ...senders(issuer.identifier, sender.identifier),
        ...(isBeforeRecipient(initialStatus(event.data)) ? [] : news(recipient.identifier, 'recipient', serviceCode)),
        ...news(validator?.identifier, 'validator'),
      ];
    }
    // It never came in: its issuer and whoever sent it are told, and nobody it was addressed to.
    case 'InvoiceRejected': {
      const { issuer, sender } = event.data;
      return senders(issuer?.identifier, sender.identifier);
    }
    case 'InvoiceRecycled':
      return [...concerned(event.data.invoice), ...news(event.data.formerRecipient.identifier, 'recipient')];
    case 'InvoiceStatusChanged':
      return concerned(event.data.invoice, isBeforeRecipient(event.data.to));
    case 'InvoiceCredited':
    case 'SupportingDocumentsAdded':
      return concerned(event.data.invoice, isBeforeRecipient(event.data.status));
    case 'InvoiceValidatorCorrected':
      return concerned(event.data.invoice, true);
    default:
      return concerned(event.data.invoice);
  }
  /** The issuer, and the intermediary that sent for it. */
  function senders(issuer: string | undefined, sender: string | undefined): News[] {
    return [...news(issuer, 'issuer'), ...(sender === issuer ? [] : news(sender, 'sender'))];
  }
  function concerned(
    { issuer, sender, recipient, serviceCode, validator }: InvoiceReference,
    isBefore = false,
  ): News[] {
    return [
      ...senders(issuer, sender),
      ...(isBefore ? [] : news(recipient, 'recipient', serviceCode)),
      ...news(validator, 'validator'),
    ];
  }
}
