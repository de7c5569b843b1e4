import type { XmlElement } from '../../../xml/element.js';
import { path } from '../../engine/path.js';
import { fatal, type CiiAssertion, type CiiContext } from './assertions.js';
import { registrationsOf } from './registrations.js';
import {
  exemptionGiven,
  noExemption,
  noTaxAmount,
  taxableAmountExact,
  taxableAmountNear,
  taxableAmountPerRate,
  taxAmountNear,
} from './vat-category-breakdown.js';
import {
  allowanceFamilyContexts,
  anyRate,
  isOfCategory,
  lineFamilyContext,
  noRate,
  positiveRate,
  zeroRate,
  type Registered,
  type VatFamily,
} from './vat-families.js';

const breakdowns = '//rsm:SupplyChainTradeTransaction/ram:ApplicableHeaderTradeSettlement/ram:ApplicableTradeTax';
const parentOf = (element: XmlElement): XmlElement | null => element.parent;
const itself = (element: XmlElement): XmlElement => element;

const sellerInAgreement: Registered = (facts) => registrationsOf(facts).sellerInAgreement;
const nobodyForVat: Registered = (facts) => {
  const { sellerVatInAgreement, buyerVat } = registrationsOf(facts);
  return !sellerVatInAgreement && !buyerVat;
};
const sellerForVat: Registered = (facts) => registrationsOf(facts).sellerVat;
const sellerAndBuyerForVat: Registered = (facts) => {
  const { sellerVat, buyerVat } = registrationsOf(facts);
  return sellerVat && buyerVat;
};
const sellerAndKnownBuyer: Registered = (facts) => {
  const { seller, buyerVat, buyerLegal } = registrationsOf(facts);
  return seller && (buyerVat || buyerLegal);
};

const deliveryDate = path(
  'rsm:SupplyChainTradeTransaction/ram:ApplicableHeaderTradeDelivery/ram:ActualDeliverySupplyChainEvent/ram:OccurrenceDateTime/udt:DateTimeString',
);
const deliveryCountry = path(
  'rsm:SupplyChainTradeTransaction/ram:ApplicableHeaderTradeDelivery/ram:ShipToTradeParty/ram:PostalTradeAddress/ram:CountryID',
);
const periodStart = path('ram:BillingSpecifiedPeriod/ram:StartDateTime');
const periodEnd = path('ram:BillingSpecifiedPeriod/ram:EndDateTime');
const category = path('ram:CategoryCode');

/** A category without VAT: nothing to pay, and a reason why. */
function exemptContexts(family: VatFamily, ...more: readonly CiiAssertion[]): CiiContext[] {
  const { name, category: code } = family;
  const breakdown: CiiContext = {
    match: `${breakdowns}/ram:CategoryCode`,
    where: (element) => element.stringValue === code && isOfCategory(element.parent, code),
    assertions: [
      taxableAmountNear(`BR-${name}-08`, code, parentOf, 'any'),
      noTaxAmount(`BR-${name}-09`, parentOf),
      exemptionGiven(`BR-${name}-10`, parentOf),
      ...more,
    ],
  };
  return [breakdown, ...allowanceFamilyContexts(family), lineFamilyContext(family)];
}

/**
 * IGIC of the Canary Islands and IPSI of Ceuta and Melilla. Their rules -08 look for the rates beside the breakdown instead of
 * in it, where no schema allows any: the official release asks nothing of a valid document there, and neither do we.
 */
function islandContexts(family: VatFamily): CiiContext[] {
  const { name, category: code } = family;
  const breakdown: CiiContext = {
    match: breakdowns,
    where: (element) => isOfCategory(element, code),
    assertions: [taxableAmountPerRate(`BR-${name}-08`, code, parentOf), noExemption(`BR-${name}-10`, itself)],
  };
  return [breakdown, lineFamilyContext(family), ...allowanceFamilyContexts(family)];
}

/** An intra-community supply says when and to which country it was delivered. */
const intraCommunityDelivery: readonly CiiAssertion[] = [
  fatal('BR-IC-11', ({ parent }, { invoice }) => {
    const settlement = parent?.parent ?? null;
    return deliveryDate.exists(invoice) || periodStart.exists(settlement) || periodEnd.exists(settlement);
  }),
  fatal('BR-IC-12', (_, { invoice }) => deliveryCountry.exists(invoice)),
];

/** What is outside the scope of VAT stands alone in an invoice. */
function aloneAssertion(rule: string, taxes: 'ApplicableTradeTax' | 'CategoryTradeTax'): CiiAssertion {
  return fatal(rule, (_, facts) => {
    const other = facts.below(taxes, category).find((code) => code.stringValue !== 'O');
    return other === undefined || { at: other, found: other.stringValue, expected: 'O' };
  });
}

const outOfScope: VatFamily = { name: 'O', category: 'O', registered: nobodyForVat, rate: noRate };
const standard: VatFamily = { name: 'S', category: 'S', registered: sellerInAgreement, rate: positiveRate };
const zeroRated: VatFamily = { name: 'Z', category: 'Z', registered: sellerInAgreement, rate: zeroRate };

/** The contexts of all VAT categories, in the order of the official pattern: a tax with two categories takes the first. */
export const vatCategoryContexts: readonly CiiContext[] = [
  ...exemptContexts({ name: 'AE', category: 'AE', registered: sellerAndKnownBuyer, rate: zeroRate }),
  ...islandContexts({ name: 'AF', category: 'L', registered: sellerInAgreement, rate: positiveRate }),
  ...islandContexts({ name: 'AG', category: 'M', registered: sellerInAgreement, rate: anyRate }),
  ...exemptContexts({ name: 'E', category: 'E', registered: sellerInAgreement, rate: zeroRate }),
  ...exemptContexts({ name: 'G', category: 'G', registered: sellerForVat, rate: zeroRate }),
  ...exemptContexts(
    { name: 'IC', category: 'K', registered: sellerAndBuyerForVat, rate: zeroRate },
    ...intraCommunityDelivery,
  ),
  {
    match: breakdowns,
    where: (element) => isOfCategory(element, 'O'),
    assertions: [
      taxableAmountExact('BR-O-08', 'O'),
      noTaxAmount('BR-O-09', itself),
      exemptionGiven('BR-O-10', itself),
      aloneAssertion('BR-O-11', 'ApplicableTradeTax'),
      aloneAssertion('BR-O-12', 'ApplicableTradeTax'),
      aloneAssertion('BR-O-13', 'CategoryTradeTax'),
      aloneAssertion('BR-O-14', 'CategoryTradeTax'),
    ],
  },
  ...allowanceFamilyContexts(outOfScope),
  lineFamilyContext(outOfScope),
  {
    match: '//ram:ApplicableHeaderTradeSettlement/ram:ApplicableTradeTax/ram:CategoryCode',
    where: (element) => element.stringValue === 'S',
    assertions: [
      taxableAmountPerRate('BR-S-08', 'S', parentOf),
      taxAmountNear('BR-S-09', parentOf),
      noExemption('BR-S-10', parentOf),
    ],
  },
  lineFamilyContext(standard),
  ...allowanceFamilyContexts(standard),
  {
    match: '//ram:ApplicableHeaderTradeSettlement/ram:ApplicableTradeTax/ram:CategoryCode',
    where: (element) => element.stringValue === 'Z',
    assertions: [
      taxableAmountNear('BR-Z-08', 'Z', parentOf, 'one'),
      noTaxAmount('BR-Z-09', parentOf),
      noExemption('BR-Z-10', parentOf),
    ],
  },
  ...allowanceFamilyContexts(zeroRated),
  lineFamilyContext(zeroRated),
];
