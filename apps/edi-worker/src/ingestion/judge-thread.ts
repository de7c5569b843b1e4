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
import { closeSync, openSync, readSync } from 'node:fs';
import { writeDocuments } from './document-keeper.js';

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

/** Bytes read at once: neighbours in the content file come in one read, since one for each costs as much as its parsing. */
const READ_BYTES = 4 * 1024 * 1024;

/** Taken anew for each read: a thread judges one batch at a time, and keeps no bytes of the last. */
const shared = Buffer.allocUnsafeSlow(READ_BYTES);

/**
 * Reads and judges a batch, in a worker thread: never on the event loop that holds the job's lock. Memory is bounded by
 * one read, or by the largest invoice when that is larger.
 */
export default async function judge({ contentPath, entries, how }: JudgeTask): Promise<JudgedInvoice[]> {
  const file = openSync(contentPath, 'r');
  try {
    const judged: JudgedInvoice[] = [];
    for (const neighbours of groupNeighbours(entries)) {
      const start = neighbours[0]?.offset ?? 0;
      const bytes = readRange(file, start, endOf(neighbours) - start, contentPath);
      for (const entry of neighbours) {
        const from = entry.offset - start;
        judged.push(await judgeOne(entry, bytes.subarray(from, from + entry.length), how));
      }
    }
    return judged;
  } finally {
    closeSync(file);
  }
}

/** Runs of entries that one read of at most `READ_BYTES` takes in; an entry larger than that stands alone. */
function groupNeighbours(entries: readonly IndexEntry[]): IndexEntry[][] {
  const groups: IndexEntry[][] = [];
  let group: IndexEntry[] = [];
  for (const entry of entries) {
    const [first] = group;
    const fits = first && entry.offset >= first.offset && entry.offset + entry.length - first.offset <= READ_BYTES;
    if (fits) group.push(entry);
    else groups.push((group = [entry]));
  }
  return groups;
}

function endOf(entries: readonly IndexEntry[]): number {
  return Math.max(...entries.map(({ offset, length }) => offset + length));
}

function readRange(file: number, position: number, length: number, path: string): Buffer {
  const bytes = length <= READ_BYTES ? shared.subarray(0, length) : Buffer.allocUnsafeSlow(length);
  for (let got = 0; got < length;) {
    const read = readSync(file, bytes, got, length - got, position + got);
    if (read === 0) throw new Error(`Content shorter than its index: ${path}`);
    got += read;
  }
  return bytes;
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
