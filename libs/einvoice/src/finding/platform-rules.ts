import type { ReasonCode, RuleDescription } from './catalogue-entry.js';

const platformRule = (
  code: ReasonCode,
  terms: readonly string[],
  fr: string,
  action: string,
  en: string,
  resendable = true,
): RuleDescription => ({
  code,
  layer: 'platform',
  severity: 'fatal',
  since: '0.1.0',
  terms,
  fr,
  en,
  action,
  resendable,
});

const supplierTerms = ['BT-29', 'BT-30', 'BT-31'] as const;
const recipientTerms = ['BT-46', 'BT-47', 'BT-48'] as const;

/** Rules that need the platform's own knowledge (directory, invoices already integrated, connections): it decides them. */
export const platformRules = {
  DUPLICATE: platformRule(
    'REJ_UNI',
    ['BT-1', 'BT-2', ...supplierTerms],
    'Numéro de facture : « {found} » a déjà été intégré pour ce fournisseur et cette année d’émission.',
    'Ne renvoyez pas cette facture ; s’il s’agit d’une autre, donnez-lui un numéro nouveau.',
    'The same supplier, invoice number and issue year have already been integrated (G1.45).',
    false,
  ),
  'DUPLICATE-IN-FLOW': platformRule(
    'REJ_UNI',
    ['BT-1', 'BT-2', ...supplierTerms],
    'Numéro de facture : « {found} » figure plusieurs fois dans ce flux pour ce fournisseur et cette année d’émission.',
    'Ne renvoyez pas cette facture ; s’il s’agit d’une autre, donnez-lui un numéro nouveau.',
    'The flow has the same supplier, invoice number and issue year more than once.',
    false,
  ),
  'RECIPIENT-UNKNOWN': platformRule(
    'DEST_INC',
    recipientTerms,
    'Destinataire : « {found} » est inconnu de l’annuaire.',
    'Vérifiez le SIRET du destinataire dans l’annuaire, puis déposez à nouveau la facture.',
    'The recipient is not in the directory.',
  ),
  'RECIPIENT-INACTIVE': platformRule(
    'DEST_INC',
    recipientTerms,
    'Destinataire : « {found} » n’est plus actif[ ; « {expected} » l’a remplacé].',
    'Demandez au destinataire le SIRET qui le remplace, puis déposez à nouveau la facture.',
    'The recipient is no longer active.',
  ),
  'RECIPIENT-NOT-PUBLIC': platformRule(
    'DEST_INC',
    recipientTerms,
    'Destinataire : « {found} » n’est pas une structure publique qui reçoit ses factures ici.',
    'Vérifiez le SIRET du destinataire ; une facture à une entreprise ne se dépose pas sur cette plateforme.',
    'The recipient is not a public structure.',
  ),
  'SUPPLIER-UNKNOWN': platformRule(
    'REJ_COH',
    supplierTerms,
    'Fournisseur : « {found} » est inconnu de l’annuaire.',
    'Faites enregistrer la structure du fournisseur ou corrigez son identifiant, puis déposez à nouveau la facture.',
    'The supplier is not in the directory.',
  ),
  'SUPPLIER-INACTIVE': platformRule(
    'REJ_COH',
    supplierTerms,
    'Fournisseur : « {found} » n’est plus actif[ ; « {expected} » l’a remplacé].',
    'Utilisez le SIRET de l’établissement actif, puis déposez à nouveau la facture.',
    'The supplier is no longer active.',
  ),
  'FLOW-BYTES-REPEATED': platformRule(
    'IRR_UNICITE',
    [],
    'Fichier du flux : les mêmes octets ont déjà été déposés ; ils sont le flux {found}.',
    'Suivez ce premier flux ; s’il fallait un autre fichier, déposez-le.',
    'The same sender has already deposited the same bytes; they are not processed twice (R40).',
  ),
  'FLOW-NAME-USED': platformRule(
    'IRR_UNICITE',
    [],
    'Nom du flux : « {found} » a déjà été reçu avec un autre contenu.',
    'Donnez au flux un numéro de séquence nouveau, puis déposez-le à nouveau.',
    'A flow of this name has already been received with other bytes.',
  ),
  'FLOW-TOO-LARGE': platformRule(
    'IRR_TAILLE',
    [],
    'Taille du flux : {found} octets, pour un maximum de {expected} octets.',
    'Répartissez les factures entre plusieurs flux.',
    'The flow is larger than the limit.',
  ),
  'FLOW-UNKNOWN-SENDER': platformRule(
    'IRR_CODE_APP',
    [],
    'Code application : « {found} » n’a pas de raccordement.',
    'Utilisez le code application de votre raccordement, ou faites-le ouvrir, puis déposez le flux à nouveau.',
    'No connection exists for the application code.',
  ),
  'FLOW-SENDER-INACTIVE': platformRule(
    'IRR_CODE_APP',
    [],
    'Code application : la structure émettrice « {found} » est désactivée et n’envoie plus rien[ ; « {expected} » lui a succédé].',
    'Déposez le flux par le raccordement d’une structure active.',
    'The structure of the connection is deactivated; nothing new can be sent by it.',
  ),
  'FLOW-INTERFACE-UNSUPPORTED': platformRule(
    'IRR_CODE_INTER',
    [],
    'Code interface : « {found} » est connu mais n’est pas encore pris en charge.',
    'Déposez les factures par une interface prise en charge ({expected}).',
    'The interface is known but not supported yet.',
  ),
  'FLOW-ANTIVIRUS': platformRule(
    'IRR_ANTIVIRUS',
    [],
    'Contrôle antivirus : une menace a été trouvée dans le flux ({found}).',
    'Vérifiez votre poste et vos fichiers, puis déposez un flux sain.',
    'The antivirus found a threat.',
  ),
  'REASONS-CUT': platformRule(
    'REJ_SEMAN',
    [],
    'Anomalies de la facture : au moins {found} autres ne sont pas reprises, au-delà des {expected} premières.',
    'Corrigez les anomalies données, puis contrôlez la facture sans la déposer pour connaître les suivantes.',
    'The invoice breaks more rules than a reject names.',
  ),
  'DOCUMENT-INFECTED': platformRule(
    'IRR_ANTIVIRUS',
    ['BG-24'],
    'Pièce jointe « {term} » : elle est infectée ({found}).',
    'Retirez ou remplacez la pièce jointe par un document sain, puis déposez à nouveau la facture.',
    'A supporting document carries a virus.',
  ),
  'JUDGING-CRASHED': platformRule(
    'IRR_SYNTAX',
    [],
    'Contrôle de la facture : il n’a pas pu être mené à son terme, le document arrête le programme de contrôle.',
    'Produisez à nouveau la facture ; si le rejet se répète, transmettez-la au support.',
    'Judging this document crashed or exhausted the worker several times.',
  ),
} as const satisfies Record<string, RuleDescription>;
