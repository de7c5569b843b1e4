import { createReadStream } from 'node:fs';
import type { IndexEntry } from './index-entry.js';

/** Where to start and how much to give at once. */
export interface ReadIndexOptions {
  /** First rank wanted; 0 when absent. */
  readonly fromRank?: number;
  /** Entries per batch; 500 when absent. */
  readonly batchSize?: number;
}

/**
 * Reads the index that pass one wrote, in batches, in order of rank, without holding more than a batch.
 *
 * @throws Error when the ranks of the file do not follow one another: the index is not the one that pass one wrote
 */
export async function* readIndex(
  indexPath: string,
  { fromRank = 0, batchSize = 500 }: ReadIndexOptions = {},
): AsyncGenerator<IndexEntry[], void, undefined> {
  let batch: IndexEntry[] = [];
  let rank = 0;
  for await (const line of linesOf(indexPath)) {
    // A resumed flow skips what it has already recorded without paying for its parsing.
    if (rank++ < fromRank) continue;
    const entry = JSON.parse(line) as IndexEntry;
    if (entry.rank !== rank - 1)
      throw new Error(`Index ${indexPath}: rank ${entry.rank} found where ${rank - 1} was expected`);
    batch.push(entry);
    if (batch.length >= batchSize) {
      yield batch;
      batch = [];
    }
  }
  if (batch.length > 0) yield batch;
}

async function* linesOf(path: string): AsyncGenerator<string, void, undefined> {
  let rest = '';
  for await (const chunk of createReadStream(path, { encoding: 'utf8', highWaterMark: 256 * 1024 })) {
    const lines = (rest + String(chunk)).split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
  }
  if (rest !== '') throw new Error(`Index ${path} ends in the middle of a line`);
}
