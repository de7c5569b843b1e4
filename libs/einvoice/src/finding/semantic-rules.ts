import type { FindingSeverity, RuleDescription } from './catalogue-entry.js';

const semanticRule = (
  terms: readonly string[],
  fr: string,
  action: string,
  en: string,
  severity: FindingSeverity = 'fatal',
): RuleDescription => ({
  code: 'REJ_SEMAN',
  layer: 'semantics',
  severity,
  since: '0.1.0',
  terms,
  fr,
  en,
  action,
  resendable: true,
});

const send = 'puis déposez à nouveau la facture.';

/** What identifies an invoice: present and of the right shape. `BR-nn` are the rules of EN 16931. */
export const semanticRules = {
  'BR-02': semanticRule(
    ['BT-1'],
    'Numéro de facture : il est absent.',
    `Renseignez le numéro de la facture, ${send}`,
    'An Invoice shall have an Invoice number (BT-1).',
  ),
  'BR-03': semanticRule(
    ['BT-2'],
    'Date d’émission de la facture : elle est absente.',
    `Renseignez la date d’émission, ${send}`,
    'An Invoice shall have an Invoice issue date (BT-2).',
  ),
  'BR-06': semanticRule(
    ['BT-27'],
    'Raison sociale du fournisseur : elle est absente.',
    `Renseignez la raison sociale du fournisseur, ${send}`,
    'An Invoice shall contain the Seller name (BT-27).',
    'warning',
  ),
  'BR-07': semanticRule(
    ['BT-44'],
    'Nom du destinataire : il est absent.',
    `Renseignez le nom du destinataire, ${send}`,
    'An Invoice shall contain the Buyer name (BT-44).',
    'warning',
  ),
  'BR-12': semanticRule(
    ['BT-106'],
    'Somme des montants nets des lignes : elle est absente.',
    `Renseignez la somme des montants nets des lignes, ${send}`,
    'An Invoice shall have the Sum of Invoice line net amount (BT-106).',
    'warning',
  ),
  'BR-13': semanticRule(
    ['BT-109'],
    'Montant total hors TVA : il est absent.',
    `Renseignez le montant total hors TVA, ${send}`,
    'An Invoice shall have the Invoice total amount without VAT (BT-109).',
    'warning',
  ),
  'BR-14': semanticRule(
    ['BT-112'],
    'Montant total TTC : il est absent.',
    `Renseignez le montant total avec TVA, ${send}`,
    'An Invoice shall have the Invoice total amount with VAT (BT-112).',
  ),
  'BR-15': semanticRule(
    ['BT-115'],
    'Montant à payer : il est absent.',
    `Renseignez le montant à payer, ${send}`,
    'An Invoice shall have the Amount due for payment (BT-115).',
  ),
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
} as const satisfies Record<string, RuleDescription>;
