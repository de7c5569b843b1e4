import type { RuleDescription } from '../../../finding/catalogue-entry.js';
import { frenchRule, frenchWarning, notAllowed, tooLong } from './french-rule.js';

const code = 'REJ_CONT_B2G';
const limit = (length: number, ...terms: readonly string[]): RuleDescription => tooLong(terms, length, { code });
const supplierTerms = ['BT-29', 'BT-60', 'EXT-FR-FE-69'] as const;
const shape = (en: string): RuleDescription =>
  notAllowed(supplierTerms, en, {
    code,
    fr: '{term} : « {found} » est mal formé ; attendu : {expected}',
    action: 'Corrigez cet identifiant',
  });
const once = (term: string, name: string, en: string): RuleDescription =>
  frenchRule([term], {
    fr: `${name} (${term}) : {found} occurrences, une seule est admise`,
    en,
    action: 'Ne gardez que la première',
    code,
  });
const knownSupplier = (term: string, name: string, en: string): RuleDescription =>
  frenchRule([term], {
    fr: `Identifiant ${name} (${term}) : [« {found} » ne suffit pas, ]attendu : {expected}`,
    en,
    action: 'Ajoutez l’identifiant attendu avec son schéma',
    code,
  });

/** Rules BR-FR-CPRO-01 to 44 of XP Z12-012: invoices to the public sector. */
export const publicSectorTexts = {
  'BR-FR-CPRO-01': notAllowed(['BT-12'], 'The kind of contract is CONTRAT or MARCHE', { code }),
  'BR-FR-CPRO-02': limit(20, 'BT-1', 'BT-25', 'EXT-FR-FE-136'),
  'BR-FR-CPRO-03': knownSupplier(
    'BT-29',
    'du vendeur',
    'The seller has an identifier by which the portal knows suppliers',
  ),
  'BR-FR-CPRO-04': shape('A supplier of the European Union: at most 18 characters'),
  'BR-FR-CPRO-05': shape('A supplier from outside the European Union: at most 18 characters'),
  'BR-FR-CPRO-06': shape('RIDET: 9 or 10 characters'),
  'BR-FR-CPRO-07': shape('TAHITI: 9 or 10 characters'),
  'BR-FR-CPRO-08': shape('A natural person: 10 digits, then at most 70 characters'),
  'BR-FR-CPRO-09': frenchRule(['BT-29', 'BT-30'], {
    fr: 'SIRET du vendeur (BT-29) : [« {found} » ne convient pas, ]un vendeur français indique le SIRET d’un établissement actif connu de Chorus Pro[ ; attendu : {expected}]',
    en: 'A French seller gives the SIRET of an establishment that is known and active',
    action: 'Renseignez le SIRET de l’établissement (schéma 0009)',
    code,
  }),
  'BR-FR-CPRO-10': frenchRule(['BT-46'], {
    fr: 'SIRET du destinataire (BT-46) : [« {found} » n’est pas un SIRET, ]attendu : {expected}',
    en: 'The SIRET of the buyer is there',
    action: 'Renseignez le SIRET du destinataire (schéma 0009)',
    code: 'ADR_ERR',
  }),
  'BR-FR-CPRO-11': frenchRule(['BT-46'], {
    fr: 'Code service (BT-46, schéma 0224) : [« {found} » ne convient pas, ]le destinataire attend {expected}',
    en: 'The service code is there when the recipient asks for it, and is known and active',
    action: 'Renseignez un code service de l’annuaire du destinataire',
    code,
    layer: 'platform',
  }),
  'BR-FR-CPRO-12': frenchRule(['BT-13', 'BT-12'], {
    fr: 'Numéro d’engagement juridique (BT-13) : obligatoire pour le destinataire ou son service ; attendu : {expected}',
    en: 'The legal commitment number is there when the recipient asks for it; a market number stands in for it',
    action: 'Demandez ce numéro au destinataire et renseignez-le',
    code,
    layer: 'platform',
  }),
  'BR-FR-CPRO-13': frenchRule(['BT-13', 'BT-46'], {
    fr: 'Numéro d’engagement juridique (BT-13) ou code service (BT-46) : le destinataire attend {expected}',
    en: 'The commitment number or the service code is there when the recipient asks for one of them',
    action: 'Renseignez l’un des deux',
    code,
    layer: 'platform',
  }),
  'BR-FR-CPRO-14': limit(50, 'BT-12'),
  'BR-FR-CPRO-15': limit(50, 'BT-13'),
  'BR-FR-CPRO-16': frenchWarning(['BG-7'], {
    fr: '{term} : Chorus Pro n’utilise pas ce groupe et l’ignore',
    en: 'The portal ignores the buyer agent and the addressed-to party',
    action: 'N’y mettez rien dont le destinataire ait besoin',
    code,
  }),
  'BR-FR-CPRO-17': knownSupplier(
    'BT-60',
    'du bénéficiaire',
    'The payee has an identifier by which the portal knows suppliers',
  ),
  'BR-FR-CPRO-18': knownSupplier(
    'EXT-FR-FE-69',
    'de l’agent du vendeur',
    'The seller agent has an identifier by which the portal knows suppliers',
  ),
  'BR-FR-CPRO-19': frenchRule(['BG-25'], {
    fr: 'Lignes (BG-25) : {found} lignes ; attendu : {expected}',
    en: 'There are fewer than a million lines',
    action: 'Répartissez les lignes entre plusieurs factures',
    code,
  }),
  'BR-FR-CPRO-20': once('BG-3', 'Facture antérieure', 'There is at most one earlier invoice'),
  'BR-FR-CPRO-21': frenchRule(['EXT-FR-FE-69', 'BT-23'], {
    fr: 'Agent du vendeur (EXT-FR-FE-69) : pour les cadres S3 et S6, il faut {expected}',
    en: 'Under frames S3 and S6 the seller agent gives its SIREN and its SIRET',
    action: 'Renseignez le titulaire du marché comme agent du vendeur',
    code,
  }),
  'BR-FR-CPRO-22': frenchRule(['EXT-FR-FE-69'], {
    fr: 'Agent du vendeur (EXT-FR-FE-69) : [« {found} » ]n’est pas une structure active connue de Chorus Pro',
    en: 'The seller agent is known and active',
    action: 'Vérifiez le SIRET du titulaire du marché',
    code,
    layer: 'platform',
  }),
  'BR-FR-CPRO-23': frenchRule(['BT-46', 'BT-23'], {
    fr: 'Destinataire (BT-46) : [« {found} » ]n’est pas une structure publique, ce que le cadre S3 demande',
    en: 'Under frame S3 the buyer is public',
    action: 'Corrigez le destinataire ou le cadre de facturation',
    code,
    layer: 'platform',
  }),
  'BR-FR-CPRO-24': frenchRule(['BT-23'], {
    fr: 'Cadre de facturation (BT-23) : {found} n’est pas admis vers le secteur public',
    en: 'Frame S5 is not for the public sector',
    action: 'Choisissez un autre cadre de facturation',
    code,
  }),
  'BR-FR-CPRO-25': once('BT-20', 'Conditions de paiement', 'The payment terms stand once'),
  'BR-FR-CPRO-26': once('BG-6', 'Contact du vendeur', 'The seller has one contact at most'),
  'BR-FR-CPRO-27': once('BG-9', 'Contact de l’acheteur', 'The buyer has one contact at most'),
  'BR-FR-CPRO-28': once('EXT-FR-FE-69', 'Contact de l’agent du vendeur', 'The seller agent has one contact at most'),
  'BR-FR-CPRO-29': limit(1024, 'BT-120'),
  'BR-FR-CPRO-30': limit(50, 'BT-122'),
  'BR-FR-CPRO-31': limit(1024, 'BT-154'),
  'BR-FR-CPRO-32': limit(400, 'BT-35'),
  'BR-FR-CPRO-33': limit(400, 'BT-37'),
  'BR-FR-CPRO-34': limit(99, 'BT-45'),
  'BR-FR-CPRO-35': limit(1024, 'BT-20'),
  'BR-FR-CPRO-36': limit(99, 'BT-28'),
  'BR-FR-CPRO-37': limit(99, 'BT-59'),
  'BR-FR-CPRO-38': limit(20, 'BT-71'),
  'BR-FR-CPRO-39': limit(27, 'BT-84'),
  'BR-FR-CPRO-40': limit(20, 'EXT-FR-FE-146'),
  'BR-FR-CPRO-41': limit(50, 'BT-125'),
  'BR-FR-CPRO-42': limit(1024, 'BT-22'),
  'BR-FR-CPRO-43': limit(99, 'BT-27'),
  'BR-FR-CPRO-44': limit(99, 'BT-44'),
} as const satisfies Record<string, RuleDescription>;
