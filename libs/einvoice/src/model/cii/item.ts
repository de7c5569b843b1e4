import type { XmlElement } from '../../xml/element.js';
import type { Item, ItemAttribute } from '../line.js';
import type { Value } from '../value.js';
import { component, entities, entity } from './nodes.js';

/** What a line of CII sells. */
export class CiiItem implements Item {
  constructor(private readonly element: XmlElement | null) {}

  get name(): Value | null {
    return component(this.element, 'Name');
  }

  get description(): Value | null {
    return component(this.element, 'Description');
  }

  get sellerIdentifier(): Value | null {
    return component(this.element, 'SellerAssignedID');
  }

  get buyerIdentifier(): Value | null {
    return component(this.element, 'BuyerAssignedID');
  }

  get standardIdentifier(): Value | null {
    return component(this.element, 'GlobalID');
  }

  get classifications(): readonly Value[] {
    return entities(this.element, 'DesignatedProductClassification')
      .map((one) => component(one, 'ClassCode'))
      .filter((one) => one !== null);
  }

  get originCountry(): Value | null {
    return component(entity(this.element, 'OriginTradeCountry'), 'ID');
  }

  get attributes(): readonly ItemAttribute[] {
    return entities(this.element, 'ApplicableProductCharacteristic').map((element) => ({
      element,
      name: component(element, 'Description'),
      value: component(element, 'Value'),
      code: component(element, 'TypeCode'),
    }));
  }
}
