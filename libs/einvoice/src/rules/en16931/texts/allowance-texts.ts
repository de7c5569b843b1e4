import type { RuleDescription } from '../../../finding/catalogue-entry.js';
import { missing, missingReason, reasonsDiffer } from './business-rule.js';

/** Rules of EN 16931 about the allowances (BG-20) and charges (BG-21) on the whole invoice. */
export const allowanceTexts = {
  'BR-31': missing('BT-92', 'Renseignez le montant de la remise', 'BG-20'),
  'BR-32': missing('BT-95', 'Indiquez la catégorie de TVA de la remise, par exemple S', 'BG-20'),
  'BR-33': missingReason('BG-20', 'BT-97', 'BT-98'),
  'BR-36': missing('BT-99', 'Renseignez le montant des frais', 'BG-21'),
  'BR-37': missing('BT-102', 'Indiquez la catégorie de TVA des frais, par exemple S', 'BG-21'),
  'BR-38': missingReason('BG-21', 'BT-104', 'BT-105'),
  'BR-CO-05': reasonsDiffer('BG-20', 'BT-97', 'BT-98'),
  'BR-CO-06': reasonsDiffer('BG-21', 'BT-104', 'BT-105'),
  'BR-CO-21': missingReason('BG-20', 'BT-97', 'BT-98'),
  'BR-CO-22': missingReason('BG-21', 'BT-104', 'BT-105'),
} as const satisfies Record<string, RuleDescription>;
