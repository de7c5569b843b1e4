/** The level of control that a rule belongs to (R43): each level has its own codes and is decided on its own. */
export type FindingLayer = 'file' | 'syntax' | 'semantics' | 'platform';

/** `fatal` keeps the document out; `warning` is reported and lets it in. */
export type FindingSeverity = 'fatal' | 'warning';

/**
 * The official families of reject reasons: irrecevability of a flow, of a member file or of a supporting document (annexe 7,
 * G7.18), rejection of an invoice (XP Z12-012, status 213), rejection of a status (annexe 7, G7.19, flow 6).
 */
export type ReasonCode =
  | 'IRR_TAILLE'
  | 'IRR_UNICITE'
  | 'IRR_VIDE'
  | 'IRR_FORM'
  | 'IRR_TYPE'
  | 'IRR_ANTIVIRUS'
  | 'IRR_CODE_INTER'
  | 'IRR_EXTRAC'
  | 'IRR_CODE_APP'
  | 'IRR_VIDE_F'
  | 'IRR_TYPE_F'
  | 'IRR_SYNTAX'
  | 'IRR_TAILLE_F'
  | 'IRR_NOM_F'
  | 'IRR_TAILLE_PJ'
  | 'IRR_NOM_PJ'
  | 'IRR_VID_PJ'
  | 'IRR_EXT_DOC'
  | 'CALCUL_ERR'
  | 'MONTANTTOTAL_ERR'
  | 'ADR_ERR'
  | 'DEST_INC'
  | 'REJ_SEMAN'
  | 'REJ_UNI'
  | 'REJ_COH'
  | 'REJ_ADR'
  | 'REJ_CONT_B2G'
  | 'REJ_REF_PJ'
  | 'REJ_ASS_PJ'
  | 'REJ_INEX'
  | 'REJ_RG'
  | 'REJ_HAB';

/** What is the same for every occurrence of a rule. */
export interface RuleDescription {
  /** Official family of the reason. */
  readonly code: ReasonCode;
  readonly layer: FindingLayer;
  readonly severity: FindingSeverity;
  /** Version of this library that first applied the rule. */
  readonly since: string;
  /** Business terms (BT-n, BG-n) that the rule looks at; empty for a rule about a file. */
  readonly terms: readonly string[];
  /**
   * French sentence, the name of the term first. `{found}`, `{expected}` and other `{names}` are filled from the occurrence; a
   * clause in brackets, `[ (trouvé : {found})]`, is left out when it has a value that the occurrence does not know.
   */
  readonly fr: string;
  /** The same in English, for auditors and developers. */
  readonly en: string;
  /** What the partner must do, in French. */
  readonly action: string;
  /** Whether the same invoice number may be sent again once corrected (annexe 7, G1.45). */
  readonly resendable: boolean;
}

/** One line of the catalogue: a rule id and what it says. */
export interface CatalogueEntry extends RuleDescription {
  /** Stable id: official where one exists (`BR-02`), ours otherwise (`FILE-DOCTYPE`). */
  readonly rule: string;
}
