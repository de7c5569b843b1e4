import type { OnModuleDestroy } from '@nestjs/common';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Piscina } from 'piscina';

/** Heap of the thread in MB: a poison document ends its thread, not the API. */
const THREAD_LIMITS = { maxOldGenerationSizeMb: 512, maxYoungGenerationSizeMb: 8 };
/** Tasks that wait for the thread; whoever brings one more is told to come back. */
const MOST_WAITING = 50;
const IDLE_MS = 60_000;

/** A task ended the thread that did it. */
export class ThreadCrashed extends Error {
  override readonly name = 'ThreadCrashed';
}

/** More is asked for than can be done now. */
export class ThreadFull extends Error {
  override readonly name = 'ThreadFull';
}

/**
 * Does what would hold up every other request in one thread beside the API, made when it is first asked for and ended when
 * nothing was asked for a minute.
 */
export class OneThread<Task, Result> implements OnModuleDestroy {
  #pool: Piscina | null = null;

  /** @param program the compiled program of the thread; its default export takes a task and gives a result */
  constructor(private readonly program: URL) {}

  /**
   * Has a task done.
   *
   * @throws ThreadCrashed when the task ended the thread
   * @throws ThreadFull when too many are waiting
   */
  async run(task: Task): Promise<Result> {
    this.#pool ??= new Piscina({
      filename: compiled(this.program),
      minThreads: 0,
      maxThreads: 1,
      maxQueue: MOST_WAITING,
      idleTimeout: IDLE_MS,
      resourceLimits: THREAD_LIMITS,
    });
    if (this.#pool.queueSize >= MOST_WAITING) throw new ThreadFull();
    try {
      return (await this.#pool.run(task)) as Result;
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException;
      if (code === 'ERR_WORKER_OUT_OF_MEMORY' || message.includes('worker thread exited'))
        throw new ThreadCrashed(message, { cause: error });
      throw error;
    }
  }

  async onModuleDestroy(): Promise<void> {
    await this.#pool?.destroy();
  }
}

/** The program of a thread; run from the sources, as tests do, it is the compiled one. */
function compiled(program: URL): string {
  const beside = fileURLToPath(program);
  return existsSync(beside) ? beside : beside.replace('/apps/api/', '/dist/apps/api/');
}
