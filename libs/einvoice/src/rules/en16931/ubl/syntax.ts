import type { XmlElement } from '../../../xml/element.js';
import { isNamed, nameTest, path } from '../../engine/path.js';
import { isAllowance, isCharge } from './allowances-charges.js';
import {
  atMost,
  documentRoot,
  fatal,
  fatalBeside,
  fewEnough,
  hasTwoDecimals,
  present,
  shortfall,
  withAttribute,
  type UblAssertion,
  type UblContext,
} from './assertions.js';
import { forbiddenContent } from './forbidden/index.js';
import { anyText, textAt, textsOf } from './values.js';

const documentType = path('cbc:DocumentTypeCode');
const documentId = path('cbc:ID');
const objectReference = path('cac:AdditionalDocumentReference');
const taxScheme = path('cac:TaxScheme');
const schemeId = path('cac:TaxScheme/cbc:ID');
const companyId = path('cbc:CompanyID');
const paymentMeansCode = path('cac:PaymentMeans/cbc:PaymentMeansCode');
const partyIdentifier = path('cbc:ID');
const payeeName = path('cac:PartyName/cbc:Name');
const payeeIdentifier = path('cac:PartyIdentification/cbc:ID');
const payeeLegalIdentifier = path('cac:PartyLegalEntity/cbc:CompanyID');
const sellerName = path('cac:AccountingSupplierParty/cac:Party/cac:PartyLegalEntity/cbc:RegistrationName');
const itemCategory = path('cac:Item/cac:ClassifiedTaxCategory');
const price = nameTest('cac:Price');
const allowanceCharge = path('cac:AllowanceCharge');

/** UNTDID 1001: the referenced document is the invoiced object (BT-18). */
const invoicedObject = '130';
/** UNTDID 1001: the same document is the project of a credit note (BT-11), which UBL 2.1 has no element for. */
const project = '50';

/** How often each thing may stand in a document (UBL-SR). */
const documentCardinalities: readonly UblAssertion[] = [
  atMost(1, 'UBL-SR-01', 'cac:ContractDocumentReference/cbc:ID'),
  atMost(1, 'UBL-SR-02', 'cac:ReceiptDocumentReference/cbc:ID'),
  atMost(1, 'UBL-SR-03', 'cac:DespatchDocumentReference/cbc:ID'),
  fatalBeside('UBL-SR-04', [objectReference], (root) =>
    fewEnough(
      objectReference
        .all(root)
        .filter((reference) => anyText(documentType, reference, invoicedObject))
        .flatMap((reference) => documentId.all(reference)),
    ),
  ),
  atMost(1, 'UBL-SR-05', 'cac:PaymentTerms/cbc:Note'),
  atMost(1, 'UBL-SR-08', 'cac:InvoicePeriod'),
  atMost(1, 'UBL-SR-09', 'cac:AccountingSupplierParty/cac:Party/cac:PartyLegalEntity/cbc:RegistrationName'),
  atMost(1, 'UBL-SR-10', 'cac:AccountingSupplierParty/cac:Party/cac:PartyName/cbc:Name'),
  atMost(1, 'UBL-SR-11', 'cac:AccountingSupplierParty/cac:Party/cac:PartyLegalEntity/cbc:CompanyID'),
  oneRegistration('UBL-SR-12', 'cac:AccountingSupplierParty', (scheme) => scheme === 'VAT'),
  oneRegistration('UBL-SR-13', 'cac:AccountingSupplierParty', (scheme) => scheme !== 'VAT'),
  atMost(1, 'UBL-SR-14', 'cac:AccountingSupplierParty/cac:Party/cac:PartyLegalEntity/cbc:CompanyLegalForm'),
  atMost(1, 'UBL-SR-15', 'cac:AccountingCustomerParty/cac:Party/cac:PartyLegalEntity/cbc:RegistrationName'),
  atMost(1, 'UBL-SR-16', 'cac:AccountingCustomerParty/cac:Party/cac:PartyIdentification/cbc:ID'),
  atMost(1, 'UBL-SR-17', 'cac:AccountingCustomerParty/cac:Party/cac:PartyLegalEntity/cbc:CompanyID'),
  oneRegistration('UBL-SR-18', 'cac:AccountingCustomerParty', (scheme) => scheme === 'VAT'),
  atMost(1, 'UBL-SR-24', 'cac:Delivery'),
  fatal('UBL-SR-29', (_, { survey }) =>
    fewEnough(
      survey
        .elements('cac:PartyIdentification')
        .flatMap((identification) => partyIdentifier.all(identification))
        .filter((identifier) => schemeOf(identifier) === 'SEPA'),
    ),
  ),
  atMost(1, 'UBL-SR-39', 'cac:ProjectReference/cbc:ID'),
  atMost(1, 'UBL-SR-40', 'cac:AccountingCustomerParty/cac:Party/cac:PartyName/cbc:Name'),
  fatal('UBL-SR-44', (_, { survey }) => sameTexts(survey.elements('cbc:PaymentID'))),
  atMost(1, 'UBL-SR-45', 'cac:PaymentMeans/cbc:PaymentDueDate'),
  fatal('UBL-SR-46', (root) => fewEnough(paymentMeansCode.all(root).filter((code) => code.attribute('name') !== null))),
  fatal('UBL-SR-47', (_, { survey }) => sameTexts(survey.elements('cbc:PaymentMeansCode'))),
  atMost(1, 'UBL-SR-49', 'cac:InvoicePeriod/cbc:DescriptionCode'),
  atMost(1, 'UBL-SR-54', 'cac:PaymentMeans/cac:CardAccount'),
  atMost(1, 'UBL-SR-55', 'cac:PaymentMeans/cac:PaymentMandate'),
  atMost(1, 'UBL-SR-56', 'cac:OriginatorDocumentReference/cbc:ID'),
];

/** How the norm restricts what UBL allows (UBL-SR, UBL-CR, UBL-DT), in the order in which an element takes the contexts. */
export const syntaxContexts: readonly UblContext[] = [
  { match: '//cac:PostalAddress | //cac:Address', assertions: [atMost(1, 'UBL-SR-51', 'cac:AddressLine')] },
  { match: 'cac:AccountingSupplierParty/cac:Party', assertions: [atMost(2, 'UBL-SR-42', 'cac:PartyTaxScheme')] },
  {
    match: 'cac:AdditionalDocumentReference',
    assertions: [atMost(1, 'UBL-SR-33', 'cbc:DocumentDescription'), fatal('UBL-SR-43', isObjectOrPlain)],
  },
  {
    match: '//*',
    named: (localName) => localName.endsWith('Amount') && !localName.endsWith('PriceAmount'),
    where: (element) => !isOfDiscountedPrice(element),
    assertions: [fatal('UBL-DT-01', (amount) => hasTwoDecimals(amount))],
  },
  {
    match: '//*',
    named: (localName) => localName.endsWith('BinaryObject'),
    assertions: [withAttribute('UBL-DT-06', 'mimeCode'), withAttribute('UBL-DT-07', 'filename')],
  },
  { match: 'cac:Delivery', assertions: [atMost(1, 'UBL-SR-25', 'cac:DeliveryParty/cac:PartyName/cbc:Name')] },
  {
    match: 'cac:AllowanceCharge',
    where: isAllowance,
    assertions: [atMost(1, 'UBL-SR-30', 'cbc:AllowanceChargeReason')],
  },
  {
    match: 'cac:AllowanceCharge',
    where: isCharge,
    assertions: [atMost(1, 'UBL-SR-31', 'cbc:AllowanceChargeReason')],
  },
  {
    match: 'cac:PartyTaxScheme',
    assertions: [fatal('UBL-SR-53', (registration) => schemeId.exists(registration) && companyId.exists(registration))],
  },
  {
    match: documentRoot,
    ...forbiddenContent,
    assertions: [...documentCardinalities, ...forbiddenContent.assertions],
  },
  {
    match: 'cac:InvoiceLine | cac:CreditNoteLine',
    assertions: [
      atMost(1, 'UBL-SR-34', 'cbc:Note'),
      atMost(1, 'UBL-SR-35', 'cac:OrderLineReference/cbc:LineID'),
      atMost(1, 'UBL-SR-36', 'cac:InvoicePeriod'),
      atMost(1, 'UBL-SR-37', 'cac:Price/cac:AllowanceCharge/cbc:Amount'),
      fatal('UBL-SR-48', (line) => {
        const categories = itemCategory.all(line);
        return categories.length === 1 || { at: categories[1] ?? null, found: `${categories.length}`, expected: '1' };
      }),
      atMost(1, 'UBL-SR-50', 'cac:Item/cbc:Description'),
      atMost(1, 'UBL-SR-52', 'cac:DocumentReference'),
    ],
  },
  {
    match: 'cac:PayeeParty',
    assertions: [
      payeeOtherThanSeller('UBL-SR-19', (payee) => payeeName.all(payee)),
      payeeOtherThanSeller('UBL-SR-20', (payee) =>
        payeeIdentifier.all(payee).filter((identifier) => schemeOf(identifier) !== 'SEPA'),
      ),
      payeeOtherThanSeller('UBL-SR-21', (payee) => payeeLegalIdentifier.all(payee)),
    ],
  },
  {
    match: 'cac:PaymentMeans',
    assertions: [
      atMost(1, 'UBL-SR-26', 'cbc:PaymentID'),
      atMost(1, 'UBL-SR-27', 'cbc:PaymentMeansCode'),
      atMost(1, 'UBL-SR-28', 'cac:PaymentMandate/cbc:ID'),
    ],
  },
  {
    match: 'cac:BillingReference',
    assertions: [
      atMost(1, 'UBL-SR-06', 'cac:InvoiceDocumentReference'),
      present('UBL-SR-07', 'cac:InvoiceDocumentReference/cbc:ID'),
    ],
  },
  {
    match: 'cac:TaxRepresentativeParty',
    assertions: [
      atMost(1, 'UBL-SR-22', 'cac:PartyName/cbc:Name'),
      atMost(1, 'UBL-SR-23', 'cac:PartyTaxScheme/cbc:CompanyID'),
    ],
  },
  { match: 'cac:TaxSubtotal', assertions: [atMost(1, 'UBL-SR-32', 'cac:TaxCategory/cbc:TaxExemptionReason')] },
];

function isObjectOrPlain(reference: XmlElement): ReturnType<UblAssertion['holds']> {
  const types = textsOf(documentType.all(reference));
  if (types.has(invoicedObject)) return true;
  if (types.has(project) && rootOf(reference).localName === 'CreditNote') return true;
  if (types.size > 0) return shortfall(documentType.first(reference), invoicedObject);
  const scheme = documentId.all(reference).find((id) => id.attribute('schemeID') !== null);
  return scheme === undefined || { at: scheme, found: scheme.attribute('schemeID') };
}

function rootOf(element: XmlElement): XmlElement {
  return element.parent === null ? element : rootOf(element.parent);
}

/** Amounts below a price that has an allowance (BT-147): unit prices may have more decimals. */
function isOfDiscountedPrice(element: XmlElement): boolean {
  for (let at = element.parent; at !== null; at = at.parent) {
    if (isNamed(at, price) && allowanceCharge.exists(at)) return true;
  }
  return false;
}

function oneRegistration(rule: string, party: string, wanted: (scheme: string) => boolean): UblAssertion {
  const registrations = path(`${party}/cac:Party/cac:PartyTaxScheme`);
  return fatalBeside(rule, [registrations], (root) =>
    fewEnough(
      registrations
        .all(root)
        // White space around the scheme counts here, other than in the business rules.
        .filter((one) => taxScheme.all(one).some((scheme) => wanted(textAt(documentId, scheme).toUpperCase())))
        .flatMap((one) => companyId.all(one)),
    ),
  );
}

function schemeOf(identifier: XmlElement): string {
  return (identifier.attribute('schemeID') ?? '').toUpperCase();
}

function sameTexts(elements: readonly XmlElement[]): ReturnType<UblAssertion['holds']> {
  const [first] = elements;
  if (first === undefined) return true;
  const expected = first.stringValue;
  const other = elements.find((element) => element.stringValue !== expected);
  return other === undefined || shortfall(other, expected);
}

/** The three rules count different things and all ask, as well, that the payee has another name than the seller. */
function payeeOtherThanSeller(rule: string, counted: (payee: XmlElement) => readonly XmlElement[]): UblAssertion {
  return fatal(rule, (payee) => {
    const verdict = fewEnough(counted(payee));
    if (verdict !== true) return verdict;
    const sellerNames = textsOf(sellerName.all(payee.parent));
    const names = payeeName.all(payee);
    return (
      names.some((name) => [...sellerNames].some((one) => one !== name.stringValue)) || shortfall(names[0] ?? null)
    );
  });
}
