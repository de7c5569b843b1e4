import type { XmlElement } from '../../xml/element.js';
import type { Address, Contact, Party } from '../party.js';
import type { Value } from '../value.js';
import { aggregate, aggregates, basic } from './nodes.js';

/** Which of its two names a party goes by: seller and buyer are registered, payee and tax representative just named. */
export type NameKind = 'registered' | 'trading';

/** A party of UBL (`cac:Party` and what is built like it), read as it is asked for. */
export class UblParty implements Party {
  #identifiers: readonly Value[] | undefined;
  #schemes: readonly TaxScheme[] | undefined;
  #registrations: readonly Value[] | undefined;
  #vatNumbers: readonly Value[] | undefined;
  #electronicAddress: Value | null | undefined;
  #address: Address | null | undefined;

  constructor(
    readonly element: XmlElement,
    private readonly nameKind: NameKind,
  ) {}

  get name(): Value | null {
    return this.nameKind === 'registered' ? this.#registeredName : this.#partyName;
  }

  get tradingName(): Value | null {
    return this.nameKind === 'registered' ? this.#partyName : null;
  }

  get identifiers(): readonly Value[] {
    // SEPA is the creditor identifier of a direct debit (BT-90), not an identifier of the party.
    this.#identifiers ??= aggregates(this.element, 'PartyIdentification')
      .map((one) => basic(one, 'ID'))
      .filter((one) => one !== null && one.scheme !== 'SEPA') as Value[];
    return this.#identifiers;
  }

  get registrations(): readonly Value[] {
    return (this.#registrations ??= aggregates(this.element, 'PartyLegalEntity')
      .map((one) => basic(one, 'CompanyID'))
      .filter((one) => one !== null));
  }

  get vatNumbers(): readonly Value[] {
    return (this.#vatNumbers ??= this.#taxNumbers(true));
  }

  get taxRegistrations(): readonly Value[] {
    return this.#taxNumbers(false);
  }

  get legalInformation(): Value | null {
    return basic(this.#legalEntity, 'CompanyLegalForm');
  }

  get electronicAddress(): Value | null {
    if (this.#electronicAddress === undefined) this.#electronicAddress = basic(this.element, 'EndpointID');
    return this.#electronicAddress;
  }

  get address(): Address | null {
    if (this.#address === undefined) this.#address = ublAddress(aggregate(this.element, 'PostalAddress'));
    return this.#address;
  }

  get contacts(): readonly Contact[] {
    return aggregates(this.element, 'Contact').map((element) => ({
      element,
      name: basic(element, 'Name'),
      telephone: basic(element, 'Telephone'),
      email: basic(element, 'ElectronicMail'),
    }));
  }

  get roleCode(): Value | null {
    return basic(this.element, 'IndustryClassificationCode');
  }

  get #legalEntity(): XmlElement | null {
    return aggregate(this.element, 'PartyLegalEntity');
  }

  get #registeredName(): Value | null {
    return basic(this.#legalEntity, 'RegistrationName');
  }

  get #partyName(): Value | null {
    return basic(aggregate(this.element, 'PartyName'), 'Name');
  }

  #taxNumbers(vat: boolean): Value[] {
    this.#schemes ??= aggregates(this.element, 'PartyTaxScheme').map(taxScheme);
    return this.#schemes
      .filter((one) => one.vat === vat)
      .map(({ number }) => number)
      .filter((one) => one !== null);
  }
}

interface TaxScheme {
  readonly vat: boolean;
  readonly number: Value | null;
}

/** The historic profile names the tax in `TaxTypeCode`, and in French. */
function taxScheme(element: XmlElement): TaxScheme {
  const scheme = aggregate(element, 'TaxScheme');
  const tax = basic(scheme, 'ID') ?? basic(scheme, 'TaxTypeCode');
  return { vat: tax?.value === 'VAT' || tax?.value === 'TVA', number: basic(element, 'CompanyID') };
}

/** The party that an element is; null when there is none. */
export function ublParty(element: XmlElement | null, nameKind: NameKind): Party | null {
  return element === null ? null : new UblParty(element, nameKind);
}

/** An address of UBL (`PostalAddress`, `Address`); null when there is none. */
export function ublAddress(element: XmlElement | null): Address | null {
  return element === null ? null : new UblAddress(element);
}

class UblAddress implements Address {
  constructor(readonly element: XmlElement) {}

  get line1(): Value | null {
    return basic(this.element, 'StreetName');
  }

  get line2(): Value | null {
    return basic(this.element, 'AdditionalStreetName');
  }

  get line3(): Value | null {
    return basic(aggregate(this.element, 'AddressLine'), 'Line');
  }

  get city(): Value | null {
    return basic(this.element, 'CityName');
  }

  get postCode(): Value | null {
    return basic(this.element, 'PostalZone');
  }

  get countrySubdivision(): Value | null {
    return basic(this.element, 'CountrySubentity');
  }

  get countryCode(): Value | null {
    return basic(aggregate(this.element, 'Country'), 'IdentificationCode');
  }
}
