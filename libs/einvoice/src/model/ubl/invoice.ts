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
import { ublPayments } from './payment.js';

const { aife, ext } = namespaces;

/**
 * A UBL 2.1 invoice or credit note in the words of EN 16931 (binding EN 16931-3-2), the historic profile of the portal
 * included. Groups are read once, when they are first asked for.
 */
export class UblInvoice implements Invoice {
  readonly syntax = 'UBL';
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
    return basic(this.element, 'ID');
  }

  get issueDate(): DateValue | null {
    return date(this.element, 'IssueDate');
  }

  get typeCode(): Value | null {
    return basic(this.element, 'InvoiceTypeCode') ?? basic(this.element, 'CreditNoteTypeCode');
  }

  get currency(): Value | null {
    return basic(this.element, 'DocumentCurrencyCode');
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
    return date(this.element, 'DueDate') ?? date(aggregate(this.element, 'PaymentMeans'), 'PaymentDueDate');
  }

  get buyerReference(): Value | null {
    return basic(this.element, 'BuyerReference');
  }

  get projectReference(): Value | null {
    if (this.element.localName === 'CreditNote') return ublCreditNoteProject(this.element);
    return basic(aggregate(this.element, 'ProjectReference'), 'ID');
  }

  get contracts(): readonly DocumentReference[] {
    return ublContracts(this.element);
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
    return aggregates(this.element, 'PaymentTerms')
      .map((terms) => basic(terms, 'Note'))
      .filter((one) => one !== null);
  }

  get notes(): readonly Note[] {
    return (this.#notes ??= ublNotes(this.element));
  }

  get businessProcess(): Value | null {
    return this.#historicFrame ?? basic(this.element, 'ProfileID');
  }

  get specification(): Value | null {
    return basic(this.element, 'CustomizationID');
  }

  get precedingInvoices(): readonly PrecedingInvoice[] {
    return ublPrecedingInvoices(this.element, null);
  }

  get seller(): Party | null {
    return (this.#seller ??= ublParty(aggregate(this.element, 'AccountingSupplierParty', 'Party'), 'registered'));
  }

  get buyer(): Party | null {
    return (this.#buyer ??= ublParty(aggregate(this.element, 'AccountingCustomerParty', 'Party'), 'registered'));
  }

  get payee(): Party | null {
    return ublParty(aggregate(this.element, 'PayeeParty'), 'trading');
  }

  get taxRepresentative(): Party | null {
    return ublParty(aggregate(this.element, 'TaxRepresentativeParty'), 'trading');
  }

  get buyerAgent(): Party | null {
    return ublParty(aggregate(this.buyer?.element ?? null, 'AgentParty'), 'registered');
  }

  get payer(): Party | null {
    for (const means of aggregates(this.element, 'PaymentMeans')) {
      const found = aggregate(means, 'PaymentMandate', 'PayerParty');
      if (found !== null) return ublParty(found, 'registered');
    }
    return null;
  }

  get sellerAgent(): Party | null {
    return ublParty(aggregate(this.seller?.element ?? null, 'AgentParty'), 'registered');
  }

  get invoicee(): Party | null {
    return ublParty(aggregate(this.buyer?.element ?? null, 'ServiceProviderParty', 'Party'), 'registered');
  }

  get invoicer(): Party | null {
    return ublParty(aggregate(this.seller?.element ?? null, 'ServiceProviderParty', 'Party'), 'registered');
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
    return ublDelivery(this.element);
  }

  get period(): Period | null {
    return ublPeriod(this.element);
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
    const found = aggregate(this.element, 'LegalMonetaryTotal');
    return found === null ? null : new UblTotals(found);
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
    for (const extension of this.element.child(ext, 'UBLExtensions')?.childrenNamed(ext, 'UBLExtension') ?? []) {
      const content = extension.child(ext, 'ExtensionContent');
      const category = content?.child(aife, 'FactureExtension')?.child(aife, 'CategoryCode');
      if (category !== null && category !== undefined) return valueOf(category);
    }
    return null;
  }
}
