import type { IndexEntry } from '#einvoice';
import { closeSync, openSync, readSync } from 'node:fs';

/** Bytes read at once: neighbours in the content file come in one read, since one for each costs as much as its parsing. */
const READ_BYTES = 4 * 1024 * 1024;

/** Taken anew for each read: a thread works on one batch at a time, and keeps no bytes of the last. */
const shared = Buffer.allocUnsafeSlow(READ_BYTES);

/** An entry of the index, with its bytes. */
export interface EntryWithBytes {
  readonly entry: IndexEntry;
  /** Valid until the next run is asked for. */
  readonly bytes: Buffer;
}

/**
 * The entries of a batch with the bytes of each, in a worker thread, by the runs that one read takes in. Memory is bounded by
 * one read, or by the largest entry when that is larger; the bytes of a run are valid until the next one is asked for.
 */
export function* runsOfEntries(contentPath: string, entries: readonly IndexEntry[]): Generator<EntryWithBytes[]> {
  const file = openSync(contentPath, 'r');
  try {
    for (const neighbours of groupNeighbours(entries)) {
      const start = neighbours[0]?.offset ?? 0;
      const bytes = readRange(file, start, endOf(neighbours) - start, contentPath);
      yield neighbours.map((entry) => {
        const from = entry.offset - start;
        return { entry, bytes: bytes.subarray(from, from + entry.length) };
      });
    }
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
