import type { RuleDescription } from '../../../finding/catalogue-entry.js';
import { frenchRule, frenchWarning, notAllowed } from './french-rule.js';

const identifierTerms = ['BT-29', 'BT-46', 'BT-60', 'BT-71', 'EXT-FR-FE-06', 'EXT-FR-FE-69'] as const;
const amountTerms = [
  'BT-92',
  'BT-99',
  'BT-106',
  'BT-109',
  'BT-110',
  'BT-112',
  'BT-115',
  'BT-116',
  'BT-117',
  'BT-131',
] as const;
const form = { fr: '{term} : « {found} » est mal écrit ; attendu : {expected}', action: 'Corrigez ce nombre' } as const;

/** Rules BR-FR-CO and BR-FR-DEC of XP Z12-012 (between terms, writing of numbers), and those of annexe 7 beside them. */
export const coherenceTexts = {
  'BR-FR-CO-01': frenchRule(['BT-2'], {
    fr: 'Date d’émission (BT-2) : {found} est postérieure au jour du contrôle ; attendu : {expected}',
    en: 'The issue date is not after the day of the control',
    action: 'Corrigez la date d’émission',
  }),
  'BR-FR-CO-03': frenchRule(['BT-3', 'BT-12', 'BG-14'], {
    fr: 'Type de facture (BT-3) : pour l’avoir de remise globale ({found}), il manque {expected}',
    en: 'A credit note for a global rebate (262) has a contract number and an invoicing period',
    action: 'Renseignez le numéro de contrat et la période, début et fin',
  }),
  'BR-FR-CO-04': frenchRule(['BT-3', 'BG-3'], {
    fr: 'Facture antérieure (BG-3) : {found} référence(s) sur une facture rectificative, il en faut {expected}',
    en: 'A corrected invoice refers to exactly one earlier invoice',
    action: 'Citez la facture rectifiée, et elle seule',
  }),
  'BR-FR-CO-05': frenchRule(['BT-3', 'BG-3', 'EXT-FR-FE-136'], {
    fr: 'Facture antérieure (BG-3) : un avoir de type {found} doit en citer une avec sa date, en tête ou sur chaque ligne',
    en: 'A credit note refers to an earlier invoice with its date, for the whole or on every line',
    action: 'Citez la facture d’origine : numéro (BT-25) et date (BT-26)',
  }),
  'BR-FR-CO-07': frenchRule(['BT-9', 'BT-2'], {
    fr: 'Date d’échéance (BT-9) : {found} précède la date d’émission ; attendu : {expected}',
    en: 'The due date is not before the issue date, but for advances and invoices already paid',
    action: 'Corrigez la date d’échéance ou la date d’émission',
  }),
  'BR-FR-CO-08': frenchRule(['BT-23', 'BT-3'], {
    fr: 'Type de facture (BT-3) : {found} est impossible après acompte (cadre B4, S4 ou M4) ; attendu : {expected}',
    en: 'A final invoice after an advance is not itself an advance',
    action: 'Corrigez le type ou le cadre de facturation',
  }),
  'BR-FR-CO-09': notAllowed(
    ['BT-113', 'BT-115', 'BT-9', 'BT-23'],
    'An invoice already paid has nothing to pay and the day of the payment',
    {
      fr: '{term} : [« {found} » ne convient pas, ]attendu pour une facture déjà payée (cadre B2, S2 ou M2) : {expected}',
      action: 'Corrigez les montants et la date, ou le cadre de facturation',
      code: 'MONTANTTOTAL_ERR',
    },
  ),
  'BR-FR-CO-10': notAllowed(
    identifierTerms,
    'Every private identifier has a scheme, and each scheme stands once for a party',
    {
      fr: '{term} : « {found} » n’est pas admis ; attendu : {expected}',
      action: 'Indiquez le schéma de chaque identifiant, un seul identifiant par schéma',
    },
  ),
  'BR-FR-CO-12': frenchRule(['BT-5', 'BT-6', 'BT-111'], {
    fr: 'Devise de comptabilité (BT-6) : la facture est en {found} ; attendu : {expected}',
    en: 'An invoice in another currency than the euro gives its VAT in euros too',
    action: 'Renseignez la devise de comptabilité EUR et le montant de TVA en euros',
  }),
  'BR-FR-CO-14': frenchRule(['BT-29', 'BT-21', 'BT-22'], {
    fr: 'Assujetti unique (BT-29, schéma 0231) : il manque la {expected}',
    en: 'A member of a single taxable entity says so in a note of subject TXD',
    action: 'Ajoutez cette note',
  }),
  'BR-FR-CO-15': frenchRule(['BT-29', 'BG-11', 'BT-63'], {
    fr: 'Numéro de TVA du représentant fiscal (BT-63) : donnée obligatoire pour le membre d’un assujetti unique',
    en: 'A member of a single taxable entity gives the VAT number of the entity as its tax representative',
    action: 'Renseignez le représentant fiscal et son numéro de TVA',
  }),
  'BR-FR-DEC-01': notAllowed(amountTerms, 'Amounts have at most 19 characters and 2 decimals', form),
  'BR-FR-DEC-02': notAllowed(['BT-129', 'BT-149'], 'Quantities have at most 19 characters and 4 decimals', form),
  'BR-FR-DEC-03': notAllowed(
    ['BT-146', 'BT-147', 'BT-148'],
    'Prices are not negative and have at most 19 characters and 6 decimals',
    form,
  ),
  'BR-FR-DEC-04': notAllowed(
    ['BT-96', 'BT-103', 'BT-119', 'BT-152'],
    'VAT rates are not negative and have at most 4 digits and 2 decimals',
    form,
  ),
  'G1.24': notAllowed(['BT-96', 'BT-103', 'BT-119', 'BT-152'], 'VAT rates are those of France', {
    fr: '{term} : « {found} » n’est pas un taux français ; sont admis : {expected}',
    action: 'Indiquez un taux admis, sans le signe %',
  }),
  'G2.31': notAllowed(['BT-95', 'BT-102', 'BT-118', 'BT-151'], 'VAT categories are S, E, AE, K, G, O or Z'),
  'G1.41': frenchWarning(['BT-120', 'BT-121'], {
    fr: 'Motif d’exonération (BT-120, BT-121) : il manque {expected} pour la catégorie E',
    en: 'An exemption has its reason in words and as a code, but for corrections and small amounts',
    action: 'Renseignez le motif et son code VATEX',
  }),
  'G1.47': frenchWarning(['BT-31'], {
    fr: 'Numéro de TVA du vendeur (BT-31) : il est attendu quand une part de la facture est exonérée (catégorie E)',
    en: 'The VAT number of the seller is there when something is exempt',
    action: 'Renseignez le numéro de TVA du vendeur',
  }),
  'G1.55': frenchWarning(['BT-146', 'BT-147', 'BT-148'], {
    fr: 'Prix net (BT-146) : {found} au lieu de {expected} (prix brut moins remise, à un centime près)',
    en: 'The net price is the gross price less the discount, within a cent',
    action: 'Corrigez le prix net, le prix brut ou la remise',
    code: 'CALCUL_ERR',
  }),
  'G6.21': frenchWarning(['BT-121', 'BT-3'], {
    fr: 'Code du motif d’exonération (BT-121) : VATEX-FR-CNWVAT[, sur un type {found},] est réservé aux avoirs sans TVA ({expected})',
    en: 'VATEX-FR-CNWVAT is for credit notes without VAT',
    action: 'Choisissez un autre code de motif',
  }),
} as const satisfies Record<string, RuleDescription>;
