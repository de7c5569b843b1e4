import type { AllowanceCharge } from '../../../model/amounts.js';
import type { Invoice } from '../../../model/invoice.js';
import type { InvoiceLine } from '../../../model/line.js';
import { valueOf, type Value } from '../../../model/value.js';
import type { XmlElement } from '../../../xml/element.js';
import { path, type Path } from '../../engine/path.js';
import { memoised } from '../engine/memoised.js';

/** Something that bears VAT: a line, or an allowance or a charge of the document. */
export interface TaxedPart {
  readonly kind: 'line' | 'allowance' | 'charge';
  readonly element: XmlElement;
  /** BT-131, BT-92, BT-99, BT-X-272; null when it has none. */
  readonly amount: Value | null;
  /** BT-151, BT-95, BT-102, BT-X-273 */
  readonly category: Value | null;
  /** BT-152, BT-96, BT-103, BT-X-274: percent. */
  readonly rate: Value | null;
  /** Why no VAT is due, in words and as a code, which both extensions have on every part. */
  readonly exemption: string;
}

/**
 * The parts that the totals of an extended invoice are made of: lines that are no group and no mere information (EXT-FR-FE-163
 * absent or `DETAIL`), allowances and charges of the document, and in CII the charges for logistics, which count as charges.
 */
export const taxedParts: (invoice: Invoice) => readonly TaxedPart[] = memoised((invoice) => {
  const { lines, allowances, charges, element, syntax } = invoice;
  const where = reasonPaths[syntax];
  const adjusted =
    (kind: 'allowance' | 'charge') =>
    ({ element: at, amount, vatCategory: category, vatRate: rate }: AllowanceCharge): TaxedPart => {
      return { kind, element: at, amount, category, rate, exemption: exemptionAt(at, where.adjustment) };
    };
  return [
    ...lines.filter(counts).map(({ element: at, netAmount: amount, vat }): TaxedPart => {
      return { kind: 'line', element: at, amount, ...vat, exemption: exemptionAt(at, where.line) };
    }),
    ...allowances.map(adjusted('allowance')),
    ...charges.map(adjusted('charge')),
    ...(syntax === 'CII' ? logisticsCharges.all(element).map(logisticsCharge) : []),
  ];
});

/** Whether the amount of a line counts: groups repeat what their parts sum up to, and information counts for nothing. */
export function counts({ statusReason }: InvoiceLine): boolean {
  return statusReason === null || statusReason.value === 'DETAIL';
}

/** A reason for exemption as one text that two parts have alike when they give the same reason. */
export function exemptionOf(reason: string | null, code: string | null): string {
  return `${normalised(code)}\n${normalised(reason)}`;
}

interface ReasonPaths {
  readonly reason: Path;
  readonly code: Path;
}

const reasonsBelow = (steps: string, reason: string, code: string): ReasonPaths => ({
  reason: path(`${steps}/${reason}`),
  code: path(`${steps}/${code}`),
});
const ublReasons = (steps: string): ReasonPaths =>
  reasonsBelow(steps, 'cbc:TaxExemptionReason', 'cbc:TaxExemptionReasonCode');
const ciiReasons = (steps: string): ReasonPaths =>
  reasonsBelow(steps, 'ram:ExemptionReason', 'ram:ExemptionReasonCode');

const reasonPaths = {
  UBL: { line: ublReasons('cac:Item/cac:ClassifiedTaxCategory'), adjustment: ublReasons('cac:TaxCategory') },
  CII: {
    line: ciiReasons('ram:SpecifiedLineTradeSettlement/ram:ApplicableTradeTax'),
    adjustment: ciiReasons('ram:CategoryTradeTax'),
  },
} as const;

const logisticsCharges = path(
  'rsm:SupplyChainTradeTransaction/ram:ApplicableHeaderTradeSettlement/ram:SpecifiedLogisticsServiceCharge',
);
const logisticsAmount = path('ram:AppliedAmount');
const logisticsCategory = path('ram:AppliedTradeTax/ram:CategoryCode');
const logisticsRate = path('ram:AppliedTradeTax/ram:RateApplicablePercent');
const logisticsReasons = ciiReasons('ram:AppliedTradeTax');

function logisticsCharge(element: XmlElement): TaxedPart {
  return {
    kind: 'charge',
    element,
    amount: valueOf(logisticsAmount.first(element)),
    category: valueOf(logisticsCategory.first(element)),
    rate: valueOf(logisticsRate.first(element)),
    exemption: exemptionAt(element, logisticsReasons),
  };
}

function exemptionAt(element: XmlElement, { reason, code }: ReasonPaths): string {
  return exemptionOf(reason.first(element)?.text ?? null, code.first(element)?.text ?? null);
}

function normalised(text: string | null): string {
  return (text ?? '').trim().replace(/\s+/g, ' ');
}
