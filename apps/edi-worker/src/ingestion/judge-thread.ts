import {
  judgeInvoice,
  plainTerms,
  type DepositWay,
  type DescribedDocument,
  type Finding,
  type IndexEntry,
  type InvoiceTerms,
  type Judgement,
} from '#einvoice';
import { writeDocuments } from './document-keeper.js';
import { eachEntry } from './entry-bytes.js';

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

/** What the validator found of one invoice, small enough to be handed between threads. */
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

/** Reads and judges a batch, in a worker thread: never on the event loop that holds the job's lock. */
export default function judge({ contentPath, entries, how }: JudgeTask): Promise<JudgedInvoice[]> {
  return eachEntry(contentPath, entries, (entry, bytes) => judgeOne(entry, bytes, how));
}

async function judgeOne(entry: IndexEntry, bytes: Buffer, how: HowToJudge): Promise<JudgedInvoice> {
  const { interfaceCode, depositedBy, controlDate, schemaFolder, documentsFolder } = how;
  const { kind, context, refusal } = entry;
  const { status, format, rules, terms, findings, supportingDocuments } = await judgeInvoice(bytes, {
    kind,
    context,
    ...(refusal === undefined ? {} : { refusal }),
    ...(interfaceCode === null ? {} : { interfaceCode }),
    ...(schemaFolder === null ? {} : { schemaFolder }),
    depositedBy,
    controlDate,
    keep: (documents) => writeDocuments(documentsFolder, documents),
  });
  // Terms hold on to the document until they are made plain.
  return {
    entry,
    status,
    syntax: format?.syntax ?? null,
    rules,
    terms: plainTerms(terms),
    findings,
    supportingDocuments,
  };
}
