import type { XmlElement } from '../xml/element.js';
import type { AllowanceCharge } from './amounts.js';
import type { Delivery, DocumentReference, Note, Period, PrecedingInvoice } from './documents.js';
import type { Party } from './party.js';
import type { Value } from './value.js';

/** A line of the invoice (BG-25). */
export interface InvoiceLine {
  readonly element: XmlElement;
  /** BT-126 */
  readonly identifier: Value | null;
  /** BT-127, its subject in French use. */
  readonly notes: readonly Note[];
  /** BT-128 and its scheme BT-128-1: the object that is invoiced. */
  readonly objectIdentifier: DocumentReference | null;
  /** BT-129 */
  readonly quantity: Value | null;
  /** BT-130 (UN/ECE recommendation 20 and 21) */
  readonly unitCode: Value | null;
  /** BT-131 */
  readonly netAmount: Value | null;
  /** BT-132: line of the purchase order. */
  readonly orderLine: Value | null;
  /** BT-133 */
  readonly buyerAccountingReference: Value | null;
  /** BG-26 */
  readonly period: Period | null;
  /** BG-27 */
  readonly allowances: readonly AllowanceCharge[];
  /** BG-28 */
  readonly charges: readonly AllowanceCharge[];
  /** BG-29 */
  readonly price: LinePrice;
  /** BG-30 */
  readonly vat: LineVat;
  /** BG-31 */
  readonly item: Item;
  /** Invoices that this line corrects (EXT-FR-FE-136 to 138). */
  readonly precedingInvoices: readonly PrecedingInvoice[];
  /** EXT-FR-FE-146 and 158 */
  readonly delivery: Delivery | null;
  /** EXT-FR-FE-162: line of which this one is a part. */
  readonly parentLine: Value | null;
  /** EXT-FR-FE-163: `GROUP`, `DETAIL` or `INFORMATION`. */
  readonly statusReason: Value | null;
  /** Kind of the line in the historic formats (CII `LineStatusCode`). */
  readonly status: Value | null;
  /** EXT-FR-FE-164, 167, 177: who sells what this line invoices, in an invoice for several sellers. */
  readonly seller: Party | null;
  /** EXT-FR-FE-181 and 182: VAT of the line, in the currency of the invoice and of accounting. */
  readonly vatAmounts: readonly Value[];
  /** EXT-FR-FE-184: amount with VAT. */
  readonly amountWithVat: Value | null;
}

/** The price of a line (BG-29). */
export interface LinePrice {
  /** BT-146 */
  readonly net: Value | null;
  /** BT-147: discount between gross and net price. */
  readonly discount: Value | null;
  /** BT-148 */
  readonly gross: Value | null;
  /** BT-149: the quantity that the price is for. */
  readonly baseQuantity: Value | null;
  /** BT-150 */
  readonly baseUnitCode: Value | null;
}

/** The VAT of a line (BG-30). */
export interface LineVat {
  /** BT-151 (UNTDID 5305) */
  readonly category: Value | null;
  /** BT-152: percent. */
  readonly rate: Value | null;
}

/** What a line sells (BG-31). */
export interface Item {
  /** BT-153 */
  readonly name: Value | null;
  /** BT-154 */
  readonly description: Value | null;
  /** BT-155 */
  readonly sellerIdentifier: Value | null;
  /** BT-156 */
  readonly buyerIdentifier: Value | null;
  /** BT-157, its scheme in {@link Value.scheme}. */
  readonly standardIdentifier: Value | null;
  /** BT-158: classes, list in attribute `listID`, version in `listVersionID`. */
  readonly classifications: readonly Value[];
  /** BT-159 (ISO 3166-1 alpha-2) */
  readonly originCountry: Value | null;
  /** BG-32 */
  readonly attributes: readonly ItemAttribute[];
}

/** A property of an item (BG-32). */
export interface ItemAttribute {
  readonly element: XmlElement;
  /** BT-160 */
  readonly name: Value | null;
  /** BT-161 */
  readonly value: Value | null;
  /** EXT-FR-FE-159 */
  readonly code: Value | null;
}
