import type { RuleDescription } from '../../../finding/catalogue-entry.js';
import { frenchRule } from './french-rule.js';

/** Rules BR-FR-MV (several sellers: frames B8, S8, M8) and BR-FR-BD (both ways: B9, S9, M9) of XP Z12-012. */
export const severalSellersTexts = {
  'BR-FR-MV-01': frenchRule(['EXT-FR-FE-163'], {
    fr: 'Sous-type de ligne (EXT-FR-FE-163) : donnée obligatoire absente ; attendu : {expected}',
    en: 'Every line has its kind',
    action: 'Renseignez le sous-type de chaque ligne',
  }),
  'BR-FR-MV-02': frenchRule(['EXT-FR-FE-163', 'EXT-FR-FE-162'], {
    fr: 'Sous-type de ligne (EXT-FR-FE-163) : aucune ligne GROUP sans ligne parente ; attendu : {expected}',
    en: 'An invoice of several sellers has at least one group of lines',
    action: 'Ajoutez une ligne GROUP pour chaque sous-facture',
  }),
  'BR-FR-MV-03': frenchRule(
    ['EXT-FR-FE-164', 'EXT-FR-FE-167', 'EXT-FR-FE-177', 'EXT-FR-FE-181', 'EXT-FR-FE-182', 'BT-128'],
    {
      fr: '{term} : donnée obligatoire absente ou non admise d’une ligne GROUP',
      en: 'A group of lines has its seller, its VAT, its number and its frame',
      action: 'Renseignez cette donnée sur la ligne GROUP',
    },
  ),
  'BR-FR-MV-05': frenchRule(['BT-131', 'EXT-FR-FE-162'], {
    fr: 'Montant net de la ligne GROUP (BT-131) : [{found} ]au lieu de {expected}, somme des sous-lignes',
    en: 'The net amount of a group is the sum of its lines, within a cent for each',
    action: 'Corrigez le montant de la ligne GROUP ou de ses sous-lignes',
    code: 'CALCUL_ERR',
  }),
  'BR-FR-MV-06': frenchRule(['EXT-FR-FE-167'], {
    fr: 'Identifiant légal du vendeur de la ligne (EXT-FR-FE-167) : [« {found} » ne convient pas, ]il est obligatoire et égal à celui de la ligne parente[ ({expected})]',
    en: 'Every line has the registration of its seller, the same as its parent',
    action: 'Renseignez le même vendeur sur la ligne et sur sa ligne parente',
  }),
  'BR-FR-MV-07': frenchRule(['BT-128'], {
    fr: 'Numéro de sous-facture (BT-128, schéma AFL) : [« {found} » ne convient pas, ]il est obligatoire et égal à celui de la ligne parente[ ({expected})]',
    en: 'Every line has the number of its part, the same as its parent',
    action: 'Renseignez le même numéro sur la ligne et sur sa ligne parente',
  }),
  'BR-FR-MV-08': frenchRule(['EXT-FR-FE-163', 'BT-128'], {
    fr: 'Motif d’exonération de la ligne : [« {found} » ne convient pas, ]il commence par {expected}',
    en: 'The exemption reason of a line of detail begins with the number of its part',
    action: 'Faites commencer le motif par le numéro de sous-facture entre deux #',
  }),
  'BR-FR-MV-09': frenchRule(['EXT-FR-FE-181', 'BT-117'], {
    fr: 'TVA de la ligne GROUP (EXT-FR-FE-181) : [{found} ]au lieu de {expected}, somme de la ventilation de cette sous-facture',
    en: 'The VAT of a group is the sum of its VAT breakdown, within a cent',
    action: 'Corrigez la TVA de la ligne GROUP ou la ventilation de la TVA',
    code: 'CALCUL_ERR',
  }),
  'BR-FR-MV-10': frenchRule(['EXT-FR-FE-184', 'BT-131', 'EXT-FR-FE-181'], {
    fr: 'Montant TTC de la ligne GROUP (EXT-FR-FE-184) : {found} au lieu de {expected}',
    en: 'The amount with VAT of a group is its net amount and its VAT, within a cent for each line',
    action: 'Corrigez le montant TTC de la ligne GROUP',
    code: 'CALCUL_ERR',
  }),
  'BR-FR-MV-11': frenchRule(['BT-128', 'BT-1', 'BT-30'], {
    fr: 'Numéro de sous-facture (BT-128, schéma AFL) : [« {found} » ; ]une ligne GROUP du vendeur principal, et une seule, porte le numéro de la facture[ ({expected})]',
    en: 'One group of the main seller carries the number of the invoice',
    action: 'Donnez le numéro de la facture à la sous-facture du vendeur principal',
  }),
  'BR-FR-MV-12': frenchRule(['BT-128'], {
    fr: 'Numéro de sous-facture (BT-128, schéma AFL) : « {found} » figure sur plusieurs lignes GROUP',
    en: 'Groups of lines have different numbers',
    action: 'Donnez un numéro propre à chaque sous-facture',
  }),
  'BR-FR-MV-13': frenchRule(['BT-3', 'BT-23'], {
    fr: 'Type de facture (BT-3) : [« {found} » n’est pas admis, ]attendu sous les cadres B8, S8 et M8 : {expected}',
    en: 'An invoice of several sellers is not self-billed',
    action: 'Corrigez le type ou le cadre de facturation',
  }),
  'BR-FR-MV-14': frenchRule(['EXT-FR-FE-136', 'EXT-FR-FE-138'], {
    fr: '{term} : donnée obligatoire absente d’une ligne GROUP d’avoir ou de rectification',
    en: 'Each group of a correction names the earlier invoice with its date',
    action: 'Citez la facture antérieure et sa date sur la ligne GROUP',
  }),
  'BR-FR-BD-02': frenchRule(['EXT-FR-FE-163', 'EXT-FR-FE-167', 'BT-30', 'BT-47'], {
    fr: '{term} : {found} au lieu de {expected}',
    en: 'An invoice that goes both ways has one group of the seller and one of the buyer',
    action: 'Gardez une ligne GROUP du vendeur et une de l’acheteur, sans ligne parente',
  }),
  'BR-FR-BD-13': frenchRule(['BT-3', 'BT-23'], {
    fr: 'Type de facture (BT-3) : [« {found} » n’est pas admis, ]attendu sous les cadres B9, S9 et M9 : {expected}',
    en: 'An invoice that goes both ways is self-billed',
    action: 'Corrigez le type ou le cadre de facturation',
  }),
  'BR-FR-BD-14': frenchRule(['EXT-FR-FE-136', 'EXT-FR-FE-138'], {
    fr: '{term} : donnée obligatoire absente d’une ligne GROUP d’avoir ou de rectification',
    en: 'Each group of a self-billed correction names the earlier invoice with its date',
    action: 'Citez la facture antérieure et sa date sur la ligne GROUP',
  }),
} as const satisfies Record<string, RuleDescription>;
