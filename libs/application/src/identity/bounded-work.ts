import { ComeBackLater } from './come-back-later.js';

const RETRY_AFTER_SECONDS = 2;

/** Runs so much at once, lets so many wait, and refuses the rest: so that what is dear cannot be used to tire the server. */
export class BoundedWork {
  private running = 0;
  private readonly waiting: (() => void)[] = [];

  constructor(
    private readonly atOnce: number,
    private readonly longestQueue: number,
  ) {}

  /** @throws ComeBackLater when the queue is full */
  async run<T>(work: () => Promise<T>): Promise<T> {
    if (this.running >= this.atOnce) {
      if (this.waiting.length >= this.longestQueue) throw new ComeBackLater('busy', RETRY_AFTER_SECONDS);
      // Whoever ends hands its place over, so nobody can slip in between.
      await new Promise<void>((resolve) => this.waiting.push(resolve));
    } else this.running += 1;
    try {
      return await work();
    } finally {
      const next = this.waiting.shift();
      if (next === undefined) this.running -= 1;
      else next();
    }
  }
}
