/** A value read from an invoice, with where it stands. */
export interface LocatedValue {
  /** The value as written, trimmed; amounts and dates are strings, never floating point. */
  readonly value: string;
  /** Absolute XPath, with the usual prefix of each namespace and positions. */
  readonly location: string;
  /** Line of the invoice, from 1. */
  readonly line: number;
}

/** A business term: null when the invoice does not have it. */
export type Term = LocatedValue | null;

/** What kind of number identifies a party. */
export type IdentifierKind =
  | 'SIRET'
  | 'SIREN'
  | 'EU-VAT'
  | 'NON-EU'
  | 'RIDET'
  | 'TAHITI'
  | 'BEING-REGISTERED'
  | 'NATURAL-PERSON'
  | 'SERVICE'
  | 'OTHER';

/** One identifier of a party. */
export interface PartyIdentifier extends LocatedValue {
  /** Business term: BT-29 (private), BT-30 (legal registration), BT-31 (VAT), and their twins of the buyer. */
  readonly term: 'BT-29' | 'BT-30' | 'BT-31' | 'BT-46' | 'BT-47' | 'BT-48';
  /** Scheme as the invoice declares it (ISO 6523 code, or historic type `1` to `7`); null when it declares none. */
  readonly scheme: string | null;
  readonly kind: IdentifierKind;
  /** True when the scheme does not say so: 14 digits were taken as a SIRET, 9 without any scheme as a SIREN. */
  readonly assumed: boolean;
}

/** A preceding invoice (BG-3): of the document, or of a line of it. */
export interface PrecedingInvoiceTerms {
  /** BT-25 */
  readonly number: Term;
  /** BT-26, as {@link InvoiceTerms.issueDate}. */
  readonly issueDate: Term;
}

/** Supplier (BG-4) or recipient (BG-7). */
export interface InvoiceParty {
  /** BT-27 or BT-44. */
  readonly name: Term;
  readonly identifiers: readonly PartyIdentifier[];
}

/** Totals of the document (BG-22), exact decimal strings. */
export interface DocumentTotals {
  /** BT-106 */
  readonly linesTotal: Term;
  /** BT-109 */
  readonly totalWithoutVat: Term;
  /** BT-110, in the currency of the invoice. */
  readonly totalVat: Term;
  /** BT-112 */
  readonly totalWithVat: Term;
  /** BT-113 */
  readonly prepaid: Term;
  /** BT-115 */
  readonly amountDue: Term;
}

/** The business terms (EN 16931) that lists, searches and the first rules need of an invoice. */
export interface InvoiceTerms {
  /** BT-1 */
  readonly number: Term;
  /** BT-2, as ISO 8601 `yyyy-mm-dd` when it could be converted, as written otherwise. */
  readonly issueDate: Term;
  /** BT-3 (UNTDID 1001) */
  readonly typeCode: Term;
  /** BT-5 (ISO 4217) */
  readonly currency: Term;
  /** BT-9, as {@link InvoiceTerms.issueDate}. */
  readonly dueDate: Term;
  /** BT-10; the service code in French use. */
  readonly buyerReference: Term;
  /** BT-12 */
  readonly contractNumber: Term;
  /** BT-13, legal commitment number. */
  readonly commitmentNumber: Term;
  /** BT-23, or the historic billing frame (A1 …). */
  readonly billingFrame: Term;
  /** BT-24 */
  readonly specification: Term;
  readonly supplier: InvoiceParty;
  readonly recipient: InvoiceParty & {
    /** BT-46 of scheme 0224, otherwise BT-10. */
    readonly serviceCode: Term;
  };
  /** Agent of the seller (EXT-FR-FE-69) of an invoice under the frames S3 and S6; null of any other. */
  readonly sellerAgent: InvoiceParty | null;
  /** Who validates a subcontractor's or co-contractor's invoice under the historic frames A9 and A12; null of any other. */
  readonly validator: InvoiceParty | null;
  readonly totals: DocumentTotals;
  /** Those of the document, or, of a credit note that names none, those of its lines (BR-FR-CO-05). */
  readonly precedingInvoices: readonly PrecedingInvoiceTerms[];
}

const noParty: InvoiceParty = { name: null, identifiers: [] };

/** The terms of a document of which nothing could be read. */
export const noTerms: InvoiceTerms = {
  number: null,
  issueDate: null,
  typeCode: null,
  currency: null,
  dueDate: null,
  buyerReference: null,
  contractNumber: null,
  commitmentNumber: null,
  billingFrame: null,
  specification: null,
  supplier: noParty,
  recipient: { ...noParty, serviceCode: null },
  sellerAgent: null,
  validator: null,
  totals: {
    linesTotal: null,
    totalWithoutVat: null,
    totalVat: null,
    totalWithVat: null,
    prepaid: null,
    amountDue: null,
  },
  precedingInvoices: [],
};
