import type { RuleDescription } from '../../../finding/catalogue-entry.js';
import { businessRule, missing, wrongSum } from './business-rule.js';

/** Rules of EN 16931 about the totals of the invoice (BG-22). */
export const totalTexts = {
  'BR-12': missing('BT-106', 'Renseignez la somme des montants nets des lignes'),
  'BR-13': missing('BT-109', 'Renseignez le montant total hors TVA'),
  'BR-14': missing('BT-112', 'Renseignez le montant total avec TVA'),
  'BR-15': missing('BT-115', 'Renseignez le montant à payer'),
  'BR-53': businessRule(['BT-111', 'BT-6'], {
    fr: 'donnée absente, obligatoire quand la TVA est comptabilisée dans une autre devise (BT-6)',
    en: 'The total VAT amount in accounting currency (BT-111) is missing although that currency (BT-6) is given.',
    action: 'Renseignez le total de TVA dans la devise de comptabilisation, ou retirez cette devise',
  }),
  'BR-CO-10': wrongSum(['BT-106', 'BT-131'], {
    sum: 'la somme des montants nets des lignes (BT-131)',
    en: 'The sum of the line net amounts (BT-106) is not the sum of the net amounts of the lines (BT-131).',
    action: 'Recalculez la somme des montants nets des lignes',
  }),
  'BR-CO-11': wrongSum(['BT-107', 'BT-92'], {
    sum: 'la somme des montants des remises sur la facture (BT-92)',
    en: 'The sum of the document allowances (BT-107) is not the sum of their amounts (BT-92).',
    action: 'Recalculez la somme des remises sur la facture',
  }),
  'BR-CO-12': wrongSum(['BT-108', 'BT-99'], {
    sum: 'la somme des montants des frais sur la facture (BT-99)',
    en: 'The sum of the document charges (BT-108) is not the sum of their amounts (BT-99).',
    action: 'Recalculez la somme des frais sur la facture',
  }),
  'BR-CO-13': wrongSum(['BT-109', 'BT-106', 'BT-107', 'BT-108', 'BT-131'], {
    code: 'MONTANTTOTAL_ERR',
    sum: 'la somme des montants nets des lignes (BT-131), moins les remises (BT-107), plus les frais (BT-108)',
    en: 'The total without VAT (BT-109) is not the net amounts of the lines (BT-131), less the allowances (BT-107), plus the charges (BT-108).',
    action: 'Recalculez le montant total hors TVA',
  }),
  'BR-CO-14': wrongSum(['BT-110', 'BT-117'], {
    code: 'MONTANTTOTAL_ERR',
    sum: 'la somme des montants de TVA par catégorie (BT-117)',
    en: 'The total VAT amount (BT-110) is not the sum of the VAT amounts by category (BT-117).',
    action: 'Recalculez le montant total de TVA',
  }),
  'BR-CO-15': wrongSum(['BT-112', 'BT-109', 'BT-110'], {
    code: 'MONTANTTOTAL_ERR',
    sum: 'le montant total hors TVA (BT-109) plus le montant total de TVA (BT-110)',
    en: 'The total with VAT (BT-112) is not the total without VAT (BT-109) plus the total VAT amount (BT-110).',
    action: 'Recalculez le montant total TTC',
  }),
  'BR-CO-16': wrongSum(['BT-115', 'BT-112', 'BT-113', 'BT-114'], {
    code: 'MONTANTTOTAL_ERR',
    sum: 'le montant total TTC (BT-112), moins le montant déjà payé (BT-113), plus l’arrondi (BT-114)',
    en: 'The amount due (BT-115) is not the total with VAT (BT-112), less the paid amount (BT-113), plus the rounding (BT-114).',
    action: 'Recalculez le montant à payer',
  }),
} as const satisfies Record<string, RuleDescription>;
