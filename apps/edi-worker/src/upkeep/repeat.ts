import type { Logger } from '#application';

/** A task that repeats until it is stopped. */
export interface Repeating {
  /** Runs the task now, without waiting for its turn; once more after the run in progress, when there is one. */
  nudge(): void;
  /** Resolves when the run in progress has ended. */
  stop(): Promise<void>;
}

/**
 * Runs a task again and again, never two runs at once, with a pause between them. A failure is logged and the task runs
 * again at its turn.
 */
export function repeat(name: string, pauseMs: number, logger: Logger, task: () => Promise<void>): Repeating {
  let stopped = false;
  let nudged = false;
  let wake: () => void = () => undefined;
  const run = async (): Promise<void> => {
    while (!stopped) {
      nudged = false;
      try {
        await task();
      } catch (error) {
        logger.error({ task: name, error: error instanceof Error ? error.message : String(error) }, 'task failed');
      }
      if (stopped) return;
      if (nudged) continue;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, pauseMs);
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  };
  const running = run();
  return {
    nudge: () => {
      nudged = true;
      wake();
    },
    stop: async () => {
      stopped = true;
      wake();
      await running;
    },
  };
}
