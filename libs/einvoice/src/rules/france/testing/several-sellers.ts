import { ciiReform } from './cii-reform.js';
import { changed } from './judging.js';

/** A line of an invoice of several; `number` is that of its part. */
interface Line {
  readonly id: string;
  readonly parent?: string;
  readonly kind: 'GROUP' | 'DETAIL';
  readonly seller: string;
  readonly number: string;
  readonly net: string;
  readonly vat: string;
}

function line({ id, parent, kind, seller, number, net, vat }: Line): string {
  const parentLine = parent === undefined ? '' : `<ram:ParentLineID>${parent}</ram:ParentLineID>`;
  const object = (scheme: string, identifier: string): string =>
    `<ram:AdditionalReferencedDocument><ram:IssuerAssignedID>${identifier}</ram:IssuerAssignedID><ram:TypeCode>130</ram:TypeCode><ram:ReferenceTypeCode>${scheme}</ram:ReferenceTypeCode></ram:AdditionalReferencedDocument>`;
  const group = kind === 'GROUP';
  return `<ram:IncludedSupplyChainTradeLineItem>
    <ram:AssociatedDocumentLineDocument><ram:LineID>${id}</ram:LineID>${parentLine}<ram:LineStatusReasonCode>${kind}</ram:LineStatusReasonCode></ram:AssociatedDocumentLineDocument>
    <ram:SpecifiedTradeProduct><ram:Name>Part ${id}</ram:Name></ram:SpecifiedTradeProduct>
    <ram:SpecifiedLineTradeAgreement>
      <ram:NetPriceProductTradePrice><ram:ChargeAmount>${net}</ram:ChargeAmount></ram:NetPriceProductTradePrice>
      <ram:ItemSellerTradeParty><ram:Name>Vendeur ${seller}</ram:Name><ram:SpecifiedLegalOrganization><ram:ID schemeID="0002">${seller}</ram:ID></ram:SpecifiedLegalOrganization><ram:PostalTradeAddress><ram:CountryID>FR</ram:CountryID></ram:PostalTradeAddress></ram:ItemSellerTradeParty>
    </ram:SpecifiedLineTradeAgreement>
    <ram:SpecifiedLineTradeDelivery><ram:BilledQuantity unitCode="C62">1</ram:BilledQuantity></ram:SpecifiedLineTradeDelivery>
    <ram:SpecifiedLineTradeSettlement>
      ${group ? '' : `<ram:ApplicableTradeTax><ram:TypeCode>VAT</ram:TypeCode><ram:ExemptionReason>#${number}#</ram:ExemptionReason><ram:CategoryCode>S</ram:CategoryCode><ram:RateApplicablePercent>20</ram:RateApplicablePercent></ram:ApplicableTradeTax>`}
      <ram:SpecifiedTradeSettlementLineMonetarySummation><ram:LineTotalAmount>${net}</ram:LineTotalAmount>${group ? `<ram:TaxTotalAmount currencyID="EUR">${vat}</ram:TaxTotalAmount><ram:GrandTotalAmount>${String(Number(net) + Number(vat))}</ram:GrandTotalAmount>` : ''}</ram:SpecifiedTradeSettlementLineMonetarySummation>
      <!--references of ${id}-->
      ${object('AFL', number)}${group ? object('AVV', 'B1') : ''}
    </ram:SpecifiedLineTradeSettlement>
  </ram:IncludedSupplyChainTradeLineItem>`;
}

const breakdown = (number: string, net: string, vat: string): string =>
  `<ram:ApplicableTradeTax><ram:CalculatedAmount>${vat}</ram:CalculatedAmount><ram:TypeCode>VAT</ram:TypeCode><ram:ExemptionReason>#${number}#</ram:ExemptionReason><ram:BasisAmount>${net}</ram:BasisAmount><ram:CategoryCode>S</ram:CategoryCode><ram:RateApplicablePercent>20</ram:RateApplicablePercent></ram:ApplicableTradeTax>`;

const main = { seller: '810347328', number: 'F-2026/1', net: '100.00', vat: '20.00' } as const;
const other = { seller: '535146500', number: 'F-2026/1-B', net: '50.00', vat: '10.00' } as const;

const lines = [
  line({ ...main, id: 'G1', kind: 'GROUP' }),
  line({ ...main, id: '1', parent: 'G1', kind: 'DETAIL', net: '60.00' }),
  line({ ...main, id: '2', parent: 'G1', kind: 'DETAIL', net: '40.00' }),
  line({ ...other, id: 'G2', kind: 'GROUP' }),
  line({ ...other, id: '3', parent: 'G2', kind: 'DETAIL' }),
].join('\n');

/** A CII invoice of two sellers (frame B8) that breaks no rule of the reform. */
export const severalSellersInvoice = changed(ciiReform, [
  ['<ram:ID>B1</ram:ID>', '<ram:ID>B8</ram:ID>'],
  [/<ram:IncludedSupplyChainTradeLineItem>[\s\S]*<\/ram:IncludedSupplyChainTradeLineItem>/, lines],
  [
    /<ram:ApplicableTradeTax><ram:CalculatedAmount>20\.00.*<\/ram:ApplicableTradeTax>/,
    breakdown(main.number, main.net, main.vat) + breakdown(other.number, other.net, other.vat),
  ],
  [
    /(<ram:SpecifiedTradeSettlementHeaderMonetarySummation>).*(<\/ram:SpecifiedTradeSettlementHeaderMonetarySummation>)/,
    '$1<ram:LineTotalAmount>150.00</ram:LineTotalAmount><ram:TaxBasisTotalAmount>150.00</ram:TaxBasisTotalAmount><ram:TaxTotalAmount currencyID="EUR">30.00</ram:TaxTotalAmount><ram:GrandTotalAmount>180.00</ram:GrandTotalAmount><ram:DuePayableAmount>180.00</ram:DuePayableAmount>$2',
  ],
]);

/** A CII invoice that goes both ways (frame B9, self-billed) and breaks no rule of the reform. */
export const bothWaysInvoice = changed(severalSellersInvoice, [
  ['<ram:ID>B8</ram:ID>', '<ram:ID>B9</ram:ID>'],
  ['<ram:TypeCode>380</ram:TypeCode>', '<ram:TypeCode>389</ram:TypeCode>'],
]);
