import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { FileHandle } from 'node:fs/promises';
import { refused } from './container-refused.js';
import type { EntrySearch, EntrySink } from './entry-search.js';
import { IndexWriter } from './index-writer.js';
import type { ContainerLimits } from './limits.js';
import { Spool } from './spool.js';
import { wantedInvoices, type WantedDocuments } from './wanted-documents.js';

/** What pass one tells while it runs. */
export interface IndexProgress {
  /** Bytes of the source that were read. */
  readonly bytesRead: number;
  /** Size of the source. */
  readonly bytesTotal: number;
  /** Invoices found so far. */
  readonly invoices: number;
}

/** What is particular to one run of pass one. */
export interface HowToRun {
  readonly onProgress?: ((progress: IndexProgress) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
  /** What the flow carries; invoices, unless it is said. */
  readonly wanted?: WantedDocuments | undefined;
  /** Looks for one invoice in the place of writing an index. */
  readonly search?: EntrySearch;
}

/** What every step of one run of pass one shares. */
export class IndexTask {
  /** Bytes that came out of an archive or a decoder so far. */
  unpackedBytes = 0;
  /** Members that are no invoices and need no answer. */
  ignored = 0;
  #spool: Spool | null = null;

  private constructor(
    readonly source: FileHandle,
    readonly sourceBytes: number,
    readonly writer: EntrySink,
    readonly limits: ContainerLimits,
    private readonly workFolder: string,
    private readonly how: HowToRun,
  ) {}

  /** Opens the index of one run. */
  static async start(
    source: FileHandle,
    sourceBytes: number,
    limits: ContainerLimits,
    workFolder: string,
    how: HowToRun = {},
  ): Promise<IndexTask> {
    const writer = how.search ?? (await IndexWriter.create(join(workFolder, 'index.jsonl')));
    return new IndexTask(source, sourceBytes, writer, limits, workFolder, how);
  }

  /** What the flow carries. */
  get wanted(): WantedDocuments {
    return this.how.wanted ?? wantedInvoices;
  }

  /** Whether a run that looks for one invoice can pass over a member of an archive without unpacking it. */
  passesOver(member: string): boolean {
    return this.how.search !== undefined && this.how.search.member !== member;
  }

  get indexPath(): string {
    return join(this.workFolder, 'index.jsonl');
  }

  /** Path of the spool when one was needed. */
  get spoolPath(): string | null {
    return this.#spool?.path ?? null;
  }

  /** The spool of this run, made when it is first needed. */
  async spool(): Promise<Spool> {
    this.#spool ??= await Spool.create(join(this.workFolder, 'content.spool'));
    return this.#spool;
  }

  /**
   * To be awaited between chunks: stops when asked to, writes what is pending, tells the progress, and lets the event loop
   * of the thread turn.
   */
  async pause(bytesRead: number): Promise<void> {
    this.how.signal?.throwIfAborted();
    await this.writer.flush();
    this.how.onProgress?.({ bytesRead, bytesTotal: this.sourceBytes, invoices: this.writer.count });
    await nextTurn();
  }

  /** Counts bytes that were unpacked. @throws ContainerRefused beyond the limits on size and on expansion. */
  countUnpacked(bytes: number, packedSoFar: number): void {
    this.unpackedBytes += bytes;
    const { unpackedBytes, ratio, ratioAfterBytes } = this.limits;
    if (this.unpackedBytes > unpackedBytes) {
      throw refused('FILE-ARCHIVE-UNPACKED-SIZE', { expected: unpackedBytes, offset: packedSoFar });
    }
    if (this.unpackedBytes > ratioAfterBytes && this.unpackedBytes > ratio * Math.max(packedSoFar, 1)) {
      throw refused('FILE-ARCHIVE-RATIO', { expected: ratio, offset: packedSoFar });
    }
  }

  /** Makes the results durable. */
  async finish(): Promise<void> {
    await this.#spool?.finish();
    await this.writer.finish();
  }

  /** Closes the files of a run that failed. */
  async abandon(): Promise<void> {
    await this.#spool?.file.close().catch(() => undefined);
    await this.writer.abandon();
  }
}
