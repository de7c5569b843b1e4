/**
 * Two extensions of EN 16931 replace its sums by sums that allow for rounding: that of the French reform (EXTENDED-CTC-FR, XP
 * Z12-012, published by FNFE-MPE in edition 1.4.0) and the profile EXTENDED of Factur-X (1.09). The rules are the same but for
 * what stands here, and each extension has them under ids of its own.
 */
export interface ExtendedEdition {
  /** What the ids of its rules begin with. */
  readonly prefix: 'BR-FREXT' | 'BR-FXEXT';
  /** What stands before the number of the rules that want a line to have something: `BR-FREXT-22`, `BR-FXEXT-BR-22`. */
  readonly presence: 'BR-FREXT' | 'BR-FXEXT-BR';
  /** Cents that rounding may put between a group of lines and the sum of its parts, for each part. */
  readonly centsForPart: 0 | 1;
  /** The rule on the amount due (BT-115): Factur-X adds what is collected for third parties (BT-179). */
  readonly amountDue: 'BR-CO-16' | 'BR-FXEXT-CO-16';
}

/** EXTENDED-CTC-FR. Between a group and its parts a cent for each part is allowed, as BR-FR-MV-05 allows it. */
export const frenchExtension: ExtendedEdition = {
  prefix: 'BR-FREXT',
  presence: 'BR-FREXT',
  centsForPart: 1,
  amountDue: 'BR-CO-16',
};

/** EXTENDED of Factur-X. */
export const facturXExtension: ExtendedEdition = {
  prefix: 'BR-FXEXT',
  presence: 'BR-FXEXT-BR',
  centsForPart: 0,
  amountDue: 'BR-FXEXT-CO-16',
};
