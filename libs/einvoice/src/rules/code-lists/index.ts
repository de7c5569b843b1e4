/**
 * The code lists of EN 16931-1 as release 1.3.16 of its validation artefacts has them. Where the rules for UBL and for CII
 * disagree, each has its own list.
 *
 * @packageDocumentation
 */
export { codesOf, joined } from './codes-of.js';
export { untdid5189AllowanceReasons, untdid7161ChargeReasons } from './allowance-reasons.js';
export { iso3166CountriesCii, iso3166CountriesUbl } from './countries.js';
export { iso4217Currencies } from './currencies.js';
export { untdid1001Cii, untdid1001CreditNote, untdid1001Invoice } from './document-types.js';
export { easSchemes, iso6523IcdSchemes } from './identifier-schemes.js';
export { untdid7143ItemClassifications } from './item-classifications.js';
export { supportingDocumentMimeTypes } from './mime-types.js';
export { untdid4451NoteSubjectsCii, untdid4451NoteSubjectsUbl } from './note-subjects.js';
export { untdid4461PaymentMeans } from './payment-means.js';
export { untdid1153ReferenceQualifiers } from './reference-qualifiers.js';
export { untdid2005TaxPointDates, untdid2475TaxPointDates } from './tax-point-dates.js';
export { unitsOfMeasure } from './units.js';
export { untdid5305VatCategories } from './vat-categories.js';
export { vatexExemptionReasons } from './vat-exemptions.js';
export { vatPrefixesCii, vatPrefixesUbl } from './vat-prefixes.js';
