import type { XmlElement } from '../../xml/element.js';
import type { AllowanceCharge } from '../amounts.js';
import type { Delivery, DocumentReference, Note, Period, PrecedingInvoice } from '../documents.js';
import type { InvoiceLine, Item, LinePrice, LineVat } from '../line.js';
import type { Party } from '../party.js';
import { attributeValue, type Value } from '../value.js';
import { ciiAllowanceCharges } from './amounts.js';
import { ciiDelivery, ciiInvoicedObject, ciiNotes, ciiPeriod, ciiPrecedingInvoices } from './documents.js';
import { CiiItem } from './item.js';
import { component, components, entity } from './nodes.js';
import { ciiParty } from './party.js';

/** A line of a CII invoice, read as it is asked for. */
export class CiiLine implements InvoiceLine {
  #settlement: XmlElement | null | undefined;
  #allowances: readonly AllowanceCharge[] | undefined;
  #charges: readonly AllowanceCharge[] | undefined;
  #item: Item | undefined;
  #period: Period | null | undefined;
  #price: LinePrice | undefined;
  #precedingInvoices: readonly PrecedingInvoice[] | undefined;
  #delivered: Delivery | null | undefined;
  #vat: LineVat | undefined;

  /** @param element `ram:IncludedSupplyChainTradeLineItem` */
  constructor(readonly element: XmlElement) {}

  get identifier(): Value | null {
    return component(this.#document, 'LineID');
  }

  get notes(): readonly Note[] {
    return ciiNotes(this.#document);
  }

  get objectIdentifier(): DocumentReference | null {
    return ciiInvoicedObject(this.#lineSettlement);
  }

  get quantity(): Value | null {
    return component(this.#delivery, 'BilledQuantity');
  }

  get unitCode(): Value | null {
    return attributeValue(entity(this.#delivery, 'BilledQuantity'), 'unitCode');
  }

  get netAmount(): Value | null {
    return component(this.#summation, 'LineTotalAmount');
  }

  get orderLine(): Value | null {
    return component(entity(this.#agreement, 'BuyerOrderReferencedDocument'), 'LineID');
  }

  get buyerAccountingReference(): Value | null {
    return component(entity(this.#lineSettlement, 'ReceivableSpecifiedTradeAccountingAccount'), 'ID');
  }

  get period(): Period | null {
    if (this.#period === undefined) this.#period = ciiPeriod(this.#lineSettlement);
    return this.#period;
  }

  get allowances(): readonly AllowanceCharge[] {
    return (this.#allowances ??= ciiAllowanceCharges(this.#lineSettlement, false));
  }

  get charges(): readonly AllowanceCharge[] {
    return (this.#charges ??= ciiAllowanceCharges(this.#lineSettlement, true));
  }

  get price(): LinePrice {
    return (this.#price ??= new CiiPrice(this.#agreement));
  }

  get vat(): LineVat {
    if (this.#vat === undefined) {
      const tax = entity(this.#lineSettlement, 'ApplicableTradeTax');
      this.#vat = { category: component(tax, 'CategoryCode'), rate: component(tax, 'RateApplicablePercent') };
    }
    return this.#vat;
  }

  get item(): Item {
    return (this.#item ??= new CiiItem(entity(this.element, 'SpecifiedTradeProduct')));
  }

  get precedingInvoices(): readonly PrecedingInvoice[] {
    return (this.#precedingInvoices ??= ciiPrecedingInvoices(this.#lineSettlement));
  }

  get delivery(): Delivery | null {
    if (this.#delivered === undefined) this.#delivered = ciiDelivery(this.#delivery);
    return this.#delivered;
  }

  get parentLine(): Value | null {
    return component(this.#document, 'ParentLineID');
  }

  get statusReason(): Value | null {
    return component(this.#document, 'LineStatusReasonCode');
  }

  get status(): Value | null {
    return component(this.#document, 'LineStatusCode');
  }

  get seller(): Party | null {
    return ciiParty(entity(this.#agreement, 'ItemSellerTradeParty'));
  }

  get vatAmounts(): readonly Value[] {
    return components(this.#summation, 'TaxTotalAmount');
  }

  get amountWithVat(): Value | null {
    return component(this.#summation, 'GrandTotalAmount');
  }

  get #document(): XmlElement | null {
    return entity(this.element, 'AssociatedDocumentLineDocument');
  }

  get #agreement(): XmlElement | null {
    return entity(this.element, 'SpecifiedLineTradeAgreement');
  }

  get #delivery(): XmlElement | null {
    return entity(this.element, 'SpecifiedLineTradeDelivery');
  }

  get #lineSettlement(): XmlElement | null {
    return (this.#settlement ??= entity(this.element, 'SpecifiedLineTradeSettlement'));
  }

  get #summation(): XmlElement | null {
    return entity(this.#lineSettlement, 'SpecifiedTradeSettlementLineMonetarySummation');
  }
}

class CiiPrice implements LinePrice {
  readonly #net: XmlElement | null;
  readonly #gross: XmlElement | null;

  constructor(agreement: XmlElement | null) {
    this.#net = entity(agreement, 'NetPriceProductTradePrice');
    this.#gross = entity(agreement, 'GrossPriceProductTradePrice');
  }

  get net(): Value | null {
    return component(this.#net, 'ChargeAmount');
  }

  get discount(): Value | null {
    return component(entity(this.#gross, 'AppliedTradeAllowanceCharge'), 'ActualAmount');
  }

  get gross(): Value | null {
    return component(this.#gross, 'ChargeAmount');
  }

  get baseQuantity(): Value | null {
    return component(this.#net, 'BasisQuantity') ?? component(this.#gross, 'BasisQuantity');
  }

  get baseUnitCode(): Value | null {
    return attributeValue(this.baseQuantity?.element, 'unitCode');
  }
}
