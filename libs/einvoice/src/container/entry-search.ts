import type { IndexEntry } from './index-entry.js';
import type { IndexMark, IndexWriter } from './index-writer.js';

/** Where the steps of pass one put what they find: an index, or a search for one entry of it. */
export type EntrySink = Pick<
  IndexWriter,
  'count' | 'refused' | 'add' | 'addRefused' | 'flush' | 'mark' | 'rollBack' | 'finish' | 'abandon'
>;

/** Ends pass one where what was looked for has been found. */
class Found extends Error {
  override readonly name = 'Found';
}

/** Looks for one invoice by its bytes, and ends pass one as soon as it comes by. */
export class EntrySearch implements EntrySink {
  readonly refused = 0;
  #count = 0;
  #found: Omit<IndexEntry, 'rank'> | null = null;

  /**
   * @param member the archive's member that holds it, as written in the archive; the others are not unpacked
   * @param sha256 of the invoice's bytes, in lower-case hexadecimal
   */
  constructor(
    readonly member: string | null,
    private readonly sha256: string,
  ) {}

  /** The entry, once it was found. */
  get found(): Omit<IndexEntry, 'rank'> | null {
    return this.#found;
  }

  get count(): number {
    return this.#count;
  }

  /** @throws Found when it is the one */
  add(entry: Omit<IndexEntry, 'rank'>): void {
    this.#count += 1;
    if (entry.kind === 'refused' || entry.sha256 !== this.sha256) return;
    this.#found = entry;
    throw new Found();
  }

  addRefused(): void {
    this.#count += 1;
  }

  mark(): IndexMark {
    return { bytes: 0, count: this.#count, refused: 0 };
  }

  rollBack({ count }: IndexMark): void {
    this.#count = count;
  }

  async flush(): Promise<void> {
    // Nothing is written.
  }

  async finish(): Promise<void> {
    // Nothing is written.
  }

  async abandon(): Promise<void> {
    // Nothing is written.
  }
}
