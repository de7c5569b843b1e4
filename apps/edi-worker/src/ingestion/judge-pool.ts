import type { IndexEntry } from '#einvoice';
import { fileURLToPath } from 'node:url';
import { Piscina } from 'piscina';
import type { IndexResult, IndexTask } from './index-thread.js';
import type { HowToJudge, JudgeTask } from './judge-thread.js';
import type { ReadStatus, StatusTask } from './status-thread.js';

/** Heap of a thread in MB: a poison document ends its thread, not the worker. Takes an invoice of 100 MB. */
const THREAD_LIMITS = { maxOldGenerationSizeMb: 512, maxYoungGenerationSizeMb: 8 };

/** The threads that split and judge: all CPU-bound work of the worker (architecture, "The pipeline"). */
export class JudgePool {
  private readonly pool: Piscina;

  /**
   * Threads that one flow takes at once: one is left for the next flow, so that a large one does not delay it. On two
   * processors one thread is also as fast as two: recording and the database need the other processor.
   */
  readonly threadsForOneFlow: number;

  constructor(threads: number) {
    this.threadsForOneFlow = Math.max(1, threads - 1);
    this.pool = new Piscina({
      filename: fileURLToPath(new URL('./judge-thread.js', import.meta.url)),
      minThreads: 1,
      maxThreads: threads,
      idleTimeout: 30_000,
      resourceLimits: THREAD_LIMITS,
    });
  }

  /** First pass: reads a container to its end. */
  index(task: IndexTask): Promise<IndexResult> {
    const filename = fileURLToPath(new URL('./index-thread.js', import.meta.url));
    return this.pool.run(task, { filename }) as Promise<IndexResult>;
  }

  /** Second pass: reads and judges a batch. @returns for each entry its `judgedText` */
  judge(contentPath: string, entries: readonly IndexEntry[], how: HowToJudge): Promise<string[]> {
    const task: JudgeTask = { contentPath, entries, how };
    return this.pool.run(task) as Promise<string[]>;
  }

  /** Second pass of a flow of statuses: reads a batch. */
  readStatuses(contentPath: string, entries: readonly IndexEntry[]): Promise<ReadStatus[]> {
    const task: StatusTask = { contentPath, entries };
    const filename = fileURLToPath(new URL('./status-thread.js', import.meta.url));
    return this.pool.run(task, { filename }) as Promise<ReadStatus[]>;
  }

  async close(): Promise<void> {
    await this.pool.destroy();
  }
}
