import type { SampleParty } from './directory.js';
import type { AllowanceOrCharge, InvoiceLine } from './invoice-content.js';
import { element, LEGAL_NOTES, wrap, type InvoiceDocument } from './invoice-document.js';
import type { VatRate } from './catalogue.js';

const NAMESPACES = [
  'xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2"',
  'xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"',
  'xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2"',
].join(' ');

const amount = (name: string, value: string): string => element(`cbc:${name}`, value, 'currencyID="EUR"');
const vatScheme = wrap('cac:TaxScheme', element('cbc:ID', 'VAT'));
const vatCategory = (name: string, rate: VatRate): string =>
  wrap(`cac:${name}`, element('cbc:ID', 'S'), element('cbc:Percent', rate), vatScheme);

function address(name: string, party: SampleParty): string {
  return wrap(
    `cac:${name}`,
    element('cbc:StreetName', party.street),
    element('cbc:CityName', party.city),
    element('cbc:PostalZone', party.postcode),
    wrap('cac:Country', element('cbc:IdentificationCode', 'FR')),
  );
}

function partyOf(role: string, party: SampleParty): string {
  return wrap(
    `cac:${role}`,
    wrap(
      'cac:Party',
      element('cbc:EndpointID', party.siren, 'schemeID="0225"'),
      wrap('cac:PartyIdentification', element('cbc:ID', party.siret, 'schemeID="0009"')),
      address('PostalAddress', party),
      wrap('cac:PartyTaxScheme', element('cbc:CompanyID', party.vatNumber), vatScheme),
      wrap(
        'cac:PartyLegalEntity',
        element('cbc:RegistrationName', party.name),
        element('cbc:CompanyID', party.siren, 'schemeID="0002"'),
      ),
      wrap(
        'cac:Contact',
        element('cbc:Name', party.contactName),
        element('cbc:Telephone', party.telephone),
        element('cbc:ElectronicMail', party.email),
      ),
    ),
  );
}

function allowanceCharge(adjustment: AllowanceOrCharge, rate: VatRate | null): string {
  return wrap(
    'cac:AllowanceCharge',
    element('cbc:ChargeIndicator', String(adjustment.isCharge)),
    element('cbc:AllowanceChargeReasonCode', adjustment.reasonCode),
    element('cbc:AllowanceChargeReason', adjustment.reason),
    amount('Amount', adjustment.amount),
    rate ? vatCategory('TaxCategory', rate) : '',
  );
}

function invoiceLine(line: InvoiceLine, position: number): string {
  return wrap(
    'cac:InvoiceLine',
    element('cbc:ID', String(position + 1)),
    element('cbc:InvoicedQuantity', line.quantity, `unitCode="${line.item.unit}"`),
    amount('LineExtensionAmount', line.netAmount),
    line.adjustment ? allowanceCharge(line.adjustment, null) : '',
    wrap('cac:Item', element('cbc:Name', line.item.name), vatCategory('ClassifiedTaxCategory', line.item.rate)),
    wrap('cac:Price', amount('PriceAmount', line.price)),
  );
}

function references({ content }: InvoiceDocument): string {
  const joined = content.supportingDocument;
  return [
    wrap('cac:OrderReference', element('cbc:ID', content.commitment)),
    wrap('cac:ContractDocumentReference', element('cbc:ID', content.contract)),
    joined &&
      wrap(
        'cac:AdditionalDocumentReference',
        element('cbc:ID', joined.reference),
        element('cbc:DocumentDescription', 'BON_LIVRAISON'),
        wrap(
          'cac:Attachment',
          element(
            'cbc:EmbeddedDocumentBinaryObject',
            joined.base64,
            `mimeCode="text/csv" filename="${joined.fileName}"`,
          ),
        ),
      ),
  ].join('');
}

function settlement({ content, number, supplier, recipient, deliveryDate }: InvoiceDocument): string {
  const { totals } = content;
  return [
    wrap(
      'cac:Delivery',
      element('cbc:ActualDeliveryDate', deliveryDate),
      wrap('cac:DeliveryLocation', address('Address', recipient)),
    ),
    wrap(
      'cac:PaymentMeans',
      element('cbc:PaymentMeansCode', '30', 'name="Virement"'),
      element('cbc:PaymentID', number),
      wrap('cac:PayeeFinancialAccount', element('cbc:ID', supplier.iban), element('cbc:Name', supplier.name)),
    ),
    wrap('cac:PaymentTerms', element('cbc:Note', `Paiement à ${content.paymentDays} jours, date de facture`)),
    ...content.adjustments.map((adjustment) => allowanceCharge(adjustment, adjustment.rate)),
    wrap(
      'cac:TaxTotal',
      amount('TaxAmount', totals.vat),
      ...content.breakdown.map((vat) =>
        wrap(
          'cac:TaxSubtotal',
          amount('TaxableAmount', vat.taxableAmount),
          amount('TaxAmount', vat.taxAmount),
          vatCategory('TaxCategory', vat.rate),
        ),
      ),
    ),
    wrap(
      'cac:LegalMonetaryTotal',
      amount('LineExtensionAmount', totals.lines),
      amount('TaxExclusiveAmount', totals.withoutVat),
      amount('TaxInclusiveAmount', totals.withVat),
      amount('AllowanceTotalAmount', totals.allowances),
      amount('ChargeTotalAmount', totals.charges),
      amount('PrepaidAmount', totals.prepaid),
      amount('PayableAmount', totals.payable),
    ),
  ].join('');
}

/** Writes an invoice in UBL 2.1 for EN 16931, without indentation, as billing software does for volume. */
export function writeUbl(invoice: InvoiceDocument): string {
  return [
    '<?xml version="1.0" encoding="UTF-8"?>\n',
    `<Invoice ${NAMESPACES}>`,
    element('cbc:CustomizationID', 'urn:cen.eu:en16931:2017'),
    element('cbc:ProfileID', invoice.frame),
    element('cbc:ID', invoice.number),
    element('cbc:IssueDate', invoice.issueDate),
    element('cbc:DueDate', invoice.dueDate),
    element('cbc:InvoiceTypeCode', '380'),
    ...LEGAL_NOTES.map((note) => element('cbc:Note', `#${note.subject}#${note.text}`)),
    element('cbc:DocumentCurrencyCode', 'EUR'),
    element('cbc:BuyerReference', invoice.serviceCode),
    references(invoice),
    partyOf('AccountingSupplierParty', invoice.supplier),
    partyOf('AccountingCustomerParty', invoice.recipient),
    settlement(invoice),
    ...invoice.content.lines.map(invoiceLine),
    '</Invoice>',
  ].join('');
}
