import { mkdir, open } from 'node:fs/promises';
import { EntrySearch } from './entry-search.js';
import { indexSource } from './index-container.js';
import type { NamespaceContext } from './index-entry.js';
import { IndexTask } from './index-task.js';
import { defaultLimits } from './limits.js';

/** Which invoice of which flow. */
export interface WantedInvoice {
  /** Path of the flow, a local file. */
  readonly source: string;
  /** Folder for what has to be unpacked; made when absent. */
  readonly workFolder: string;
  /** Name of the archive member that holds it, as written in the archive; null outside an archive. */
  readonly member: string | null;
  /** SHA-256 of its bytes as pass one saw them, in lower-case hexadecimal. */
  readonly sha256: string;
}

/** Where an invoice stands. */
export interface FoundInvoice {
  /** The flow itself, or a file in the work folder. */
  readonly path: string;
  readonly offset: number;
  readonly length: number;
  readonly kind: 'xml' | 'pdf';
  /** What it inherits from the batch around it; null when it stands alone. */
  readonly context: NamespaceContext | null;
}

/**
 * Finds an invoice of a flow again, as pass one did, and stops there. Of an archive only the member that holds it is unpacked:
 * a zip is opened at its place, a tar is read up to it.
 *
 * @throws Error when the flow does not hold it
 */
export async function findInvoice({ source, workFolder, member, sha256 }: WantedInvoice): Promise<FoundInvoice> {
  await mkdir(workFolder, { recursive: true });
  const search = new EntrySearch(member, sha256);
  const file = await open(source, 'r');
  try {
    const { size } = await file.stat();
    // What was let in has met the limit on flows, which may have been lowered since.
    const limits = { ...defaultLimits, flowBytes: Infinity };
    const task = await IndexTask.start(file, size, limits, workFolder, { search });
    try {
      await indexSource(task, { file, offset: 0, length: size });
    } catch (error) {
      // Being found ends the reading; in which broken pipe that shows does not matter.
      if (search.found === null) throw error;
    } finally {
      await task.finish();
    }
    if (search.found === null) throw new Error(`The flow ${source} does not hold the invoice ${sha256}`);
    const { offset, length, kind, context } = search.found;
    return { path: task.spoolPath ?? source, offset, length, kind: kind === 'pdf' ? 'pdf' : 'xml', context };
  } finally {
    await file.close();
  }
}
