import { EventEmitter } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import type { Pool } from 'pg';

const CHANNEL = 'es_appended';
const FIRST_HINT_MS = 10;
// While appends go on, who was woken polls every 10 to 40 ms by itself: more hints would only take time from the writers.
const HINT_INTERVAL_MS = 50;
// Two statements in one message are one transaction. A hint need not survive a crash, and a NOTIFY that waited for the disk
// would hold up the appends that are flushed behind it.
const HINT = `SET LOCAL synchronous_commit = off; NOTIFY ${CHANNEL}`;
const FIRST_RECONNECT_MS = 100;
const LAST_RECONNECT_MS = 10_000;

/**
 * Tells the subscriptions of this process, and of others by LISTEN/NOTIFY, that something was appended. The hint is sent
 * after the commit, 10 ms after the first append and then at most every 50 ms: a NOTIFY inside each append costs it 59 %
 * (docs/decisions/0001). It is only a hint: who misses it polls.
 */
export class WakeUp {
  private readonly emitter = new EventEmitter().setMaxListeners(0);
  private readonly ending = new AbortController();
  private pending: NodeJS.Timeout | undefined;
  private nextHint = 0;
  private sending: Promise<void> = Promise.resolve();
  private listening: Promise<void> | undefined;

  constructor(private readonly pool: Pool) {}

  /** Says that something was appended and committed. Returns at once. */
  nudge(): void {
    if (this.ending.signal.aborted) return;
    this.emitter.emit('appended');
    this.pending ??= setTimeout(() => this.send(), Math.max(FIRST_HINT_MS, this.nextHint - performance.now()));
  }

  /** Calls `wake` on each hint, from now until the function given back is called. Starts listening to the database. */
  onWake(wake: () => void): () => void {
    this.emitter.on('appended', wake);
    this.listening ??= this.listen();
    return () => this.emitter.off('appended', wake);
  }

  /** Sends what is pending, stops listening and gives the connection back. */
  async close(): Promise<void> {
    this.ending.abort();
    clearTimeout(this.pending);
    await this.sending;
    await this.listening;
  }

  private send(): void {
    this.pending = undefined;
    this.nextHint = performance.now() + HINT_INTERVAL_MS;
    // A hint that is lost costs a poll's delay, so its failure is nobody's.
    this.sending = this.pool.query(HINT).then(
      () => undefined,
      () => undefined,
    );
  }

  private async listen(): Promise<void> {
    const { signal } = this.ending;
    let delay = FIRST_RECONNECT_MS;
    while (!signal.aborted) {
      try {
        const client = await this.pool.connect();
        const lost = new Promise<void>((resolve) => {
          client.on('error', () => resolve());
          client.on('end', () => resolve());
          signal.addEventListener('abort', () => resolve(), { once: true });
        });
        try {
          client.on('notification', () => this.emitter.emit('appended'));
          await client.query(`LISTEN ${CHANNEL}`);
          this.emitter.emit('appended');
          delay = FIRST_RECONNECT_MS;
          await lost;
        } finally {
          client.release(true);
        }
      } catch {
        // Unreachable for now; the subscriptions poll in the meantime.
      }
      if (!signal.aborted) await pause(delay, undefined, { signal }).catch(() => undefined);
      delay = Math.min(LAST_RECONNECT_MS, delay * 2);
    }
  }
}
