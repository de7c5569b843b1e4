import type { XmlElement } from '../xml/element.js';
import type { Value } from './value.js';

/** An allowance or a charge, on the document (BG-20, BG-21) or on a line (BG-27, BG-28). */
export interface AllowanceCharge {
  readonly element: XmlElement;
  /** BT-92, BT-99, BT-136, BT-141 */
  readonly amount: Value | null;
  /** BT-93, BT-100, BT-137, BT-142 */
  readonly baseAmount: Value | null;
  /** BT-94, BT-101, BT-138, BT-143: percent. */
  readonly percentage: Value | null;
  /** BT-95, BT-102 (UNTDID 5305); null on a line. */
  readonly vatCategory: Value | null;
  /** BT-96, BT-103: percent; null on a line. */
  readonly vatRate: Value | null;
  /** BT-97, BT-104, BT-139, BT-144 */
  readonly reason: Value | null;
  /** BT-98 and BT-140 (UNTDID 5189), BT-105 and BT-145 (UNTDID 7161) */
  readonly reasonCode: Value | null;
}

/** Totals of the document (BG-22). */
export interface Totals {
  readonly element: XmlElement;
  /** BT-106: sum of the net amounts of the lines. */
  readonly linesTotal: Value | null;
  /** BT-107 */
  readonly allowancesTotal: Value | null;
  /** BT-108 */
  readonly chargesTotal: Value | null;
  /** BT-109 */
  readonly totalWithoutVat: Value | null;
  /** BT-112 */
  readonly totalWithVat: Value | null;
  /** BT-113 */
  readonly paidAmount: Value | null;
  /** BT-114 */
  readonly roundingAmount: Value | null;
  /** BT-115 */
  readonly amountDue: Value | null;
}

/** The VAT of one category and rate (BG-23). */
export interface VatBreakdown {
  readonly element: XmlElement;
  /** BT-116 */
  readonly taxableAmount: Value | null;
  /** BT-117 */
  readonly taxAmount: Value | null;
  /** BT-118 (UNTDID 5305) */
  readonly category: Value | null;
  /** BT-119: percent. The historic UBL profile writes it directly under the subtotal. */
  readonly rate: Value | null;
  /** BT-120 */
  readonly exemptionReason: Value | null;
  /** BT-121 (VATEX) */
  readonly exemptionReasonCode: Value | null;
  /** The tax itself: `VAT` in EN 16931; the historic UBL profile writes it in `TaxTypeCode`. */
  readonly taxType: Value | null;
}
