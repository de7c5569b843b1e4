import type { Channel, RejectReason } from '../rejects/reject.js';
import type { Event } from '../shared/event.js';
import { sirenOf, type Party } from '../shared/party.js';
import { streamNamePart } from '../shared/stream-name.js';
import type { InvoiceStatus } from './invoice-statuses.js';
import type { StatusReason } from './status-reasons.js';
import type { LifecycleRole } from './transitions.js';

/**
 * An invoice is let in (R42): what lists, searches and later rules need of it, and where its bytes are. The bytes
 * themselves stay in the object store.
 */
export type InvoiceIntegrated = Event<
  'InvoiceIntegrated',
  {
    flowNumber: string;
    rank: number;
    member: string | null;
    channel: Channel;
    depositedAt: string;
    sender: Party;
    number: string;
    issueDate: string;
    typeCode: string | null;
    billingFrame: string | null;
    issuer: Party;
    recipient: Party;
    /** Who validates it before the recipient sees it (billing frames A9 and A12, R27); absent from events before 2026-11-22. */
    validator?: Party | null;
    serviceCode: string | null;
    commitmentNumber: string | null;
    contractNumber: string | null;
    dueDate: string | null;
    currency: string | null;
    totalWithoutVat: string | null;
    totalVat: string | null;
    totalWithVat: string | null;
    amountDue: string | null;
    syntax: string;
    /** The invoices that it refers to (BG-3); absent from events before 2026-11-22. */
    precedingInvoices?: readonly PrecedingInvoice[];
    /** Names of the rule sets that judged it, with their versions. */
    rules: readonly string[];
    /** What was noticed and does not keep it out. */
    warnings: readonly RejectReason[];
    /** What it carries, in the order of the invoice; the bytes are objects of the store. */
    supportingDocuments: readonly SupportingDocument[];
    /** Where the bytes are: the flow's object, a place in its content, and their own SHA-256. */
    document: { object: string; offset: number; length: number; sha256: string };
  }
>;

/** An earlier invoice of the same issuer, as a credit note or a corrected invoice names it. */
export interface PrecedingInvoice {
  /** BT-25 */
  readonly number: string;
  /** BT-26; null when it is not given. */
  readonly issueDate: string | null;
}

/** A supporting document (BG-24) taken out of an invoice. */
export interface SupportingDocument {
  readonly name: string;
  /** MIME type that its first bytes show. */
  readonly type: string;
  /** Bytes. */
  readonly size: number;
  /** Names its object; 64 lower-case hexadecimal digits. */
  readonly sha256: string;
}

/**
 * Which invoice an event is about, and whom it concerns from then on: every event of an invoice's life carries it, so that
 * whoever follows the log needs nothing else to know whose the news is (R48). Identifiers only; names stand in
 * `InvoiceIntegrated`.
 */
export interface InvoiceReference {
  readonly number: string;
  readonly issueDate: string;
  readonly issuer: string;
  /**
   * Whoever deposited it: the issuer, or an intermediary. Absent from events recorded before 2026-11-22, whose intermediaries
   * were told of integration and rejection alone, and stay so.
   */
  readonly sender?: string;
  readonly recipient: string;
  readonly serviceCode: string | null;
  /** Whoever validates it now, or did last (R27); null when nobody has to. */
  readonly validator: string | null;
}

/** An invoice's status moved (R25). */
export type InvoiceStatusChanged = Event<
  'InvoiceStatusChanged',
  {
    invoice: InvoiceReference;
    from: InvoiceStatus;
    to: InvoiceStatus;
    by: LifecycleRole;
    reason: StatusReason | null;
    /** What was said beside the coded reason. */
    comment: string | null;
    /** Number of the payment order (mandat), where the recipient gives one. */
    paymentOrder: string | null;
    /** The holder of the contract, whom a first validator who is not the holder names to validate after them (R27). */
    secondValidator: Party | null;
  }
>;

/** The issuer sends an invoice that was addressed by mistake to the right recipient (R26): nothing else changes. */
export type InvoiceRecycled = Event<
  'InvoiceRecycled',
  {
    /** As it is from then on. */
    invoice: InvoiceReference;
    formerRecipient: Party;
    recipient: Party;
    serviceCode: string | null;
    commitmentNumber: string | null;
    comment: string | null;
  }
>;

/** The issuer completes an invoice that was suspended, with what was missing (R25). */
export type InvoiceCompleted = Event<
  'InvoiceCompleted',
  { invoice: InvoiceReference; comment: string | null; supportingDocuments: readonly SupportingDocument[] }
>;

/** The issuer joins documents to an invoice that goes on as it is (R24); its status stays. */
export type SupportingDocumentsAdded = Event<
  'SupportingDocumentsAdded',
  { invoice: InvoiceReference; status: InvoiceStatus; supportingDocuments: readonly SupportingDocument[] }
>;

/** The issuer names another validator in the place of a wrong one (R27). */
export type InvoiceValidatorCorrected = Event<
  'InvoiceValidatorCorrected',
  { invoice: InvoiceReference; validator: Party; comment: string | null }
>;

/** The issuer has taken note that the invoice was rejected; its status stays. */
export type RejectionAcknowledged = Event<'RejectionAcknowledged', { invoice: InvoiceReference }>;

/** A credit note, as the invoice that it is about names it. */
export interface CreditNote {
  readonly number: string;
  readonly issueDate: string;
  /** How much of this invoice it takes back, VAT included (BT-112); null when it is about several invoices. */
  readonly amount: string | null;
  readonly currency: string | null;
}

/** A credit note of the issuer is about this invoice: "avoir". Its status stays. */
export type InvoiceCredited = Event<
  'InvoiceCredited',
  {
    invoice: InvoiceReference;
    /** Where the invoice stands. */
    status: InvoiceStatus;
    creditNote: CreditNote;
    /** Whether the credit notes so far take back all that was invoiced: "annulation par avoir". */
    cancelled: boolean;
  }
>;

export type InvoiceEvent =
  | InvoiceIntegrated
  | InvoiceStatusChanged
  | InvoiceRecycled
  | InvoiceCompleted
  | SupportingDocumentsAdded
  | InvoiceValidatorCorrected
  | RejectionAcknowledged
  | InvoiceCredited;

/**
 * What makes an invoice unique (G1.45): the issuer's SIREN or identifier, the number, the year of issue. An invoice's
 * stream is named after it, so the database itself refuses the second one, whoever races.
 */
export function invoiceStream(issuerIdentifier: string, number: string, issueDate: string): string {
  const [issuer, year] = [streamNamePart(sirenOf(issuerIdentifier)), issueDate.slice(0, 4)];
  return `invoice-${issuer}-${year}-${streamNamePart(number)}`;
}
