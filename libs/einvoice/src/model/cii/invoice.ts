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
  readonly derived: unknown[] = [];
  readonly #context: XmlElement | null;
  readonly #document: XmlElement | null;
  readonly #transaction: XmlElement | null;
  readonly #agreement: XmlElement | null;
  readonly #settlement: XmlElement | null;
  #issueDate: DateValue | null | undefined;
  #typeCode: Value | null | undefined;
  #currency: Value | null | undefined;
  #dueDate: DateValue | null | undefined;
  #contracts: readonly DocumentReference[] | undefined;
  #businessProcess: Value | null | undefined;
  #precedingInvoices: readonly PrecedingInvoice[] | undefined;
  #payee: Party | null | undefined;
  #taxRepresentative: Party | null | undefined;
  #buyerAgent: Party | null | undefined;
  #payer: Party | null | undefined;
  #sellerAgent: Party | null | undefined;
  #invoicee: Party | null | undefined;
  #invoicer: Party | null | undefined;
  #delivered: Delivery | null | undefined;
  #period: Period | null | undefined;
  #paymentTerms: readonly Value[] | undefined;
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
    if (this.#issueDate === undefined) this.#issueDate = dateIn(entity(this.#document, 'IssueDateTime'));
    return this.#issueDate;
  }

  get typeCode(): Value | null {
    if (this.#typeCode === undefined) this.#typeCode = component(this.#document, 'TypeCode');
    return this.#typeCode;
  }

  get currency(): Value | null {
    if (this.#currency === undefined) this.#currency = component(this.#settlement, 'InvoiceCurrencyCode');
    return this.#currency;
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
    if (this.#dueDate === undefined)
      this.#dueDate = dateIn(entity(this.#settlement, 'SpecifiedTradePaymentTerms', 'DueDateDateTime'));
    return this.#dueDate;
  }

  get buyerReference(): Value | null {
    return component(this.#agreement, 'BuyerReference');
  }

  get projectReference(): Value | null {
    return component(entity(this.#agreement, 'SpecifiedProcuringProject'), 'ID');
  }

  get contracts(): readonly DocumentReference[] {
    return (this.#contracts ??= ciiContracts(this.#agreement));
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
    return (this.#paymentTerms ??= entities(this.#settlement, 'SpecifiedTradePaymentTerms')
      .map((terms) => component(terms, 'Description'))
      .filter((one) => one !== null));
  }

  get notes(): readonly Note[] {
    return (this.#notes ??= ciiNotes(this.#document));
  }

  get businessProcess(): Value | null {
    if (this.#businessProcess === undefined)
      this.#businessProcess = component(
        entity(this.#context, 'BusinessProcessSpecifiedDocumentContextParameter'),
        'ID',
      );
    return this.#businessProcess;
  }

  get specification(): Value | null {
    return component(entity(this.#context, 'GuidelineSpecifiedDocumentContextParameter'), 'ID');
  }

  get precedingInvoices(): readonly PrecedingInvoice[] {
    return (this.#precedingInvoices ??= ciiPrecedingInvoices(this.#settlement));
  }

  get seller(): Party | null {
    return (this.#seller ??= ciiParty(entity(this.#agreement, 'SellerTradeParty')));
  }

  get buyer(): Party | null {
    return (this.#buyer ??= ciiParty(entity(this.#agreement, 'BuyerTradeParty')));
  }

  get payee(): Party | null {
    if (this.#payee === undefined) this.#payee = ciiParty(entity(this.#settlement, 'PayeeTradeParty'));
    return this.#payee;
  }

  get taxRepresentative(): Party | null {
    if (this.#taxRepresentative === undefined)
      this.#taxRepresentative = ciiParty(entity(this.#agreement, 'SellerTaxRepresentativeTradeParty'));
    return this.#taxRepresentative;
  }

  get buyerAgent(): Party | null {
    if (this.#buyerAgent === undefined) this.#buyerAgent = ciiParty(entity(this.#agreement, 'BuyerAgentTradeParty'));
    return this.#buyerAgent;
  }

  get payer(): Party | null {
    if (this.#payer === undefined) this.#payer = ciiParty(entity(this.#settlement, 'PayerTradeParty'));
    return this.#payer;
  }

  get sellerAgent(): Party | null {
    if (this.#sellerAgent === undefined) this.#sellerAgent = ciiParty(entity(this.#agreement, 'SalesAgentTradeParty'));
    return this.#sellerAgent;
  }

  get invoicee(): Party | null {
    if (this.#invoicee === undefined) this.#invoicee = ciiParty(entity(this.#settlement, 'InvoiceeTradeParty'));
    return this.#invoicee;
  }

  get invoicer(): Party | null {
    if (this.#invoicer === undefined) this.#invoicer = ciiParty(entity(this.#settlement, 'InvoicerTradeParty'));
    return this.#invoicer;
  }

  /** The historic profile writes the validator where the addressed-to party of the French extension stands. */
  get validator(): Party | null {
    return this.invoicee;
  }

  get delivery(): Delivery | null {
    if (this.#delivered === undefined) this.#delivered = ciiDelivery(this.#delivery);
    return this.#delivered;
  }

  get period(): Period | null {
    if (this.#period === undefined) this.#period = ciiPeriod(this.#settlement);
    return this.#period;
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
