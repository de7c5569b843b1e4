import type { XmlElement } from '../../../xml/element.js';
import { path } from '../../engine/path.js';
import type { Shortfall } from '../../engine/rule-set.js';
import { fatal, fatalBeside, filled, present, twoDecimals, type CiiContext } from './assertions.js';
import { anyNumber, attributesOf, isAttributeFilled, isFilled, isVat, zeroWanted } from './values.js';

const quantity = path('ram:SpecifiedLineTradeDelivery/ram:BilledQuantity');
const netPrice = path('ram:SpecifiedLineTradeAgreement/ram:NetPriceProductTradePrice/ram:ChargeAmount');
const grossPrice = path('ram:SpecifiedLineTradeAgreement/ram:GrossPriceProductTradePrice/ram:ChargeAmount');
const standardIdentifier = path('ram:SpecifiedTradeProduct/ram:GlobalID');
const lineTax = path('ram:SpecifiedLineTradeSettlement/ram:ApplicableTradeTax');
const category = path('ram:CategoryCode');
const classCode = path('ram:ClassCode');
const lineTotal =
  'ram:SpecifiedLineTradeSettlement/ram:SpecifiedTradeSettlementLineMonetarySummation/ram:LineTotalAmount';

/** An invoice line (BG-25). */
export const lineContext: CiiContext = {
  match: '//ram:IncludedSupplyChainTradeLineItem',
  assertions: [
    filled('BR-21', 'ram:AssociatedDocumentLineDocument/ram:LineID'),
    present('BR-22', 'ram:SpecifiedLineTradeDelivery/ram:BilledQuantity'),
    fatal('BR-23', (line) => {
      const quantities = quantity.all(line);
      return attributesOf(quantities, 'unitCode').length > 0 || { at: quantities[0] ?? null };
    }),
    present('BR-24', lineTotal),
    filled('BR-25', 'ram:SpecifiedTradeProduct/ram:Name'),
    present('BR-26', 'ram:SpecifiedLineTradeAgreement/ram:NetPriceProductTradePrice/ram:ChargeAmount'),
    fatal('BR-27', (line) => {
      const prices = netPrice.all(line);
      return anyNumber(prices, 'is at least', zeroWanted) || notNegative(prices[0]);
    }),
    fatalBeside('BR-28', [grossPrice], (line) => {
      const prices = grossPrice.all(line);
      return prices.length === 0 || anyNumber(prices, 'is at least', zeroWanted) || notNegative(prices[0]);
    }),
    fatalBeside('BR-64', [standardIdentifier], (line) => {
      const identifiers = standardIdentifier.all(line);
      if (identifiers.length === 0) return true;
      return isAttributeFilled(identifiers, 'schemeID') || { at: identifiers[0] ?? null };
    }),
    fatal('BR-CO-04', (line) => lineTax.all(line).some((tax) => isVat(tax) && category.exists(tax))),
    fatal('BR-CO-18', (_, facts) => facts.hasVatBreakdown),
    twoDecimals('BR-DEC-23', lineTotal),
  ],
};

function notNegative(price: XmlElement | undefined): Shortfall {
  return { at: price ?? null, found: price?.stringValue ?? null, expected: '≥ 0' };
}

/** The classification of an item (BT-158) names its scheme. */
export const classificationContext: CiiContext = {
  match: '//ram:DesignatedProductClassification',
  assertions: [
    fatal('BR-65', (classification) => {
      const codes = classCode.all(classification);
      return codes.length === 0 || isAttributeFilled(codes, 'listID') || { at: codes[0] ?? null };
    }),
  ],
};

const attributeName = path('ram:Description');
const attributeValue = path('ram:Value');

/** An attribute of an item (BG-32) has a name and a value. */
export const characteristicContext: CiiContext = {
  match: '//ram:ApplicableProductCharacteristic',
  assertions: [fatal('BR-54', (one) => attributeName.exists(one) && attributeValue.exists(one))],
};

const reference = path('ram:IssuerAssignedID');

/** A supporting document (BG-24) has a reference. */
export const supportingDocumentContext: CiiContext = {
  match: '//ram:AdditionalReferencedDocument',
  assertions: [
    fatal('BR-52', (one) => {
      const references = reference.all(one);
      return isFilled(references) || { at: references[0] ?? null };
    }),
  ],
};
