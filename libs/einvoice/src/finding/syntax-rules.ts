import type { ReasonCode, RuleDescription } from './catalogue-entry.js';

const syntaxRule = (code: ReasonCode, fr: string, action: string, en: string): RuleDescription => ({
  code,
  layer: 'syntax',
  severity: 'fatal',
  since: '0.1.0',
  terms: [],
  fr,
  en,
  action,
  resendable: true,
});

const resend = 'Corrigez la facture, puis déposez-la à nouveau.';

/** Rules about the form of one document: whether it can be read at all as one of the formats that we know. */
export const syntaxRules = {
  'SYNTAX-MALFORMED': syntaxRule(
    'IRR_SYNTAX',
    'Fichier XML de la facture : il n’est pas bien formé ({found}).',
    resend,
    'The XML of the invoice is not well formed.',
  ),
  'SYNTAX-FRAGMENT': syntaxRule(
    'IRR_SYNTAX',
    'Facture dans le lot : ses balises ne se correspondent pas ({found}).',
    resend,
    'The tags of the invoice do not match within the batch.',
  ),
  'SYNTAX-PREFIX-UNBOUND': syntaxRule(
    'IRR_SYNTAX',
    'Espace de noms XML : le préfixe « {found} » n’est pas déclaré.',
    'Déclarez l’espace de noms de chaque préfixe, puis déposez à nouveau la facture.',
    'A namespace prefix is not declared.',
  ),
  'SYNTAX-ATTRIBUTES': syntaxRule(
    'IRR_SYNTAX',
    'Fichier XML : un élément a plus de {expected} attributs.',
    'Produisez un fichier conforme au format de facture annoncé.',
    'An element has too many attributes.',
  ),
  'SYNTAX-ROOT-UNKNOWN': syntaxRule(
    'IRR_SYNTAX',
    'Format de la facture : l’élément racine « {found} » n’est pas celui d’une facture connue.',
    'Utilisez UBL Invoice ou CreditNote, ou CII CrossIndustryInvoice.',
    'The root element is not that of a known invoice format.',
  ),
  'SYNTAX-NAMESPACE-UNKNOWN': syntaxRule(
    'IRR_SYNTAX',
    'Format de la facture : l’espace de noms « {found} » n’est pas celui d’un format connu.',
    'Utilisez l’espace de noms {expected}.',
    'The namespace of the root element is not that of a known format.',
  ),
  'SYNTAX-FORMAT-UNSUPPORTED': syntaxRule(
    'IRR_TYPE_F',
    'Format de la facture : {found} est reconnu mais n’est pas pris en charge.',
    'Déposez la facture en UBL, en CII ou en Factur-X.',
    'The format is recognised but not supported.',
  ),
  'PDF-BROKEN': syntaxRule(
    'IRR_SYNTAX',
    'Facture PDF : le fichier ne peut pas être lu ({found}).',
    'Produisez à nouveau le PDF/A-3, puis déposez-le.',
    'The PDF cannot be read.',
  ),
  'PDF-ENCRYPTED': syntaxRule(
    'IRR_SYNTAX',
    'Facture PDF : le fichier est chiffré ou protégé.',
    'Produisez le PDF/A-3 sans mot de passe ni protection.',
    'The PDF is encrypted.',
  ),
  'PDF-NO-XML': syntaxRule(
    'IRR_SYNTAX',
    'Facture PDF : aucun fichier de facture XML n’y est joint ({expected}).',
    'Déposez un Factur-X, c’est-à-dire un PDF/A-3 auquel le fichier factur-x.xml est joint.',
    'No invoice XML is embedded in the PDF.',
  ),
  'PDF-SEVERAL-XML': syntaxRule(
    'IRR_SYNTAX',
    'Facture PDF : plusieurs fichiers de facture XML y sont joints ({found}).',
    'Ne joignez au PDF qu’un seul fichier de facture XML.',
    'More than one invoice XML is embedded in the PDF.',
  ),
  'PDF-XML-TOO-LARGE': syntaxRule(
    'IRR_TAILLE_F',
    'Facture PDF : décompressé, le fichier XML joint dépasse {expected} octets.',
    'Réduisez le fichier XML joint, puis déposez à nouveau la facture.',
    'The embedded XML unpacks to more than the limit.',
  ),
} as const satisfies Record<string, RuleDescription>;
