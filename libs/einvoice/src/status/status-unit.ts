import type { Finding } from '../finding/finding.js';

/** One status of one invoice, as a recipient's software wrote it. What is not there is null. */
export interface StatusUnit {
  readonly syntax: 'CPPStatut' | 'CDAR';
  /** The supplier's identifier: SIRET, SIREN, or of another type. */
  readonly issuer: string | null;
  readonly invoiceNumber: string | null;
  /** `yyyy-mm-dd`; as written, when it is no date. */
  readonly invoiceDate: string | null;
  /** Code of CPPStatut, two digits. */
  readonly cppStatut: string | null;
  /** Life-cycle code of AFNOR, three digits. */
  readonly afnor: string | null;
  /** Code of the reason; a CPPStatut has none. */
  readonly reason: string | null;
  /** What a CPPStatut says beside the code of the status. */
  readonly complement: string | null;
  readonly comment: string | null;
  readonly paymentOrder: string | null;
  /** When it was given: ISO 8601, of local time where no zone is written; as written, when it is no instant. */
  readonly since: string | null;
}

/** A status that was read, or why it cannot be, with what could be read nevertheless. */
export interface StatusReading {
  readonly unit: StatusUnit | null;
  readonly findings: readonly Finding[];
}
