import { judgeIdentification, readEntry, type Finding, type IndexEntry, type InvoiceTerms } from '#einvoice';
import { closeSync, openSync, readSync } from 'node:fs';

/** One batch: entries of the index whose bytes stand in one file. */
export interface JudgeTask {
  readonly contentPath: string;
  readonly entries: readonly IndexEntry[];
}

/** What the validator found of one invoice, small enough to be handed between threads. */
export interface JudgedInvoice {
  readonly entry: IndexEntry;
  readonly syntax: string | null;
  readonly terms: InvoiceTerms;
  readonly findings: readonly Finding[];
}

/** Bytes read at once: neighbours in the content file come in one read, since one for each costs as much as its parsing. */
const READ_BYTES = 4 * 1024 * 1024;

/** Taken anew for each read: a thread judges one batch at a time, and keeps no bytes of the last. */
const shared = Buffer.allocUnsafeSlow(READ_BYTES);

/**
 * Reads and judges a batch, in a worker thread: never on the event loop that holds the job's lock. Memory is bounded by
 * one read, or by the largest invoice when that is larger.
 */
export default async function judge({ contentPath, entries }: JudgeTask): Promise<JudgedInvoice[]> {
  const file = openSync(contentPath, 'r');
  try {
    const judged: JudgedInvoice[] = [];
    for (const neighbours of groupNeighbours(entries)) {
      const start = neighbours[0]?.offset ?? 0;
      const bytes = readRange(file, start, endOf(neighbours) - start, contentPath);
      for (const entry of neighbours) {
        const from = entry.offset - start;
        judged.push(await judgeOne(entry, bytes.subarray(from, from + entry.length)));
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

async function judgeOne(entry: IndexEntry, bytes: Buffer): Promise<JudgedInvoice> {
  const reading = await readEntry(entry, bytes);
  const findings =
    reading.status === 'read' ? [...reading.findings, ...judgeIdentification(reading)] : reading.findings;
  const syntax = reading.status === 'read' ? reading.format.syntax : null;
  return { entry, syntax, terms: reading.invoice, findings };
}
