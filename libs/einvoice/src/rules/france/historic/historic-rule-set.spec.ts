import { judged, broken, type Change } from '../testing/judging.js';
import { chorusHistoric } from './historic-rule-set.js';

/** An invoice in the portal's own mixed form that keeps every rule. */
const historic = `<rsm:CrossIndustryInvoice xmlns:rsm="urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100" xmlns:ram="urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100" xmlns:udt="urn:un:unece:uncefact:data:standard:UnqualifiedDataType:100">
  <rsm:ExchangedDocumentContext><ram:BusinessProcessSpecifiedDocumentContextParameter><ram:ID>A1</ram:ID></ram:BusinessProcessSpecifiedDocumentContextParameter><!--specification--></rsm:ExchangedDocumentContext>
  <rsm:ExchangedDocument><ram:ID>ABC 2026/1</ram:ID><ram:TypeCode>380</ram:TypeCode><ram:IssueDateTime><udt:DateTimeString>20261001</udt:DateTimeString></ram:IssueDateTime></rsm:ExchangedDocument>
  <rsm:SupplyChainTradeTransaction>
    <ram:IncludedSupplyChainTradeLineItem>
      <ram:AssociatedDocumentLineDocument><ram:LineID>1</ram:LineID></ram:AssociatedDocumentLineDocument>
      <ram:SpecifiedLineTradeAgreement><ram:NetPriceProductTradePrice><ram:ChargeAmount>100.000001</ram:ChargeAmount></ram:NetPriceProductTradePrice></ram:SpecifiedLineTradeAgreement>
      <ram:SpecifiedLineTradeSettlement><ram:ApplicableTradeTax><ram:RateApplicablePercent>20</ram:RateApplicablePercent></ram:ApplicableTradeTax><ram:SpecifiedTradeSettlementLineMonetarySummation><ram:LineTotalAmount>100.00</ram:LineTotalAmount></ram:SpecifiedTradeSettlementLineMonetarySummation></ram:SpecifiedLineTradeSettlement>
    </ram:IncludedSupplyChainTradeLineItem>
    <ram:ApplicableHeaderTradeAgreement>
      <ram:BuyerReference>SERVICE-1</ram:BuyerReference>
      <ram:SellerTradeParty><ram:SpecifiedLegalOrganization><ram:ID schemeID="1">81034732800017</ram:ID></ram:SpecifiedLegalOrganization></ram:SellerTradeParty>
      <ram:BuyerTradeParty><ram:SpecifiedLegalOrganization><ram:ID schemeID="1">53514650090018</ram:ID></ram:SpecifiedLegalOrganization></ram:BuyerTradeParty>
      <ram:BuyerOrderReferencedDocument><ram:IssuerAssignedID>EJ-1</ram:IssuerAssignedID></ram:BuyerOrderReferencedDocument>
      <ram:ContractReferencedDocument><ram:IssuerAssignedID>M-1</ram:IssuerAssignedID></ram:ContractReferencedDocument>
      <ram:AdditionalReferencedDocument><ram:IssuerAssignedID>aa.pdf</ram:IssuerAssignedID><ram:Name>ZZZ</ram:Name><ram:AttachmentBinaryObject mimeCode="application/pdf">JVBERg==</ram:AttachmentBinaryObject></ram:AdditionalReferencedDocument>
    </ram:ApplicableHeaderTradeAgreement>
    <ram:ApplicableHeaderTradeSettlement>
      <ram:InvoiceCurrencyCode>EUR</ram:InvoiceCurrencyCode><!--validator-->
      <ram:SpecifiedTradeSettlementPaymentMeans><ram:TypeCode>48</ram:TypeCode></ram:SpecifiedTradeSettlementPaymentMeans>
      <ram:ApplicableTradeTax><ram:CalculatedAmount>20.00</ram:CalculatedAmount><ram:BasisAmount>100.00</ram:BasisAmount><ram:CategoryCode>S</ram:CategoryCode><ram:RateApplicablePercent>20.00</ram:RateApplicablePercent></ram:ApplicableTradeTax>
      <ram:SpecifiedTradeSettlementHeaderMonetarySummation><ram:LineTotalAmount>100.00</ram:LineTotalAmount><ram:TaxBasisTotalAmount>100.00</ram:TaxBasisTotalAmount><ram:TaxTotalAmount>20.00</ram:TaxTotalAmount><ram:GrandTotalAmount>120.00</ram:GrandTotalAmount><ram:DuePayableAmount>120.00</ram:DuePayableAmount></ram:SpecifiedTradeSettlementHeaderMonetarySummation>
      <!--references-->
    </ram:ApplicableHeaderTradeSettlement>
  </rsm:SupplyChainTradeTransaction>
</rsm:CrossIndustryInvoice>`;

const frame = (code: string): Change => ['<ram:ID>A1</ram:ID>', `<ram:ID>${code}</ram:ID>`];
const seller = (scheme: string, identifier: string): Change => [
  'schemeID="1">81034732800017',
  `schemeID="${scheme}">${identifier}`,
];
const origin: Change = [
  '<!--references-->',
  '<ram:InvoiceReferencedDocument><ram:IssuerAssignedID>ABC 2026/0</ram:IssuerAssignedID></ram:InvoiceReferencedDocument>',
];
const validator: Change = [
  '<!--validator-->',
  '<ram:InvoiceeTradeParty><ram:SpecifiedLegalOrganization><ram:ID schemeID="1">24590041000292</ram:ID></ram:SpecifiedLegalOrganization></ram:InvoiceeTradeParty>',
];
const means: Change = ['<ram:TypeCode>48</ram:TypeCode>', ''];
const minimum: Change = [
  '<!--specification-->',
  '<ram:GuidelineSpecifiedDocumentContextParameter><ram:ID>urn:factur-x.eu:1p0:minimum</ram:ID></ram:GuidelineSpecifiedDocumentContextParameter>',
];

/** For each rule, changes that break it and no other of the set. */
const breaking: readonly (readonly [rule: string, ...changes: Change[]])[] = [
  ['CHORUS-NUMBER-LENGTH', ['ABC 2026/1', 'A'.repeat(21)]],
  ['CHORUS-NUMBER-SHAPE', ['ABC 2026/1', 'ABC  2026/1']],
  ['CHORUS-NUMBER-SHAPE', ['ABC 2026/1', 'ABC#1']],
  ['CHORUS-DATE-RANGE', ['20261001', '19991231']],
  ['CHORUS-DATE-FUTURE', ['20261001', '20261016']],
  ['CHORUS-FRAME', frame('A11')],
  ['CHORUS-FRAME', frame('A26')],
  ['CHORUS-FRAME', frame('B1')],
  ['CHORUS-FRAME-MISSING', ['<ram:ID>A1</ram:ID>', '']],
  ['CHORUS-TYPE', ['<ram:TypeCode>380', '<ram:TypeCode>384']],
  ['CHORUS-TYPE', ['<ram:TypeCode>380</ram:TypeCode>', '']],
  ['CHORUS-SUPPLIER-TYPE', seller('99', 'X')],
  ['CHORUS-SUPPLIER-IDENTIFIER', seller('1', '8103473280001')],
  ['CHORUS-SUPPLIER-IDENTIFIER', seller('2', '0123456789')],
  ['CHORUS-SUPPLIER-IDENTIFIER', seller('3', `US${'X'.repeat(17)}`)],
  ['CHORUS-SUPPLIER-IDENTIFIER', seller('4', '12345678901')],
  ['CHORUS-RECIPIENT-SIRET', ['schemeID="1">53514650090018', 'schemeID="1">535146500']],
  ['CHORUS-SERVICE-LENGTH', ['SERVICE-1', 'S'.repeat(101)]],
  ['CHORUS-COMMITMENT-LENGTH', ['EJ-1', 'E'.repeat(51)]],
  ['CHORUS-CONTRACT-LENGTH', ['M-1', 'M'.repeat(51)]],
  ['CHORUS-AMOUNT', ['100.000001', '100.0000001']],
  ['CHORUS-AMOUNT', ['100.000001', '100,00']],
  ['CHORUS-CURRENCY', ['>EUR<', '>EURO<']],
  ['CHORUS-PAYMENT-MEANS', ['<ram:TypeCode>48', '<ram:TypeCode>57']],
  ['CHORUS-PAYMENT-MEANS-MISSING', means],
  ['CHORUS-VALIDATOR', frame('A9')],
  ['CHORUS-VALIDATOR', frame('A12')],
  ['CHORUS-ORIGIN-INVOICE', origin],
  ['CHORUS-ALREADY-PAID', frame('A2')],
  ['CHORUS-TOTALS', ['<ram:GrandTotalAmount>120.00', '<ram:GrandTotalAmount>120.02']],
  ['CHORUS-SUPPORTING-DOCUMENT-NAME', ['>aa.pdf<', `>${'a'.repeat(47)}.pdf<`]],
  ['G1.24', ['<ram:RateApplicablePercent>20.00', '<ram:RateApplicablePercent>21.00']],
  ['G2.31', ['<ram:CategoryCode>S', '<ram:CategoryCode>L']],
];

/** Changes that break no rule. */
const harmless: readonly (readonly [what: string, ...changes: Change[]])[] = [
  ['a price below zero', ['>100.000001<', '>-100.000001<']],
  ['a foreign currency', ['>EUR<', '>RSD<']],
  ['no currency', ['<ram:InvoiceCurrencyCode>EUR</ram:InvoiceCurrencyCode>', '']],
  ['a credit note with its origin', ['<ram:TypeCode>380', '<ram:TypeCode>381'], origin],
  ['a subcontractor’s invoice with its validator', frame('A9'), validator],
  ['a co-contractor’s invoice with its validator', frame('A12'), validator],
  ['an invoice already paid', frame('A2'), ['<ram:DuePayableAmount>120.00', '<ram:DuePayableAmount>0.00']],
  ['the last frame', frame('A25')],
  ['a supplier of the European Union', seller('2', 'DE123456789')],
  ['a supplier from elsewhere, as a sample writes it', seller('ETR', 'KRSAMSUNGMOBILEPHO')],
  ['a supplier of New Caledonia', seller('4', '1234567890')],
  ['a supplier being registered', seller('6', 'EN COURS')],
  ['a SIRET under the scheme of the SIREN, as a sample writes it', seller('0002', '40668031401116')],
  ['a Factur-X of profile MINIMUM, which has no place for the means of payment', minimum, means],
];

describe('R43 The controls of the portal’s own formats (chorus-historic)', () => {
  it('find nothing in an invoice that keeps them all', () => {
    expect(judged(chorusHistoric, historic)).toEqual([]);
  });

  it.each(breaking.map(([rule, ...changes], index) => [rule, index, changes] as const))(
    '%s is broken, and alone (case %i)',
    (rule, _, changes) => {
      expect(broken(chorusHistoric, historic, changes)).toEqual([rule]);
    },
  );

  it.each(harmless.map(([what, ...changes]) => [what, changes] as const))('%s is let in', (_, changes) => {
    expect(broken(chorusHistoric, historic, changes)).toEqual([]);
  });

  it('have a case each', () => {
    expect(new Set(breaking.map(([rule]) => rule))).toEqual(new Set(chorusHistoric.rules.map(({ rule }) => rule)));
  });

  it('leave the verdict alone where an official sample does not keep them', () => {
    const warnings = chorusHistoric.rules.filter(({ severity }) => severity === 'warning').map(({ rule }) => rule);
    expect(warnings).toEqual([
      'CHORUS-FRAME-MISSING',
      'CHORUS-ORIGIN-INVOICE',
      'CHORUS-TOTALS',
      'CHORUS-SUPPORTING-DOCUMENT-NAME',
    ]);
  });
});
