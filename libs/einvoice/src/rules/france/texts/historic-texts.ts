import type { RuleDescription } from '../../../finding/catalogue-entry.js';
import { frenchRule, frenchWarning, notAllowed, tooLong } from './french-rule.js';

const code = 'REJ_CONT_B2G';
const recipientTerms = ['BT-46', 'BT-47'] as const;

/** Controls of the portal's own formats, under ids of ours: the official annex of their codes is not published. */
export const historicTexts = {
  'CHORUS-NUMBER-LENGTH': tooLong(['BT-1'], 20),
  'CHORUS-NUMBER-SHAPE': notAllowed(['BT-1'], 'Invoice numbers: letters, digits, + - _ / and single spaces inside', {
    fr: '{term} : « {found} » contient un caractère interdit ou un espace de trop ; sont admis : {expected}',
    action: 'Retirez du numéro les accents, les espaces doubles et les autres signes',
  }),
  'CHORUS-DATE-RANGE': notAllowed(['BT-2'], 'The issue date is from 2000 to 2099', {
    fr: '{term} : « {found} » n’est pas une date de 2000 à 2099',
    action: 'Corrigez la date d’émission',
  }),
  'CHORUS-DATE-FUTURE': frenchRule(['BT-2'], {
    fr: 'Date d’émission (BT-2) : {found} est postérieure au jour du contrôle ; attendu : {expected}',
    en: 'The issue date is not after the day of the control',
    action: 'Corrigez la date d’émission',
  }),
  'CHORUS-FRAME': frenchRule(['BT-23'], {
    fr: 'Cadre de facturation (BT-23) : « {found} » n’est pas admis ; attendu : {expected}',
    en: 'The billing frame is A1 to A10 or A12 to A25',
    action: 'Indiquez le cadre de facturation, par exemple A1',
    code,
  }),
  'CHORUS-FRAME-MISSING': frenchWarning(['BT-23'], {
    fr: 'Cadre de facturation (BT-23) : absent, la facture est prise pour un dépôt par un fournisseur (A1)',
    en: 'An invoice without a billing frame is taken for A1',
    action: 'Indiquez le cadre de facturation',
    code,
  }),
  'CHORUS-TYPE': frenchRule(['BT-3'], {
    fr: 'Type de facture (BT-3) : [« {found} » n’est pas admis, ]attendu : {expected}',
    en: 'The type is 380 (invoice) or 381 (credit note)',
    action: 'Indiquez 380 pour une facture ou 381 pour un avoir',
  }),
  'CHORUS-SUPPLIER-TYPE': frenchRule(['BT-29', 'BT-30'], {
    fr: 'Type d’identifiant du fournisseur (BT-30) : « {found} » n’est pas d’un type connu ; attendu : {expected}',
    en: 'The supplier is identified by one of the seven types of the portal',
    action: 'Indiquez le type de l’identifiant du fournisseur',
  }),
  'CHORUS-SUPPLIER-IDENTIFIER': notAllowed(
    ['BT-29', 'BT-30'],
    'The identifier of the supplier has the shape of its type',
    {
      fr: '{term} : « {found} » est mal formé ; attendu : {expected}',
      action: 'Corrigez l’identifiant du fournisseur ou son type',
    },
  ),
  'CHORUS-RECIPIENT-SIRET': frenchRule(recipientTerms, {
    fr: 'SIRET du destinataire (BT-47) : [« {found} » n’est pas un SIRET, ]attendu : {expected}',
    en: 'The recipient is identified by its SIRET',
    action: 'Renseignez le SIRET du destinataire',
    code: 'ADR_ERR',
  }),
  'CHORUS-SERVICE-LENGTH': tooLong(['BT-10', 'BT-46'], 100, { code }),
  'CHORUS-COMMITMENT-LENGTH': tooLong(['BT-13'], 50, { code }),
  'CHORUS-CONTRACT-LENGTH': tooLong(['BT-12'], 50, { code }),
  'CHORUS-AMOUNT': notAllowed(
    ['BT-106', 'BT-109', 'BT-112', 'BT-115', 'BT-131', 'BT-146'],
    'Amounts have at most 19 characters and 6 decimals',
    {
      fr: '{term} : « {found} » est mal écrit ; attendu : {expected}',
      action: 'Corrigez ce nombre',
    },
  ),
  'CHORUS-CURRENCY': notAllowed(['BT-5'], 'The currency is a code of ISO 4217'),
  'CHORUS-PAYMENT-MEANS': notAllowed(['BT-81'], 'The means of payment is one that the portal takes'),
  'CHORUS-PAYMENT-MEANS-MISSING': frenchRule(['BT-81'], {
    fr: 'Moyen de paiement (BT-81) : donnée obligatoire absente ; attendu : {expected}',
    en: 'The means of payment is there',
    action: 'Renseignez le moyen de paiement, par exemple 30 (virement)',
  }),
  'CHORUS-VALIDATOR': frenchRule(['EXT-FR-FE-92', 'BT-23'], {
    fr: 'Valideur (EXT-FR-FE-92) : le cadre {found} demande {expected}, titulaire ou mandataire du marché',
    en: 'A request of a subcontractor (A9) or co-contractor (A12) names who validates it',
    action: 'Renseignez le valideur',
    code,
  }),
  'CHORUS-ORIGIN-INVOICE': frenchWarning(['BG-3', 'BT-3'], {
    fr: 'Facture d’origine (BG-3) : [« {found} » est citée, ]seul un avoir (381) en a une',
    en: 'Only a credit note refers to an invoice of origin',
    action: 'Ne citez une facture d’origine que sur un avoir',
    code,
  }),
  'CHORUS-ALREADY-PAID': frenchRule(['BT-115', 'BT-23'], {
    fr: 'Montant à payer (BT-115) : {found} pour une facture déjà payée (cadre A2) ; attendu : {expected}',
    en: 'Nothing is to be paid of an invoice already paid (A2)',
    action: 'Mettez le montant à payer à zéro, ou changez le cadre de facturation',
    code: 'MONTANTTOTAL_ERR',
  }),
  'CHORUS-TOTALS': frenchWarning(['BT-112', 'BT-109', 'BT-110'], {
    fr: 'Montant total TTC (BT-112) : {found} au lieu de {expected}, total hors TVA et TVA',
    en: 'The total with VAT is the total without VAT and the VAT',
    action: 'Corrigez les totaux',
    code: 'CALCUL_ERR',
  }),
  'CHORUS-SUPPORTING-DOCUMENT-NAME': frenchWarning(['BT-122', 'BT-125'], {
    fr: '{term} : « {found} » compte plus de 50 caractères, le nom est coupé avant son extension',
    en: 'The name of a supporting document has at most 50 characters',
    action: 'Donnez aux pièces jointes des noms plus courts',
    code: 'REJ_REF_PJ',
  }),
} as const satisfies Record<string, RuleDescription>;
