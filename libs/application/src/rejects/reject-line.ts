import type { Channel, Party, RejectReason } from '#domain';

/**
 * A line of the reject files and of the returns to partners (R44): an invoice that was not integrated, or a flow that
 * could not be read at all (then nothing of the invoice is known). What could not be read is null.
 */
export interface RejectLine {
  readonly flowNumber: string;
  readonly flowName: string;
  /** ISO 8601 instant in UTC. */
  readonly depositedAt: string;
  readonly channel: Channel;
  readonly sender: Party;
  readonly issuer: Party | null;
  readonly invoiceNumber: string | null;
  /** As written on the invoice, so not always a day of the calendar. */
  readonly invoiceDate: string | null;
  readonly recipientIdentifier: string | null;
  readonly serviceCode: string | null;
  /** Total with VAT as written on the invoice, so not always a number. */
  readonly amount: string | null;
  readonly currency: string | null;
  /** Place in the flow, as the event of the reject counts it. */
  readonly rank: number | null;
  /** Name of the file in the archive. */
  readonly member: string | null;
  /** Names of the documents that the invoice carried: they are sent again with it. */
  readonly supportingDocuments: readonly string[];
  readonly reasons: readonly RejectReason[];
  /** Whether the corrected invoice may be sent again under the same number. */
  readonly resendable: boolean;
  /** ISO 8601 instant in UTC. */
  readonly rejectedAt: string;
}
