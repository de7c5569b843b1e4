/** The billing frame of requests to have energy taxes paid back, made by who bore them (R29). */
export const ENERGY_TAX_REFUND_FRAME = 'A21';

/** The taxes that are asked back: codes, and what people read. */
export const ENERGY_TAXES = {
  TIC: 'Taxe intérieure de consommation sur les produits énergétiques',
  TICGN: 'Taxe intérieure de consommation sur le gaz naturel',
} as const;

/** One of them. */
export type EnergyTax = keyof typeof ENERGY_TAXES;

/** Units of a quantity of energy (UN/ECE Recommendation 20, as BT-130), and what people read. */
export const ENERGY_UNITS = {
  LTR: 'Litre',
  HLT: 'Hectolitre',
  MTQ: 'Mètre cube',
  KGM: 'Kilogramme',
  TNE: 'Tonne',
  KWH: 'Kilowattheure',
  MWH: 'Mégawattheure',
} as const;

/** One of them. */
export type EnergyUnit = keyof typeof ENERGY_UNITS;

/** A file of a request, uploaded before. */
export interface RefundRequestFile {
  readonly name: string;
  /** Names its object; 64 lower-case hexadecimal digits. */
  readonly sha256: string;
  /** Bytes. */
  readonly size: number;
}

/** A line: one invoice of a supplier of energy. Whatever is absent is not typed yet. */
export interface RefundRequestLine {
  /** Number of the invoice. */
  readonly number?: string;
  /** Its date, `YYYY-MM-DD`. */
  readonly issueDate?: string;
  /** Who issued it. */
  readonly supplier?: string;
  /** Quantity of energy; exact decimal. */
  readonly quantity?: string;
  readonly unit?: EnergyUnit;
  /** Amount of tax that is asked back, in euros; exact decimal. */
  readonly amount?: string;
  /** The invoice itself. */
  readonly file?: RefundRequestFile;
}

/**
 * What a request says, in any state of completeness (R29). Who asks is not in it: it is the structure that the request belongs
 * to. The total is not in it either, since it is computed (`refundRequestTotal`).
 */
export interface RefundRequestContent {
  readonly tax?: EnergyTax;
  /** When the energy was used; days, `YYYY-MM-DD`. */
  readonly period?: { readonly start?: string; readonly end?: string };
  /** Identifier of the public structure that treats the request. */
  readonly recipient?: string;
  /** UUID of the bank details of the structure that are paid. */
  readonly bankDetails?: string;
  readonly comment?: string;
  readonly lines?: readonly RefundRequestLine[];
  readonly supportingDocuments?: readonly RefundRequestFile[];
}

/** All files of a request: the invoices in the order of the lines, then the supporting documents. */
export function filesOfRefundRequest(content: RefundRequestContent): readonly RefundRequestFile[] {
  const { lines = [], supportingDocuments = [] } = content;
  return [...lines.flatMap(({ file }) => (file === undefined ? [] : [file])), ...supportingDocuments];
}
