import type { XmlElement } from '../xml/element.js';
import type { Value } from './value.js';

/** A way to pay (BG-16). Invoices repeat it, once for each account. */
export interface PaymentInstructions {
  readonly element: XmlElement;
  /** BT-81 (UNTDID 4461) */
  readonly meansCode: Value | null;
  /** BT-82 */
  readonly meansText: Value | null;
  /** BT-83: what the payer should quote. */
  readonly remittanceInformation: readonly Value[];
  /** BG-17 */
  readonly creditTransfers: readonly CreditTransfer[];
  /** BG-18 */
  readonly card: PaymentCard | null;
  /** BG-19; null when the invoice writes none of its terms. */
  readonly directDebit: DirectDebit | null;
}

/** An account to pay to (BG-17). */
export interface CreditTransfer {
  readonly element: XmlElement;
  /** BT-84: IBAN, or an account number of another kind. */
  readonly account: Value | null;
  /** BT-85 */
  readonly accountName: Value | null;
  /** BT-86: BIC. */
  readonly serviceProvider: Value | null;
}

/** A card that paid (BG-18). */
export interface PaymentCard {
  readonly element: XmlElement;
  /** BT-87: the last digits of the number. */
  readonly accountNumber: Value | null;
  /** BT-88 */
  readonly holderName: Value | null;
}

/** A direct debit (BG-19). */
export interface DirectDebit {
  /** BT-89 */
  readonly mandateReference: Value | null;
  /** BT-90: creditor identifier (SEPA). */
  readonly creditorIdentifier: Value | null;
  /** BT-91 */
  readonly debitedAccount: Value | null;
}
