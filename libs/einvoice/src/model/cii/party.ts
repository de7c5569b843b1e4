import type { XmlElement } from '../../xml/element.js';
import type { Address, Contact, Party } from '../party.js';
import type { Value } from '../value.js';
import { component, components, entities, entity } from './nodes.js';

/** A party of CII (`ram:SellerTradeParty` and its like), read as it is asked for. */
export class CiiParty implements Party {
  #identifiers: readonly Value[] | undefined;

  constructor(readonly element: XmlElement) {}

  get name(): Value | null {
    return component(this.element, 'Name');
  }

  get tradingName(): Value | null {
    return component(entity(this.element, 'SpecifiedLegalOrganization'), 'TradingBusinessName');
  }

  get identifiers(): readonly Value[] {
    return (this.#identifiers ??= [...components(this.element, 'ID'), ...components(this.element, 'GlobalID')]);
  }

  get registrations(): readonly Value[] {
    return components(entity(this.element, 'SpecifiedLegalOrganization'), 'ID');
  }

  get vatNumbers(): readonly Value[] {
    return this.#taxNumbers(({ scheme }) => scheme === 'VA' || scheme === 'VAT');
  }

  /** FC is a local tax number: it identifies nobody outside its tax office. */
  get taxRegistrations(): readonly Value[] {
    return this.#taxNumbers(({ scheme }) => scheme === 'FC');
  }

  get legalInformation(): Value | null {
    return component(this.element, 'Description');
  }

  get electronicAddress(): Value | null {
    return component(entity(this.element, 'URIUniversalCommunication'), 'URIID');
  }

  get address(): Address | null {
    return ciiAddress(entity(this.element, 'PostalTradeAddress'));
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
  if (element === null) return null;
  return {
    element,
    get line1() {
      return component(element, 'LineOne');
    },
    get line2() {
      return component(element, 'LineTwo');
    },
    get line3() {
      return component(element, 'LineThree');
    },
    get city() {
      return component(element, 'CityName');
    },
    get postCode() {
      return component(element, 'PostcodeCode');
    },
    get countrySubdivision() {
      return component(element, 'CountrySubDivisionName');
    },
    get countryCode() {
      return component(element, 'CountryID');
    },
  };
}
