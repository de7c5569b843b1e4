import { codesOf } from './codes-of.js';

/** UNTDID 5305, restricted: categories of VAT (BR-CL-17, BR-CL-18). */
export const untdid5305VatCategories: ReadonlySet<string> = codesOf(`
  AE L M E S Z G O K B
`);
