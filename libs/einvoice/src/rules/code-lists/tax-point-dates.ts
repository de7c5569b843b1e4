import { codesOf } from './codes-of.js';

/** UNTDID 2005, restricted: what makes VAT due, in UBL (BR-CL-06). */
export const untdid2005TaxPointDates: ReadonlySet<string> = codesOf(`
  3 35 432
`);

/** UNTDID 2475, restricted: what makes VAT due, in CII (BR-CL-06). */
export const untdid2475TaxPointDates: ReadonlySet<string> = codesOf(`
  5 29 72
`);
