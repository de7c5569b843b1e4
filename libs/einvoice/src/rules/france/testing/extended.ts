import { ciiReform } from './cii-reform.js';
import { changed } from './judging.js';
import { ublReform } from './ubl-reform.js';

interface Line {
  readonly id: string;
  readonly parent?: string;
  readonly kind?: 'GROUP' | 'DETAIL' | 'INFORMATION';
  readonly net: string;
  /** Category and rate; a group has none. */
  readonly vat?: readonly [category: string, rate: string];
}

/** A group of two lines, a line of information, a line by itself: 33.33 + 66.67 + 40.00 count. */
const lines: readonly Line[] = [
  { id: 'G', kind: 'GROUP', net: '100.00' },
  { id: 'G.1', parent: 'G', kind: 'DETAIL', net: '33.33', vat: ['S', '20'] },
  { id: 'G.2', parent: 'G', kind: 'DETAIL', net: '66.67', vat: ['S', '20.00'] },
  { id: 'G.3', parent: 'G', kind: 'INFORMATION', net: '999.00' },
  { id: '2', net: '40.00', vat: ['E', '0'] },
];

const ciiTax = (category: string, rate: string, more = ''): string =>
  `<ram:TypeCode>VAT</ram:TypeCode>${more}<ram:CategoryCode>${category}</ram:CategoryCode><ram:RateApplicablePercent>${rate}</ram:RateApplicablePercent>`;

function ciiLine({ id, parent, kind, net, vat }: Line): string {
  return `<ram:IncludedSupplyChainTradeLineItem>
    <ram:AssociatedDocumentLineDocument><ram:LineID>${id}</ram:LineID>${parent === undefined ? '' : `<ram:ParentLineID>${parent}</ram:ParentLineID>`}${kind === undefined ? '' : `<ram:LineStatusReasonCode>${kind}</ram:LineStatusReasonCode>`}</ram:AssociatedDocumentLineDocument>
    <ram:SpecifiedTradeProduct><ram:Name>Article ${id}</ram:Name></ram:SpecifiedTradeProduct>
    <ram:SpecifiedLineTradeAgreement><ram:NetPriceProductTradePrice><ram:ChargeAmount>${net}</ram:ChargeAmount></ram:NetPriceProductTradePrice></ram:SpecifiedLineTradeAgreement>
    <ram:SpecifiedLineTradeDelivery><ram:BilledQuantity unitCode="C62">1</ram:BilledQuantity></ram:SpecifiedLineTradeDelivery>
    <ram:SpecifiedLineTradeSettlement>
      ${vat === undefined ? '' : `<ram:ApplicableTradeTax>${ciiTax(...vat)}</ram:ApplicableTradeTax>`}
      <ram:SpecifiedTradeSettlementLineMonetarySummation><ram:LineTotalAmount>${net}</ram:LineTotalAmount></ram:SpecifiedTradeSettlementLineMonetarySummation>
    </ram:SpecifiedLineTradeSettlement>
  </ram:IncludedSupplyChainTradeLineItem>`;
}

const ciiBreakdown = (tax: string, basis: string, category: string, rate: string): string =>
  `<ram:ApplicableTradeTax><ram:CalculatedAmount>${tax}</ram:CalculatedAmount><ram:BasisAmount>${basis}</ram:BasisAmount>${ciiTax(category, rate)}</ram:ApplicableTradeTax>`;
const ciiAllowance = (charge: boolean, amount: string): string =>
  `<ram:SpecifiedTradeAllowanceCharge><ram:ChargeIndicator><udt:Indicator>${String(charge)}</udt:Indicator></ram:ChargeIndicator><ram:ActualAmount>${amount}</ram:ActualAmount><ram:Reason>Divers</ram:Reason><ram:CategoryTradeTax>${ciiTax('S', '20')}</ram:CategoryTradeTax></ram:SpecifiedTradeAllowanceCharge>`;

/** A CII invoice of an extension: groups of lines, an allowance, a charge, logistics; it breaks no rule of either edition. */
export const ciiExtended = changed(ciiReform, [
  [
    /<ram:IncludedSupplyChainTradeLineItem>[\s\S]*<\/ram:IncludedSupplyChainTradeLineItem>/,
    lines.map(ciiLine).join('\n'),
  ],
  [
    /<ram:ApplicableTradeTax><ram:CalculatedAmount>20\.00.*<\/ram:ApplicableTradeTax>/,
    ciiBreakdown('20.20', '101.00', 'S', '20.00') + ciiBreakdown('0.00', '40.00', 'E', '0.00'),
  ],
  [
    '<!--allowances-->',
    `${ciiAllowance(false, '10.00')}${ciiAllowance(true, '4.00')}<ram:SpecifiedLogisticsServiceCharge><ram:Description>Port</ram:Description><ram:AppliedAmount>7.00</ram:AppliedAmount><ram:AppliedTradeTax>${ciiTax('S', '20.0')}</ram:AppliedTradeTax></ram:SpecifiedLogisticsServiceCharge>`,
  ],
  [
    /(<ram:SpecifiedTradeSettlementHeaderMonetarySummation>).*(<\/ram:SpecifiedTradeSettlementHeaderMonetarySummation>)/,
    '$1<ram:LineTotalAmount>140.00</ram:LineTotalAmount><ram:ChargeTotalAmount>11.00</ram:ChargeTotalAmount><ram:AllowanceTotalAmount>10.00</ram:AllowanceTotalAmount><ram:TaxBasisTotalAmount>141.00</ram:TaxBasisTotalAmount><ram:TaxTotalAmount currencyID="EUR">20.20</ram:TaxTotalAmount><ram:RoundingAmount>-0.20</ram:RoundingAmount><ram:GrandTotalAmount>161.20</ram:GrandTotalAmount><ram:TotalPrepaidAmount>61.00</ram:TotalPrepaidAmount><ram:DuePayableAmount>100.00</ram:DuePayableAmount>$2',
  ],
]);

const euros = (name: string, amount: string): string => `<cbc:${name} currencyID="EUR">${amount}</cbc:${name}>`;
const ublTax = (name: string, category: string, rate: string): string =>
  `<cac:${name}><cbc:ID>${category}</cbc:ID><cbc:Percent>${rate}</cbc:Percent><cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme></cac:${name}>`;

function ublLine({ id, parent, kind, net, vat }: Line): string {
  const own =
    kind === undefined
      ? ''
      : `<cac:BillingReference><cac:InvoiceDocumentReference><cbc:ID>F-2026/1</cbc:ID><cbc:DocumentStatusCode>${kind}</cbc:DocumentStatusCode></cac:InvoiceDocumentReference>${parent === undefined ? '' : `<cac:BillingReferenceLine><cbc:ID>${parent}</cbc:ID></cac:BillingReferenceLine>`}</cac:BillingReference>`;
  return `<cac:InvoiceLine>
    <cbc:ID>${id}</cbc:ID><cbc:InvoicedQuantity unitCode="C62">1</cbc:InvoicedQuantity>${euros('LineExtensionAmount', net)}${own}
    <cac:Item><cbc:Name>Article ${id}</cbc:Name>${vat === undefined ? '' : ublTax('ClassifiedTaxCategory', ...vat)}</cac:Item>
    <cac:Price>${euros('PriceAmount', net)}</cac:Price>
  </cac:InvoiceLine>`;
}

const ublAllowance = (charge: boolean, amount: string): string =>
  `<cac:AllowanceCharge><cbc:ChargeIndicator>${String(charge)}</cbc:ChargeIndicator><cbc:AllowanceChargeReason>Divers</cbc:AllowanceChargeReason>${euros('Amount', amount)}${ublTax('TaxCategory', 'S', '20')}</cac:AllowanceCharge>`;
const ublBreakdown = (tax: string, basis: string, category: string, rate: string): string =>
  `<cac:TaxSubtotal>${euros('TaxableAmount', basis)}${euros('TaxAmount', tax)}${ublTax('TaxCategory', category, rate)}</cac:TaxSubtotal>`;

/** The same in UBL, where logistics are a charge as any other. */
export const ublExtended = changed(ublReform, [
  [/<cac:InvoiceLine>[\s\S]*<\/cac:InvoiceLine>/, lines.map(ublLine).join('\n')],
  [
    /<cac:TaxTotal>[\s\S]*<\/cac:TaxTotal>/,
    `${ublAllowance(false, '10.00')}${ublAllowance(true, '11.00')}<cac:TaxTotal>${euros('TaxAmount', '20.20')}${ublBreakdown('20.20', '101.00', 'S', '20.00')}${ublBreakdown('0.00', '40.00', 'E', '0')}</cac:TaxTotal>`,
  ],
  [
    /<cac:LegalMonetaryTotal>.*<\/cac:LegalMonetaryTotal>/,
    `<cac:LegalMonetaryTotal>${euros('LineExtensionAmount', '140.00')}${euros('TaxExclusiveAmount', '141.00')}${euros('TaxInclusiveAmount', '161.20')}${euros('AllowanceTotalAmount', '10.00')}${euros('ChargeTotalAmount', '11.00')}${euros('PrepaidAmount', '61.00')}${euros('PayableRoundingAmount', '-0.20')}${euros('PayableAmount', '100.00')}</cac:LegalMonetaryTotal>`,
  ],
]);
