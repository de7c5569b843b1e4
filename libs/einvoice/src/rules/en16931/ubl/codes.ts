import {
  easSchemes,
  iso3166CountriesUbl,
  iso4217Currencies,
  iso6523IcdSchemes,
  supportingDocumentMimeTypes,
  unitsOfMeasure,
  untdid1001CreditNote,
  untdid1001Invoice,
  untdid1153ReferenceQualifiers,
  untdid2005TaxPointDates,
  untdid4461PaymentMeans,
  untdid5189AllowanceReasons,
  untdid5305VatCategories,
  untdid7143ItemClassifications,
  untdid7161ChargeReasons,
  vatexExemptionReasons,
} from '../../code-lists/index.js';
import type { XmlElement } from '../../../xml/element.js';
import { isNamed, nameTest, path } from '../../engine/path.js';
import { isAllowance, isCharge } from './allowances-charges.js';
import { coded, fatal, type UblContext } from './assertions.js';
import { normalised } from '../../engine/values.js';
import { anyText } from './values.js';

const documentType = path('cbc:DocumentTypeCode');
/** UNTDID 1001: the referenced document is the invoiced object (BT-18). */
const invoicedObject = '130';

const creditors = [nameTest('cac:AccountingSupplierParty'), nameTest('cac:PayeeParty')];

/** Codes and schemes of identifiers belong to their lists (BR-CL); the subject of a note has a place of its own. */
export const codeContexts: readonly UblContext[] = [
  {
    match: 'cbc:InvoiceTypeCode | cbc:CreditNoteTypeCode',
    assertions: [
      fatal('BR-CL-01', (type) => {
        const codes = type.localName === 'InvoiceTypeCode' ? untdid1001Invoice : untdid1001CreditNote;
        return codes.has(normalised(type.stringValue)) || { found: type.stringValue };
      }),
    ],
  },
  {
    match: [
      'cbc:Amount | cbc:BaseAmount | cbc:PriceAmount | cbc:TaxAmount | cbc:TaxableAmount | cbc:LineExtensionAmount',
      'cbc:TaxExclusiveAmount | cbc:TaxInclusiveAmount | cbc:AllowanceTotalAmount | cbc:ChargeTotalAmount',
      'cbc:PrepaidAmount | cbc:PayableRoundingAmount | cbc:PayableAmount',
    ].join(' | '),
    assertions: [coded('BR-CL-03', iso4217Currencies, 'currencyID')],
  },
  { match: 'cbc:DocumentCurrencyCode', assertions: [coded('BR-CL-04', iso4217Currencies)] },
  { match: 'cbc:TaxCurrencyCode', assertions: [coded('BR-CL-05', iso4217Currencies)] },
  { match: 'cac:InvoicePeriod/cbc:DescriptionCode', assertions: [coded('BR-CL-06', untdid2005TaxPointDates)] },
  {
    match: 'cac:AdditionalDocumentReference/cbc:ID | cac:DocumentReference/cbc:ID',
    having: 'schemeID',
    where: (id) => anyText(documentType, id.parent, invoicedObject),
    assertions: [coded('BR-CL-07', untdid1153ReferenceQualifiers, 'schemeID')],
  },
  {
    match: 'cac:PartyIdentification/cbc:ID',
    having: 'schemeID',
    assertions: [
      fatal('BR-CL-10', (id) => {
        const scheme = normalised(id.attribute('schemeID') ?? '');
        if (iso6523IcdSchemes.has(scheme)) return true;
        // The creditor reference of a direct debit (BT-90) is that of the seller or of the payee.
        return (scheme === 'SEPA' && isInCreditor(id)) || { found: scheme };
      }),
    ],
  },
  {
    match: 'cac:PartyLegalEntity/cbc:CompanyID',
    having: 'schemeID',
    assertions: [coded('BR-CL-11', iso6523IcdSchemes, 'schemeID')],
  },
  {
    match: 'cac:CommodityClassification/cbc:ItemClassificationCode',
    having: 'listID',
    assertions: [coded('BR-CL-13', untdid7143ItemClassifications, 'listID')],
  },
  { match: 'cac:Country/cbc:IdentificationCode', assertions: [coded('BR-CL-14', iso3166CountriesUbl)] },
  { match: 'cac:OriginCountry/cbc:IdentificationCode', assertions: [coded('BR-CL-15', iso3166CountriesUbl)] },
  { match: 'cac:PaymentMeans/cbc:PaymentMeansCode', assertions: [coded('BR-CL-16', untdid4461PaymentMeans)] },
  { match: 'cac:TaxCategory/cbc:ID', assertions: [coded('BR-CL-17', untdid5305VatCategories)] },
  { match: 'cac:ClassifiedTaxCategory/cbc:ID', assertions: [coded('BR-CL-18', untdid5305VatCategories)] },
  {
    match: 'cac:AllowanceCharge/cbc:AllowanceChargeReasonCode',
    where: ({ parent }) => isAllowance(parent),
    assertions: [coded('BR-CL-19', untdid5189AllowanceReasons)],
  },
  {
    match: 'cac:AllowanceCharge/cbc:AllowanceChargeReasonCode',
    where: ({ parent }) => isCharge(parent),
    assertions: [coded('BR-CL-20', untdid7161ChargeReasons)],
  },
  {
    match: 'cac:StandardItemIdentification/cbc:ID',
    having: 'schemeID',
    assertions: [coded('BR-CL-21', iso6523IcdSchemes, 'schemeID')],
  },
  {
    match: 'cbc:TaxExemptionReasonCode',
    assertions: [
      // The only list whose codes may be written in lower case.
      fatal('BR-CL-22', (code) => {
        return vatexExemptionReasons.has(normalised(code.stringValue.toUpperCase())) || { found: code.stringValue };
      }),
    ],
  },
  {
    match: 'cbc:InvoicedQuantity | cbc:BaseQuantity | cbc:CreditedQuantity',
    having: 'unitCode',
    assertions: [coded('BR-CL-23', unitsOfMeasure, 'unitCode')],
  },
  {
    match: 'cbc:EmbeddedDocumentBinaryObject',
    having: 'mimeCode',
    assertions: [
      // Here white space counts.
      fatal('BR-CL-24', (document) => {
        const type = document.attribute('mimeCode') ?? '';
        return supportingDocumentMimeTypes.has(type) || { found: type };
      }),
    ],
  },
  { match: 'cbc:EndpointID', having: 'schemeID', assertions: [coded('BR-CL-25', easSchemes, 'schemeID')] },
  {
    match: 'cac:DeliveryLocation/cbc:ID',
    having: 'schemeID',
    assertions: [coded('BR-CL-26', iso6523IcdSchemes, 'schemeID')],
  },
];

function isInCreditor(id: XmlElement): boolean {
  for (let at = id.parent; at !== null; at = at.parent) {
    const ancestor = at;
    if (creditors.some((creditor) => isNamed(ancestor, creditor))) return true;
  }
  return false;
}
