import {
  judgeInvoices,
  plainTerms,
  type DepositWay,
  type IndexEntry,
  type JudgeOptions,
  type Judgement,
} from '#einvoice';
import { writeDocuments } from './document-writer.js';
import { runsOfEntries } from './entry-bytes.js';
import { judgedText, type JudgedInvoice } from './judged-invoice.js';

/** One batch: entries of the index whose bytes stand in one file. */
export interface JudgeTask {
  readonly contentPath: string;
  readonly entries: readonly IndexEntry[];
  readonly how: HowToJudge;
}

/** What the invoices of a flow have in common. */
export interface HowToJudge {
  /** Interface of the flow: it decides by which rules its invoices are judged. */
  readonly interfaceCode: string | null;
  /** By EDI or not: it sets the limits of supporting documents (R24). */
  readonly depositedBy: DepositWay;
  /** Day in Paris on which the flow was deposited: judging it again after a crash gives the same verdicts. */
  readonly controlDate: string;
  /** Folder of XSD schemas; null when the operator has none. */
  readonly schemaFolder: string | null;
  /** Where the supporting documents of good invoices are written, by their SHA-256. */
  readonly documentsFolder: string;
}

/**
 * Reads and judges a batch, in a worker thread: never on the event loop that holds the job's lock.
 *
 * @returns for each entry its {@link judgedText}
 */
export default async function judge({ contentPath, entries, how }: JudgeTask): Promise<string[]> {
  const judged: string[] = [];
  for (const run of runsOfEntries(contentPath, entries)) {
    const invoices = run.map(({ entry, bytes }) => ({ entry, bytes, options: judgeOptions(entry, how) }));
    for await (const { item, judgement } of judgeInvoices(invoices))
      judged.push(judgedText(judgedInvoice(item.entry, judgement)));
  }
  return judged;
}

function judgeOptions({ kind, context, refusal }: IndexEntry, how: HowToJudge): JudgeOptions {
  const { interfaceCode, depositedBy, controlDate, schemaFolder, documentsFolder } = how;
  return {
    kind,
    context,
    ...(refusal === undefined ? {} : { refusal }),
    ...(interfaceCode === null ? {} : { interfaceCode }),
    ...(schemaFolder === null ? {} : { schemaFolder }),
    depositedBy,
    controlDate,
    keep: (documents) => writeDocuments(documentsFolder, documents),
  };
}

/** Without the document itself: terms hold on to it until they are made plain. */
function judgedInvoice(
  entry: IndexEntry,
  { status, format, rules, terms, findings, supportingDocuments }: Judgement,
): JudgedInvoice {
  const syntax = format?.syntax ?? null;
  return { entry, status, syntax, rules, terms: plainTerms(terms), findings, supportingDocuments };
}
