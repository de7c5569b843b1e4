import { elementsNamed } from '../repeated.js';
import type { XmlElement } from '../../xml/element.js';
import { namespaces } from '../../xml/namespaces.js';
import type { AllowanceCharge, Totals, VatBreakdown } from '../amounts.js';
import { inCurrency, otherCurrencyOf } from '../currencies.js';
import type { Delivery, DocumentReference, Note, Period, PrecedingInvoice, SupportingDocument } from '../documents.js';
import type { Invoice } from '../invoice.js';
import type { InvoiceLine } from '../line.js';
import type { Party } from '../party.js';
import type { PaymentInstructions } from '../payment.js';
import { valueOf, type DateValue, type Value } from '../value.js';
import { ublAllowanceCharges, UblTotals, ublVatBreakdown, ublVatTotals } from './amounts.js';
import {
  ublContracts,
  ublCreditNoteProject,
  ublDelivery,
  ublInvoicedObject,
  ublNotes,
  ublPeriod,
  ublPrecedingInvoices,
  ublSupportingDocuments,
} from './documents.js';
import { UblLine } from './line.js';
import { aggregate, aggregates, basic, date } from './nodes.js';
import { ublParty } from './party.js';
import { ublPayer, ublPayments } from './payment.js';

const { aife, ext } = namespaces;

/**
 * A UBL 2.1 invoice or credit note in the words of EN 16931 (binding EN 16931-3-2), the historic profile of the portal
 * included. Groups are read once, when they are first asked for.
 */
export class UblInvoice implements Invoice {
  readonly syntax = 'UBL';
  readonly derived: unknown[] = [];
  #number: Value | null | undefined;
  #typeCode: Value | null | undefined;
  #issueDate: DateValue | null | undefined;
  #currency: Value | null | undefined;
  #dueDate: DateValue | null | undefined;
  #contracts: readonly DocumentReference[] | undefined;
  #businessProcess: Value | null | undefined;
  #precedingInvoices: readonly PrecedingInvoice[] | undefined;
  #payee: Party | null | undefined;
  #taxRepresentative: Party | null | undefined;
  #buyerAgent: Party | null | undefined;
  #sellerAgent: Party | null | undefined;
  #invoicee: Party | null | undefined;
  #invoicer: Party | null | undefined;
  #delivery: Delivery | null | undefined;
  #period: Period | null | undefined;
  #paymentTerms: readonly Value[] | undefined;
  #payer: Party | null | undefined;
  #totals: Totals | null | undefined;
  #seller: Party | null | undefined;
  #buyer: Party | null | undefined;
  #payments: readonly PaymentInstructions[] | undefined;
  #allowances: readonly AllowanceCharge[] | undefined;
  #charges: readonly AllowanceCharge[] | undefined;
  #notes: readonly Note[] | undefined;
  #vatTotals: readonly Value[] | undefined;
  #vatBreakdown: readonly VatBreakdown[] | undefined;
  #supportingDocuments: readonly SupportingDocument[] | undefined;
  #lines: readonly InvoiceLine[] | undefined;

  /** @param element root element, `ubl:Invoice` or `cn:CreditNote` */
  constructor(readonly element: XmlElement) {}

  get number(): Value | null {
    if (this.#number === undefined) this.#number = basic(this.element, 'ID');
    return this.#number;
  }

  get issueDate(): DateValue | null {
    if (this.#issueDate === undefined) this.#issueDate = date(this.element, 'IssueDate');
    return this.#issueDate;
  }

  get typeCode(): Value | null {
    if (this.#typeCode === undefined)
      this.#typeCode = basic(this.element, 'InvoiceTypeCode') ?? basic(this.element, 'CreditNoteTypeCode');
    return this.#typeCode;
  }

  get currency(): Value | null {
    if (this.#currency === undefined) this.#currency = basic(this.element, 'DocumentCurrencyCode');
    return this.#currency;
  }

  get vatAccountingCurrency(): Value | null {
    return basic(this.element, 'TaxCurrencyCode');
  }

  get taxPointDate(): DateValue | null {
    return date(this.element, 'TaxPointDate');
  }

  get taxPointDateCode(): Value | null {
    return basic(aggregate(this.element, 'InvoicePeriod'), 'DescriptionCode');
  }

  /** A credit note has no element of its own for the due date: it stands with the payment. */
  get dueDate(): DateValue | null {
    if (this.#dueDate === undefined)
      this.#dueDate = date(this.element, 'DueDate') ?? date(aggregate(this.element, 'PaymentMeans'), 'PaymentDueDate');
    return this.#dueDate;
  }

  get buyerReference(): Value | null {
    return basic(this.element, 'BuyerReference');
  }

  get projectReference(): Value | null {
    if (this.element.localName === 'CreditNote') return ublCreditNoteProject(this.element);
    return basic(aggregate(this.element, 'ProjectReference'), 'ID');
  }

  get contracts(): readonly DocumentReference[] {
    return (this.#contracts ??= ublContracts(this.element));
  }

  get purchaseOrderReference(): Value | null {
    return basic(aggregate(this.element, 'OrderReference'), 'ID');
  }

  get salesOrderReference(): Value | null {
    return basic(aggregate(this.element, 'OrderReference'), 'SalesOrderID');
  }

  get receivingAdviceReference(): Value | null {
    return basic(aggregate(this.element, 'ReceiptDocumentReference'), 'ID');
  }

  get despatchAdviceReference(): Value | null {
    return basic(aggregate(this.element, 'DespatchDocumentReference'), 'ID');
  }

  get tenderReference(): Value | null {
    return basic(aggregate(this.element, 'OriginatorDocumentReference'), 'ID');
  }

  get objectIdentifier(): DocumentReference | null {
    return ublInvoicedObject(aggregates(this.element, 'AdditionalDocumentReference'));
  }

  get buyerAccountingReference(): Value | null {
    return basic(this.element, 'AccountingCost');
  }

  get paymentTerms(): readonly Value[] {
    return (this.#paymentTerms ??= aggregates(this.element, 'PaymentTerms')
      .map((terms) => basic(terms, 'Note'))
      .filter((one) => one !== null));
  }

  get notes(): readonly Note[] {
    return (this.#notes ??= ublNotes(this.element));
  }

  get businessProcess(): Value | null {
    if (this.#businessProcess === undefined)
      this.#businessProcess = this.#historicFrame ?? basic(this.element, 'ProfileID');
    return this.#businessProcess;
  }

  get specification(): Value | null {
    return basic(this.element, 'CustomizationID');
  }

  get precedingInvoices(): readonly PrecedingInvoice[] {
    return (this.#precedingInvoices ??= ublPrecedingInvoices(this.element, null));
  }

  get seller(): Party | null {
    return (this.#seller ??= ublParty(aggregate(this.element, 'AccountingSupplierParty', 'Party'), 'registered'));
  }

  get buyer(): Party | null {
    return (this.#buyer ??= ublParty(aggregate(this.element, 'AccountingCustomerParty', 'Party'), 'registered'));
  }

  get payee(): Party | null {
    if (this.#payee === undefined) this.#payee = ublParty(aggregate(this.element, 'PayeeParty'), 'trading');
    return this.#payee;
  }

  get taxRepresentative(): Party | null {
    if (this.#taxRepresentative === undefined)
      this.#taxRepresentative = ublParty(aggregate(this.element, 'TaxRepresentativeParty'), 'trading');
    return this.#taxRepresentative;
  }

  get buyerAgent(): Party | null {
    if (this.#buyerAgent === undefined)
      this.#buyerAgent = ublParty(aggregate(this.buyer?.element ?? null, 'AgentParty'), 'registered');
    return this.#buyerAgent;
  }

  get payer(): Party | null {
    if (this.#payer === undefined) this.#payer = ublPayer(this.element);
    return this.#payer;
  }

  get sellerAgent(): Party | null {
    if (this.#sellerAgent === undefined)
      this.#sellerAgent = ublParty(aggregate(this.seller?.element ?? null, 'AgentParty'), 'registered');
    return this.#sellerAgent;
  }

  get invoicee(): Party | null {
    if (this.#invoicee === undefined)
      this.#invoicee = ublParty(aggregate(this.buyer?.element ?? null, 'ServiceProviderParty', 'Party'), 'registered');
    return this.#invoicee;
  }

  get invoicer(): Party | null {
    if (this.#invoicer === undefined)
      this.#invoicer = ublParty(aggregate(this.seller?.element ?? null, 'ServiceProviderParty', 'Party'), 'registered');
    return this.#invoicer;
  }

  /** Where the historic UBL profile writes the validator is nowhere published: every place that senders use is read. */
  get validator(): Party | null {
    return (
      this.invoicee ??
      ublParty(aggregate(this.element, 'BuyerCustomerParty', 'Party'), 'registered') ??
      (this.#historicFrame === null ? null : this.taxRepresentative)
    );
  }

  get delivery(): Delivery | null {
    if (this.#delivery === undefined) this.#delivery = ublDelivery(this.element);
    return this.#delivery;
  }

  get period(): Period | null {
    if (this.#period === undefined) this.#period = ublPeriod(this.element);
    return this.#period;
  }

  get payments(): readonly PaymentInstructions[] {
    return (this.#payments ??= ublPayments(this.element));
  }

  get allowances(): readonly AllowanceCharge[] {
    return (this.#allowances ??= ublAllowanceCharges(this.element, false));
  }

  get charges(): readonly AllowanceCharge[] {
    return (this.#charges ??= ublAllowanceCharges(this.element, true));
  }

  get totals(): Totals | null {
    if (this.#totals === undefined) {
      const found = aggregate(this.element, 'LegalMonetaryTotal');
      this.#totals = found === null ? null : new UblTotals(found);
    }
    return this.#totals;
  }

  get totalVat(): Value | null {
    return inCurrency(this.#allVatTotals, this.currency);
  }

  get totalVatInAccountingCurrency(): Value | null {
    return otherCurrencyOf(this.#allVatTotals, this);
  }

  get vatBreakdown(): readonly VatBreakdown[] {
    return (this.#vatBreakdown ??= ublVatBreakdown(this.element));
  }

  get supportingDocuments(): readonly SupportingDocument[] {
    return (this.#supportingDocuments ??= ublSupportingDocuments(this.element));
  }

  get lines(): readonly InvoiceLine[] {
    if (this.#lines === undefined) {
      const name = this.element.localName === 'CreditNote' ? 'CreditNoteLine' : 'InvoiceLine';
      const number = (): string | null => this.number?.value ?? null;
      this.#lines = aggregates(this.element, name).map((line) => new UblLine(line, number));
    }
    return this.#lines;
  }

  get #allVatTotals(): readonly Value[] {
    return (this.#vatTotals ??= ublVatTotals(this.element));
  }

  /** The historic profile keeps the billing frame in an extension of AIFE, not in ProfileID. */
  get #historicFrame(): Value | null {
    const extensions = this.element.child(ext, 'UBLExtensions');
    if (extensions === null) return null;
    for (const extension of elementsNamed(extensions, ext, 'UBLExtension')) {
      const content = extension.child(ext, 'ExtensionContent');
      const category = content?.child(aife, 'FactureExtension')?.child(aife, 'CategoryCode');
      if (category !== null && category !== undefined) return valueOf(category);
    }
    return null;
  }
}
