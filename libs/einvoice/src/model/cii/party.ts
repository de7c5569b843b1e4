import type { XmlElement } from '../../xml/element.js';
import type { Address, Contact, Party } from '../party.js';
import { joined } from '../repeated.js';
import type { Value } from '../value.js';
import { component, components, entities, entity } from './nodes.js';

/** A party of CII (`ram:SellerTradeParty` and its like), read as it is asked for. */
export class CiiParty implements Party {
  #identifiers: readonly Value[] | undefined;
  #registrations: readonly Value[] | undefined;
  #vatNumbers: readonly Value[] | undefined;
  #electronicAddress: Value | null | undefined;
  #address: Address | null | undefined;

  constructor(readonly element: XmlElement) {}

  get name(): Value | null {
    return component(this.element, 'Name');
  }

  get tradingName(): Value | null {
    return component(entity(this.element, 'SpecifiedLegalOrganization'), 'TradingBusinessName');
  }

  get identifiers(): readonly Value[] {
    return (this.#identifiers ??= joined(components(this.element, 'ID'), components(this.element, 'GlobalID')));
  }

  get registrations(): readonly Value[] {
    return (this.#registrations ??= components(entity(this.element, 'SpecifiedLegalOrganization'), 'ID'));
  }

  get vatNumbers(): readonly Value[] {
    return (this.#vatNumbers ??= this.#taxNumbers(({ scheme }) => scheme === 'VA' || scheme === 'VAT'));
  }

  /** FC is a local tax number: it identifies nobody outside its tax office. */
  get taxRegistrations(): readonly Value[] {
    return this.#taxNumbers(({ scheme }) => scheme === 'FC');
  }

  get legalInformation(): Value | null {
    return component(this.element, 'Description');
  }

  get electronicAddress(): Value | null {
    if (this.#electronicAddress === undefined)
      this.#electronicAddress = component(entity(this.element, 'URIUniversalCommunication'), 'URIID');
    return this.#electronicAddress;
  }

  get address(): Address | null {
    if (this.#address === undefined) this.#address = ciiAddress(entity(this.element, 'PostalTradeAddress'));
    return this.#address;
  }

  get contacts(): readonly Contact[] {
    return entities(this.element, 'DefinedTradeContact').map((element) => ({
      element,
      name: component(element, 'PersonName') ?? component(element, 'DepartmentName'),
      telephone: component(entity(element, 'TelephoneUniversalCommunication'), 'CompleteNumber'),
      email: component(entity(element, 'EmailURIUniversalCommunication'), 'URIID'),
    }));
  }

  get roleCode(): Value | null {
    return component(this.element, 'RoleCode');
  }

  #taxNumbers(wanted: (number: Value) => boolean): Value[] {
    return entities(this.element, 'SpecifiedTaxRegistration')
      .map((registration) => component(registration, 'ID'))
      .filter((number) => number !== null && wanted(number)) as Value[];
  }
}

/** The party that an element is; null when there is none. */
export function ciiParty(element: XmlElement | null): Party | null {
  return element === null ? null : new CiiParty(element);
}

/** An address of CII; null when there is none. */
export function ciiAddress(element: XmlElement | null): Address | null {
  return element === null ? null : new CiiAddress(element);
}

class CiiAddress implements Address {
  constructor(readonly element: XmlElement) {}

  get line1(): Value | null {
    return component(this.element, 'LineOne');
  }

  get line2(): Value | null {
    return component(this.element, 'LineTwo');
  }

  get line3(): Value | null {
    return component(this.element, 'LineThree');
  }

  get city(): Value | null {
    return component(this.element, 'CityName');
  }

  get postCode(): Value | null {
    return component(this.element, 'PostcodeCode');
  }

  get countrySubdivision(): Value | null {
    return component(this.element, 'CountrySubDivisionName');
  }

  get countryCode(): Value | null {
    return component(this.element, 'CountryID');
  }
}
