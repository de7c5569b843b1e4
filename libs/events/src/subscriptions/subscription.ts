import { setTimeout as pause } from 'node:timers/promises';
import type { Pool, PoolClient } from 'pg';
import { query, required, rowsOf } from '../database/sql.js';
import { inTransaction } from '../database/transaction.js';
import { InvalidRequest, UnknownEventVersion } from '../errors.js';
import { BEGINNING, readLogPage, visibleCheckpoint } from '../read/log.js';
import { compareCheckpoints, type Checkpoint, type RecordedEvent } from '../types.js';
import type { UpcasterChain } from '../upcasting.js';
import type { WakeUp } from './wake-up.js';

/** What a subscription is and does. */
export interface SubscriptionOptions {
  /** The name of its cursor. Several processes may run the same one: one of them works at a time. */
  name: string;
  /** Most events handed over at once (and with `types`: looked at); 500 when absent. */
  batchSize?: number;
  /** Only events of these types are handed over; the cursor moves on over the others, at most once a second. */
  types?: readonly string[];
  /**
   * Handles a batch, in log order. What it writes through `tx` is committed together with the cursor: exactly once. It may
   * be called again with the same events after a failure. Keep it short: an open transaction holds back every reader.
   */
  handle: (events: RecordedEvent[], tx: PoolClient) => Promise<void> | void;
  /** Told of each failure, after it was noted in `es.subscriptions.last_error`. */
  onError?: (error: unknown, failure: { attempt: number; stopped: boolean }) => void;
  /** The first pause after a failure, in milliseconds, doubled each time up to `longestPause`; 100 when absent. */
  firstPause?: number;
  /** 30,000 ms when absent. */
  longestPause?: number;
}

const move = query('subscription-move');
const claim = query('subscription-claim');
const register = query('subscription-register');
const readCheckpoint = query('subscription-checkpoint');
const noteFailure = query('subscription-failed');

const BUSY_POLL_MS = 10;
const IDLE_POLL_MS = 1_000;
/** How long the stored cursor may stay behind what was looked through in vain: each move of it is a commit. */
const VAIN_MOVE_MS = 1_000;
/**
 * After a look that found only events of other readers, or that a hint led to and that found nothing since an open transaction
 * hides what came: doubled with each such look, up to the longest one.
 */
const FIRST_REST_MS = 10;
const LONGEST_REST_MS = 320;
/** After so long without any such look the rests begin anew. */
const RESTED_MS = 1_000;

interface Waiter {
  target: Checkpoint;
  resolve: () => void;
  reject: (reason: Error) => void;
}

/**
 * A reader of the log that never misses, never repeats (into PostgreSQL) and never skips an event: read behind the cursor,
 * claim the cursor, handle, move the cursor, commit. A failing handler is tried again with growing pauses; an event of an
 * unknown version stops it for good.
 */
export class Subscription {
  private running: Promise<void> | undefined;
  private ending = new AbortController();
  private wake: () => void = () => undefined;
  private hinted = false;
  private reached: Checkpoint = BEGINNING;
  /** Up to here there is nothing to hand over behind the stored cursor. */
  private lookedThrough: Checkpoint = BEGINNING;
  private movedAt = 0;
  /** So long after the last look in vain no hint leads to another, unless somebody waits: a large flow hints at each batch. */
  private rest = 0;
  private lookedInVainAt = 0;
  private waiters: Waiter[] = [];
  private fatal: Error | undefined;

  constructor(
    private readonly pool: Pool,
    private readonly upcasters: UpcasterChain,
    private readonly wakeUp: WakeUp,
    private readonly options: SubscriptionOptions,
  ) {
    if (options.name === '') throw new InvalidRequest('a subscription needs a name');
  }

  /** Begins to work in the background. Does nothing when it runs already. */
  start(): void {
    if (this.running) return;
    this.ending = new AbortController();
    this.fatal = undefined;
    this.running = this.run(this.ending.signal);
  }

  /** Finishes the batch at hand and stops. Whoever waits for {@link caughtUp} is refused. */
  async stop(): Promise<void> {
    this.ending.abort();
    this.wake();
    await this.running;
    this.running = undefined;
    this.refuseWaiters(new Error(`subscription ${this.options.name} was stopped`));
  }

  /**
   * Resolves when everything that is committed now has been handled, by this process or another.
   * @throws what stopped the subscription; Error when it is not running or is stopped in the meantime.
   */
  async caughtUp(): Promise<void> {
    if (this.fatal) throw this.fatal;
    if (!this.running) throw new Error(`subscription ${this.options.name} is not running`);
    const target = await visibleCheckpoint(this.pool);
    if (!target) return;
    const reached = new Promise<void>((resolve, reject) => this.waiters.push({ target, resolve, reject }));
    this.hint();
    return reached;
  }

  /** The stored cursor; null before the first event. */
  async checkpoint(): Promise<Checkpoint | null> {
    const checkpoint = await this.storedCheckpoint();
    return checkpoint.transaction === '0' ? null : checkpoint;
  }

  private async run(signal: AbortSignal): Promise<void> {
    const forget = this.wakeUp.onWake(() => this.hint());
    let delay = BUSY_POLL_MS;
    let failures = 0;
    while (!signal.aborted) {
      try {
        if (await this.step()) delay = BUSY_POLL_MS;
        else {
          if (await this.waitForHint(delay)) delay = BUSY_POLL_MS;
          else delay = Math.min(IDLE_POLL_MS, delay * 2);
        }
        failures = 0;
      } catch (error) {
        failures += 1;
        const stopped = error instanceof UnknownEventVersion;
        await this.note(error, stopped, failures);
        if (stopped) {
          this.fatal = error;
          this.refuseWaiters(error);
          break;
        }
        await pause(this.pauseAfter(failures), undefined, { signal }).catch(() => undefined);
      }
    }
    forget();
  }

  /** Handles one batch. False when there was nothing to do here. */
  private async step(): Promise<boolean> {
    const { name, batchSize = 500, types, handle } = this.options;
    const wasHinted = this.hinted;
    this.hinted = false;
    const stored = await this.storedCheckpoint();
    const after = compareCheckpoints(stored, this.lookedThrough) > 0 ? stored : this.lookedThrough;
    this.arrivedAt(after);
    // Read before the claim: the transaction that holds back other readers stays as short as the handler.
    const page = await readLogPage(this.pool, this.upcasters, { after, limit: batchSize, ...(types && { types }) });
    const isVain = page.events.length === 0;
    const isOfOthers = isVain && compareCheckpoints(page.checkpoint, after) > 0;
    this.restAfter(isVain, isOfOthers || wasHinted);
    if (isVain) {
      // A dozen readers of few types would otherwise commit a dozen times for each event that is none of theirs.
      this.lookedThrough = page.checkpoint;
      this.arrivedAt(page.checkpoint);
      const isDue = Date.now() - this.movedAt >= VAIN_MOVE_MS;
      if (compareCheckpoints(page.checkpoint, stored) === 0 || !isDue) return false;
    }
    const worked = await inTransaction(this.pool, async (tx) => {
      const [claimed] = await rowsOf(tx, claim, [name, stored.transaction, stored.position]);
      if (!claimed) return false;
      if (!isVain) await handle(page.events, tx);
      await rowsOf(tx, move, [name, page.checkpoint.transaction, page.checkpoint.position, page.events.length]);
      return true;
    });
    if (worked) {
      this.movedAt = Date.now();
      this.arrivedAt(page.checkpoint);
    }
    return worked && !isVain;
  }

  /** A look that nothing led to and that found nothing leaves the rests as they are: appends may be rarer than looks. */
  private restAfter(isVain: boolean, wasWoken: boolean): void {
    const now = Date.now();
    if (!isVain || now - this.lookedInVainAt > RESTED_MS) this.rest = 0;
    if (!isVain || !wasWoken) return;
    this.rest = Math.min(LONGEST_REST_MS, Math.max(FIRST_REST_MS, this.rest * 2));
    this.lookedInVainAt = now;
  }

  private async storedCheckpoint(): Promise<Checkpoint> {
    const [row] = await rowsOf(this.pool, readCheckpoint, [this.options.name]);
    if (row) return { transaction: required(row[0]), position: Number(required(row[1])) };
    await rowsOf(this.pool, register, [this.options.name]);
    return BEGINNING;
  }

  private arrivedAt(checkpoint: Checkpoint): void {
    this.reached = checkpoint;
    this.waiters = this.waiters.filter(({ target, resolve }) => {
      if (compareCheckpoints(target, this.reached) > 0) return true;
      resolve();
      return false;
    });
  }

  private refuseWaiters(reason: Error): void {
    for (const { reject } of this.waiters.splice(0)) reject(reason);
  }

  private hint(): void {
    this.hinted = true;
    this.wake();
  }

  /** True when a hint came within so many milliseconds; not before the rest after a vain look is over. */
  private async waitForHint(milliseconds: number): Promise<boolean> {
    const start = Date.now();
    for (;;) {
      const rest = this.waiters.length > 0 ? 0 : this.rest;
      const end = this.hinted ? this.lookedInVainAt + rest : start + Math.max(milliseconds, rest);
      const left = end - Date.now();
      if (left <= 0 || this.ending.signal.aborted) return this.hinted;
      await this.sleep(left);
    }
  }

  private async sleep(milliseconds: number): Promise<void> {
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      this.wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    this.wake = () => undefined;
  }

  private async note(error: unknown, stopped: boolean, attempt: number): Promise<void> {
    const text = JSON.stringify(
      error instanceof Error
        ? {
            name: error.name,
            message: error.message,
            code: 'code' in error ? error.code : undefined,
            stack: error.stack,
          }
        : { message: String(error) },
    );
    try {
      await rowsOf(this.pool, noteFailure, [this.options.name, stopped ? 'stopped' : 'failing', text]);
    } catch {
      // The database itself is away: onError still hears of the failure, and the next one is noted again.
    }
    this.options.onError?.(error, { attempt, stopped });
  }

  private pauseAfter(failures: number): number {
    const { firstPause = 100, longestPause = 30_000 } = this.options;
    return Math.min(longestPause, firstPause * 2 ** Math.min(failures - 1, 20)) * (0.75 + Math.random() / 4);
  }
}
