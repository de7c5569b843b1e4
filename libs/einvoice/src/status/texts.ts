import type { ReasonCode, RuleDescription } from '../finding/catalogue-entry.js';

const statusRule = (
  terms: readonly string[],
  fr: string,
  action: string,
  en: string,
  code: ReasonCode = 'REJ_RG',
): RuleDescription => ({
  code,
  layer: code === 'REJ_INEX' ? 'platform' : 'semantics',
  severity: 'fatal',
  since: '0.1.0',
  terms,
  fr,
  en,
  action,
  resendable: true,
});

const warning = (rule: RuleDescription): RuleDescription => ({ ...rule, severity: 'warning' });

const again = 'Corrigez le message, puis déposez-le à nouveau.';
const missing = (term: string, what: string, where: string, en: string): RuleDescription =>
  statusRule([term], `${what} (${term}) : il manque dans le message de statut.`, `Renseignez ${where} du message.`, en);
const notInList = (term: string, what: string, choice: string, en: string): RuleDescription =>
  statusRule([term], `${what} (${term}) : « {found} » n’est pas admis.`, `Utilisez ${choice}.`, en);
const reasonNotOf = (status: string, label: string): RuleDescription =>
  statusRule(
    ['MDT-113'],
    `Code motif (MDT-113) : « {found} » n’est pas un motif du statut ${status} (${label}).`,
    `Utilisez l’un des motifs que la norme donne au statut ${status}.`,
    `The reason is not one of those of status ${status}.`,
  );

/** The rules of the French profile of CDAR, by the ids of their published assertions. */
const cdarTexts = {
  'BR-FR-CDV-01_MDG-3': missing(
    'MDG-3',
    'Profil du message',
    'GuidelineSpecifiedDocumentContextParameter',
    'The profile is missing.',
  ),
  'BR-FR-CDV-02_MDT-3': statusRule(
    ['MDT-3'],
    'Profil du message (MDT-3) : ce n’est pas celui d’un statut de facture.',
    'Écrivez urn.cpro.gouv.fr:1p0:CDV:invoice.',
    'The profile is not that of a status of an invoice.',
  ),
  'BR-FR-CDV-03_MDT-4': missing('MDT-4', 'Identifiant du message', 'ID', 'The id of the message is missing.'),
  'BR-FR-CDV-04_MDG-4': missing('MDG-4', 'Instant de production', 'IssueDateTime', 'The time of issue is missing.'),
  'BR-FR-CDV-05_MDG-9': missing('MDG-9', 'Expéditeur du message', 'SenderTradeParty', 'The sender is missing.'),
  'BR-FR-CDV-06_MDT-21': missing('MDT-21', 'Rôle de l’expéditeur', 'RoleCode', 'The role of the sender is missing.'),
  'BR-FR-CDV-07_MDT-38_yes': missing(
    'MDT-38',
    'Identifiant de qui pose le statut',
    'IssuerTradeParty/GlobalID',
    'The id of whoever gives the status is missing.',
  ),
  'BR-FR-CDV-08_MDT-73': missing(
    'MDT-73',
    'Adresse électronique du destinataire',
    'URIUniversalCommunication/URIID',
    'The electronic address of the recipient is missing.',
  ),
  'BR-FR-CDV-09_MDT-77': notInList('MDT-77', 'Phase du statut', '305 ou 23', 'The phase is neither 305 nor 23.'),
  'BR-FR-CDV-10_MDT-87': missing(
    'MDT-87',
    'Numéro de la facture',
    'IssuerAssignedID',
    'The invoice number is missing.',
  ),
  'BR-FR-CDV-11_MDG-35': missing(
    'MDG-35',
    'Date de la facture',
    'FormattedIssueDateTime',
    'The date of the invoice is missing.',
  ),
  'BR-FR-CDV-12_MDT-105': missing('MDT-105', 'Code du statut', 'ProcessConditionCode', 'The status code is missing.'),
  'BR-FR-CDV-13_MDT-129': missing(
    'MDT-129',
    'Identifiant du fournisseur',
    'IssuerTradeParty/GlobalID',
    'The id of the seller is missing.',
  ),
  'BR-FR-CDV-14_MDT-207': statusRule(
    ['MDT-207'],
    'Encaissement (MDT-207) : le statut 212 demande chaque montant encaissé (MEN) avec son taux de TVA.',
    again,
    'Status 212 needs each amount with its VAT rate.',
  ),
  'BR-FR-CDV-15_MDT-113': statusRule(
    ['MDT-113'],
    'Code motif (MDT-113) : il manque, et ce statut en demande un.',
    'Renseignez ReasonCode dans SpecifiedDocumentStatus.',
    'The status needs a reason.',
  ),
  'BR-FR-CDV-16_MDT-124-2': missing(
    'MDT-124-2',
    'Rang du détail',
    'SequenceNumeric',
    'The number of the detail is missing.',
  ),
  'BR-FR-04_MDT-91': notInList('MDT-91', 'Type de la facture', 'un code de BR-FR-04', 'The type is not a known one.'),
  'BR-FR-CDV-CL-01_MDT-2': statusRule(
    ['MDT-2'],
    'Processus métier (MDT-2) : sa valeur n’est pas admise.',
    'Utilisez REGULATED, NON_REGULATED, B2C, B2CINT, B2BINT ou OUTOFSCOPE.',
    'The business process is not a known one.',
  ),
  'BR-FR-CDV-CL-02_MDT-21_305': statusRule(
    ['MDT-21'],
    'Rôle de l’expéditeur (MDT-21) : une plateforme (WK) seule pose un statut de transmission.',
    'Écrivez WK, ou posez un statut de traitement.',
    'Only a platform sends a status of transmission.',
  ),
  'BR-FR-CDV-CL-02_MDT-21_23': statusRule(
    ['MDT-21'],
    'Rôle de l’expéditeur (MDT-21) : il n’est pas admis pour un statut de traitement.',
    'Utilisez BY, AB, DL, SE, SR, WK, PE, PR, II ou IV.',
    'The role of the sender is not one of processing.',
  ),
  'BR-FR-CDV-CL-03_MDT-40_305': statusRule(
    ['MDT-40'],
    'Rôle de qui pose le statut (MDT-40) : une plateforme (WK) seule pose un statut de transmission.',
    'Écrivez WK, ou posez un statut de traitement.',
    'Only a platform gives a status of transmission.',
  ),
  'BR-FR-CDV-CL-03_MDT-40_23': statusRule(
    ['MDT-40'],
    'Rôle de qui pose le statut (MDT-40) : il n’est pas admis pour un statut de traitement.',
    'Utilisez BY, AB, DL, SE, SR, PE, PR, II ou IV.',
    'The role of whoever gives the status is not one of processing.',
  ),
  'BR-FR-CDV-CL-04_MDT-59': notInList('MDT-59', 'Rôle du destinataire', 'un rôle de la norme', 'The role is unknown.'),
  'BR-FR-CDV-CL-05_MDT-88_305': statusRule(
    ['MDT-88'],
    'Code de l’état du document (MDT-88) : ce n’en est pas un de la phase de transmission.',
    'Utilisez 10, 51, 43, 8 ou 48, ou ne le renseignez pas.',
    'The document status code is not one of transmission.',
  ),
  'BR-FR-CDV-CL-05_MDT-88_23': statusRule(
    ['MDT-88'],
    'Code de l’état du document (MDT-88) : ce n’en est pas un de la phase de traitement.',
    'Utilisez 45, 39, 37, 50, 49, 47, 46, 1 ou 5, ou ne le renseignez pas.',
    'The document status code is not one of processing.',
  ),
  'BR-FR-CDV-CL-06_MDT-105': warning(
    notInList('MDT-105', 'Code du statut', 'un code de 200 à 228', 'The status code is not a known one.'),
  ),
  'BR-FR-CDV-CL-06_MDT-115': warning(
    notInList('MDT-115', 'Code du statut en détail', 'un code de 200 à 228', 'The status code is not a known one.'),
  ),
  'BR-FR-CDV-CL-07_MDT-132': notInList('MDT-132', 'Rôle du fournisseur', 'SE, le vendeur', 'The role is not SE.'),
  'BR-FR-CDV-CL-08_MDT-158': notInList('MDT-158', 'Rôle du client', 'un rôle de la norme', 'The role is unknown.'),
  'BR-FR-CDV-CL-09_MDT-113': notInList('MDT-113', 'Code motif', 'un motif de la norme', 'The reason is unknown.'),
  'BR-FR-CDV-CL-09_MDT-113_200': reasonNotOf('200', 'Déposée'),
  'BR-FR-CDV-CL-09_MDT-113_206': reasonNotOf('206', 'Approuvée partiellement'),
  'BR-FR-CDV-CL-09_MDT-113_207': reasonNotOf('207', 'En litige'),
  'BR-FR-CDV-CL-09_MDT-113_208': reasonNotOf('208', 'Suspendue'),
  'BR-FR-CDV-CL-09_MDT-113_210': reasonNotOf('210', 'Refusée'),
  'BR-FR-CDV-CL-09_MDT-113_210B2G': reasonNotOf('210', 'Refusée, secteur public'),
  'BR-FR-CDV-CL-09_MDT-113_213': reasonNotOf('213', 'Rejetée'),
  'BR-FR-CDV-CL-09_MDT-113_221': reasonNotOf('221', 'Erreur de routage'),
  'BR-FR-CDV-CL-09_MDT-113_501': reasonNotOf('501', 'Irrecevable'),
  'BR-FR-CDV-CL-10_MDT-121': notInList(
    'MDT-121',
    'Action attendue',
    'NOA, PIN, NIN, CNF, CNP, CNA ou OTH',
    'The action is unknown.',
  ),
  'BR-FR-CDV-CL-11_MDT-207': notInList(
    'MDT-207',
    'Type de donnée',
    'un type de la norme',
    'The kind of data is unknown.',
  ),
} as const satisfies Record<string, RuleDescription>;

/** Id of a rule of the French profile of CDAR. */
export type CdarRuleId = keyof typeof cdarTexts;

/** What a status that a recipient drops must say, in either format; what the platform knows of its invoice. */
export const statusTexts = {
  'STATUS-FORMAT': statusRule(
    [],
    'Fichier de statut : « {found} » n’est ni un statut de CPPStatut ni un message CDAR.',
    'Déposez un CPPStatut (CPPFactureStatuts) ou des messages CDAR, et rien d’autre dans le flux.',
    'The file is neither a CPPStatut nor a CDAR message.',
    'IRR_SYNTAX',
  ),
  'STATUS-SEVERAL': statusRule(
    ['MDT-74'],
    'Message de statut : il désigne plusieurs factures, ou aucune ({found}).',
    'Envoyez un message par facture et par statut.',
    'The message is not about exactly one invoice.',
  ),
  'STATUS-ISSUER': statusRule(
    [],
    'Identifiant du fournisseur : il manque dans le statut.',
    'Renseignez l’identifiant du fournisseur tel que la facture le donne.',
    'The id of the supplier is missing.',
  ),
  'STATUS-NUMBER': statusRule(
    [],
    'Numéro de la facture : il manque dans le statut.',
    'Renseignez le numéro de la facture tel qu’elle le donne.',
    'The invoice number is missing.',
  ),
  'STATUS-INVOICE-DATE': statusRule(
    [],
    'Date de la facture : elle manque ou n’est pas une date[ (trouvé : {found})].',
    'Renseignez la date de la facture : avec le fournisseur et le numéro, elle la désigne.',
    'The date of the invoice is missing or no date.',
  ),
  'STATUS-CODE': statusRule(
    [],
    'Code du statut : il manque.',
    'Renseignez le code du statut (IdStatut, ou ProcessConditionCode).',
    'The status code is missing.',
  ),
  'STATUS-INSTANT': statusRule(
    [],
    'Horodatage du statut : il manque ou n’est pas un instant[ (trouvé : {found})].',
    'Renseignez quand le statut a été posé.',
    'The time of the status is missing or no time.',
  ),
  'STATUS-INSTANT-FUTURE': statusRule(
    [],
    'Horodatage du statut : {found} est postérieur au dépôt du flux.',
    'Vérifiez l’horloge du logiciel qui produit les statuts, puis déposez le statut à nouveau.',
    'The status is dated after the deposit of its flow.',
  ),
  'STATUS-PAYMENT-ORDER': statusRule(
    [],
    'Numéro de mandat : il compte plus de {expected} caractères.',
    'Renseignez le numéro de mandat seul.',
    'The number of the payment order is too long.',
  ),
  'STATUS-INVOICE-UNKNOWN': statusRule(
    [],
    'Facture : aucune facture {found} n’est connue, ou elle n’est pas adressée à votre structure.',
    'Vérifiez l’identifiant du fournisseur, le numéro et la date de la facture.',
    'No such invoice is known, or it is not addressed to the sender of the status.',
    'REJ_INEX',
  ),
  'STATUS-INVOICE-OTHER-DATE': statusRule(
    [],
    'Date de la facture : {found} n’est pas celle de la facture de ce numéro, qui est du {expected}.',
    'Reprenez la date de la facture.',
    'The invoice of that number has another date.',
  ),
  ...cdarTexts,
} as const satisfies Record<string, RuleDescription>;
