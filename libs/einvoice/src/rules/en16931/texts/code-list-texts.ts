import type { RuleDescription } from '../../../finding/catalogue-entry.js';
import { businessRule } from './business-rule.js';
import { english, type NamedTerm } from './terms.js';

/** A value that is not of its list; `list` is French with its article: `la liste ISO 4217 des devises`. */
const notOfList = (
  terms: readonly [NamedTerm, ...NamedTerm[]],
  list: string,
  options: { value?: string; en: string; action: string; subject?: string },
): RuleDescription => {
  const { value = 'le code', en, action, subject } = options;
  return businessRule(terms, {
    subject,
    fr: `${value}[ « {found} »] n’est pas dans ${list}`,
    en: `The ${en} of the ${english(terms[0])} is not in the code list.`,
    action,
  });
};

const icd = 'la liste ISO 6523 des schémas d’identifiants';
const scheme = { value: 'le schéma de l’identifiant (attribut schemeID)', en: 'scheme identifier' };
const schemeAction = 'Utilisez un schéma de la liste, par exemple 0009 pour un SIRET ou 0002 pour un SIREN';
const countries = 'la liste ISO 3166-1 des pays';
const countryAction = 'Utilisez les deux lettres du pays, par exemple FR';
const currencies = 'la liste ISO 4217 des devises';
const currencyAction = 'Utilisez les trois lettres de la devise, par exemple EUR';
const vatCategories = 'la liste UNCL 5305 des catégories de TVA (AE, B, E, G, K, L, M, O, S, Z)';
const vatCategoryAction = 'Utilisez un code de la liste, par exemple S pour le taux normal';

/** Rules of EN 16931 about values that come from a code list. */
export const codeListTexts = {
  'BR-CL-01': notOfList(['BT-3'], 'la liste UNTDID 1001 des factures et des avoirs', {
    en: 'code',
    action: 'Utilisez un code de la liste, par exemple 380 pour une facture ou 381 pour un avoir',
  }),
  'BR-CL-03': notOfList(['BT-5', 'BT-6', 'BG-22'], currencies, {
    subject: 'Devise d’un montant',
    value: 'le code (attribut currencyID)',
    en: 'currency of an amount and the code',
    action: currencyAction,
  }),
  'BR-CL-04': notOfList(['BT-5'], currencies, { en: 'code', action: currencyAction }),
  'BR-CL-05': notOfList(['BT-6'], currencies, { en: 'code', action: currencyAction }),
  'BR-CL-06': notOfList(['BT-8'], 'la liste des codes admis (UBL : 3, 35, 432 ; CII : 5, 29, 72)', {
    en: 'code',
    action: 'Utilisez le code de la facture, de la livraison ou du paiement dans le format de la facture',
  }),
  'BR-CL-07': notOfList(['BT-18', 'BT-128'], 'la liste UNTDID 1153', {
    subject: 'Identifiant de l’objet facturé',
    ...scheme,
    action: 'Utilisez un code de la liste, ou retirez le schéma',
  }),
  'BR-CL-08': notOfList(['BT-21'], 'la liste UNTDID 4451 des sujets de note', {
    en: 'code',
    action: 'Utilisez un code de la liste, par exemple AAB pour l’escompte',
  }),
  'BR-CL-10': notOfList(['BT-29', 'BT-46', 'BT-60'], icd, {
    subject: 'Identifiant d’une partie',
    ...scheme,
    action: schemeAction,
  }),
  'BR-CL-11': notOfList(['BT-30', 'BT-47', 'BT-61'], icd, {
    subject: 'Identifiant légal d’une partie',
    ...scheme,
    action: schemeAction,
  }),
  'BR-CL-13': notOfList(['BT-158'], 'la liste UNTDID 7143', {
    value: 'le code de la liste utilisée (attribut listID)',
    en: 'scheme identifier',
    action: 'Utilisez un code de la liste, par exemple TSP pour l’UNSPSC',
  }),
  'BR-CL-14': notOfList(['BT-40', 'BT-55', 'BT-69', 'BT-80'], countries, {
    subject: 'Code de pays',
    en: 'code',
    action: countryAction,
  }),
  'BR-CL-15': notOfList(['BT-159'], countries, { en: 'code', action: countryAction }),
  'BR-CL-16': notOfList(['BT-81'], 'la liste UNTDID 4461 des moyens de paiement', {
    en: 'code',
    action: 'Utilisez un code de la liste, par exemple 30 pour un virement',
  }),
  'BR-CL-17': notOfList(['BT-118', 'BT-95', 'BT-102'], vatCategories, {
    subject: 'Code de catégorie de TVA',
    en: 'code',
    action: vatCategoryAction,
  }),
  'BR-CL-18': notOfList(['BT-151', 'BT-118'], vatCategories, {
    subject: 'Code de catégorie de TVA',
    en: 'code',
    action: vatCategoryAction,
  }),
  'BR-CL-19': notOfList(['BT-98', 'BT-140'], 'la liste UNTDID 5189 des motifs de remise', {
    subject: 'Code de motif d’une remise',
    en: 'code',
    action: 'Utilisez un code de la liste, par exemple 95 pour un rabais',
  }),
  'BR-CL-20': notOfList(['BT-105', 'BT-145'], 'la liste UNTDID 7161 des motifs de frais', {
    subject: 'Code de motif de frais',
    en: 'code',
    action: 'Utilisez un code de la liste, par exemple FC pour le transport',
  }),
  'BR-CL-21': notOfList(['BT-157'], icd, {
    ...scheme,
    action: 'Utilisez un schéma de la liste, par exemple 0160 pour un GTIN',
  }),
  'BR-CL-22': notOfList(['BT-121'], 'la liste VATEX des motifs d’exonération', {
    en: 'code',
    action: 'Utilisez un code de la liste, par exemple VATEX-EU-IC pour une livraison intracommunautaire',
  }),
  'BR-CL-23': notOfList(['BT-130', 'BT-150'], 'les recommandations 20 et 21 de l’UN/ECE', {
    subject: 'Code d’unité',
    en: 'unit code',
    action: 'Utilisez un code de ces listes, par exemple C62 pour une pièce ou HUR pour une heure',
  }),
  'BR-CL-24': notOfList(['BT-125'], 'la liste des types admis', {
    value: 'le type MIME (attribut mimeCode)',
    en: 'MIME type',
    action: 'Joignez un PDF, un PNG, un JPEG, un CSV ou un classeur XLSX ou ODS',
  }),
  'BR-CL-25': notOfList(['BT-34', 'BT-49'], 'la liste EAS des adresses électroniques', {
    subject: 'Adresse électronique',
    ...scheme,
    action: 'Utilisez un schéma de la liste, par exemple 0225 pour une adresse de facturation française',
  }),
  'BR-CL-26': notOfList(['BT-71'], icd, { ...scheme, action: schemeAction }),
} as const satisfies Record<string, RuleDescription>;
