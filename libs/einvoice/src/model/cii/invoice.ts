import type { XmlElement } from '../../xml/element.js';
import { namespaces } from '../../xml/namespaces.js';
import type { AllowanceCharge, Totals, VatBreakdown } from '../amounts.js';
import { otherCurrencyOf } from '../currencies.js';
import type { Delivery, DocumentReference, Note, Period, PrecedingInvoice, SupportingDocument } from '../documents.js';
import type { Invoice } from '../invoice.js';
import type { InvoiceLine } from '../line.js';
import type { Party } from '../party.js';
import type { PaymentInstructions } from '../payment.js';
import type { DateValue, Value } from '../value.js';
import { ciiAllowanceCharges, CiiTotals, CiiVatBreakdown, onlyOrInCurrency } from './amounts.js';
import {
  ciiContracts,
  ciiDelivery,
  ciiInvoicedObject,
  ciiNotes,
  ciiPeriod,
  ciiPrecedingInvoices,
  ciiSupportingDocuments,
  ciiTender,
} from './documents.js';
import { CiiLine } from './line.js';
import { component, components, dateIn, entities, entity } from './nodes.js';
import { ciiParty } from './party.js';
import { ciiPayments } from './payment.js';

const { rsm } = namespaces;

/**
 * A CII invoice, D16B or D22B, in the words of EN 16931 (binding EN 16931-3-3): what Factur-X embeds and what the historic
 * profile of the portal sends. Groups are read once, when they are first asked for.
 */
export class CiiInvoice implements Invoice {
  readonly syntax = 'CII';
  readonly #context: XmlElement | null;
  readonly #document: XmlElement | null;
  readonly #transaction: XmlElement | null;
  readonly #agreement: XmlElement | null;
  readonly #settlement: XmlElement | null;
  #seller: Party | null | undefined;
  #buyer: Party | null | undefined;
  #payments: readonly PaymentInstructions[] | undefined;
  #allowances: readonly AllowanceCharge[] | undefined;
  #charges: readonly AllowanceCharge[] | undefined;
  #notes: readonly Note[] | undefined;
  #totals: Totals | null | undefined;
  #vatBreakdown: readonly VatBreakdown[] | undefined;
  #supportingDocuments: readonly SupportingDocument[] | undefined;
  #lines: readonly InvoiceLine[] | undefined;

  /** @param element root element, `rsm:CrossIndustryInvoice` */
  constructor(readonly element: XmlElement) {
    this.#context = element.child(rsm, 'ExchangedDocumentContext');
    this.#document = element.child(rsm, 'ExchangedDocument');
    this.#transaction = element.child(rsm, 'SupplyChainTradeTransaction');
    this.#agreement = entity(this.#transaction, 'ApplicableHeaderTradeAgreement');
    this.#settlement = entity(this.#transaction, 'ApplicableHeaderTradeSettlement');
  }

  get number(): Value | null {
    return component(this.#document, 'ID');
  }

  get issueDate(): DateValue | null {
    return dateIn(entity(this.#document, 'IssueDateTime'));
  }

  get typeCode(): Value | null {
    return component(this.#document, 'TypeCode');
  }

  get currency(): Value | null {
    return component(this.#settlement, 'InvoiceCurrencyCode');
  }

  get vatAccountingCurrency(): Value | null {
    return component(this.#settlement, 'TaxCurrencyCode');
  }

  get taxPointDate(): DateValue | null {
    return this.#firstOfVat((tax) => dateIn(entity(tax, 'TaxPointDate')));
  }

  get taxPointDateCode(): Value | null {
    return this.#firstOfVat((tax) => component(tax, 'DueDateTypeCode'));
  }

  get dueDate(): DateValue | null {
    return dateIn(entity(this.#settlement, 'SpecifiedTradePaymentTerms', 'DueDateDateTime'));
  }

  get buyerReference(): Value | null {
    return component(this.#agreement, 'BuyerReference');
  }

  get projectReference(): Value | null {
    return component(entity(this.#agreement, 'SpecifiedProcuringProject'), 'ID');
  }

  get contracts(): readonly DocumentReference[] {
    return ciiContracts(this.#agreement);
  }

  get purchaseOrderReference(): Value | null {
    return component(entity(this.#agreement, 'BuyerOrderReferencedDocument'), 'IssuerAssignedID');
  }

  get salesOrderReference(): Value | null {
    return component(entity(this.#agreement, 'SellerOrderReferencedDocument'), 'IssuerAssignedID');
  }

  get receivingAdviceReference(): Value | null {
    return component(entity(this.#delivery, 'ReceivingAdviceReferencedDocument'), 'IssuerAssignedID');
  }

  get despatchAdviceReference(): Value | null {
    return component(entity(this.#delivery, 'DespatchAdviceReferencedDocument'), 'IssuerAssignedID');
  }

  get tenderReference(): Value | null {
    return ciiTender(this.#agreement);
  }

  get objectIdentifier(): DocumentReference | null {
    return ciiInvoicedObject(this.#agreement);
  }

  get buyerAccountingReference(): Value | null {
    return component(entity(this.#settlement, 'ReceivableSpecifiedTradeAccountingAccount'), 'ID');
  }

  get paymentTerms(): readonly Value[] {
    return entities(this.#settlement, 'SpecifiedTradePaymentTerms')
      .map((terms) => component(terms, 'Description'))
      .filter((one) => one !== null);
  }

  get notes(): readonly Note[] {
    return (this.#notes ??= ciiNotes(this.#document));
  }

  get businessProcess(): Value | null {
    return component(entity(this.#context, 'BusinessProcessSpecifiedDocumentContextParameter'), 'ID');
  }

  get specification(): Value | null {
    return component(entity(this.#context, 'GuidelineSpecifiedDocumentContextParameter'), 'ID');
  }

  get precedingInvoices(): readonly PrecedingInvoice[] {
    return ciiPrecedingInvoices(this.#settlement);
  }

  get seller(): Party | null {
    return (this.#seller ??= ciiParty(entity(this.#agreement, 'SellerTradeParty')));
  }

  get buyer(): Party | null {
    return (this.#buyer ??= ciiParty(entity(this.#agreement, 'BuyerTradeParty')));
  }

  get payee(): Party | null {
    return ciiParty(entity(this.#settlement, 'PayeeTradeParty'));
  }

  get taxRepresentative(): Party | null {
    return ciiParty(entity(this.#agreement, 'SellerTaxRepresentativeTradeParty'));
  }

  get buyerAgent(): Party | null {
    return ciiParty(entity(this.#agreement, 'BuyerAgentTradeParty'));
  }

  get payer(): Party | null {
    return ciiParty(entity(this.#settlement, 'PayerTradeParty'));
  }

  get sellerAgent(): Party | null {
    return ciiParty(entity(this.#agreement, 'SalesAgentTradeParty'));
  }

  get invoicee(): Party | null {
    return ciiParty(entity(this.#settlement, 'InvoiceeTradeParty'));
  }

  get invoicer(): Party | null {
    return ciiParty(entity(this.#settlement, 'InvoicerTradeParty'));
  }

  /** The historic profile writes the validator where the addressed-to party of the French extension stands. */
  get validator(): Party | null {
    return this.invoicee;
  }

  get delivery(): Delivery | null {
    return ciiDelivery(this.#delivery);
  }

  get period(): Period | null {
    return ciiPeriod(this.#settlement);
  }

  get payments(): readonly PaymentInstructions[] {
    return (this.#payments ??= ciiPayments(this.#settlement));
  }

  get allowances(): readonly AllowanceCharge[] {
    return (this.#allowances ??= ciiAllowanceCharges(this.#settlement, false));
  }

  get charges(): readonly AllowanceCharge[] {
    return (this.#charges ??= ciiAllowanceCharges(this.#settlement, true));
  }

  get totals(): Totals | null {
    if (this.#totals === undefined) {
      const found = this.#summation;
      this.#totals = found === null ? null : new CiiTotals(found, this.currency);
    }
    return this.#totals;
  }

  get totalVat(): Value | null {
    return onlyOrInCurrency(components(this.#summation, 'TaxTotalAmount'), this.currency);
  }

  get totalVatInAccountingCurrency(): Value | null {
    return otherCurrencyOf(components(this.#summation, 'TaxTotalAmount'), this);
  }

  get vatBreakdown(): readonly VatBreakdown[] {
    return (this.#vatBreakdown ??= entities(this.#settlement, 'ApplicableTradeTax').map(
      (element) => new CiiVatBreakdown(element),
    ));
  }

  get supportingDocuments(): readonly SupportingDocument[] {
    return (this.#supportingDocuments ??= ciiSupportingDocuments(this.#agreement));
  }

  get lines(): readonly InvoiceLine[] {
    return (this.#lines ??= entities(this.#transaction, 'IncludedSupplyChainTradeLineItem').map(
      (element) => new CiiLine(element),
    ));
  }

  get #delivery(): XmlElement | null {
    return entity(this.#transaction, 'ApplicableHeaderTradeDelivery');
  }

  get #summation(): XmlElement | null {
    return entity(this.#settlement, 'SpecifiedTradeSettlementHeaderMonetarySummation');
  }

  /** CII writes the tax point with each VAT of the breakdown, though there is one. */
  #firstOfVat<Found>(read: (tax: XmlElement) => Found | null): Found | null {
    for (const tax of entities(this.#settlement, 'ApplicableTradeTax')) {
      const found = read(tax);
      if (found !== null) return found;
    }
    return null;
  }
}
