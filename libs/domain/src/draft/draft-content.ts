/**
 * An invoice under input, in the words of EN 16931 and in any state of completeness (R22): whatever is absent is not typed yet.
 * Amounts, quantities and rates are exact decimal strings, days are `YYYY-MM-DD`. The issuer's identifier is not in it: it is
 * the structure that the draft belongs to. What can be computed is not in it either ({@link draftAmounts}).
 */
export interface DraftContent {
  /** BT-1 */
  readonly number?: string;
  /** BT-2 */
  readonly issueDate?: string;
  /** BT-3 (UNTDID 1001); {@link USUAL_TYPE_CODE} when absent. */
  readonly typeCode?: string;
  /** BT-5 (ISO 4217); {@link USUAL_CURRENCY} when absent. */
  readonly currency?: string;
  /** BT-8: when VAT falls due (UNTDID 2005), e.g. `432` on payment. */
  readonly taxPointDateCode?: string;
  /** BT-9 */
  readonly dueDate?: string;
  /** BT-23, a frame of the reform, e.g. `S1`. */
  readonly billingFrame?: string;
  /** BT-10 */
  readonly serviceCode?: string;
  /** BT-12 */
  readonly contractNumber?: string;
  /** EXT-FR-FE-01 */
  readonly contractType?: 'CONTRAT' | 'MARCHE';
  /** BT-13 */
  readonly commitmentNumber?: string;
  /** BG-1 */
  readonly notes?: readonly DraftNote[];
  /** BG-3 */
  readonly precedingInvoices?: readonly DraftPrecedingInvoice[];
  /** BG-4 */
  readonly seller?: DraftSeller;
  /** BG-7 */
  readonly buyer?: DraftBuyer;
  /** EXT-FR-FE-BG-03: who validates the invoice of a subcontractor or co-contractor (frames S3 and S6, R27). */
  readonly validator?: DraftValidator;
  /** BT-72 */
  readonly deliveryDate?: string;
  /** BG-14 */
  readonly period?: DraftPeriod;
  /** BG-16, BG-17 and BT-20 */
  readonly payment?: DraftPayment;
  /** BG-20 and BG-21 */
  readonly adjustments?: readonly DraftAdjustment[];
  /** BT-113 */
  readonly prepaid?: string;
  /** BT-120 and BT-121, for the VAT categories that need them. */
  readonly exemptions?: readonly DraftExemption[];
  /** BG-25 */
  readonly lines?: readonly DraftLine[];
  /** BG-24 */
  readonly supportingDocuments?: readonly DraftDocument[];
}

/** A note (BG-1). */
export interface DraftNote {
  /** BT-21 (UNTDID 4451) */
  readonly subject?: string;
  /** BT-22 */
  readonly text?: string;
}

/** An invoice that this one corrects or cancels (BG-3). */
export interface DraftPrecedingInvoice {
  /** BT-25 */
  readonly number?: string;
  /** BT-26 */
  readonly issueDate?: string;
}

/** A postal address (BG-5, BG-8). */
export interface DraftAddress {
  readonly line1?: string;
  readonly line2?: string;
  readonly postCode?: string;
  readonly city?: string;
  /** ISO 3166-1 alpha-2; {@link USUAL_COUNTRY} when absent. */
  readonly countryCode?: string;
}

/** Whom to ask (BG-6, BG-9): data of a natural person. */
export interface DraftContact {
  readonly name?: string;
  readonly telephone?: string;
  readonly email?: string;
}

/** The issuer, beside its identifier (BG-4). */
export interface DraftSeller {
  /** BT-27; the structure's own name when absent. */
  readonly name?: string;
  /** BT-31 */
  readonly vatNumber?: string;
  /** BT-33 */
  readonly legalInformation?: string;
  readonly address?: DraftAddress;
  readonly contact?: DraftContact;
}

/** The recipient (BG-7). */
export interface DraftBuyer {
  /** BT-46: SIRET. */
  readonly identifier?: string;
  /** BT-44; the structure's own name when absent. */
  readonly name?: string;
  readonly address?: DraftAddress;
  readonly contact?: DraftContact;
}

/** Who validates before the recipient sees the invoice (EXT-FR-FE-69). */
export interface DraftValidator {
  /** SIRET */
  readonly identifier?: string;
  readonly name?: string;
}

/** A period (BT-73 and BT-74, BT-134 and BT-135). */
export interface DraftPeriod {
  readonly start?: string;
  readonly end?: string;
}

/** How to pay. */
export interface DraftPayment {
  /** BT-81 (UNTDID 4461) */
  readonly meansCode?: string;
  /** BT-83 */
  readonly reference?: string;
  /** BT-20 */
  readonly terms?: string;
  /** BT-84: IBAN. */
  readonly account?: string;
  /** BT-85 */
  readonly accountName?: string;
  /** BT-86: BIC. */
  readonly serviceProvider?: string;
}

/** An allowance (BG-20, BG-27) or a charge (BG-21, BG-28). */
export interface DraftAdjustment {
  readonly kind: 'allowance' | 'charge';
  readonly amount?: string;
  readonly reason?: string;
  /** Of the document alone: on a line, the VAT is that of the line. */
  readonly vatCategory?: string;
  readonly vatRate?: string;
}

/** Why no VAT is charged under a category. */
export interface DraftExemption {
  readonly vatCategory: string;
  /** BT-120 */
  readonly reason?: string;
  /** BT-121 */
  readonly reasonCode?: string;
}

/** A line (BG-25). */
export interface DraftLine {
  /** BT-153 */
  readonly name?: string;
  /** BT-154 */
  readonly description?: string;
  /** BT-155 */
  readonly sellerIdentifier?: string;
  /** BT-127 */
  readonly note?: string;
  /** BT-129 */
  readonly quantity?: string;
  /** BT-130 (UN/ECE recommendation 20) */
  readonly unitCode?: string;
  /** BT-146 */
  readonly price?: string;
  /** BT-149; one when absent. */
  readonly baseQuantity?: string;
  /** BT-151 (UNTDID 5305) */
  readonly vatCategory?: string;
  /** BT-152, percent; none is needed where the category is not taxed. */
  readonly vatRate?: string;
  readonly period?: DraftPeriod;
  readonly adjustments?: readonly DraftAdjustment[];
}

/** A supporting document (BG-24), uploaded before. */
export interface DraftDocument {
  readonly name: string;
  /** SHA-256 (hex), which names the object. */
  readonly sha256: string;
  /** Bytes. */
  readonly size: number;
  /** BT-123, a code of BR-FR-17, e.g. `LISIBLE` for the invoice itself as people read it. */
  readonly description?: string;
}

/** What stands for a term that a draft leaves to the platform. */
export const USUAL_TYPE_CODE = '380';
export const USUAL_CURRENCY = 'EUR';
export const USUAL_COUNTRY = 'FR';

/** The VAT category in which VAT is charged at a rate of its own (UNTDID 5305). */
export const TAXED_CATEGORY = 'S';

/** The VAT category of what VAT is not about; it has no rate at all. */
export const OUTSIDE_VAT_CATEGORY = 'O';

/** The rate of a line or an adjustment: that of its category where it is not taxed; undefined while it is not known. */
export function vatRateOf({ vatCategory, vatRate }: Pick<DraftLine, 'vatCategory' | 'vatRate'>): string | undefined {
  if (vatCategory === undefined || vatCategory === TAXED_CATEGORY) return vatRate;
  return '0';
}
