import type { XmlElement } from '../../xml/element.js';
import { namespaces } from '../../xml/namespaces.js';
import type { AllowanceCharge, Totals, VatBreakdown } from '../amounts.js';
import { inCurrency } from '../currencies.js';
import { valueOf, type Value } from '../value.js';
import { component, components, entities, entity } from './nodes.js';

/** The allowances, or the charges, of a document or of a line of CII. */
export function ciiAllowanceCharges(settlement: XmlElement | null, charge: boolean): AllowanceCharge[] {
  return entities(settlement, 'SpecifiedTradeAllowanceCharge')
    .filter((element) => isCharge(element) === charge)
    .map((element) => new CiiAllowanceCharge(element));
}

/** `xs:boolean` has two ways to write true. */
function isCharge(element: XmlElement): boolean {
  const indicator = valueOf(entity(element, 'ChargeIndicator')?.child(namespaces.udt, 'Indicator'))?.value;
  return indicator === 'true' || indicator === '1';
}

class CiiAllowanceCharge implements AllowanceCharge {
  constructor(readonly element: XmlElement) {}

  get amount(): Value | null {
    return component(this.element, 'ActualAmount');
  }

  get baseAmount(): Value | null {
    return component(this.element, 'BasisAmount');
  }

  get percentage(): Value | null {
    return component(this.element, 'CalculationPercent');
  }

  get vatCategory(): Value | null {
    return component(entity(this.element, 'CategoryTradeTax'), 'CategoryCode');
  }

  get vatRate(): Value | null {
    return component(entity(this.element, 'CategoryTradeTax'), 'RateApplicablePercent');
  }

  get reason(): Value | null {
    return component(this.element, 'Reason');
  }

  get reasonCode(): Value | null {
    return component(this.element, 'ReasonCode');
  }
}

/** The totals of a CII document. Each may be written in several currencies: that of the invoice is taken. */
export class CiiTotals implements Totals {
  constructor(
    readonly element: XmlElement,
    private readonly currency: Value | null,
  ) {}

  get linesTotal(): Value | null {
    return this.#amount('LineTotalAmount');
  }

  get allowancesTotal(): Value | null {
    return this.#amount('AllowanceTotalAmount');
  }

  get chargesTotal(): Value | null {
    return this.#amount('ChargeTotalAmount');
  }

  get totalWithoutVat(): Value | null {
    return this.#amount('TaxBasisTotalAmount');
  }

  get totalWithVat(): Value | null {
    return this.#amount('GrandTotalAmount');
  }

  get paidAmount(): Value | null {
    return this.#amount('TotalPrepaidAmount');
  }

  get roundingAmount(): Value | null {
    return this.#amount('RoundingAmount');
  }

  get amountDue(): Value | null {
    return this.#amount('DuePayableAmount');
  }

  #amount(name: string): Value | null {
    return onlyOrInCurrency(components(this.element, name), this.currency);
  }
}

/** The only amount, whatever currency it says; of several the one in the currency of the invoice. */
export function onlyOrInCurrency(amounts: readonly Value[], currency: Value | null): Value | null {
  return amounts.length === 1 ? (amounts[0] ?? null) : inCurrency(amounts, currency);
}

/** The VAT breakdown of a CII document. */
export class CiiVatBreakdown implements VatBreakdown {
  /** @param element `ram:ApplicableTradeTax` of the header */
  constructor(readonly element: XmlElement) {}

  get taxableAmount(): Value | null {
    return component(this.element, 'BasisAmount');
  }

  get taxAmount(): Value | null {
    return component(this.element, 'CalculatedAmount');
  }

  get category(): Value | null {
    return component(this.element, 'CategoryCode');
  }

  get rate(): Value | null {
    return component(this.element, 'RateApplicablePercent');
  }

  get exemptionReason(): Value | null {
    return component(this.element, 'ExemptionReason');
  }

  get exemptionReasonCode(): Value | null {
    return component(this.element, 'ExemptionReasonCode');
  }

  get taxType(): Value | null {
    return component(this.element, 'TypeCode');
  }
}
