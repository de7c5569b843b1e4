import type { RuleDescription } from '../../../finding/catalogue-entry.js';
import { businessRule } from './business-rule.js';
import { english, type NamedTerm } from './terms.js';

const twoDecimals = (term: NamedTerm): RuleDescription =>
  businessRule([term], {
    fr: 'le montant[ « {found} »] a plus de deux décimales',
    en: `The ${english(term)} has more than two decimals.`,
    action: 'Arrondissez ce montant au centime',
  });

/** Rules of EN 16931 about the decimals of amounts: two at most, whatever the currency. */
export const decimalTexts = {
  'BR-DEC-01': twoDecimals('BT-92'),
  'BR-DEC-02': twoDecimals('BT-93'),
  'BR-DEC-05': twoDecimals('BT-99'),
  'BR-DEC-06': twoDecimals('BT-100'),
  'BR-DEC-09': twoDecimals('BT-106'),
  'BR-DEC-10': twoDecimals('BT-107'),
  'BR-DEC-11': twoDecimals('BT-108'),
  'BR-DEC-12': twoDecimals('BT-109'),
  'BR-DEC-13': twoDecimals('BT-110'),
  'BR-DEC-14': twoDecimals('BT-112'),
  'BR-DEC-15': twoDecimals('BT-111'),
  'BR-DEC-16': twoDecimals('BT-113'),
  'BR-DEC-17': twoDecimals('BT-114'),
  'BR-DEC-18': twoDecimals('BT-115'),
  'BR-DEC-19': twoDecimals('BT-116'),
  'BR-DEC-20': twoDecimals('BT-117'),
  'BR-DEC-23': twoDecimals('BT-131'),
  'BR-DEC-24': twoDecimals('BT-136'),
  'BR-DEC-25': twoDecimals('BT-137'),
  'BR-DEC-27': twoDecimals('BT-141'),
  'BR-DEC-28': twoDecimals('BT-142'),
} as const satisfies Record<string, RuleDescription>;
