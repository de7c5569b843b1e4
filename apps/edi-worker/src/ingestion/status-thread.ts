import { readStatus, type IndexEntry, type StatusReading } from '#einvoice';
import { runsOfEntries } from './entry-bytes.js';

/** One batch of a flow of statuses: entries of the index whose bytes stand in one file. */
export interface StatusTask {
  readonly contentPath: string;
  readonly entries: readonly IndexEntry[];
}

/** A status with its place in the flow, small enough to be handed between threads. */
export interface ReadStatus extends StatusReading {
  readonly entry: IndexEntry;
}

/** Reads a batch of statuses, in a worker thread (R25). */
export default function readStatuses({ contentPath, entries }: StatusTask): ReadStatus[] {
  const read: ReadStatus[] = [];
  for (const run of runsOfEntries(contentPath, entries))
    for (const { entry, bytes } of run) read.push({ entry, ...readStatus(bytes, entry) });
  return read;
}
