import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Piscina } from 'piscina';
import type { OnModuleDestroy } from '@nestjs/common';
import type { DryRunResult, DryRunTask } from './dry-run-thread.js';

/** Heap of the thread in MB: a poison document ends its thread, not the API. */
const THREAD_LIMITS = { maxOldGenerationSizeMb: 512, maxYoungGenerationSizeMb: 8 };
/** Dry runs that wait for the thread; one more is told to come back. */
const MOST_WAITING = 50;
const IDLE_MS = 60_000;

/** A document ended the thread that judged it. */
export class DryRunCrashed extends Error {
  override readonly name = 'DryRunCrashed';
}

/** More dry runs are asked for than can be done now. */
export class DryRunsFull extends Error {
  override readonly name = 'DryRunsFull';
}

/** Judges files in one thread beside the API, made when it is first asked for. */
export class DryRun implements OnModuleDestroy {
  #pool: Piscina | null = null;

  /**
   * Judges a file.
   *
   * @throws DryRunCrashed when the document ended the thread
   * @throws DryRunsFull when too many are waiting
   */
  async judge(task: DryRunTask): Promise<DryRunResult> {
    this.#pool ??= new Piscina({
      filename: threadProgram(),
      minThreads: 0,
      maxThreads: 1,
      maxQueue: MOST_WAITING,
      idleTimeout: IDLE_MS,
      resourceLimits: THREAD_LIMITS,
    });
    if (this.#pool.queueSize >= MOST_WAITING) throw new DryRunsFull();
    try {
      return (await this.#pool.run(task)) as DryRunResult;
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException;
      if (code === 'ERR_WORKER_OUT_OF_MEMORY' || message.includes('worker thread exited'))
        throw new DryRunCrashed(message, { cause: error });
      throw error;
    }
  }

  async onModuleDestroy(): Promise<void> {
    await this.#pool?.destroy();
  }
}

/** The program of the thread; run from the sources, as tests do, it is the compiled one. */
function threadProgram(): string {
  const beside = fileURLToPath(new URL('./dry-run-thread.js', import.meta.url));
  return existsSync(beside) ? beside : beside.replace('/apps/api/', '/dist/apps/api/');
}
