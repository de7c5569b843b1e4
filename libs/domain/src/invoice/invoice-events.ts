import type { Channel, RejectReason } from '../rejects/reject.js';
import type { Event } from '../shared/event.js';
import { sirenOf, type Party } from '../shared/party.js';
import { streamNamePart } from '../shared/stream-name.js';

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

export type InvoiceEvent = InvoiceIntegrated;

/**
 * What makes an invoice unique (G1.45): the issuer's SIREN or identifier, the number, the year of issue. An invoice's
 * stream is named after it, so the database itself refuses the second one, whoever races.
 */
export function invoiceStream(issuerIdentifier: string, number: string, issueDate: string): string {
  const [issuer, year] = [streamNamePart(sirenOf(issuerIdentifier)), issueDate.slice(0, 4)];
  return `invoice-${issuer}-${year}-${streamNamePart(number)}`;
}
