import type { XmlElement } from '../../../xml/element.js';
import { path } from '../../engine/path.js';
import type { Survey } from './survey.js';
import { isVatOnly } from './tax-category.js';

const partyRegistrations = path('cac:Party/cac:PartyTaxScheme');
const ownRegistrations = path('cac:PartyTaxScheme');
const companyId = path('cbc:CompanyID');
const anyRegistration = path('cac:Party/cac:PartyTaxScheme/cbc:CompanyID');
const legalRegistration = path('cac:Party/cac:PartyLegalEntity/cbc:CompanyID');

/** The tax registrations of the parties of a document; each answer may throw NotComputable for several tax schemes in one. */
export class Parties {
  constructor(private readonly survey: Survey) {}

  /** Seller VAT identifier (BT-31) or tax registration identifier (BT-32), or VAT identifier of the representative (BT-63). */
  isSellerRegistered(): boolean {
    const sellers = this.survey.elements('cac:AccountingSupplierParty');
    return sellers.some((seller) => anyRegistration.exists(seller)) || this.isRepresentativeRegisteredForVat();
  }

  /** Seller VAT identifier (BT-31), or that of the tax representative (BT-63). */
  isSellerOrRepresentativeRegisteredForVat(): boolean {
    return this.isSellerRegisteredForVat() || this.isRepresentativeRegisteredForVat();
  }

  /** Seller VAT identifier (BT-31). */
  isSellerRegisteredForVat(): boolean {
    return this.survey.elements('cac:AccountingSupplierParty').some(partyHasVatId);
  }

  /** VAT identifier of the seller's tax representative (BT-63). */
  isRepresentativeRegisteredForVat(): boolean {
    return this.survey.elements('cac:TaxRepresentativeParty').some((party) => hasVatId(ownRegistrations.all(party)));
  }

  /** Buyer VAT identifier (BT-48). */
  isBuyerRegisteredForVat(): boolean {
    return this.survey.elements('cac:AccountingCustomerParty').some(partyHasVatId);
  }

  /** Buyer VAT identifier (BT-48) or legal registration identifier (BT-47). */
  isBuyerRegistered(): boolean {
    const buyers = this.survey.elements('cac:AccountingCustomerParty');
    return this.isBuyerRegisteredForVat() || buyers.some((buyer) => legalRegistration.exists(buyer));
  }
}

function partyHasVatId(accountingParty: XmlElement): boolean {
  return hasVatId(partyRegistrations.all(accountingParty));
}

function hasVatId(registrations: readonly XmlElement[]): boolean {
  return registrations.some((registration) => isVatOnly(registration) && companyId.exists(registration));
}
