import type { VatRate } from './catalogue.js';
import type { SampleParty } from './directory.js';
import type { AllowanceOrCharge, InvoiceLine } from './invoice-content.js';
import { element, LEGAL_NOTES, wrap, type InvoiceDocument } from './invoice-document.js';

const NAMESPACES = [
  'xmlns:rsm="urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100"',
  'xmlns:ram="urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100"',
  'xmlns:udt="urn:un:unece:uncefact:data:standard:UnqualifiedDataType:100"',
].join(' ');

/** A date in format 102 (`YYYYMMDD`), the only one that EN 16931 allows in CII. */
const date = (name: string, day: string): string =>
  wrap(name, element('udt:DateTimeString', day.replaceAll('-', ''), 'format="102"'));

function tradeTax(name: string, rate: VatRate, calculated = '', basis = ''): string {
  return wrap(
    name,
    calculated && element('ram:CalculatedAmount', calculated),
    element('ram:TypeCode', 'VAT'),
    basis && element('ram:BasisAmount', basis),
    element('ram:CategoryCode', 'S'),
    element('ram:RateApplicablePercent', rate),
  );
}

function address(party: SampleParty): string {
  return wrap(
    'ram:PostalTradeAddress',
    element('ram:PostcodeCode', party.postcode),
    element('ram:LineOne', party.street),
    element('ram:CityName', party.city),
    element('ram:CountryID', 'FR'),
  );
}

function partyOf(role: string, party: SampleParty): string {
  return wrap(
    `ram:${role}`,
    element('ram:GlobalID', party.siret, 'schemeID="0009"'),
    element('ram:Name', party.name),
    wrap('ram:SpecifiedLegalOrganization', element('ram:ID', party.siren, 'schemeID="0002"')),
    wrap('ram:DefinedTradeContact', element('ram:PersonName', party.contactName)),
    address(party),
    wrap('ram:URIUniversalCommunication', element('ram:URIID', party.siren, 'schemeID="0225"')),
    wrap('ram:SpecifiedTaxRegistration', element('ram:ID', party.vatNumber, 'schemeID="VA"')),
  );
}

function allowanceCharge(adjustment: AllowanceOrCharge, rate: VatRate | null): string {
  return wrap(
    'ram:SpecifiedTradeAllowanceCharge',
    wrap('ram:ChargeIndicator', element('udt:Indicator', String(adjustment.isCharge))),
    element('ram:ActualAmount', adjustment.amount),
    element('ram:ReasonCode', adjustment.reasonCode),
    element('ram:Reason', adjustment.reason),
    rate ? tradeTax('ram:CategoryTradeTax', rate) : '',
  );
}

function lineItem(line: InvoiceLine, position: number): string {
  return wrap(
    'ram:IncludedSupplyChainTradeLineItem',
    wrap('ram:AssociatedDocumentLineDocument', element('ram:LineID', String(position + 1))),
    wrap('ram:SpecifiedTradeProduct', element('ram:Name', line.item.name)),
    wrap(
      'ram:SpecifiedLineTradeAgreement',
      wrap('ram:NetPriceProductTradePrice', element('ram:ChargeAmount', line.price)),
    ),
    wrap(
      'ram:SpecifiedLineTradeDelivery',
      element('ram:BilledQuantity', line.quantity, `unitCode="${line.item.unit}"`),
    ),
    wrap(
      'ram:SpecifiedLineTradeSettlement',
      tradeTax('ram:ApplicableTradeTax', line.item.rate),
      line.adjustment ? allowanceCharge(line.adjustment, null) : '',
      wrap('ram:SpecifiedTradeSettlementLineMonetarySummation', element('ram:LineTotalAmount', line.netAmount)),
    ),
  );
}

function agreement(invoice: InvoiceDocument): string {
  const { content } = invoice;
  const joined = content.supportingDocument;
  return wrap(
    'ram:ApplicableHeaderTradeAgreement',
    element('ram:BuyerReference', invoice.serviceCode),
    partyOf('SellerTradeParty', invoice.supplier),
    partyOf('BuyerTradeParty', invoice.recipient),
    wrap('ram:BuyerOrderReferencedDocument', element('ram:IssuerAssignedID', content.commitment)),
    wrap('ram:ContractReferencedDocument', element('ram:IssuerAssignedID', content.contract)),
    joined
      ? wrap(
          'ram:AdditionalReferencedDocument',
          element('ram:IssuerAssignedID', joined.reference),
          element('ram:TypeCode', '916'),
          element('ram:Name', 'BON_LIVRAISON'),
          element('ram:AttachmentBinaryObject', joined.base64, `mimeCode="text/csv" filename="${joined.fileName}"`),
        )
      : '',
  );
}

function settlement({ content, number, supplier, dueDate }: InvoiceDocument): string {
  const { totals } = content;
  return wrap(
    'ram:ApplicableHeaderTradeSettlement',
    element('ram:PaymentReference', number),
    element('ram:InvoiceCurrencyCode', 'EUR'),
    wrap(
      'ram:SpecifiedTradeSettlementPaymentMeans',
      element('ram:TypeCode', '30'),
      wrap('ram:PayeePartyCreditorFinancialAccount', element('ram:IBANID', supplier.iban)),
    ),
    ...content.breakdown.map((vat) => tradeTax('ram:ApplicableTradeTax', vat.rate, vat.taxAmount, vat.taxableAmount)),
    ...content.adjustments.map((adjustment) => allowanceCharge(adjustment, adjustment.rate)),
    wrap(
      'ram:SpecifiedTradePaymentTerms',
      element('ram:Description', `Paiement à ${content.paymentDays} jours, date de facture`),
      date('ram:DueDateDateTime', dueDate),
    ),
    wrap(
      'ram:SpecifiedTradeSettlementHeaderMonetarySummation',
      element('ram:LineTotalAmount', totals.lines),
      element('ram:ChargeTotalAmount', totals.charges),
      element('ram:AllowanceTotalAmount', totals.allowances),
      element('ram:TaxBasisTotalAmount', totals.withoutVat),
      element('ram:TaxTotalAmount', totals.vat, 'currencyID="EUR"'),
      element('ram:GrandTotalAmount', totals.withVat),
      element('ram:TotalPrepaidAmount', totals.prepaid),
      element('ram:DuePayableAmount', totals.payable),
    ),
  );
}

/** Writes an invoice in UN/CEFACT CII D16B for EN 16931, without indentation. */
export function writeCii(invoice: InvoiceDocument): string {
  return [
    '<?xml version="1.0" encoding="UTF-8"?>\n',
    `<rsm:CrossIndustryInvoice ${NAMESPACES}>`,
    wrap(
      'rsm:ExchangedDocumentContext',
      wrap('ram:BusinessProcessSpecifiedDocumentContextParameter', element('ram:ID', invoice.frame)),
      wrap('ram:GuidelineSpecifiedDocumentContextParameter', element('ram:ID', 'urn:cen.eu:en16931:2017')),
    ),
    wrap(
      'rsm:ExchangedDocument',
      element('ram:ID', invoice.number),
      element('ram:TypeCode', '380'),
      date('ram:IssueDateTime', invoice.issueDate),
      ...LEGAL_NOTES.map((note) =>
        wrap('ram:IncludedNote', element('ram:Content', note.text), element('ram:SubjectCode', note.subject)),
      ),
    ),
    wrap(
      'rsm:SupplyChainTradeTransaction',
      ...invoice.content.lines.map(lineItem),
      agreement(invoice),
      wrap(
        'ram:ApplicableHeaderTradeDelivery',
        wrap('ram:ShipToTradeParty', element('ram:Name', invoice.recipient.name), address(invoice.recipient)),
        wrap('ram:ActualDeliverySupplyChainEvent', date('ram:OccurrenceDateTime', invoice.deliveryDate)),
      ),
      settlement(invoice),
    ),
    '</rsm:CrossIndustryInvoice>',
  ].join('');
}
