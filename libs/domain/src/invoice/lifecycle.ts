import { unreachable } from '../shared/decision.js';
import type { Party } from '../shared/party.js';
import type {
  CreditNote,
  InvoiceEvent,
  InvoiceIntegrated,
  InvoiceReference,
  SupportingDocument,
} from './invoice-events.js';
import type { InvoiceStatus } from './invoice-statuses.js';

/** An invoice that was let in, as far as decisions about it need it. */
export interface LivingInvoice {
  readonly status: InvoiceStatus;
  readonly number: string;
  readonly issueDate: string;
  readonly billingFrame: string | null;
  readonly issuer: Party;
  /** Whoever deposited it: the issuer, or an intermediary. */
  readonly sender: Party;
  /** Whom it is addressed to now: recycling changes it (R26). */
  readonly recipient: Party;
  readonly serviceCode: string | null;
  readonly commitmentNumber: string | null;
  readonly contractNumber: string | null;
  readonly validator: Party | null;
  readonly secondValidator: Party | null;
  readonly rejectionAcknowledged: boolean;
  readonly totalWithVat: string | null;
  readonly currency: string | null;
  /** Those that are about it, in the order in which it learnt of them. */
  readonly creditNotes: readonly CreditNote[];
  /** What it carries, and what its issuer joined by hand since (R24). */
  readonly supportingDocuments: readonly Pick<SupportingDocument, 'sha256' | 'size'>[];
}

/** An invoice, or nothing under that number. */
export type Invoice = { readonly status: null } | LivingInvoice;

export const noInvoice: Invoice = { status: null };

/**
 * Billing frames whose invoices somebody validates before the recipient sees them (R27): of a subcontractor, of a
 * co-contractor; the historic ones, then those of the reform.
 */
const VALIDATED_FRAMES: readonly (string | null)[] = ['A9', 'A12', 'S3', 'S6'];

/** The billing frame of statements of justice fees (mémoires de frais de justice, R28). */
export const JUSTICE_FEE_FRAME = 'A3';

/**
 * Where an invoice starts when it is let in: at its validator where its billing frame asks for one, otherwise at its
 * recipient's. What Chorus Pro tells between the two (deposited, on its way) takes no time here.
 */
export function initialStatus({
  billingFrame,
  validator,
}: Pick<InvoiceIntegrated['data'], 'billingFrame' | 'validator'>): InvoiceStatus {
  return VALIDATED_FRAMES.includes(billingFrame) && validator != null ? 'A_VALIDER_1' : 'MISE_A_DISPOSITION';
}

/** Applies one event of the invoice's stream. */
export function evolveInvoice(invoice: Invoice, event: InvoiceEvent): Invoice {
  if (event.type === 'InvoiceIntegrated') return integrated(event.data);
  if (invoice.status === null) throw new Error(`${event.type} before InvoiceIntegrated`);
  switch (event.type) {
    case 'InvoiceStatusChanged':
      return {
        ...invoice,
        status: event.data.to,
        secondValidator: event.data.secondValidator ?? invoice.secondValidator,
      };
    case 'InvoiceRecycled': {
      const { recipient, serviceCode, commitmentNumber } = event.data;
      return { ...invoice, status: 'MISE_A_DISPOSITION', recipient, serviceCode, commitmentNumber };
    }
    case 'InvoiceCompleted':
      return { ...withDocuments(invoice, event.data.supportingDocuments), status: 'COMPLETEE' };
    case 'SupportingDocumentsAdded':
      return withDocuments(invoice, event.data.supportingDocuments);
    case 'InvoiceValidatorCorrected':
      return { ...invoice, status: 'A_VALIDER_1', validator: event.data.validator };
    case 'RejectionAcknowledged':
      return { ...invoice, rejectionAcknowledged: true };
    case 'InvoiceCredited':
      return { ...invoice, creditNotes: [...invoice.creditNotes, event.data.creditNote] };
    default:
      return unreachable(event);
  }
}

function integrated(data: InvoiceIntegrated['data']): LivingInvoice {
  return {
    status: initialStatus(data),
    number: data.number,
    issueDate: data.issueDate,
    billingFrame: data.billingFrame,
    issuer: data.issuer,
    sender: data.sender,
    recipient: data.recipient,
    serviceCode: data.serviceCode,
    commitmentNumber: data.commitmentNumber,
    contractNumber: data.contractNumber,
    validator: data.validator ?? null,
    secondValidator: null,
    rejectionAcknowledged: false,
    supportingDocuments: data.supportingDocuments,
    totalWithVat: data.totalWithVat,
    currency: data.currency,
    creditNotes: [],
  };
}

function withDocuments(invoice: LivingInvoice, added: readonly SupportingDocument[]): LivingInvoice {
  return { ...invoice, supportingDocuments: [...invoice.supportingDocuments, ...added] };
}

/** How events name the invoice as it stands. */
export function invoiceReference(invoice: LivingInvoice): InvoiceReference {
  const { number, issueDate, issuer, sender, recipient, serviceCode, validator, secondValidator } = invoice;
  return {
    number,
    issueDate,
    issuer: issuer.identifier,
    sender: sender.identifier,
    recipient: recipient.identifier,
    serviceCode,
    validator: (secondValidator ?? validator)?.identifier ?? null,
  };
}
