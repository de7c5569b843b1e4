import { path } from '../../engine/path.js';
import { vatPrefixesCii } from '../../code-lists/index.js';
import { fatal, filled, present, type CiiContext } from './assertions.js';
import { isFilled, shareText } from './values.js';

const name = path('ram:Name');
const identifier = path('ram:ID');
const legalIdentifier = path('ram:SpecifiedLegalOrganization/ram:ID');
const taxIdentifier = path('ram:SpecifiedTaxRegistration/ram:ID');
const seller = path('ram:ApplicableHeaderTradeAgreement/ram:SellerTradeParty');
const sellerIdentifiers = [identifier, path('ram:GlobalID'), legalIdentifier];

/** The payee (BG-10) is somebody else than the seller. */
export const payeeContext: CiiContext = {
  match: '//ram:PayeeTradeParty',
  assertions: [
    fatal('BR-17', (payee) => {
      if (!name.exists(payee)) return false;
      const sellers = seller.all(payee.parent?.parent ?? null);
      for (const identity of [name, identifier, legalIdentifier]) {
        const own = identity.all(payee);
        if (own.length === 0) continue;
        const others = sellers.flatMap((one) => identity.all(one));
        if (shareText(own, others)) return { at: own[0] ?? null, found: own[0]?.stringValue ?? null };
      }
      return true;
    }),
  ],
};

/** Some identifier of the seller (BG-4) lets the buyer recognise him. */
export const sellerContext: CiiContext = {
  match: '//ram:SellerTradeParty',
  assertions: [
    fatal(
      'BR-CO-26',
      (party) =>
        sellerIdentifiers.some((one) => one.exists(party)) ||
        taxIdentifier.all(party).some((one) => one.attribute('schemeID') === 'VA'),
    ),
  ],
};

/** The seller's tax representative (BG-11). */
export const taxRepresentativeContext: CiiContext = {
  match: '//ram:SellerTaxRepresentativeTradeParty',
  assertions: [
    filled('BR-18', 'ram:Name'),
    present('BR-19', 'ram:PostalTradeAddress'),
    filled('BR-20', 'ram:PostalTradeAddress/ram:CountryID'),
    fatal('BR-56', (party) => {
      const identifiers = taxIdentifier.all(party).filter((one) => one.attribute('schemeID') === 'VA');
      return isFilled(identifiers) || { at: identifiers[0] ?? null };
    }),
  ],
};

/** A VAT identifier (BT-31, BT-48, BT-63) begins with a country. */
export const vatIdentifierContext: CiiContext = {
  match: '//ram:SpecifiedTaxRegistration/ram:ID',
  where: (element) => element.attribute('schemeID') === 'VA',
  assertions: [
    fatal('BR-CO-09', (element) => {
      const text = element.stringValue;
      return vatPrefixesCii.has(Array.from(text.slice(0, 4)).slice(0, 2).join('')) || { found: text };
    }),
  ],
};
