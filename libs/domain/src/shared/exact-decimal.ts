import { Decimal } from 'decimal.js';

/** Exact for every number that people type; halves are rounded away from zero, as amounts of money are. */
export const ExactDecimal = Decimal.clone({ precision: 100, rounding: Decimal.ROUND_HALF_UP });

/** A number of that kind. */
export type ExactDecimal = Decimal;
