import { readStatus, type IndexEntry, type StatusReading } from '#einvoice';
import { eachEntry } from './entry-bytes.js';

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
export default function readStatuses({ contentPath, entries }: StatusTask): Promise<ReadStatus[]> {
  return eachEntry(contentPath, entries, (entry, bytes) => ({ entry, ...readStatus(bytes, entry) }));
}
