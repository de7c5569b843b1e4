import type { RuleDescription } from '../../../finding/catalogue-entry.js';
import { businessRule, missing, wrongSum } from './business-rule.js';

/** Rules of EN 16931 about the VAT breakdown (BG-23) and the VAT point date, whatever the category. */
export const vatTexts = {
  'BR-45': missing('BT-116', 'Renseignez la base d’imposition de chaque catégorie', 'BG-23'),
  'BR-46': missing('BT-117', 'Renseignez le montant de TVA de chaque catégorie', 'BG-23'),
  'BR-47': missing('BT-118', 'Indiquez la catégorie, par exemple S', 'BG-23'),
  'BR-48': businessRule(['BT-119', 'BG-23', 'BT-118'], {
    fr: 'donnée absente, obligatoire pour toute catégorie sauf « hors champ de la TVA » (O)',
    en: 'A VAT breakdown (BG-23) has no rate (BT-119) although its category (BT-118) is not O, not subject to VAT.',
    action: 'Renseignez le taux de TVA de chaque catégorie',
  }),
  'BR-CO-03': businessRule(['BT-7', 'BT-8'], {
    fr: 'elle est renseignée en même temps que son code (BT-8)',
    en: 'Both a VAT point date (BT-7) and a VAT point date code (BT-8) are given.',
    action: 'Gardez la date ou le code, pas les deux',
  }),
  'BR-CO-17': wrongSum(['BT-117', 'BT-116', 'BT-119'], {
    sum: 'la base d’imposition (BT-116) multipliée par le taux (BT-119), arrondie au centime',
    en: 'The VAT amount of a category (BT-117) is not its taxable amount (BT-116) times its rate (BT-119), rounded to the cent.',
    action: 'Recalculez le montant de TVA de la catégorie',
  }),
  'BR-CO-18': missing('BG-23', 'Donnez une ventilation de la TVA pour chaque catégorie et chaque taux'),
} as const satisfies Record<string, RuleDescription>;
