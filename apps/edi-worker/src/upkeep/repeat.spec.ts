import { pino } from 'pino';
import { Writable } from 'node:stream';
import { repeat, type Repeating } from './repeat.js';

const HOUR = 3_600_000;

describe('repeat', () => {
  let lines: Record<string, unknown>[];
  let repeating: Repeating | null;
  const logger = pino(
    {},
    new Writable({
      write: (chunk: Buffer, _, done) => done(void lines.push(JSON.parse(chunk.toString()) as Record<string, unknown>)),
    }),
  );

  beforeEach(() => {
    lines = [];
    repeating = null;
  });
  afterEach(() => repeating?.stop());

  /** A task whose runs the test ends one by one. */
  function task() {
    const runs: ((error?: Error) => void)[] = [];
    let look: () => void = () => undefined;
    const start = () =>
      new Promise<void>((resolve, reject) => {
        runs.push((error) => (error === undefined ? resolve() : reject(error)));
        look();
      });
    const whenStarted = (count: number): Promise<void> =>
      new Promise((resolve) => {
        look = () => (runs.length >= count ? resolve() : undefined);
        look();
      });
    return { runs, start, whenStarted };
  }
  /** Lets everything that is ready to run do so. */
  const settle = () => new Promise((resolve) => setImmediate(resolve));

  it('R47 runs at once, then again after each pause', async () => {
    const { runs, start, whenStarted } = task();
    repeating = repeat('look', 1, logger, start);
    for (let count = 1; count <= 3; count += 1) {
      await whenStarted(count);
      runs[count - 1]?.();
    }
    await whenStarted(4);
    runs[3]?.();
  });

  it('R47 waits for the pause to end, unless it is nudged', async () => {
    const { runs, start, whenStarted } = task();
    repeating = repeat('look', HOUR, logger, start);
    runs[0]?.();
    await settle();
    expect(runs).toHaveLength(1);
    repeating.nudge();
    await whenStarted(2);
    runs[1]?.();
  });

  it('R47 never runs twice at once, and does not forget a nudge that comes during a run', async () => {
    const { runs, start, whenStarted } = task();
    repeating = repeat('look', HOUR, logger, start);
    repeating.nudge();
    repeating.nudge();
    await settle();
    expect(runs).toHaveLength(1);
    runs[0]?.();
    await whenStarted(2);
    runs[1]?.();
    await settle();
    expect(runs).toHaveLength(2);
  });

  it('R46 tells a failure and runs again at its turn', async () => {
    const { runs, start, whenStarted } = task();
    repeating = repeat('look', 1, logger, start);
    runs[0]?.(new Error('panne'));
    await whenStarted(2);
    runs[1]?.();
    expect(lines).toEqual([expect.objectContaining({ level: 50, task: 'look', error: 'panne', msg: 'task failed' })]);
  });

  it('R61 stops after the run in progress', async () => {
    const busy = task();
    repeating = repeat('look', 1, logger, busy.start);
    let isStopped = false;
    const stopped = repeating.stop().then(() => (isStopped = true));
    await settle();
    expect(isStopped).toBe(false);
    busy.runs[0]?.();
    await stopped;
    expect(busy.runs).toHaveLength(1);
  });

  it('R61 stops at once during a pause', async () => {
    const idle = task();
    repeating = repeat('look', HOUR, logger, idle.start);
    idle.runs[0]?.();
    await settle();
    await repeating.stop();
    expect(idle.runs).toHaveLength(1);
  });
});
