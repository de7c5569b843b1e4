import {
  afnorCodeOf,
  initialStatus,
  invoiceStream,
  INVOICE_STATUSES,
  isBeforeRecipient,
  STATUS_REASONS,
  type InvoiceEvent,
  type InvoiceIntegrated,
  type InvoiceReference,
  type InvoiceRejected,
  type InvoiceStatus,
  type SupportingDocument,
} from '#domain';
import type { RecordedEvent } from '#events';
import { invoiceId, type InvoiceSide } from '#persistence';
import type { FeedEvent, FeedEventData, FeedEventType } from './event-catalogue.js';
import { feedCursor } from './feed-cursor.js';

/** By which hands of which structures an event is news for a reader; `all` for who may see everything. */
export type NewsHands = 'all' | readonly { readonly party: string; readonly sides: readonly InvoiceSide[] }[];

/** What is needed beside an event itself to tell it. */
export interface Telling {
  /** CloudEvents `source`. */
  readonly source: string;
  readonly hands: NewsHands;
  /** Billing frame of the invoice, which the AFNOR code of what a validator says depends on. */
  readonly billingFrame: string | null;
}

// Webhooks carry less than 20 kB (Standard Webhooks): what partners wrote is cut where it is longer than the field lets it be.
// Bytes of JSON in UTF-8: a comment of 2,000 Chinese characters is whole, one of 2,000 control characters is not.
const LONGEST_TEXT = 600;
const LONGEST_NAME = 300;
const LONGEST_MESSAGE = 900;
const LONGEST_COMMENT = 8_000;
const MOST_REASONS = 10;
const MOST_DOCUMENTS = 10;

/**
 * Tells an event of the log to a reader of the feed (R48). A reader who is only the recipient is not told what the invoice's
 * validators had of it; a former recipient is not told where it went (R26, R27).
 *
 * @param recorded one of the types of the projection `status-news`
 */
export function feedEvent(recorded: RecordedEvent, { source, hands, billingFrame }: Telling): FeedEvent {
  const event = { type: recorded.type, data: recorded.data } as InvoiceEvent | InvoiceRejected;
  const id = invoiceId(recorded.stream);
  const envelope = <Type extends FeedEventType>(type: Type, subject: string, data: FeedEventData<Type>) => ({
    specversion: '1.0' as const,
    id: recorded.id,
    source,
    type,
    subject,
    time: recorded.recordedAt,
    datacontenttype: 'application/json' as const,
    sequence: feedCursor(recorded),
    data,
  });
  const told = (status: InvoiceStatus) => statusFields(status, billingFrame);
  switch (event.type) {
    case 'InvoiceIntegrated':
      return envelope('fr.repons.facture.integree.v1', id, integrated(id, event.data));
    case 'InvoiceRejected':
      return envelope(
        'fr.repons.facture.rejetee-par-la-plateforme.v1',
        `${event.data.flowNumber}/${event.data.rank}`,
        rejected(event.data),
      );
    case 'InvoiceStatusChanged': {
      const { invoice, from, to, by, reason, comment, paymentOrder } = event.data;
      const isHidden = isBeforeRecipient(from) && seesAsRecipientOnly(hands);
      return envelope('fr.repons.facture.statut.v1', id, {
        invoice: invoiceFields(id, invoice),
        ...told(to),
        previousStatus: isHidden ? null : from,
        by,
        reason: reason === null ? null : { code: reason, label: STATUS_REASONS[reason] },
        comment: isHidden ? null : cut(comment, LONGEST_COMMENT),
        paymentOrder: cut(paymentOrder),
      });
    }
    case 'InvoiceRecycled': {
      const { invoice, formerRecipient, commitmentNumber, comment } = event.data;
      const hasLeft = isNoLongerTheirs(hands, invoice.recipient);
      const fields = invoiceFields(id, invoice);
      return envelope('fr.repons.facture.recyclee.v1', id, {
        invoice: hasLeft ? { ...fields, recipient: null, serviceCode: null, validator: null } : fields,
        ...told('MISE_A_DISPOSITION'),
        formerRecipient: cut(formerRecipient.identifier),
        commitmentNumber: hasLeft ? null : cut(commitmentNumber),
        comment: hasLeft ? null : cut(comment, LONGEST_COMMENT),
      });
    }
    case 'InvoiceCompleted': {
      const { invoice, comment, supportingDocuments } = event.data;
      return envelope('fr.repons.facture.completee.v1', id, {
        invoice: invoiceFields(id, invoice),
        ...told('COMPLETEE'),
        comment: cut(comment, LONGEST_COMMENT),
        ...documentFields(supportingDocuments),
      });
    }
    case 'SupportingDocumentsAdded': {
      const { invoice, status, supportingDocuments } = event.data;
      return envelope('fr.repons.facture.pieces-ajoutees.v1', id, {
        invoice: invoiceFields(id, invoice),
        ...told(status),
        ...documentFields(supportingDocuments),
      });
    }
    case 'InvoiceValidatorCorrected': {
      const { invoice, comment } = event.data;
      return envelope('fr.repons.facture.valideur-corrige.v1', id, {
        invoice: invoiceFields(id, invoice),
        ...told('A_VALIDER_1'),
        comment: cut(comment, LONGEST_COMMENT),
      });
    }
    case 'RejectionAcknowledged':
      return envelope('fr.repons.facture.rejet-acquitte.v1', id, {
        invoice: invoiceFields(id, event.data.invoice),
        ...told('REJETEE'),
      });
    case 'InvoiceCredited': {
      const { invoice, status, creditNote, cancelled } = event.data;
      const { number, issueDate, amount, currency } = creditNote;
      return envelope('fr.repons.facture.avoir.v1', id, {
        invoice: invoiceFields(id, invoice),
        ...told(status),
        creditNote: {
          id: invoiceId(invoiceStream(invoice.issuer, number, issueDate)),
          number: cut(number),
          issueDate,
          amount: cut(amount),
          currency: cut(currency),
        },
        cancelled,
      });
    }
  }
}

/** Whether the AFNOR code of what an event tells depends on the invoice's billing frame, which the event does not carry. */
export function needsBillingFrame({ type, data }: Pick<RecordedEvent, 'type' | 'data'>): boolean {
  const { to, status } = data as { to?: InvoiceStatus; status?: InvoiceStatus };
  const told =
    type === 'InvoiceStatusChanged'
      ? to
      : type === 'InvoiceCredited' || type === 'SupportingDocumentsAdded'
        ? status
        : undefined;
  if (told === undefined) return false;
  const { afnor } = INVOICE_STATUSES[told];
  return typeof afnor === 'object' && afnor !== null;
}

/** Documents that the issuer joined by hand. */
function documentFields(added: readonly SupportingDocument[]) {
  return {
    supportingDocuments: added
      .slice(0, MOST_DOCUMENTS)
      .map(({ name, type, size }) => ({ name: cut(name, LONGEST_NAME), type: cut(type, LONGEST_NAME), size })),
    supportingDocumentCount: added.length,
  };
}

function integrated(id: string, data: InvoiceIntegrated['data']): FeedEventData<'fr.repons.facture.integree.v1'> {
  const { number, issueDate, issuer, recipient, serviceCode, validator } = data;
  const reference = {
    number,
    issueDate,
    issuer: issuer.identifier,
    recipient: recipient.identifier,
    serviceCode,
    validator: validator?.identifier ?? null,
  };
  return {
    invoice: invoiceFields(id, reference),
    ...statusFields(initialStatus(data), data.billingFrame),
    flowNumber: data.flowNumber,
    rank: data.rank,
    channel: data.channel,
    depositedAt: data.depositedAt,
    typeCode: cut(data.typeCode),
    billingFrame: cut(data.billingFrame),
    commitmentNumber: cut(data.commitmentNumber),
    dueDate: cut(data.dueDate),
    currency: cut(data.currency),
    totalWithVat: cut(data.totalWithVat),
    amountDue: cut(data.amountDue),
  };
}

function rejected(data: InvoiceRejected['data']): FeedEventData<'fr.repons.facture.rejetee-par-la-plateforme.v1'> {
  return {
    flowNumber: data.flowNumber,
    rank: data.rank,
    day: data.day,
    depositedAt: data.depositedAt,
    number: cut(data.invoiceNumber),
    issueDate: cut(data.invoiceDate),
    issuer: cut(data.issuer?.identifier ?? null),
    recipient: cut(data.recipientIdentifier),
    serviceCode: cut(data.serviceCode),
    amount: cut(data.amount),
    currency: cut(data.currency),
    resendable: data.resendable,
    reasons: data.reasons
      .slice(0, MOST_REASONS)
      .map(({ code, rule, message }) => ({ code, rule, message: cut(message, LONGEST_MESSAGE) })),
    reasonCount: data.reasons.length,
  };
}

function invoiceFields(id: string, { number, issueDate, issuer, recipient, serviceCode, validator }: InvoiceReference) {
  return {
    id,
    number: cut(number),
    issueDate,
    issuer: cut(issuer),
    recipient: cut(recipient),
    serviceCode: cut(serviceCode),
    validator: cut(validator),
  };
}

function statusFields(status: InvoiceStatus, billingFrame: string | null) {
  const { label, cppStatut } = INVOICE_STATUSES[status];
  return { status, statusLabel: label, cppStatut, afnor: afnorCodeOf(status, billingFrame) };
}

function seesAsRecipientOnly(hands: NewsHands): boolean {
  return hands !== 'all' && hands.every(({ sides }) => sides.every((side) => side === 'recipient'));
}

/** Whether the reader is told only because the invoice was theirs before. */
function isNoLongerTheirs(hands: NewsHands, recipient: string): boolean {
  return seesAsRecipientOnly(hands) && hands !== 'all' && hands.every(({ party }) => party !== recipient);
}

function cut<T extends string | null>(text: T, most = LONGEST_TEXT): T {
  // A character takes six bytes at most, as an escape.
  if (text === null || text.length * 6 <= most) return text;
  return beginOf(text, most) as T;
}

/** As many whole characters of a text as have room, in bytes of JSON. */
function beginOf(text: string, most: number): string {
  let [bytes, end] = [0, 0];
  for (const character of text) {
    bytes += Buffer.byteLength(JSON.stringify(character)) - 2;
    if (bytes > most) return `${text.slice(0, end)}…`;
    end += character.length;
  }
  return text;
}
