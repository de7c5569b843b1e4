import { path } from '../../engine/path.js';
import type { CiiFacts } from './facts.js';

const taxIdentifier = path('ram:SpecifiedTaxRegistration/ram:ID');
const legalIdentifier = path('ram:SpecifiedLegalOrganization/ram:ID');
const agreement = 'rsm:SupplyChainTradeTransaction/ram:ApplicableHeaderTradeAgreement';
const sellerIdentifier = path(`${agreement}/ram:SellerTradeParty/ram:SpecifiedTaxRegistration/ram:ID`);
const representativeIdentifier = path(
  `${agreement}/ram:SellerTaxRepresentativeTradeParty/ram:SpecifiedTaxRegistration/ram:ID`,
);

/** Who is registered for tax, as the VAT families ask it: some look in the agreement only, some wherever the party stands. */
export interface Registrations {
  /** Seller's VAT or tax registration identifier (BT-31, BT-32), or his representative's (BT-63), in the agreement. */
  readonly sellerInAgreement: boolean;
  /** Seller's VAT identifier (BT-31), or his representative's (BT-63), in the agreement. */
  readonly sellerVatInAgreement: boolean;
  /** Seller's VAT or tax registration identifier, or his representative's, anywhere. */
  readonly seller: boolean;
  /** Seller's VAT identifier, or his representative's, anywhere. */
  readonly sellerVat: boolean;
  /** Buyer's VAT identifier (BT-48), anywhere. */
  readonly buyerVat: boolean;
  /** Buyer's legal registration identifier (BT-47), anywhere. */
  readonly buyerLegal: boolean;
}

/** The registrations of a document, found once. */
export function registrationsOf(facts: CiiFacts): Registrations {
  return facts.keep(registrationsOf, () => {
    const schemes = (found: ReturnType<typeof taxIdentifier.all>): Set<string | null> =>
      new Set(found.map((one) => one.attribute('schemeID')));
    const seller = schemes(facts.below('SellerTradeParty', taxIdentifier));
    const sellerInAgreement = schemes(sellerIdentifier.all(facts.invoice));
    const representative = schemes(facts.below('SellerTaxRepresentativeTradeParty', taxIdentifier)).has('VA');
    const representativeInAgreement = schemes(representativeIdentifier.all(facts.invoice)).has('VA');
    return {
      sellerInAgreement: sellerInAgreement.has('VA') || sellerInAgreement.has('FC') || representativeInAgreement,
      sellerVatInAgreement: sellerInAgreement.has('VA') || representativeInAgreement,
      seller: seller.has('VA') || seller.has('FC') || representative,
      sellerVat: seller.has('VA') || representative,
      buyerVat: schemes(facts.below('BuyerTradeParty', taxIdentifier)).has('VA'),
      buyerLegal: facts.below('BuyerTradeParty', legalIdentifier).length > 0,
    };
  });
}
