import { judgeIdentification, readEntry, type Finding, type IndexEntry, type InvoiceTerms } from '#einvoice';
import { open } from 'node:fs/promises';

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

/**
 * Reads and judges a batch, in a worker thread: never on the event loop that holds the job's lock. One invoice is in
 * memory at a time, so a batch of large ones costs no more than the largest.
 */
export default async function judge({ contentPath, entries }: JudgeTask): Promise<JudgedInvoice[]> {
  const file = await open(contentPath, 'r');
  try {
    const judged: JudgedInvoice[] = [];
    for (const entry of entries) {
      const bytes = Buffer.allocUnsafe(entry.length);
      const { bytesRead } = await file.read(bytes, 0, entry.length, entry.offset);
      if (bytesRead !== entry.length) throw new Error(`Content shorter than its index: ${contentPath}`);
      judged.push(await judgeOne(entry, bytes));
    }
    return judged;
  } finally {
    await file.close();
  }
}

async function judgeOne(entry: IndexEntry, bytes: Buffer): Promise<JudgedInvoice> {
  const reading = await readEntry(entry, bytes);
  const findings =
    reading.status === 'read' ? [...reading.findings, ...judgeIdentification(reading)] : reading.findings;
  const syntax = reading.status === 'read' ? reading.format.syntax : null;
  return { entry, syntax, terms: reading.invoice, findings };
}
