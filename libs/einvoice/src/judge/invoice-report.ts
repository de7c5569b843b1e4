import { hasFatal } from '../finding/finding.js';
import type { FileJudgement } from './judge-file.js';

/** What people, scripts and programs are told of one judged invoice: the line of the command line and the answer of the API. */
export interface InvoiceReport {
  readonly file: string;
  readonly status: FileJudgement['status'];
  readonly format: FileJudgement['format'];
  readonly rules: readonly string[];
  readonly valid: boolean;
  readonly invoice: {
    readonly number: string | null;
    readonly issuer: string | null;
    readonly recipient: string | null;
  };
  readonly findings: FileJudgement['findings'];
  /** Name in its archive, for an invoice of an archive. */
  readonly member?: string;
  /** Place in its archive or batch, from 0. */
  readonly rank?: number;
}

/**
 * What is told of one invoice of a file.
 *
 * @param file how the file is called: its path, or the name that its sender gave it
 */
export function reportOf(file: string, judgement: FileJudgement): InvoiceReport {
  const { status, format, rules, findings, terms, member, rank } = judgement;
  return {
    file,
    status,
    format,
    rules,
    valid: status === 'judged' && !hasFatal(findings),
    invoice: {
      number: terms.number?.value ?? null,
      issuer: terms.supplier.identifiers[0]?.value ?? null,
      recipient: terms.recipient.identifiers[0]?.value ?? null,
    },
    findings,
    ...(member === null ? {} : { member }),
    ...(rank === null ? {} : { rank }),
  };
}
