/** Code lists of the French rules, each from the rule that it names. */

const codes = (list: string): ReadonlySet<string> => new Set(list.split(' '));

/** Types of documents of the exchanges of the reform (UNTDID 1001, BR-FR-04). */
export const reformTypeCodes = codes('380 389 393 501 386 500 384 471 472 473 261 262 381 396 502 503');

/** Types of documents of the portal's own formats (pivot format of Chorus Pro). */
export const historicTypeCodes = codes('380 381');

/** Documents that the buyer issues in the seller's name (self-billing). */
export const selfBilledTypeCodes = codes('389 501 500 471 473 261 502');
/** Advance invoices and the credit notes about them. */
export const advanceTypeCodes = codes('386 500 503');
/** Corrected invoices: they replace exactly one (BR-FR-CO-04). */
export const correctionTypeCodes = codes('384 471 472 473');
/** Credit notes that are about earlier invoices (BR-FR-CO-05). */
export const creditNoteTypeCodes = codes('261 381 396 502 503');
/** A credit note for a rebate over a whole period (BR-FR-CO-03). */
export const globalRebateTypeCode = '262';

/** Billing frames of the reform (BT-23, BR-FR-08). */
export const reformFrames = codes('B1 S1 M1 B2 S2 M2 S3 B4 S4 M4 S5 S6 B7 S7 B8 S8 M8 B9 S9 M9');

/** Billing frames of the portal's own formats: A1 to A25; A11 was never given. */
export const historicFrames: ReadonlySet<string> = new Set(
  Array.from({ length: 25 }, (_, index) => `A${index + 1}`).filter((frame) => frame !== 'A11'),
);

/** Frames of an invoice that is already paid (BR-FR-CO-09). */
export const paidFrames = codes('B2 S2 M2');
/** Frames of a final invoice after an advance (BR-FR-CO-08). */
export const afterAdvanceFrames = codes('B4 S4 M4');
/** Frames of an invoice of several sellers under one cover (rules BR-FR-MV). */
export const severalSellersFrames = codes('B8 S8 M8');
/** Frames of an invoice that goes both ways between two parties (rules BR-FR-BD). */
export const bothWaysFrames = codes('B9 S9 M9');

/** VAT categories in use in France (UNTDID 5305, BR-FR-15, G2.31). */
export const frenchVatCategories = codes('S E AE K G O Z');

/** What a supporting document may be called (BT-123, BR-FR-17). */
export const supportingDocumentCodes = codes(
  'RIB LISIBLE FEUILLE_DE_STYLE PJA BORDEREAU_SUIVI DOCUMENT_ANNEXE BON_LIVRAISON BON_COMMANDE BORDEREAU_SUIVI_VALIDATION ETAT_ACOMPTE FACTURE_PAIEMENT_DIRECT RECAPITULATIF_COTRAITANCE',
);

/** How an invoice is to be treated: values of a note of subject BAR (BR-FR-20). */
export const treatments = codes('B2B B2BINT B2C OUTOFSCOPE ARCHIVEONLY');
/** The treatments that are counted, of which one at most may be given (BR-FR-31). */
export const countedTreatments: ReadonlySet<string> = new Set([...treatments, 'B2CINT']);

/** Means of payment that the portal takes (UNTDID 4461; mandatory since version 4.20 of its specifications). */
export const historicPaymentMeans = codes('01 1 10 20 30 31 42 48 49 58 59 97');

/** The codes of a set as a finding shows them. */
export function listed(codes: ReadonlySet<string>): string {
  return [...codes].join(', ');
}
