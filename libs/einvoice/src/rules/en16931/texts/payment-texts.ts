import type { RuleDescription } from '../../../finding/catalogue-entry.js';
import { businessRule, missing } from './business-rule.js';

/** Rules of EN 16931 about how the invoice is to be paid. */
export const paymentTexts = {
  'BR-49': missing('BT-81', 'Indiquez le moyen de paiement, par exemple 30 pour un virement', 'BG-16'),
  'BR-50': missing('BT-84', 'Renseignez l’IBAN du compte à créditer', 'BG-17'),
  'BR-51': businessRule(['BT-87', 'BG-18'], {
    fr: 'le numéro est écrit en entier ; les règles de sécurité des cartes n’en laissent paraître que les six premiers et les quatre derniers chiffres',
    en: 'More than the first six and the last four digits of the payment card number (BT-87) are shown.',
    action: 'Ne laissez que les six premiers et les quatre derniers chiffres de la carte',
  }),
  'BR-61': businessRule(['BT-84', 'BT-81'], {
    fr: 'donnée absente, obligatoire quand le moyen de paiement (BT-81) est un virement',
    en: 'The payment account identifier (BT-84) is missing although the means of payment (BT-81) is a credit transfer.',
    action: 'Renseignez l’IBAN du compte à créditer, ou corrigez le moyen de paiement',
  }),
} as const satisfies Record<string, RuleDescription>;
