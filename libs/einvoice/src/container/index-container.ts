import { createHash } from 'node:crypto';
import { mkdir, open } from 'node:fs/promises';
import { readHead, readRange, type ByteRange } from './byte-range.js';
import { refused } from './container-refused.js';
import type { ContainerIndex, ContainerKind } from './index-entry.js';
import { IndexTask, type IndexProgress } from './index-task.js';
import { indexTar } from './index-tar.js';
import { indexXml } from './index-xml.js';
import { indexZip } from './index-zip.js';
import { defaultLimits, type ContainerLimits } from './limits.js';
import { recognise, recogniseHeadBytes } from './recognise.js';
import type { WantedDocuments } from './wanted-documents.js';

/** What pass one needs. */
export interface IndexOptions {
  /** Path of the flow, a local file. */
  readonly source: string;
  /** Folder for the index and the spool; made when absent. What an earlier attempt left there is replaced. */
  readonly workFolder: string;
  readonly limits?: Partial<ContainerLimits>;
  /** What the flow carries; invoices, unless it is said. */
  readonly wanted?: WantedDocuments;
  /** Told after each chunk. */
  readonly onProgress?: (progress: IndexProgress) => void;
  /** Stops the run; its reason is thrown. */
  readonly signal?: AbortSignal;
}

/**
 * Pass one (R41, R42): reads a flow to its end, whatever its container, and writes the index of its invoices. Nothing is
 * let in before this has ended well: a truncated archive delivers half of its members before it fails.
 *
 * Memory does not grow with the flow. Heavy on the processor: meant for a worker thread.
 *
 * @throws ContainerRefused when the flow cannot be read as a whole, with the one reason and the place
 */
export async function indexContainer(options: IndexOptions): Promise<ContainerIndex> {
  const limits = { ...defaultLimits, ...options.limits };
  await mkdir(options.workFolder, { recursive: true });
  const source = await open(options.source, 'r');
  try {
    const { size } = await source.stat();
    if (size === 0) throw refused('FILE-EMPTY', { offset: 0 });
    if (size > limits.flowBytes) throw refused('FILE-TOO-LARGE', { found: size, expected: limits.flowBytes });
    const { onProgress, signal, wanted } = options;
    const task = await IndexTask.start(source, size, limits, options.workFolder, { onProgress, signal, wanted });
    try {
      const index = await indexSource(task, { file: source, offset: 0, length: size });
      await task.finish();
      return {
        ...index,
        contentPath: task.spoolPath ?? options.source,
        indexPath: task.indexPath,
        count: task.writer.count,
        refused: task.writer.refused,
        ignored: task.ignored,
        bytes: size,
        unpackedBytes: task.unpackedBytes === 0 ? size : task.unpackedBytes,
      };
    } catch (error) {
      await task.abandon();
      throw error;
    }
  } finally {
    await source.close();
  }
}

/** What pass one says of the flow itself. */
interface SourceIndex {
  readonly container: ContainerKind;
  readonly sha256: string;
  readonly root: string | null;
}

/** Runs pass one over an open flow. @throws ContainerRefused when it cannot be read as a whole */
export async function indexSource(task: IndexTask, range: ByteRange): Promise<SourceIndex> {
  const recognition = recognise(await readHead(range, recogniseHeadBytes));
  switch (recognition.kind) {
    case 'xml': {
      const digest = createHash('sha256');
      const onBytes = (bytes: Buffer): void => void digest.update(bytes);
      const xml = await indexXml(task, range, { member: null, encoding: recognition.encoding, onBytes });
      return { container: xml.shape === 'batch' ? 'xml-batch' : 'xml', sha256: digest.digest('hex'), root: xml.root };
    }
    case 'pdf':
      return { container: 'pdf', sha256: await indexPdf(task, range), root: null };
    case 'gzip':
      if (recognition.inside !== 'other') return archive('tar.gz', await indexTar(task, range, true));
      throw refused('FILE-ARCHIVE-NESTED', { found: 'un autre contenu', offset: 0 });
    case 'tar':
      return archive('tar', await indexTar(task, range, false));
    case 'zip':
      return archive('zip', await indexZip(task, range));
    case 'empty':
      throw refused('FILE-EMPTY', { offset: 0 });
    case 'unknown':
      throw refused('FILE-TYPE-UNKNOWN', { offset: 0, found: recognition.description });
  }
}

function archive(container: ContainerKind, sha256: string): SourceIndex {
  return { container, sha256, root: null };
}

async function indexPdf(task: IndexTask, range: ByteRange): Promise<string> {
  const { memberBytes } = task.limits;
  if (range.length > memberBytes) throw refused('FILE-TOO-LARGE', { found: range.length, expected: memberBytes });
  const sha256 = await digestOfRange(task, range);
  task.writer.add({ offset: 0, length: range.length, sha256, member: null, kind: 'pdf', context: null });
  return sha256;
}

async function digestOfRange(task: IndexTask, range: ByteRange): Promise<string> {
  const digest = createHash('sha256');
  let done = 0;
  for await (const chunk of readRange(range)) {
    digest.update(chunk);
    done += chunk.length;
    await task.pause(done);
  }
  return digest.digest('hex');
}
