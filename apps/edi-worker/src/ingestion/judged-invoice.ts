import type { DescribedDocument, Finding, IndexEntry, InvoiceTerms, Judgement } from '#einvoice';

/** What the validator found of one invoice: plain data. */
export interface JudgedInvoice {
  readonly entry: IndexEntry;
  readonly status: Judgement['status'];
  readonly syntax: string | null;
  /** Names of the rule sets that were applied. */
  readonly rules: readonly string[];
  readonly terms: InvoiceTerms;
  readonly findings: readonly Finding[];
  readonly supportingDocuments: readonly DescribedDocument[];
}

/**
 * A judged invoice as one text (JSON), which is how it comes from the thread that judged it and waits for its turn to be
 * recorded: as some hundred objects each, the thousands that wait took 12 MB more (docs/benchmarks.md).
 */
export function judgedText(invoice: JudgedInvoice): string {
  return JSON.stringify(invoice);
}

/** @param text of {@link judgedText} */
export function judgedFrom(text: string): JudgedInvoice {
  return JSON.parse(text) as JudgedInvoice;
}
