import type { RuleDescription } from '../../../finding/catalogue-entry.js';
import { frenchRule, notAllowed, tooLong } from './french-rule.js';

const numberTerms = ['BT-1', 'BT-25', 'EXT-FR-FE-136'] as const;
const identifierTerms = ['BT-29', 'BT-46', 'BT-60', 'BT-71', 'EXT-FR-FE-06', 'EXT-FR-FE-69'] as const;
const addressTerms = ['BT-34', 'BT-49', 'EXT-FR-FE-12', 'EXT-FR-FE-29', 'EXT-FR-FE-75'] as const;

/** Rules BR-FR-01 to 32 of XP Z12-012: single terms. */
export const reformTexts = {
  'BR-FR-01': tooLong(numberTerms, 35),
  'BR-FR-02': notAllowed(numberTerms, 'Invoice numbers: letters, digits and + - _ / only, without spaces', {
    fr: '{term} : « {found} » contient un caractère interdit ; sont admis : {expected}',
    action: 'Retirez du numéro les espaces, les accents et les autres signes',
  }),
  'BR-FR-03': notAllowed(
    ['BT-2', 'BT-7', 'BT-9', 'BT-26', 'BT-72', 'BT-73', 'BT-74', 'BT-134', 'BT-135'],
    'Dates are from 2000 to 2099',
    {
      fr: '{term} : « {found} » n’est pas une date de 2000 à 2099',
      action: 'Écrivez une date au format AAAA-MM-JJ (UBL) ou AAAAMMJJ (CII)',
    },
  ),
  'BR-FR-04': notAllowed(
    ['BT-3', 'EXT-FR-FE-02', 'EXT-FR-FE-137'],
    'The type of document is one of the sixteen in use in France',
  ),
  'BR-FR-05': frenchRule(['BG-1', 'BT-21', 'BT-22'], {
    fr: 'Mention légale (BT-22) : il manque la note de sujet {expected}',
    en: 'Notes of subject PMT, PMD and AAB carry the mentions that French law wants',
    action: 'Ajoutez une note avec ce code sujet (BT-21) et le texte de la mention',
  }),
  'BR-FR-06': frenchRule(['BT-21'], {
    fr: 'Sujet de la note (BT-21) : {found} figure plusieurs fois',
    en: 'Notes of subject PMT, PMD, AAB and TXD stand at most once each',
    action: 'Réunissez ces mentions dans une seule note',
  }),
  'BR-FR-08': frenchRule(['BT-23'], {
    fr: 'Cadre de facturation (BT-23) : [« {found} » n’est pas admis, ]une valeur parmi {expected} est obligatoire',
    en: 'The billing frame is there and is one of the reform',
    action: 'Indiquez le cadre de facturation, par exemple B1 (biens), S1 (services) ou M1 (mixte)',
    code: 'REJ_CONT_B2G',
  }),
  'BR-FR-09': notAllowed(identifierTerms, 'A SIRET has 14 digits and begins with the SIREN of the same party', {
    fr: '{term} : le SIRET « {found} » n’est pas admis ; attendu : {expected}',
    action: 'Corrigez le SIRET ou le SIREN',
  }),
  'BR-FR-10': frenchRule(['BT-30'], {
    fr: 'SIREN du vendeur (BT-30) : [« {found} » n’est pas un SIREN, ]9 chiffres sous le schéma 0002 sont obligatoires',
    en: 'The SIREN of the seller is there, of 9 digits',
    action: 'Renseignez le SIREN du vendeur',
  }),
  'BR-FR-11': frenchRule(['BT-47'], {
    fr: 'SIREN de l’acheteur (BT-47) : [« {found} » n’est pas un SIREN, ]9 chiffres sont obligatoires entre entreprises (note BAR « B2B »)',
    en: 'The SIREN of the buyer is there, of 9 digits, between companies',
    action: 'Renseignez le SIREN de l’acheteur',
  }),
  'BR-FR-12': frenchRule(['BT-49'], {
    fr: 'Adresse électronique de l’acheteur (BT-49) : donnée obligatoire absente',
    en: 'The electronic address of the buyer is there',
    action: 'Renseignez l’adresse électronique de l’acheteur, telle que l’annuaire la donne',
    code: 'ADR_ERR',
  }),
  'BR-FR-13': frenchRule(['BT-34'], {
    fr: 'Adresse électronique du vendeur (BT-34) : donnée obligatoire absente',
    en: 'The electronic address of the seller is there',
    action: 'Renseignez l’adresse électronique du vendeur',
    code: 'ADR_ERR',
  }),
  'BR-FR-15': notAllowed(['BT-95', 'BT-102', 'BT-118', 'BT-151'], 'VAT categories are S, E, AE, K, G, O or Z'),
  'BR-FR-16': notAllowed(['BT-96', 'BT-103', 'BT-119', 'BT-152'], 'VAT rates are those of France', {
    fr: '{term} : « {found} » n’est pas un taux français ; sont admis : {expected}',
    action: 'Indiquez un taux admis, sans le signe %',
  }),
  'BR-FR-17': notAllowed(['BT-123'], 'The description of a supporting document is one of the codes in use', {
    code: 'REJ_REF_PJ',
  }),
  'BR-FR-18': frenchRule(['BT-123'], {
    fr: 'Qualification de la pièce jointe (BT-123) : {found} figure plusieurs fois',
    en: 'One supporting document at most is the readable form of the invoice (LISIBLE)',
    action: 'Ne gardez qu’une pièce jointe de qualification LISIBLE',
    code: 'REJ_REF_PJ',
  }),
  'BR-FR-20': frenchRule(['BT-21', 'BT-22'], {
    fr: 'Traitement de la facture (note BAR, BT-22) : « {found} » n’est pas admis ; attendu : {expected}',
    en: 'A note of subject BAR says one of the known treatments',
    action: 'Corrigez la note de sujet BAR ou retirez-la',
  }),
  'BR-FR-21': frenchRule(['BT-49', 'BT-47'], {
    fr: 'Adresse électronique de l’acheteur (BT-49) : [« {found} » n’est pas admise, ]attendu entre entreprises : {expected}',
    en: 'Between companies, the electronic address of the buyer has scheme 0225 and begins with its SIREN',
    action: 'Renseignez une adresse de schéma 0225 qui commence par le SIREN de l’acheteur',
    code: 'ADR_ERR',
  }),
  'BR-FR-22': frenchRule(['BT-34', 'BT-30'], {
    fr: 'Adresse électronique du vendeur (BT-34) : [« {found} » n’est pas admise, ]attendu en autofacturation : {expected}',
    en: 'In self-billing between companies, the electronic address of the seller has scheme 0225 and begins with its SIREN',
    action: 'Renseignez une adresse de schéma 0225 qui commence par le SIREN du vendeur',
    code: 'ADR_ERR',
  }),
  'BR-FR-23': notAllowed(addressTerms, 'Electronic addresses of scheme 0225: letters, digits and - _ . only', {
    fr: '{term} : « {found} » contient un caractère interdit ; sont admis : {expected}',
    action: 'Corrigez cette adresse',
    code: 'ADR_ERR',
  }),
  'BR-FR-24': notAllowed(['BT-29', 'BT-46'], 'Routing codes of scheme 0224: letters, digits and - _ . only', {
    fr: '{term} : le code de routage « {found} » contient un caractère interdit ; sont admis : {expected}',
    action: 'Corrigez ce code de routage (schéma 0224)',
  }),
  'BR-FR-25': tooLong(addressTerms, 125, { code: 'ADR_ERR' }),
  'BR-FR-26': tooLong(['BT-29', 'BT-46'], 100),
  'BR-FR-27': frenchRule(['BG-32', 'BT-160', 'EXT-FR-FE-159'], {
    fr: 'Attribut d’article (BG-32) : il n’a ni nom (BT-160) ni code (EXT-FR-FE-159)',
    en: 'An item attribute has a name or a code',
    action: 'Nommez l’attribut ou retirez-le',
  }),
  'BR-FR-28': frenchRule(['BG-32', 'BT-161'], {
    fr: 'Valeur de l’attribut d’article (BT-161) : il faut un texte, ou une mesure avec son unité, et non les deux',
    en: 'An item attribute has a text or a measure with its unit, and not both',
    action: 'Ne gardez que le texte ou que la mesure avec son unité',
  }),
  'BR-FR-29': frenchRule(['BT-18'], {
    fr: 'Objet facturé (BT-18) : [« {found} » n’est pas admis, ]attendu : {expected}',
    en: 'Invoiced objects of scheme AFL and AVV stand once each and are not blank',
    action: 'Retirez le doublon ou renseignez l’identifiant',
  }),
  'BR-FR-30': frenchRule(['BT-128'], {
    fr: 'Objet facturé de la ligne (BT-128) : [« {found} » n’est pas admis, ]attendu : {expected}',
    en: 'Invoiced objects of a line of scheme AFL and AVV stand once each and are not blank',
    action: 'Retirez le doublon ou renseignez l’identifiant',
  }),
  'BR-FR-31': frenchRule(['BT-21', 'BT-22'], {
    fr: 'Traitement de la facture (note BAR, BT-22) : « {found} » s’ajoute à un autre traitement',
    en: 'Notes of subject BAR give one treatment at most',
    action: 'Ne gardez qu’une note de sujet BAR',
  }),
  'BR-FR-32': frenchRule(['BT-30', 'BT-47', 'BT-61'], {
    fr: 'SIREN : « {found} » n’a pas 9 chiffres',
    en: 'An identifier of scheme 0002 or 0231 has 9 digits',
    action: 'Corrigez ce SIREN ou son schéma d’identification',
  }),
} as const satisfies Record<string, RuleDescription>;
