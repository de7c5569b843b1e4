import type { XmlElement } from '../xml/element.js';
import type { AllowanceCharge, Totals, VatBreakdown } from './amounts.js';
import type { Delivery, DocumentReference, Note, Period, PrecedingInvoice, SupportingDocument } from './documents.js';
import type { InvoiceLine } from './line.js';
import type { Party } from './party.js';
import type { PaymentInstructions } from './payment.js';
import type { DateValue, Value } from './value.js';

/**
 * An invoice in the words of EN 16931-1: one model for every syntax, each term with where it stands. Terms that the French
 * extension (XP Z12-012) and the historic formats of the portal add have their code beside them.
 *
 * A term is null when the invoice does not have it, or when it is blank. Nothing is read before it is asked for, and nothing
 * throws: whatever the document holds, the model gives what can be found where the syntax binding puts it.
 */
export interface Invoice {
  /** Root element of the document. */
  readonly element: XmlElement;
  /** What rules worked out of the invoice, by the slot of what asked; it goes when the invoice goes. */
  readonly derived: unknown[];
  readonly syntax: 'UBL' | 'CII';

  /** BT-1 */
  readonly number: Value | null;
  /** BT-2 */
  readonly issueDate: DateValue | null;
  /** BT-3 (UNTDID 1001) */
  readonly typeCode: Value | null;
  /** BT-5 (ISO 4217) */
  readonly currency: Value | null;
  /** BT-6 (ISO 4217) */
  readonly vatAccountingCurrency: Value | null;
  /** BT-7 */
  readonly taxPointDate: DateValue | null;
  /** BT-8 (UNTDID 2005 in UBL, 2475 in CII) */
  readonly taxPointDateCode: Value | null;
  /** BT-9 */
  readonly dueDate: DateValue | null;
  /** BT-10; in French use the service code. */
  readonly buyerReference: Value | null;
  /** BT-11 */
  readonly projectReference: Value | null;
  /** BT-12 with its kind (EXT-FR-FE-01: `CONTRAT` or `MARCHE`); more than one in historic CII. */
  readonly contracts: readonly DocumentReference[];
  /** BT-13; in French use the legal commitment number. */
  readonly purchaseOrderReference: Value | null;
  /** BT-14 */
  readonly salesOrderReference: Value | null;
  /** BT-15 */
  readonly receivingAdviceReference: Value | null;
  /** BT-16 */
  readonly despatchAdviceReference: Value | null;
  /** BT-17 */
  readonly tenderReference: Value | null;
  /** BT-18 and its scheme BT-18-1: the object that is invoiced. */
  readonly objectIdentifier: DocumentReference | null;
  /** BT-19 */
  readonly buyerAccountingReference: Value | null;
  /** BT-20: every one that is written (BR-FR-CPRO-25 wants one). */
  readonly paymentTerms: readonly Value[];
  /** BG-1 */
  readonly notes: readonly Note[];
  /** BT-23, or the billing frame of the historic formats (A1 …). */
  readonly businessProcess: Value | null;
  /** BT-24 */
  readonly specification: Value | null;
  /** BG-3 */
  readonly precedingInvoices: readonly PrecedingInvoice[];

  /** BG-4 */
  readonly seller: Party | null;
  /** BG-7 */
  readonly buyer: Party | null;
  /** BG-10 */
  readonly payee: Party | null;
  /** BG-11 and BG-12 */
  readonly taxRepresentative: Party | null;
  /** EXT-FR-FE-BG-01: buyer agent (terms EXT-FR-FE-05 to 28). */
  readonly buyerAgent: Party | null;
  /** EXT-FR-FE-BG-02: payer (EXT-FR-FE-46 …). */
  readonly payer: Party | null;
  /** EXT-FR-FE-BG-03: seller agent (EXT-FR-FE-69 …). */
  readonly sellerAgent: Party | null;
  /** EXT-FR-FE-BG-04: whom the invoice is addressed to (EXT-FR-FE-92 …). */
  readonly invoicee: Party | null;
  /** EXT-FR-FE-BG-05: who makes the invoice in the name of the seller (EXT-FR-FE-115 …). */
  readonly invoicer: Party | null;
  /**
   * Who validates the request of a subcontractor (billing frame A9) or co-contractor (A12): the holder of the contract. The
   * historic CII profile writes it where {@link Invoice.invoicee} stands.
   */
  readonly validator: Party | null;

  /** BG-13, with BG-15 */
  readonly delivery: Delivery | null;
  /** BG-14 */
  readonly period: Period | null;
  /** BG-16 */
  readonly payments: readonly PaymentInstructions[];
  /** BG-20 */
  readonly allowances: readonly AllowanceCharge[];
  /** BG-21 */
  readonly charges: readonly AllowanceCharge[];
  /** BG-22 */
  readonly totals: Totals | null;
  /** BT-110: VAT total in the currency of the invoice. */
  readonly totalVat: Value | null;
  /** BT-111: VAT total in the currency of accounting (BT-6). */
  readonly totalVatInAccountingCurrency: Value | null;
  /** BG-23 */
  readonly vatBreakdown: readonly VatBreakdown[];
  /** BG-24 */
  readonly supportingDocuments: readonly SupportingDocument[];
  /** BG-25 */
  readonly lines: readonly InvoiceLine[];
}
