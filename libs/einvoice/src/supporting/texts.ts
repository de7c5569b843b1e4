import type { ReasonCode, RuleDescription } from '../finding/catalogue-entry.js';

const supportingText = (
  code: ReasonCode,
  fr: string,
  action: string,
  en: string,
  severity: RuleDescription['severity'] = 'fatal',
): RuleDescription => ({
  code,
  layer: 'file',
  severity,
  since: '0.2.0',
  terms: ['BG-24'],
  fr,
  en,
  action,
  resendable: true,
});

/** What is said of the supporting documents that an invoice carries (R24, BG-24). `{term}` is the name of the document. */
export const supportingTexts = {
  'SUPPORTING-SIZE': supportingText(
    'IRR_TAILLE_PJ',
    'Taille de la pièce jointe « {term} » : plus de {expected} octets.',
    'Réduisez la pièce jointe ou répartissez son contenu, puis déposez à nouveau la facture.',
    'A supporting document is larger than the limit.',
  ),
  'SUPPORTING-TOTAL-SIZE': supportingText(
    'IRR_TAILLE_PJ',
    'Taille des pièces jointes : {found} octets au total, pour un maximum de {expected} octets.',
    'Réduisez les pièces jointes, puis déposez à nouveau la facture.',
    'The supporting documents of one invoice are larger together than the limit.',
  ),
  'SUPPORTING-COUNT': supportingText(
    'IRR_TAILLE_PJ',
    'Nombre de pièces jointes : plus de {expected}.',
    'Regroupez les pièces jointes, puis déposez à nouveau la facture.',
    'The invoice carries too many supporting documents.',
  ),
  'SUPPORTING-EMPTY': supportingText(
    'IRR_VID_PJ',
    'Contenu de la pièce jointe « {term} » : il est vide.',
    'Joignez le document voulu ou retirez la pièce jointe, puis déposez à nouveau la facture.',
    'A supporting document is empty.',
  ),
  'SUPPORTING-NAME-MISSING': supportingText(
    'IRR_NOM_PJ',
    'Nom de la pièce jointe : il n’est pas renseigné.',
    'Nommez la pièce jointe, avec son extension, puis déposez à nouveau la facture.',
    'A supporting document has no name.',
  ),
  'SUPPORTING-NAME-CHARACTERS': supportingText(
    'IRR_NOM_PJ',
    'Nom de la pièce jointe : « {found} » contient des caractères interdits.',
    'Renommez la pièce jointe sans caractère de contrôle ni aucun de ces signes : {expected} .',
    'The name of a supporting document has forbidden characters.',
  ),
  'SUPPORTING-NAME-LENGTH': supportingText(
    'IRR_NOM_PJ',
    'Nom de la pièce jointe : « {found} » dépasse {expected} caractères, il est tronqué avant son extension.',
    'Raccourcissez le nom de la pièce jointe si son nom entier compte pour le destinataire.',
    'The name of a supporting document is too long and is cut before its extension.',
    'warning',
  ),
  'SUPPORTING-EXTENSION': supportingText(
    'IRR_EXT_DOC',
    'Extension de la pièce jointe : celle de « {found} » manque ou n’est pas admise.',
    'Joignez un document d’un type admis, dont le nom porte l’extension : {expected}.',
    'The name of a supporting document has no extension or one that is not accepted.',
  ),
  'SUPPORTING-TYPE-MISMATCH': supportingText(
    'IRR_EXT_DOC',
    'Type de la pièce jointe « {term} » : son contenu est {found} et non ce que son extension annonce.',
    'Vérifiez que le document joint est le bon et que son extension dit ce qu’il est.',
    'The content of a supporting document is not of the type that its extension announces.',
    'warning',
  ),
  'SUPPORTING-BASE64': supportingText(
    'IRR_SYNTAX',
    'Contenu de la pièce jointe « {term} » : le texte n’est pas du base64 valide.',
    'Vérifiez la production du fichier, puis déposez à nouveau la facture.',
    'The content of a supporting document is not valid base64.',
  ),
  'SUPPORTING-ARCHIVE': supportingText(
    'IRR_EXTRAC',
    'Archive de la pièce jointe « {term} » : elle ne peut pas être lue ({found}).',
    'Recréez l’archive sans mot de passe ou joignez le document non compressé, puis déposez à nouveau la facture.',
    'The archive that holds a supporting document cannot be unpacked.',
  ),
} as const satisfies Record<string, RuleDescription>;
