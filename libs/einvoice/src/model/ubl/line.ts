import type { XmlElement } from '../../xml/element.js';
import { namespaces } from '../../xml/namespaces.js';
import type { AllowanceCharge } from '../amounts.js';
import type { Delivery, DocumentReference, Note, Period, PrecedingInvoice } from '../documents.js';
import type { InvoiceLine, Item, LinePrice, LineVat } from '../line.js';
import type { Party } from '../party.js';
import { attributeValue, type Value } from '../value.js';
import { ublAllowanceCharges, ublVatTotals } from './amounts.js';
import { ublDelivery, ublInvoicedObject, ublNotes, ublPeriod, ublPrecedingInvoices } from './documents.js';
import { UblItem } from './item.js';
import { aggregate, aggregates, basic } from './nodes.js';
import { ublParty } from './party.js';

/** A line of a UBL invoice or credit note, read as it is asked for. */
export class UblLine implements InvoiceLine {
  #allowances: readonly AllowanceCharge[] | undefined;
  #charges: readonly AllowanceCharge[] | undefined;
  #item: Item | undefined;
  #period: Period | null | undefined;
  #price: LinePrice | undefined;
  #precedingInvoices: readonly PrecedingInvoice[] | undefined;
  #delivery: Delivery | null | undefined;
  #vat: LineVat | undefined;

  /** @param invoiceNumber number of the invoice: extended invoices refer by it to their own lines */
  constructor(
    readonly element: XmlElement,
    private readonly invoiceNumber: () => string | null,
  ) {}

  get identifier(): Value | null {
    return basic(this.element, 'ID');
  }

  get notes(): readonly Note[] {
    return ublNotes(this.element);
  }

  get objectIdentifier(): DocumentReference | null {
    return ublInvoicedObject(aggregates(this.element, 'DocumentReference'));
  }

  get quantity(): Value | null {
    return basic(this.element, 'InvoicedQuantity') ?? basic(this.element, 'CreditedQuantity');
  }

  get unitCode(): Value | null {
    const { cbc } = namespaces;
    const quantity = this.element.child(cbc, 'InvoicedQuantity') ?? this.element.child(cbc, 'CreditedQuantity');
    return attributeValue(quantity, 'unitCode');
  }

  get netAmount(): Value | null {
    return basic(this.element, 'LineExtensionAmount');
  }

  get orderLine(): Value | null {
    return basic(aggregate(this.element, 'OrderLineReference'), 'LineID');
  }

  get buyerAccountingReference(): Value | null {
    return basic(this.element, 'AccountingCost');
  }

  get period(): Period | null {
    if (this.#period === undefined) this.#period = ublPeriod(this.element);
    return this.#period;
  }

  get allowances(): readonly AllowanceCharge[] {
    return (this.#allowances ??= ublAllowanceCharges(this.element, false));
  }

  get charges(): readonly AllowanceCharge[] {
    return (this.#charges ??= ublAllowanceCharges(this.element, true));
  }

  get price(): LinePrice {
    return (this.#price ??= new UblPrice(aggregate(this.element, 'Price')));
  }

  get vat(): LineVat {
    if (this.#vat === undefined) {
      const category = aggregate(this.element, 'Item', 'ClassifiedTaxCategory');
      this.#vat = { category: basic(category, 'ID'), rate: basic(category, 'Percent') };
    }
    return this.#vat;
  }

  get item(): Item {
    return (this.#item ??= new UblItem(aggregate(this.element, 'Item')));
  }

  get precedingInvoices(): readonly PrecedingInvoice[] {
    return (this.#precedingInvoices ??= ublPrecedingInvoices(this.element, this.invoiceNumber));
  }

  get delivery(): Delivery | null {
    if (this.#delivery === undefined) this.#delivery = ublDelivery(this.element);
    return this.#delivery;
  }

  get parentLine(): Value | null {
    return basic(aggregate(this.#ownReference, 'BillingReferenceLine'), 'ID');
  }

  get statusReason(): Value | null {
    return basic(aggregate(this.#ownReference, 'InvoiceDocumentReference'), 'DocumentStatusCode');
  }

  get status(): Value | null {
    return null;
  }

  get seller(): Party | null {
    return ublParty(aggregate(this.element, 'Item', 'ManufacturerParty'), 'registered');
  }

  get vatAmounts(): readonly Value[] {
    return ublVatTotals(this.element);
  }

  get amountWithVat(): Value | null {
    return basic(this.element, 'TaxInclusiveLineExtensionAmount');
  }

  /** An extended invoice says what a line is of by a reference to the invoice itself (EXT-FR-FE-162 and 163). */
  get #ownReference(): XmlElement | null {
    const number = this.invoiceNumber();
    if (number === null) return null;
    const own = aggregates(this.element, 'BillingReference').find(
      (one) => basic(aggregate(one, 'InvoiceDocumentReference'), 'ID')?.value === number,
    );
    return own ?? null;
  }
}

class UblPrice implements LinePrice {
  constructor(private readonly element: XmlElement | null) {}

  get net(): Value | null {
    return basic(this.element, 'PriceAmount');
  }

  get discount(): Value | null {
    return basic(aggregate(this.element, 'AllowanceCharge'), 'Amount');
  }

  get gross(): Value | null {
    return basic(aggregate(this.element, 'AllowanceCharge'), 'BaseAmount');
  }

  get baseQuantity(): Value | null {
    return basic(this.element, 'BaseQuantity');
  }

  get baseUnitCode(): Value | null {
    return attributeValue(this.element?.child(namespaces.cbc, 'BaseQuantity'), 'unitCode');
  }
}
