import { path } from '../../engine/path.js';
import {
  fatal,
  fatalBeside,
  filled,
  present,
  shortfall,
  twoDecimals,
  withAttribute,
  type UblContext,
} from './assertions.js';
import { isVatOnly } from './tax-category.js';
import { numberOf } from '../../engine/values.js';

const quantities = path('(cbc:InvoicedQuantity|cbc:CreditedQuantity)');
const netPrice = path('cac:Price/cbc:PriceAmount');
const grossPrice = path('cac:Price/cac:AllowanceCharge/cbc:BaseAmount');
const category = path('cac:Item/cac:ClassifiedTaxCategory');
const categoryId = path('cbc:ID');
const propertyName = path('cbc:Name');
const propertyValue = path('cbc:Value');

/** Invoice lines (BG-25). */
export const lineContext: UblContext = {
  match: 'cac:InvoiceLine | cac:CreditNoteLine',
  assertions: [
    filled('BR-21', 'cbc:ID'),
    present('BR-22', 'cbc:InvoicedQuantity', 'cbc:CreditedQuantity'),
    fatal('BR-23', (line) => {
      const found = quantities.all(line);
      return found.some((quantity) => quantity.attribute('unitCode') !== null) || shortfall(found[0] ?? null);
    }),
    present('BR-24', 'cbc:LineExtensionAmount'),
    filled('BR-25', 'cac:Item/cbc:Name'),
    present('BR-26', 'cac:Price/cbc:PriceAmount'),
    fatal('BR-27', (line) => {
      const prices = netPrice.all(line);
      return prices.some((price) => numberOf(price) >= 0) || shortfall(prices[0] ?? null, '0');
    }),
    fatalBeside('BR-28', [grossPrice], (line) => {
      const [first, ...others] = grossPrice.all(line);
      return first === undefined || [first, ...others].some((price) => numberOf(price) >= 0) || shortfall(first, '0');
    }),
    fatal('BR-CO-04', (line) => category.all(line).some((one) => isVatOnly(one) && categoryId.exists(one))),
    twoDecimals('BR-DEC-23', 'cbc:LineExtensionAmount'),
  ],
};

/** Attributes of an item (BG-32), and the schemes of its classification (BT-158) and identifier (BT-157). */
export const itemContexts: readonly UblContext[] = [
  {
    match: '//cac:AdditionalItemProperty',
    assertions: [fatal('BR-54', (property) => propertyName.exists(property) && propertyValue.exists(property))],
  },
  {
    match:
      'cac:InvoiceLine/cac:Item/cac:CommodityClassification/cbc:ItemClassificationCode | cac:CreditNoteLine/cac:Item/cac:CommodityClassification/cbc:ItemClassificationCode',
    assertions: [withAttribute('BR-65', 'listID')],
  },
  {
    match:
      'cac:InvoiceLine/cac:Item/cac:StandardItemIdentification/cbc:ID | cac:CreditNoteLine/cac:Item/cac:StandardItemIdentification/cbc:ID',
    assertions: [withAttribute('BR-64', 'schemeID')],
  },
];
