import { mkdtemp, open, rm, type FileHandle } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ContainerRefused } from '../container/container-refused.js';
import { indexContainer } from '../container/index-container.js';
import type { IndexEntry } from '../container/index-entry.js';
import { defaultLimits } from '../container/limits.js';
import { rootTag } from '../container/prolog.js';
import { readIndex } from '../container/read-index.js';
import { recognise, recogniseHeadBytes } from '../container/recognise.js';
import { invoiceRoots, unsupportedFormat } from '../invoice/formats.js';
import { noTerms } from '../invoice/terms.js';
import { judgeInvoice, judgeInvoices, type InvoiceToJudge } from './judge-invoice.js';
import type { JudgeOptions, Judgement } from './judgement.js';

/** What is said of one invoice of a file. */
export interface FileJudgement extends Judgement {
  /** Name of the archive member that holds the invoice, or null. */
  readonly member: string | null;
  /** Place of the invoice in its archive or batch, from 0; null for a file that is one invoice. */
  readonly rank: number | null;
}

/** How the invoices of a file are to be judged. */
export type JudgeFileOptions = Omit<JudgeOptions, 'kind' | 'context' | 'refusal'>;

/**
 * Judges a file as a partner would send it: one invoice (XML or PDF), an archive or a batch of invoices (R42), in their order.
 * A few invoices are in memory at a time, or a large one. What cannot be read as a whole gives one judgement that says why.
 *
 * @param file path of a local file
 * @throws the error of the file system when the file cannot be read; as `judgeInvoice` otherwise
 */
export async function* judgeFile(file: string, options: JudgeFileOptions): AsyncGenerator<FileJudgement> {
  const handle = await open(file, 'r');
  let single: Judgement | null;
  try {
    single = await judgeSingle(handle, options);
  } finally {
    await handle.close();
  }
  if (single === null) yield* judgeContainer(file, options);
  else yield { ...single, member: null, rank: null };
}

/** Judges a file that is one invoice by itself; null when it has to be split first, or refused as a whole. */
async function judgeSingle(handle: FileHandle, options: JudgeFileOptions): Promise<Judgement | null> {
  const { size } = await handle.stat();
  if (size === 0 || size > defaultLimits.memberBytes) return null;
  const bytes = Buffer.allocUnsafeSlow(size);
  const head = await fill(handle, bytes, 0, Math.min(size, recogniseHeadBytes));
  const recognition = recognise(head);
  if (recognition.kind !== 'pdf' && recognition.kind !== 'xml') return null;
  if (recognition.kind === 'xml' && isBatch(head)) return null;
  const whole = await fill(handle, bytes, head.length, size);
  const judgement = await judgeInvoice(whole, { ...options, kind: recognition.kind });
  // In another encoding the head does not show that this is a batch.
  const batch = judgement.findings.some(({ rule }) => rule === 'SYNTAX-ROOT-UNKNOWN');
  return batch && recognition.kind === 'xml' && recognition.encoding.name !== 'utf-8' ? null : judgement;
}

function isBatch(head: Buffer): boolean {
  try {
    const root = rootTag(head);
    if (root === null) return false;
    const { localName, namespace } = root;
    return !invoiceRoots.some((name) => name === localName) && unsupportedFormat(localName, namespace) === null;
  } catch (error) {
    if (error instanceof ContainerRefused) return false; // a DOCTYPE, which judging the document refuses as well
    throw error;
  }
}

/** Reads on up to `end`; gives all that stands in the buffer, less when the file became shorter meanwhile. */
async function fill(handle: FileHandle, bytes: Buffer, start: number, end: number): Promise<Buffer> {
  let at = start;
  while (at < end) {
    const { bytesRead } = await handle.read(bytes, at, end - at, at);
    if (bytesRead === 0) break;
    at += bytesRead;
  }
  return bytes.subarray(0, at);
}

async function* judgeContainer(source: string, options: JudgeFileOptions): AsyncGenerator<FileJudgement> {
  const workFolder = await mkdtemp(join(tmpdir(), 'repons-validate-'));
  try {
    const { contentPath, indexPath, container } = await indexContainer({ source, workFolder });
    const content = await open(contentPath, 'r');
    try {
      const alone = container === 'xml' || container === 'pdf';
      for await (const { item, judgement } of judgeInvoices(entriesToJudge(indexPath, content, options))) {
        const { member, rank } = item.entry;
        yield { ...judgement, member, rank: alone ? null : rank };
      }
    } finally {
      await content.close();
    }
  } catch (error) {
    if (!(error instanceof ContainerRefused)) throw error;
    const refused = { status: 'unreadable', format: null, rules: [], terms: noTerms, supportingDocuments: [] } as const;
    yield { ...refused, findings: [error.finding], member: null, rank: null };
  } finally {
    await rm(workFolder, { recursive: true, force: true });
  }
}

interface EntryToJudge extends InvoiceToJudge {
  readonly entry: IndexEntry;
}

async function* entriesToJudge(
  indexPath: string,
  content: FileHandle,
  options: JudgeFileOptions,
): AsyncGenerator<EntryToJudge> {
  for await (const entries of readIndex(indexPath)) {
    for (const entry of entries) {
      const bytes = Buffer.allocUnsafeSlow(entry.length);
      const { bytesRead } = await content.read(bytes, 0, entry.length, entry.offset);
      yield { entry, bytes: bytes.subarray(0, bytesRead), options: { ...options, ...entry } };
    }
  }
}
