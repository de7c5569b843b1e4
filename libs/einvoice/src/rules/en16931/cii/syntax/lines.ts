import { absentPaths } from '../../../engine/absent-paths.js';
import { path } from '../../../engine/path.js';
import { counted, fatalBeside, present, warning, type CiiContext } from '../assertions.js';
import { normalised } from '../../../engine/values.js';
import { anyIndicates, attributesOf, only } from '../values.js';
import {
  lineAgreementPaths,
  lineDeliveryPaths,
  lineDocumentPaths,
  linePaths,
  lineSettlementPaths,
} from './line-paths.js';
import { productPaths } from './product-paths.js';

const line = '/rsm:CrossIndustryInvoice/rsm:SupplyChainTradeTransaction/ram:IncludedSupplyChainTradeLineItem';
const standardIdentifier = path('ram:GlobalID');
const origin = path('ram:OriginTradeCountry');
const originCountry = path('ram:OriginTradeCountry/ram:ID');
const priceAllowance = 'ram:GrossPriceProductTradePrice/ram:AppliedTradeAllowanceCharge';
const priceIndicators = path(`${priceAllowance}/ram:ChargeIndicator`);
const priceDiscount = path(`${priceAllowance}/ram:ActualAmount`);
const indicator = path('udt:Indicator');
const referencedDocument = path('ram:AdditionalReferencedDocument');
const typeCode = path('ram:TypeCode');

/** What CII has in the lines, and EN 16931 has not (CII-SR-*). */
export const lineContexts = {
  line: { match: line, assertions: [], intruders: absentPaths('warning', linePaths) },
  document: {
    match: `${line}/ram:AssociatedDocumentLineDocument`,
    assertions: [
      counted('warning', 'CII-SR-039', 'ram:IncludedNote', '≤ 1'),
      counted('warning', 'CII-SR-040', 'ram:IncludedNote/ram:Content', '≤ 1'),
    ],
    intruders: absentPaths('warning', lineDocumentPaths),
  },
  product: {
    match: `${line}/ram:SpecifiedTradeProduct`,
    assertions: [
      fatalBeside('CII-SR-046', [standardIdentifier], (product) => {
        const identifiers = standardIdentifier.all(product);
        if (identifiers.length === 0 || attributesOf(identifiers, 'schemeID').length > 0) return true;
        return { at: identifiers[0] ?? null };
      }),
      fatalBeside('CII-SR-090', [origin], (product) => {
        const found = origin.first(product);
        const countries = originCountry.count(product);
        return found === null || countries === 1 || { at: found, found: String(countries), expected: '1' };
      }),
    ],
    intruders: absentPaths('warning', productPaths),
  },
  characteristic: {
    match: `${line}/ram:SpecifiedTradeProduct/ram:ApplicableProductCharacteristic`,
    assertions: [
      counted('fatal', 'CII-SR-069', 'ram:Description', '1'),
      counted('fatal', 'CII-SR-072', 'ram:Value', '1'),
    ],
  },
  agreement: {
    match: `${line}/ram:SpecifiedLineTradeAgreement`,
    assertions: [
      counted('fatal', 'CII-SR-439', 'ram:NetPriceProductTradePrice/ram:ChargeAmount', '1'),
      warning('CII-SR-119', (agreement) => {
        const indicators = priceIndicators.all(agreement);
        const discount = priceDiscount.first(agreement);
        const isDiscount = indicators.some((one) => anyIndicates(indicator.all(one), false));
        if ((isDiscount && discount !== null) || (indicators.length === 0 && discount === null)) return true;
        const at = indicators[0] ?? discount;
        return { at, found: at?.stringValue.trim() ?? null, expected: 'false' };
      }),
      counted('fatal', 'CII-SR-441', 'ram:NetPriceProductTradePrice/ram:ChargeAmount', '≤ 1'),
    ],
    intruders: absentPaths('warning', lineAgreementPaths),
  },
  allowanceOrCharge: {
    match: '//ram:SpecifiedTradeAllowanceCharge',
    assertions: [
      present('CII-SR-463', 'ram:ChargeIndicator'),
      counted('fatal', 'CII-SR-471', 'ram:RateApplicablePercent', '≤ 1'),
      counted('fatal', 'CII-SR-472', 'ram:CategoryTradeTax', '≤ 1'),
      counted('fatal', 'CII-SR-473', 'ram:ActualAmount', '≤ 1'),
    ],
  },
  priceAllowance: {
    match: `//${priceAllowance}`,
    assertions: [counted('fatal', 'CII-SR-440', 'ram:ActualAmount', '≤ 1')],
  },
  delivery: {
    match: `${line}/ram:SpecifiedLineTradeDelivery`,
    assertions: [],
    intruders: absentPaths('warning', lineDeliveryPaths),
  },
  settlement: {
    match: `${line}/ram:SpecifiedLineTradeSettlement`,
    assertions: [
      counted('warning', 'CII-SR-454', 'ram:ApplicableTradeTax', '1'),
      warning('CII-SR-474', (settlement) => {
        const objects = referencedDocument
          .all(settlement)
          .filter((one) => normalised(only(typeCode.all(one))?.stringValue ?? '') === '130');
        return objects.length <= 1 || { at: objects[1] ?? null, found: String(objects.length), expected: '≤ 1' };
      }),
    ],
    intruders: absentPaths('warning', lineSettlementPaths),
  },
} satisfies Record<string, CiiContext>;
