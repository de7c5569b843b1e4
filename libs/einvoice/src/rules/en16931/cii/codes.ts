import type { XmlElement } from '../../../xml/element.js';
import { namespaces } from '../../../xml/namespaces.js';
import {
  easSchemes,
  iso3166CountriesCii,
  iso4217Currencies,
  iso6523IcdSchemes,
  supportingDocumentMimeTypes,
  unitsOfMeasure,
  untdid1001Cii,
  untdid1153ReferenceQualifiers,
  untdid2475TaxPointDates,
  untdid4451NoteSubjectsCii,
  untdid4461PaymentMeans,
  untdid5189AllowanceReasons,
  untdid5305VatCategories,
  untdid7143ItemClassifications,
  untdid7161ChargeReasons,
  vatexExemptionReasons,
} from '../../code-lists/index.js';
import { path } from '../../engine/path.js';
import { coded, fatal, type CiiContext } from './assertions.js';
import { matchesWithoutFault, normalised } from '../../engine/values.js';
import { anyIndicates } from './values.js';

const indicator = path('ram:ChargeIndicator/udt:Indicator');

/** The pattern of the code lists, in its official order: an identifier with a scheme takes the first context that it fits. */
export const codeContexts: readonly CiiContext[] = [
  ofText('rsm:ExchangedDocument/ram:TypeCode', 'BR-CL-01', untdid1001Cii),
  ofAttribute('ram:TaxTotalAmount', 'currencyID', 'BR-CL-03', iso4217Currencies),
  ofText('ram:InvoiceCurrencyCode', 'BR-CL-04', iso4217Currencies),
  ofText('ram:TaxCurrencyCode', 'BR-CL-05', iso4217Currencies),
  ofText('ram:DueDateTypeCode', 'BR-CL-06', untdid2475TaxPointDates),
  ofText('ram:ReferenceTypeCode', 'BR-CL-07', untdid1153ReferenceQualifiers),
  ofText('ram:SubjectCode', 'BR-CL-08', untdid4451NoteSubjectsCii),
  ofAttribute(
    '//ram:GlobalID',
    'schemeID',
    'BR-CL-10',
    iso6523IcdSchemes,
    (element) => !isInside(element, 'SpecifiedTradeProduct') && !isInside(element, 'ShipToTradeParty'),
  ),
  ofAttribute(
    'ram:ID',
    'schemeID',
    'BR-CL-11',
    iso6523IcdSchemes,
    (element) => !isInside(element, 'SpecifiedTaxRegistration'),
  ),
  ofAttribute('ram:ClassCode', 'listID', 'BR-CL-13', untdid7143ItemClassifications),
  ofText('ram:CountryID', 'BR-CL-14', iso3166CountriesCii),
  ofText('ram:OriginTradeCountry/ram:ID', 'BR-CL-15', iso3166CountriesCii),
  ofText('ram:SpecifiedTradeSettlementPaymentMeans/ram:TypeCode', 'BR-CL-16', untdid4461PaymentMeans),
  ofText('ram:CategoryTradeTax/ram:CategoryCode', 'BR-CL-17', untdid5305VatCategories),
  ofText('ram:ApplicableTradeTax/ram:CategoryCode', 'BR-CL-18', untdid5305VatCategories),
  reasonContext(false, 'BR-CL-19', untdid5189AllowanceReasons),
  reasonContext(true, 'BR-CL-20', untdid7161ChargeReasons),
  ofAttribute('ram:SpecifiedTradeProduct/ram:GlobalID', 'schemeID', 'BR-CL-21', iso6523IcdSchemes),
  {
    match: 'ram:ExemptionReasonCode',
    assertions: [
      fatal('BR-CL-22', (element) => {
        const text = element.stringValue;
        return vatexExemptionReasons.has(normalised(text.toUpperCase())) || { found: text };
      }),
    ],
  },
  ofAttribute('ram:BasisQuantity | ram:BilledQuantity', 'unitCode', 'BR-CL-23', unitsOfMeasure),
  {
    match: 'ram:AttachmentBinaryObject',
    having: 'mimeCode',
    assertions: [
      // The only list without white space around its codes.
      fatal('BR-CL-24', (element) => {
        const type = element.attribute('mimeCode') ?? '';
        return supportingDocumentMimeTypes.has(type) || { found: type };
      }),
    ],
  },
  ofAttribute('ram:URIUniversalCommunication/ram:URIID', 'schemeID', 'BR-CL-25', easSchemes),
  ofAttribute(
    'ram:ApplicableHeaderTradeDelivery/ram:ShipToTradeParty/ram:GlobalID',
    'schemeID',
    'BR-CL-26',
    iso6523IcdSchemes,
  ),
];

function ofText(match: string, rule: string, codes: ReadonlySet<string>): CiiContext {
  return { match, assertions: [coded(rule, codes)] };
}

function ofAttribute(
  match: string,
  attribute: string,
  rule: string,
  codes: ReadonlySet<string>,
  where?: (element: XmlElement) => boolean,
): CiiContext {
  const context = { match, having: attribute, assertions: [coded(rule, codes, attribute)] };
  return where === undefined ? context : { ...context, where };
}

function reasonContext(isCharge: boolean, rule: string, codes: ReadonlySet<string>): CiiContext {
  return {
    match: 'ram:SpecifiedTradeAllowanceCharge/ram:ReasonCode',
    where: ({ parent }) => matchesWithoutFault(() => anyIndicates(indicator.all(parent), isCharge)),
    assertions: [coded(rule, codes)],
  };
}

function isInside({ parent }: XmlElement, localName: string): boolean {
  if (parent === null) return false;
  return (parent.localName === localName && parent.namespace === namespaces.ram) || isInside(parent, localName);
}
