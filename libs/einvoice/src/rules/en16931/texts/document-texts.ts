import type { RuleDescription } from '../../../finding/catalogue-entry.js';
import { businessRule, missing } from './business-rule.js';

/** Rules of EN 16931 about the invoice as a whole: what it is, what it refers to, its period and what is joined to it. */
export const documentTexts = {
  'BR-01': missing('BT-24', 'Indiquez la spécification suivie, par exemple urn:cen.eu:en16931:2017'),
  'BR-02': missing('BT-1', 'Renseignez le numéro de la facture'),
  'BR-03': missing('BT-2', 'Renseignez la date d’émission'),
  'BR-04': missing('BT-3', 'Indiquez le type, par exemple 380 pour une facture ou 381 pour un avoir'),
  'BR-05': missing('BT-5', 'Indiquez la devise de la facture, par exemple EUR'),
  'BR-29': businessRule(['BT-74', 'BT-73'], {
    fr: 'elle précède la date de début de la période (BT-73)',
    en: 'The invoicing period ends (BT-74) before it starts (BT-73).',
    action: 'Corrigez les dates de la période de facturation',
  }),
  'BR-52': missing('BT-122', 'Donnez une référence à chaque pièce jointe', 'BG-24'),
  'BR-55': missing('BT-25', 'Renseignez le numéro de la facture antérieure', 'BG-3'),
  'BR-CO-19': businessRule(['BG-14', 'BT-73', 'BT-74'], {
    fr: 'la période est annoncée sans date de début (BT-73) ni date de fin (BT-74)',
    en: 'The invoicing period (BG-14) has neither a start date (BT-73) nor an end date (BT-74).',
    action: 'Renseignez au moins une des deux dates, ou retirez la période',
  }),
} as const satisfies Record<string, RuleDescription>;
