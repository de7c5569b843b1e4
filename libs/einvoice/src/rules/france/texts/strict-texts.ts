import type { RuleDescription } from '../../../finding/catalogue-entry.js';
import { frenchWarning } from './french-rule.js';

/** What the official rules do not see; the official verdict stays what it is. */
export const strictTexts = {
  'REPONS-DATE': frenchWarning(['BT-7', 'BT-9', 'BT-26', 'BT-72', 'BT-73', 'BT-74', 'BT-134', 'BT-135'], {
    fr: '{term} : « {found} » n’existe pas au calendrier',
    en: 'Dates exist in the calendar',
    action: 'Écrivez une date réelle',
  }),
  'REPONS-CHECK-DIGIT': frenchWarning(['BT-29', 'BT-30', 'BT-46', 'BT-47', 'BT-60', 'BT-61'], {
    fr: '{term} : la clé de « {found} » est fausse',
    en: 'The check digit of a SIREN or SIRET is right (Luhn, but for the establishments of La Poste)',
    action: 'Vérifiez cet identifiant',
  }),
  'REPONS-IBAN': frenchWarning(['BT-84'], {
    fr: '{term} : la clé de l’IBAN « {found} » est fausse',
    en: 'The check digits of an IBAN are right',
    action: 'Vérifiez l’IBAN',
  }),
  'REPONS-BIC': frenchWarning(['BT-86'], {
    fr: '{term} : « {found} » n’est pas un BIC ; attendu : {expected}',
    en: 'A payment service provider is identified by a BIC of 8 or 11 characters',
    action: 'Vérifiez le BIC',
  }),
  'REPONS-VAT-NUMBER': frenchWarning(['BT-31', 'BT-48', 'BT-63'], {
    fr: '{term} : « {found} » est mal formé ; attendu : {expected}',
    en: 'VAT numbers are well formed, and the key of a French one is right',
    action: 'Vérifiez ce numéro de TVA',
  }),
  'REPONS-LINE-NUMBER': frenchWarning(['BT-126'], {
    fr: 'Numéro de ligne (BT-126) : « {found} » figure plusieurs fois',
    en: 'Lines have different numbers',
    action: 'Donnez un numéro propre à chaque ligne',
  }),
} as const satisfies Record<string, RuleDescription>;
