import type { ForbiddenPath } from './forbidden-path.js';

/** What must not stand anywhere in a document, however deep: paths of elements, perhaps with an attribute at the end. */
export const forbiddenAnywhere: readonly ForbiddenPath[] = [
  ['UBL-CR-652', 'cac:PartyTaxScheme/cbc:CompanyID/@schemeID'],
  ['UBL-CR-660', 'cac:Country/cbc:IdentificationCode/@listID'],
  ['UBL-CR-662', 'cbc:AllowanceChargeReasonCode/@listID'],
  ['UBL-CR-664', 'cac:FinancialInstitution'],
  ['UBL-CR-667', 'cac:BuyersItemIdentification/cbc:ID/@schemeID'],
  ['UBL-CR-668', 'cac:SellersItemIdentification/cbc:ID/@schemeID'],
  ['UBL-CR-669', 'cac:Price/cac:AllowanceCharge/cbc:AllowanceChargeReasonCode'],
  ['UBL-CR-670', 'cac:Price/cac:AllowanceCharge/cbc:AllowanceChargeReason'],
  ['UBL-CR-671', 'cac:Price/cac:AllowanceCharge/cbc:MultiplierFactorNumeric'],
  ['UBL-CR-674', 'cbc:PrimaryAccountNumberID/@schemeID'],
  ['UBL-CR-675', 'cac:CardAccount/cbc:NetworkID/@schemeID'],
  ['UBL-CR-676', 'cac:PaymentMandate/cbc:ID/@schemeID'],
  ['UBL-CR-677', 'cac:PaymentMandate/cac:PayerFinancialAccount/cbc:ID/@schemeID'],
  ['UBL-CR-678', 'cac:TaxCategory/cbc:ID/@schemeID'],
  ['UBL-CR-679', 'cac:ClassifiedTaxCategory/cbc:ID/@schemeID'],
  ['UBL-CR-680', 'cac:PaymentMeans/cac:PayerFinancialAccount'],
];

/** An attribute that no element of a document may have, but for those of one name. */
export type ForbiddenAttribute = readonly [rule: string, attribute: string, except?: string];

/** Attributes that no element of a document may have. */
export const forbiddenAttributes: readonly ForbiddenAttribute[] = [
  ['UBL-CR-663', 'unitCodeListID'],
  ['UBL-DT-08', 'schemeName'],
  ['UBL-DT-09', 'schemeAgencyName'],
  ['UBL-DT-10', 'schemeDataURI'],
  ['UBL-DT-11', 'schemeURI'],
  ['UBL-DT-12', 'format'],
  ['UBL-DT-13', 'unitCodeListIdentifier'],
  ['UBL-DT-14', 'unitCodeListAgencyIdentifier'],
  ['UBL-DT-15', 'unitCodeListAgencyName'],
  ['UBL-DT-16', 'listAgencyName'],
  ['UBL-DT-17', 'listName'],
  ['UBL-DT-19', 'languageID'],
  ['UBL-DT-20', 'listURI'],
  ['UBL-DT-21', 'listSchemeURI'],
  ['UBL-DT-22', 'languageLocaleID'],
  ['UBL-DT-23', 'uri'],
  ['UBL-DT-24', 'currencyCodeListVersionID'],
  ['UBL-DT-25', 'characterSetCode'],
  ['UBL-DT-26', 'encodingCode'],
  ['UBL-DT-27', 'schemeAgencyID'],
  ['UBL-DT-28', 'listAgencyID'],
];

/** Attributes that elements of one name alone may have. */
export const attributesOfOneElement: readonly ForbiddenAttribute[] = [['UBL-DT-18', 'name', 'cbc:PaymentMeansCode']];
