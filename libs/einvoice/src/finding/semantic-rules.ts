import type { RuleDescription } from './catalogue-entry.js';

const semanticRule = (terms: readonly string[], fr: string, action: string, en: string): RuleDescription => ({
  code: 'REJ_SEMAN',
  layer: 'semantics',
  severity: 'fatal',
  since: '0.1.0',
  terms,
  fr,
  en,
  action,
  resendable: true,
});

const send = 'puis déposez à nouveau la facture.';

/** What identifies an invoice has the right shape, and what the rules compute with can be computed. */
export const semanticRules = {
  'ID-NUMBER-SHAPE': semanticRule(
    ['BT-1'],
    'Numéro de facture : « {found} » contient des caractères de contrôle ou dépasse {expected} caractères.',
    `Corrigez le numéro de la facture, ${send}`,
    'The invoice number has control characters or is too long to be kept.',
  ),
  'ID-DATE-SHAPE': semanticRule(
    ['BT-2'],
    'Date d’émission de la facture : « {found} » n’est pas une date du calendrier.',
    `Écrivez une date réelle au format {expected}, ${send}`,
    'The issue date is not a date of the calendar.',
  ),
  'ID-DATE-RANGE': semanticRule(
    ['BT-2'],
    'Date d’émission de la facture : l’année de « {found} » n’est pas comprise entre 2000 et 2099.',
    `Corrigez la date d’émission, ${send}`,
    'The year of the issue date is not between 2000 and 2099 (G1.36).',
  ),
  'ID-SUPPLIER-MISSING': semanticRule(
    ['BT-29', 'BT-30', 'BT-31'],
    'Identifiant du fournisseur : il est absent.',
    `Renseignez le SIRET du fournisseur, ou son identifiant étranger, ${send}`,
    'No identifier of the supplier was found.',
  ),
  'ID-RECIPIENT-MISSING': semanticRule(
    ['BT-46', 'BT-47', 'BT-48'],
    'Identifiant du destinataire : il est absent.',
    `Renseignez le SIRET du destinataire, ${send}`,
    'No identifier of the recipient was found.',
  ),
  'ID-SIRET-SHAPE': semanticRule(
    ['BT-29', 'BT-30', 'BT-46', 'BT-47'],
    'SIRET : « {found} » n’est pas composé de 14 chiffres.',
    `Corrigez l’identifiant, ${send}`,
    'A SIRET has 14 digits (G1.89).',
  ),
  'ID-SIREN-SHAPE': semanticRule(
    ['BT-29', 'BT-30', 'BT-46', 'BT-47'],
    'SIREN : « {found} » n’est pas composé de 9 chiffres.',
    `Corrigez l’identifiant, ${send}`,
    'A SIREN has 9 digits (G1.80).',
  ),
  'ID-AMOUNT-SHAPE': semanticRule(
    ['BT-106', 'BT-109', 'BT-110', 'BT-112', 'BT-113', 'BT-115'],
    '{term} : « {found} » n’est pas un montant décimal.',
    `Écrivez le montant avec un point pour séparateur décimal, sans espace ni exposant, ${send}`,
    'The amount is not a decimal number.',
  ),
  'VALUE-NOT-COMPUTABLE': semanticRule(
    [],
    'Valeur à calculer : [« {found} » ]n’est pas un nombre décimal simple, ou figure plusieurs fois où une seule est permise.',
    `Écrivez la valeur une seule fois, avec un point pour séparateur décimal, sans espace ni exposant, ${send}`,
    'A value that the rules compute with is not a plain decimal number, or stands several times: no verdict is possible.',
  ),
} as const satisfies Record<string, RuleDescription>;
