import type { XmlElement } from '../../xml/element.js';
import type { AllowanceCharge, Totals, VatBreakdown } from '../amounts.js';
import type { Value } from '../value.js';
import { aggregate, aggregates, basic, basics } from './nodes.js';

/** The allowances, or the charges, of a document or of a line of UBL. */
export function ublAllowanceCharges(from: XmlElement, charge: boolean): AllowanceCharge[] {
  return aggregates(from, 'AllowanceCharge')
    .filter((element) => isCharge(element) === charge)
    .map((element) => new UblAllowanceCharge(element));
}

/** `xs:boolean` has two ways to write true. */
function isCharge(element: XmlElement): boolean {
  const indicator = basic(element, 'ChargeIndicator')?.value;
  return indicator === 'true' || indicator === '1';
}

class UblAllowanceCharge implements AllowanceCharge {
  constructor(readonly element: XmlElement) {}

  get amount(): Value | null {
    return basic(this.element, 'Amount');
  }

  get baseAmount(): Value | null {
    return basic(this.element, 'BaseAmount');
  }

  get percentage(): Value | null {
    return basic(this.element, 'MultiplierFactorNumeric');
  }

  get vatCategory(): Value | null {
    return basic(aggregate(this.element, 'TaxCategory'), 'ID');
  }

  get vatRate(): Value | null {
    return basic(aggregate(this.element, 'TaxCategory'), 'Percent');
  }

  get reason(): Value | null {
    return basic(this.element, 'AllowanceChargeReason');
  }

  get reasonCode(): Value | null {
    return basic(this.element, 'AllowanceChargeReasonCode');
  }
}

/** The totals of a UBL document. */
export class UblTotals implements Totals {
  constructor(readonly element: XmlElement) {}

  get linesTotal(): Value | null {
    return basic(this.element, 'LineExtensionAmount');
  }

  get allowancesTotal(): Value | null {
    return basic(this.element, 'AllowanceTotalAmount');
  }

  get chargesTotal(): Value | null {
    return basic(this.element, 'ChargeTotalAmount');
  }

  get totalWithoutVat(): Value | null {
    return basic(this.element, 'TaxExclusiveAmount');
  }

  get totalWithVat(): Value | null {
    return basic(this.element, 'TaxInclusiveAmount');
  }

  get paidAmount(): Value | null {
    return basic(this.element, 'PrepaidAmount');
  }

  get roundingAmount(): Value | null {
    return basic(this.element, 'PayableRoundingAmount');
  }

  get amountDue(): Value | null {
    return basic(this.element, 'PayableAmount');
  }
}

/** Every VAT total of a document or of a line (BT-110 and BT-111 differ by their currency only). */
export function ublVatTotals(from: XmlElement): Value[] {
  return aggregates(from, 'TaxTotal').flatMap((total) => basics(total, 'TaxAmount'));
}

/** The VAT breakdown of a UBL document. */
export function ublVatBreakdown(root: XmlElement): VatBreakdown[] {
  return aggregates(root, 'TaxTotal')
    .flatMap((total) => aggregates(total, 'TaxSubtotal'))
    .map((element) => new UblVatBreakdown(element));
}

class UblVatBreakdown implements VatBreakdown {
  readonly #category: XmlElement | null;

  constructor(readonly element: XmlElement) {
    this.#category = aggregate(element, 'TaxCategory');
  }

  get taxableAmount(): Value | null {
    return basic(this.element, 'TaxableAmount');
  }

  get taxAmount(): Value | null {
    return basic(this.element, 'TaxAmount');
  }

  get category(): Value | null {
    return basic(this.#category, 'ID');
  }

  get rate(): Value | null {
    return basic(this.#category, 'Percent') ?? basic(this.element, 'Percent');
  }

  get exemptionReason(): Value | null {
    return basic(this.#category, 'TaxExemptionReason');
  }

  get exemptionReasonCode(): Value | null {
    return basic(this.#category, 'TaxExemptionReasonCode');
  }

  get taxType(): Value | null {
    const scheme = aggregate(this.#category, 'TaxScheme');
    return basic(scheme, 'ID') ?? basic(scheme, 'TaxTypeCode');
  }
}
