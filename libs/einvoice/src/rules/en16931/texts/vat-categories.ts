/** What the rules ask of a VAT category; each family of rules follows from it. */
export interface VatCategory {
  /** Code of the category (UNCL 5305) as it stands in a document. */
  readonly code: string;
  /** French name with the code, after "catégorie de TVA". */
  readonly fr: string;
  readonly en: string;
  /** What the rates of lines, allowances, charges and breakdown must be. */
  readonly rate: 'positive' | 'zero' | 'not negative' | 'absent';
  /** Whether one breakdown stands for the category, or one for each rate. */
  readonly breakdowns: 'one' | 'one for each rate';
  /** Whether the breakdown says why no VAT is due. */
  readonly exemptionReason: 'required' | 'forbidden';
  /** Which identifiers the parties must have, or must not. */
  readonly identifiers: 'supplier' | 'supplier VAT' | 'supplier and recipient' | 'VAT of both' | 'no VAT';
}

const untaxed = { rate: 'zero', breakdowns: 'one', exemptionReason: 'required' } as const;
const island = {
  rate: 'not negative',
  breakdowns: 'one for each rate',
  exemptionReason: 'forbidden',
  identifiers: 'supplier',
} as const;

/** The categories that have a family of rules, by the letters that name the family in rule ids. */
export const vatCategories = {
  S: {
    code: 'S',
    fr: '« taux normal » (S)',
    en: 'standard rate (S)',
    rate: 'positive',
    breakdowns: 'one for each rate',
    exemptionReason: 'forbidden',
    identifiers: 'supplier',
  },
  Z: {
    code: 'Z',
    fr: '« taux zéro » (Z)',
    en: 'zero rate (Z)',
    rate: 'zero',
    breakdowns: 'one',
    exemptionReason: 'forbidden',
    identifiers: 'supplier',
  },
  E: { code: 'E', fr: '« exonérée » (E)', en: 'exempt (E)', ...untaxed, identifiers: 'supplier' },
  AE: {
    code: 'AE',
    fr: '« autoliquidation » (AE)',
    en: 'reverse charge (AE)',
    ...untaxed,
    identifiers: 'supplier and recipient',
  },
  IC: {
    code: 'K',
    fr: '« livraison intracommunautaire » (K)',
    en: 'intra-community supply (K)',
    ...untaxed,
    identifiers: 'VAT of both',
  },
  G: {
    code: 'G',
    fr: '« export hors UE » (G)',
    en: 'export outside the EU (G)',
    ...untaxed,
    identifiers: 'supplier VAT',
  },
  O: {
    code: 'O',
    fr: '« hors champ de la TVA » (O)',
    en: 'not subject to VAT (O)',
    rate: 'absent',
    breakdowns: 'one',
    exemptionReason: 'required',
    identifiers: 'no VAT',
  },
  AF: { code: 'L', fr: '« IGIC, Canaries » (L)', en: 'IGIC, Canary Islands (L)', ...island },
  AG: { code: 'M', fr: '« IPSI, Ceuta et Melilla » (M)', en: 'IPSI, Ceuta and Melilla (M)', ...island },
} as const satisfies Record<string, VatCategory>;

/** Letters that name a family of VAT rules in rule ids. */
export type VatFamily = keyof typeof vatCategories;
