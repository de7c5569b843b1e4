import type { AbsentPath } from './absent-path.js';

/** Below a parameter of the document context. */
export const contextParameterPaths: readonly AbsentPath[] = [
  ['CII-SR-04', 'ram:Value'],
  ['CII-SR-05', 'ram:SpecifiedDocumentVersion'],
];

/** On an identifier that takes no scheme. */
export const plainIdentifierPaths: readonly AbsentPath[] = [
  ['CII-DT-001', '@schemeName'],
  ['CII-DT-002', '@schemeAgencyName'],
  ['CII-DT-003', '@schemeDataURI'],
  ['CII-DT-004', '@schemeURI'],
  ['CII-DT-005', '@schemeID'],
  ['CII-DT-006', '@schemeAgencyID'],
  ['CII-DT-007', '@schemeVersionID'],
];

/** On any other identifier. */
export const identifierPaths: readonly AbsentPath[] = [
  ['CII-DT-101', '@schemeName'],
  ['CII-DT-102', '@schemeAgencyName'],
  ['CII-DT-103', '@schemeDataURI'],
  ['CII-DT-104', '@schemeURI'],
];

/** On a type code. */
export const typeCodePaths: readonly AbsentPath[] = [
  ['CII-DT-008', '@name'],
  ['CII-DT-009', '@listURI'],
];

/** On the type code of the document. */
export const documentTypeCodePaths: readonly AbsentPath[] = [
  ['CII-DT-010', '@listID'],
  ['CII-DT-011', '@listAgencyID'],
  ['CII-DT-012', '@listVersionID'],
];

/** On the VAT category of a line. */
export const lineCategoryPaths: readonly AbsentPath[] = [
  ['CII-DT-045', '@listID'],
  ['CII-DT-046', '@listAgencyID'],
  ['CII-DT-047', '@listVersionID'],
  ['CII-DT-048', '@listURI'],
];

/** Below a referenced document. */
export const referencePaths: readonly AbsentPath[] = [
  ['CII-DT-016', 'ram:StatusCode'],
  ['CII-DT-017', 'ram:CopyIndicator'],
  ['CII-DT-019', 'ram:GlobalID'],
  ['CII-DT-020', 'ram:RevisionID'],
  ['CII-DT-023', 'ram:Information'],
  ['CII-DT-025', 'ram:SectionName'],
  ['CII-DT-026', 'ram:PreviousRevisionID'],
  ['CII-DT-028', 'ram:EffectiveSpecifiedPeriod'],
  ['CII-DT-029', 'ram:IssuerTradeParty'],
  ['CII-DT-030', 'ram:AttachedSpecifiedBinaryFile'],
];

/** On an amount other than the total VAT amount. */
export const amountPaths: readonly AbsentPath[] = [
  ['CII-DT-031', '@currencyID'],
  ['CII-DT-032', '@currencyCodeListVersionID'],
];

/** On a quantity. */
export const quantityPaths: readonly AbsentPath[] = [
  ['CII-DT-034', '@unitCodeListID'],
  ['CII-DT-035', '@unitCodeListAgencyID'],
  ['CII-DT-036', '@unitCodeListAgencyName'],
];

/** Below a tax. */
export const taxPaths: readonly AbsentPath[] = [
  ['CII-DT-038', 'ram:CalculatedRate'],
  ['CII-DT-039', 'ram:CalculationSequenceNumeric'],
  ['CII-DT-040', 'ram:BasisQuantity'],
  ['CII-DT-042', 'ram:UnitBasisAmount'],
  ['CII-DT-043', 'ram:LineTotalBasisAmount'],
  ['CII-DT-044', 'ram:AllowanceChargeBasisAmount'],
  ['CII-DT-049', 'ram:CurrencyCode'],
  ['CII-DT-050', 'ram:Jurisdiction'],
  ['CII-DT-051', 'ram:CustomsDutyIndicator'],
  ['CII-DT-053', 'ram:TaxBasisAllowanceRate'],
  ['CII-DT-055', 'ram:Type'],
  ['CII-DT-056', 'ram:InformationAmount'],
  ['CII-DT-057', 'ram:CategoryName'],
  ['CII-DT-059', 'ram:RateApplicablePercent/@format'],
  ['CII-DT-060', 'ram:SpecifiedTradeAccountingAccount'],
  ['CII-DT-061', 'ram:ServiceSupplyTradeCountry'],
  ['CII-DT-062', 'ram:BuyerRepayableTaxSpecifiedTradeAccountingAccount'],
  ['CII-DT-063', 'ram:SellerPayableTaxSpecifiedTradeAccountingAccount'],
  ['CII-DT-064', 'ram:SellerRefundableTaxSpecifiedTradeAccountingAccount'],
  ['CII-DT-065', 'ram:BuyerDeductibleTaxSpecifiedTradeAccountingAccount'],
  ['CII-DT-066', 'ram:BuyerNonDeductibleTaxSpecifiedTradeAccountingAccount'],
  ['CII-DT-067', 'ram:PlaceApplicableTradeLocation'],
];

/** Below an invoicing period. */
export const periodPaths: readonly AbsentPath[] = [
  ['CII-DT-068', 'ram:StartDateTime/udt:DateTime'],
  ['CII-DT-069', 'ram:DurationMeasure'],
  ['CII-DT-070', 'ram:InclusiveIndicator'],
  ['CII-DT-071', 'ram:Description'],
  ['CII-DT-072', 'ram:EndDateTime/udt:DateTime'],
  ['CII-DT-073', 'ram:CompleteDateTime'],
  ['CII-DT-074', 'ram:OpenIndicator'],
  ['CII-DT-075', 'ram:SeasonCode'],
  ['CII-DT-076', 'ram:ID'],
  ['CII-DT-077', 'ram:Name'],
  ['CII-DT-078', 'ram:SequenceNumeric'],
  ['CII-DT-079', 'ram:StartDateFlexibilityCode'],
  ['CII-DT-080', 'ram:ContinuousIndicator'],
  ['CII-DT-081', 'ram:PurposeCode'],
];

/** Below a postal address. */
export const addressPaths: readonly AbsentPath[] = [
  ['CII-DT-082', 'ram:ID'],
  ['CII-DT-083', 'ram:PostOfficeBox'],
  ['CII-DT-084', 'ram:BuildingName'],
  ['CII-DT-086', 'ram:LineFour'],
  ['CII-DT-087', 'ram:LineFive'],
  ['CII-DT-088', 'ram:StreetName'],
  ['CII-DT-089', 'ram:CitySubDivisionName'],
  ['CII-DT-090', 'ram:CountryName'],
  ['CII-DT-091', 'ram:CountrySubDivisionID'],
  ['CII-DT-092', 'ram:AttentionOf'],
  ['CII-DT-093', 'ram:CareOf'],
  ['CII-DT-094', 'ram:BuildingNumber'],
  ['CII-DT-095', 'ram:DepartmentName'],
  ['CII-DT-096', 'ram:AdditionalStreetName'],
];
