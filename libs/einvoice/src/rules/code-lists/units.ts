import { rec20Units } from './units-rec-20.js';
import { rec21Packages } from './units-rec-21.js';

/** UN/ECE Recommendation 20 with the packages of Recommendation 21: what a quantity may count (BR-CL-23). */
export const unitsOfMeasure: ReadonlySet<string> = new Set([...rec20Units, ...rec21Packages]);
