import type { XmlElement } from '../../xml/element.js';
import type { Item, ItemAttribute } from '../line.js';
import type { Value } from '../value.js';
import { aggregate, aggregates, basic } from './nodes.js';

/** What a line of UBL sells. */
export class UblItem implements Item {
  constructor(private readonly element: XmlElement | null) {}

  get name(): Value | null {
    return basic(this.element, 'Name');
  }

  get description(): Value | null {
    return basic(this.element, 'Description');
  }

  get sellerIdentifier(): Value | null {
    return basic(aggregate(this.element, 'SellersItemIdentification'), 'ID');
  }

  get buyerIdentifier(): Value | null {
    return basic(aggregate(this.element, 'BuyersItemIdentification'), 'ID');
  }

  get standardIdentifier(): Value | null {
    return basic(aggregate(this.element, 'StandardItemIdentification'), 'ID');
  }

  get classifications(): readonly Value[] {
    return aggregates(this.element, 'CommodityClassification')
      .map((one) => basic(one, 'ItemClassificationCode'))
      .filter((one) => one !== null);
  }

  get originCountry(): Value | null {
    return basic(aggregate(this.element, 'OriginCountry'), 'IdentificationCode');
  }

  get attributes(): readonly ItemAttribute[] {
    return aggregates(this.element, 'AdditionalItemProperty').map((element) => ({
      element,
      name: basic(element, 'Name'),
      value: basic(element, 'Value'),
      code: basic(element, 'NameCode'),
    }));
  }
}
