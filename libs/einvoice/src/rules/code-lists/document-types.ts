import { codesOf } from './codes-of.js';

/** UNTDID 1001: document types of an invoice; UBL, `cbc:InvoiceTypeCode` (BR-CL-01). */
export const untdid1001Invoice: ReadonlySet<string> = codesOf(`
  71 80 81 82 84 102 130 202 203 204 211 218 219 295 325 326 331 380 382 383 384 385 386 387 388 389 390 393 394 395
  456 457 471 472 473 500 501 527 553 575 623 633 751 780 817 870 875 876 877 935
`);

/** UNTDID 1001: document types of a credit note; UBL, `cbc:CreditNoteTypeCode` (BR-CL-01). */
export const untdid1001CreditNote: ReadonlySet<string> = codesOf(`
  81 83 261 262 296 308 381 396 420 458 502 503 532
`);

/** UNTDID 1001: document types of invoices and credit notes together, for CII, which has one root for both (BR-CL-01). */
export const untdid1001Cii: ReadonlySet<string> = codesOf(`
  71 80 81 82 83 84 102 130 202 203 204 211 218 219 261 262 295 296 308 325 326 331 380 381 382 383 384 385 386 387
  388 389 390 393 394 395 396 420 456 457 458 471 472 473 500 501 502 503 527 532 553 575 623 633 751 780 817 870
  875 876 877 935
`);
