import {
  judgeFile,
  plainTerms,
  reportOf,
  UnknownRuleSet,
  type InvoiceReport,
  type JudgeFileOptions,
  type Judgement,
} from '#einvoice';

/** A file to be judged. */
export interface DryRunTask {
  readonly path: string;
  /** Name that the answer gives it. */
  readonly name: string;
  readonly options: Omit<JudgeFileOptions, 'keep'>;
  readonly mostInvoices: number;
}

/** What a directory is asked about an invoice that was judged. */
export type JudgedTerms = Pick<Judgement, 'status' | 'rules' | 'terms'>;

/** What became of it; an error of another thread would come without its class. */
export type DryRunResult =
  | {
      readonly outcome: 'judged';
      readonly reports: readonly InvoiceReport[];
      /** One for each report. */
      readonly judged: readonly JudgedTerms[];
    }
  | { readonly outcome: 'too-many' }
  | { readonly outcome: 'unknown-rules'; readonly message: string };

/** Judges a file in a thread: a document of ten megabytes would hold up every other request for as long as it takes. */
export default async function dryRun({ path, name, options, mostInvoices }: DryRunTask): Promise<DryRunResult> {
  const reports: InvoiceReport[] = [];
  const judged: JudgedTerms[] = [];
  try {
    for await (const judgement of judgeFile(path, options)) {
      if (reports.length === mostInvoices) return { outcome: 'too-many' };
      reports.push(reportOf(name, judgement));
      const { status, rules, terms } = judgement;
      // Terms hold on to the document until they are made plain.
      judged.push({ status, rules, terms: plainTerms(terms) });
    }
  } catch (error) {
    if (error instanceof UnknownRuleSet) return { outcome: 'unknown-rules', message: error.message };
    throw error;
  }
  return { outcome: 'judged', reports, judged };
}
