import { joined, vatPrefixesUbl } from '../../code-lists/index.js';
import { path } from '../../engine/path.js';
import { fatal, filled, present, shortfall, withAttribute, type UblContext } from './assertions.js';
import { isVat, isVatOnly } from './tax-category.js';
import { matchesWithoutFault } from '../../engine/values.js';
import { onlyAt, textAt, textsOf } from './values.js';

const countryCode = 'cac:Country/cbc:IdentificationCode';
const companyId = path('cbc:CompanyID');
const sellerRegistration = path('cac:Party/cac:PartyTaxScheme');
const sellerIdentifier = path('cac:Party/cac:PartyIdentification/cbc:ID');
const sellerLegalRegistration = path('cac:Party/cac:PartyLegalEntity/cbc:CompanyID');
const representativeRegistration = path('cac:PartyTaxScheme');
const payeeName = path('cac:PartyName/cbc:Name');
const payeeIdentifier = path('cac:PartyIdentification/cbc:ID');
const sellerTradingName = path('cac:AccountingSupplierParty/cac:Party/cac:PartyName/cbc:Name');
const sellerOwnIdentifier = path('cac:AccountingSupplierParty/cac:Party/cac:PartyIdentification/cbc:ID');
const vatPrefixes = joined(vatPrefixesUbl);

/** The buyer (BG-7). */
export const buyerContexts: readonly UblContext[] = [
  {
    match: 'cac:AccountingCustomerParty/cac:Party/cbc:EndpointID',
    assertions: [withAttribute('BR-63', 'schemeID')],
  },
  {
    match: 'cac:AccountingCustomerParty/cac:Party/cac:PostalAddress',
    assertions: [filled('BR-11', countryCode)],
  },
];

/** The payee (BG-10). */
export const payeeContext: UblContext = {
  match: 'cac:PayeeParty',
  assertions: [
    fatal('BR-17', (payee) => {
      const names = payeeName.all(payee);
      if (names.length === 0) return false;
      const sellerNames = textsOf(sellerTradingName.all(payee.parent));
      const sellerIdentifiers = textsOf(sellerOwnIdentifier.all(payee.parent));
      const same =
        names.find((name) => sellerNames.has(name.stringValue)) ??
        payeeIdentifier.all(payee).find((identifier) => sellerIdentifiers.has(identifier.stringValue));
      return same === undefined || shortfall(same);
    }),
  ],
};

/** The seller (BG-4). */
export const sellerContexts: readonly UblContext[] = [
  {
    match: 'cac:AccountingSupplierParty',
    assertions: [
      fatal(
        'BR-CO-26',
        (seller) =>
          sellerRegistration.all(seller).some((one) => isVat(one) && companyId.exists(one)) ||
          // The creditor reference of a direct debit (BT-90) stands among the identifiers and identifies no one.
          sellerIdentifier.all(seller).some((identifier) => identifier.attribute('schemeID') !== 'SEPA') ||
          sellerLegalRegistration.exists(seller),
      ),
    ],
  },
  {
    match: 'cac:AccountingSupplierParty/cac:Party/cbc:EndpointID',
    assertions: [withAttribute('BR-62', 'schemeID')],
  },
  {
    match: 'cac:AccountingSupplierParty/cac:Party/cac:PostalAddress',
    assertions: [filled('BR-09', countryCode)],
  },
];

/** The tax representative of the seller (BG-11). */
export const representativeContexts: readonly UblContext[] = [
  {
    match: 'cac:TaxRepresentativeParty',
    assertions: [
      filled('BR-18', 'cac:PartyName/cbc:Name'),
      present('BR-19', 'cac:PostalAddress'),
      fatal('BR-56', (party) =>
        representativeRegistration.all(party).some((one) => isVatOnly(one) && companyId.exists(one)),
      ),
    ],
  },
  {
    match: 'cac:TaxRepresentativeParty/cac:PostalAddress',
    assertions: [filled('BR-20', countryCode)],
  },
];

/** Any VAT identifier (BT-31, BT-48, BT-63). */
export const vatIdentifierContext: UblContext = {
  match: '//cac:PartyTaxScheme',
  where: (element) => matchesWithoutFault(() => isVat(element)),
  assertions: [
    // The rule looks for the two characters anywhere in the text of the list, so that nothing, or a blank, passes as well.
    fatal('BR-CO-09', (registration) => {
      const prefix = textAt(companyId, registration).slice(0, 2);
      return vatPrefixes.includes(prefix) || { at: onlyAt(companyId, registration), found: prefix };
    }),
  ],
};
