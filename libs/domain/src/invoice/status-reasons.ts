import type { InvoiceStatus } from './invoice-statuses.js';

/** The coded reasons of a status, with what people read (BR-FR-CDV-CL-09; chorus-pro-edi 3.3). */
export const STATUS_REASONS = {
  ADR_ERR: 'Adresse de facturation électronique erronée',
  AUTRE: 'Autre motif, précisé en commentaire',
  CALCUL_ERR: 'Erreur de calcul dans la facture',
  CMD_ERR: 'Numéro d’engagement juridique ou de commande absent ou erroné',
  CODE_ROUTAGE_ERR: 'Code service ou code de routage absent ou erroné',
  CONTACT_ACHTR: 'Prendre contact avec l’acheteur',
  CONTRAT_TERM: 'Marché ou contrat terminé',
  COORD_BANC_ERR: 'Coordonnées bancaires absentes ou erronées',
  DEST_ERR: 'Facture adressée à un mauvais destinataire',
  DOUBLE_FACT: 'Prestation déjà facturée',
  DOUBLON: 'Facture déjà reçue',
  EMMET_INC: 'Émetteur inconnu',
  JUSTIF_ABS: 'Pièce justificative absente ou insuffisante',
  LIVR_INCOMP: 'Livraison ou prestation incomplète',
  MONTANTTOTAL_ERR: 'Montant total erroné',
  NON_CONFORME: 'Mention légale absente ou facture non conforme',
  REF_CT_ABSENT: 'Référence du marché ou du contrat absente',
  REF_ERR: 'Référence erronée',
  RETRAIT_MAN_SERV: 'Retrait à la demande du service',
  SIRET_ERR: 'SIRET absent ou erroné',
  ST_CT_NON_DECLAR: 'Sous-traitant ou cotraitant non déclaré',
  SUPPR_COMP_AVOIR: 'Facture annulée par un avoir',
  TRANSAC_INC: 'Prestation ou commande inconnue du destinataire',
  TRANSF_PMNT_REGIE: 'Paiement transféré à une régie',
  TX_TVA_ERR: 'Taux de TVA erroné',
  AUT_MOTIF_ERR_VALIDEUR: 'Autre motif du valideur, précisé en commentaire',
  ERR_VALIDEUR: 'Facture adressée à un mauvais valideur',
} as const satisfies Record<string, string>;

/** Stable code of a reason. */
export type StatusReason = keyof typeof STATUS_REASONS;

/** Whether a text is the code of a reason. */
export function isStatusReason(text: string): text is StatusReason {
  return Object.hasOwn(STATUS_REASONS, text);
}

/** The reasons that may be given with a status. A status that is not here takes none. */
export const REASONS_OF_STATUS: Readonly<Partial<Record<InvoiceStatus, readonly StatusReason[]>>> = {
  SUSPENDUE: [
    'JUSTIF_ABS',
    'COORD_BANC_ERR',
    'CMD_ERR',
    'SIRET_ERR',
    'CODE_ROUTAGE_ERR',
    'REF_CT_ABSENT',
    'REF_ERR',
    'LIVR_INCOMP',
    'CONTACT_ACHTR',
    'AUTRE',
  ],
  REJETEE: [
    'RETRAIT_MAN_SERV',
    'ST_CT_NON_DECLAR',
    'SUPPR_COMP_AVOIR',
    'TRANSF_PMNT_REGIE',
    'AUTRE',
    'COORD_BANC_ERR',
    'TX_TVA_ERR',
    'MONTANTTOTAL_ERR',
    'CALCUL_ERR',
    'NON_CONFORME',
    'DOUBLON',
    'DEST_ERR',
    'TRANSAC_INC',
    'EMMET_INC',
    'CONTRAT_TERM',
    'DOUBLE_FACT',
    'CMD_ERR',
    'ADR_ERR',
    'REF_CT_ABSENT',
    'LIVR_INCOMP',
  ],
  A_RECYCLER: ['DEST_ERR', 'CMD_ERR', 'SIRET_ERR', 'CODE_ROUTAGE_ERR', 'AUTRE'],
  REFUSEE_1: ['AUT_MOTIF_ERR_VALIDEUR', 'MONTANTTOTAL_ERR', 'TRANSAC_INC', 'LIVR_INCOMP', 'ST_CT_NON_DECLAR', 'AUTRE'],
  REFUSEE_2: ['AUT_MOTIF_ERR_VALIDEUR', 'MONTANTTOTAL_ERR', 'TRANSAC_INC', 'LIVR_INCOMP', 'ST_CT_NON_DECLAR', 'AUTRE'],
  ERREUR_FOURNISSEUR_SUR_VALIDEUR: ['ERR_VALIDEUR', 'AUTRE'],
};

/** Whether a text is the code of a reason that may be given with a status. */
export function isReasonOf(status: InvoiceStatus, text: string): text is StatusReason {
  return REASONS_OF_STATUS[status]?.some((reason) => reason === text) === true;
}
