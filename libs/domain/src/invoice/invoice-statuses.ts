/** Facts of one status of an invoice, in the three vocabularies of the field. */
export interface InvoiceStatusFacts {
  /** What people read. */
  readonly label: string;
  /** Code of a CPPStatut file (schema V1_19); null where none is published. */
  readonly cppStatut: string | null;
  /**
   * AFNOR life-cycle code (XP Z12-012). It depends on the billing frame for what a validator says: A9 (S3 in the reform)
   * is a subcontractor's invoice, A12 (S6) a co-contractor's. Null for what is not told to other platforms.
   */
  readonly afnor: string | Readonly<Record<'A9' | 'A12', string>> | null;
  /** Nothing follows it. */
  readonly final?: true;
}

/**
 * The statuses that an invoice goes through (chorus-pro-api 5.2), with their codes in CPPStatut files and their AFNOR codes
 * (chorus-pro-edi 3.1 to 3.3, chorus-pro-api 6). Those of works invoices are not among them: their parties are not served
 * yet.
 */
export const INVOICE_STATUSES = {
  A_VALIDER_1: { label: 'À valider (premier valideur)', cppStatut: null, afnor: null },
  VALIDEE_1: { label: 'Validée par le premier valideur', cppStatut: '13', afnor: { A9: '205', A12: '214' } },
  REFUSEE_1: {
    label: 'Refusée par le premier valideur',
    cppStatut: '14',
    afnor: { A9: '206', A12: '210' },
    final: true,
  },
  ERREUR_FOURNISSEUR_SUR_VALIDEUR: { label: 'Adressée à un mauvais valideur', cppStatut: null, afnor: null },
  ABSENCE_VALIDATION_1_HORS_DELAI: { label: 'Sans réponse du premier valideur', cppStatut: null, afnor: null },
  A_VALIDER_2: { label: 'À valider (second valideur)', cppStatut: null, afnor: null },
  VALIDEE_2: { label: 'Validée par le second valideur', cppStatut: '18', afnor: { A9: '205', A12: '205' } },
  REFUSEE_2: {
    label: 'Refusée par le second valideur',
    cppStatut: '17',
    afnor: { A9: '206', A12: '206' },
    final: true,
  },
  ABSENCE_VALIDATION_2_HORS_DELAI: { label: 'Sans réponse du second valideur', cppStatut: null, afnor: null },
  DEPOSEE: { label: 'Déposée', cppStatut: '01', afnor: '202' },
  MISE_A_DISPOSITION: { label: 'Mise à disposition', cppStatut: '03', afnor: '203' },
  A_RECYCLER: { label: 'À recycler', cppStatut: '04', afnor: '210' },
  SUSPENDUE: { label: 'Suspendue', cppStatut: '06', afnor: '208' },
  COMPLETEE: { label: 'Complétée', cppStatut: '12', afnor: '209' },
  REJETEE: { label: 'Rejetée', cppStatut: '05', afnor: '210', final: true },
  SERVICE_FAIT: { label: 'Service fait', cppStatut: '07', afnor: '204' },
  MANDATEE: { label: 'Mandatée', cppStatut: '08', afnor: '204' },
  MISE_A_DISPOSITION_COMPTABLE: { label: 'Mise à disposition du comptable', cppStatut: '09', afnor: '204' },
  COMPTABILISEE: { label: 'Comptabilisée', cppStatut: '10', afnor: '204' },
  MISE_EN_PAIEMENT: { label: 'Mise en paiement', cppStatut: '11', afnor: '211', final: true },
} as const satisfies Record<string, InvoiceStatusFacts>;

/** Stable code of a status, as the Chorus Pro API spells it. */
export type InvoiceStatus = keyof typeof INVOICE_STATUSES;

/** The codes, in the order of an invoice's life. */
export const INVOICE_STATUS_CODES = Object.keys(INVOICE_STATUSES) as readonly InvoiceStatus[];

/** Whether a text is the code of a status. */
export function isInvoiceStatus(text: string): text is InvoiceStatus {
  return Object.hasOwn(INVOICE_STATUSES, text);
}

/**
 * Whether an invoice of this status has not come to its recipient (yet): its validators have it, or refused it (R27). The
 * recipient is neither shown nor told anything of it.
 */
export function isBeforeRecipient(status: InvoiceStatus): boolean {
  return status.includes('VALID') || status.startsWith('REFUSEE_');
}

/** AFNOR life-cycle code of a status for an invoice of a billing frame, or null where it has none. */
export function afnorCodeOf(status: InvoiceStatus, billingFrame: string | null): string | null {
  const { afnor }: InvoiceStatusFacts = INVOICE_STATUSES[status];
  if (afnor === null || typeof afnor === 'string') return afnor;
  if (billingFrame === 'A9' || billingFrame === 'S3') return afnor.A9;
  return billingFrame === 'A12' || billingFrame === 'S6' ? afnor.A12 : null;
}

/**
 * The statuses that a code of a CPPStatut file can mean; none for a code that is not known.
 *
 * @param code two digits, `03`
 */
export function statusOfCppStatut(code: string): InvoiceStatus | null {
  return INVOICE_STATUS_CODES.find((status) => INVOICE_STATUSES[status].cppStatut === code) ?? null;
}
