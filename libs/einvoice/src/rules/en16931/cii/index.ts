/**
 * The rules of EN 16931 on UN/CEFACT Cross Industry Invoices.
 *
 * @packageDocumentation
 */
export { en16931Cii, neverFires } from './en16931-cii.js';
export type { CiiFacts } from './facts.js';
