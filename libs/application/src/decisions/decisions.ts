import {
  ConcurrencyConflict,
  type AppendContext,
  type EventStore,
  type StreamAppend,
  type UnchangedStream,
} from '#events';
import type { PersonalDataVault } from '#persistence';
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { PoolClient } from 'pg';
import { actorOf, type Caller } from '../access/caller.js';
import { Session } from './session.js';

const ATTEMPTS = 8;
const PAUSE_MS = 10;
const TRANSACTION_RETRIES = 5;

/** What else a decision may rest on, and bring with it. */
export interface DecideOptions<T = unknown> {
  /**
   * Asked once more before the commit, for what stands in no stream that the work read: whether a list was complete, for
   * instance. What the work writes is locked by then. It must ask through the transaction that it gets. The work is run anew
   * when it answers no.
   */
  readonly stillTrue?: (tx: PoolClient) => Promise<boolean>;
  /** What is recorded with the decisions, in the same transaction, such as the progress of what asked for them. */
  readonly beside?: (result: T) => readonly StreamAppend[];
  /** What the decisions belong to, such as a flow; they belong together alone otherwise. */
  readonly correlationId?: string;
}

/**
 * Takes decisions that look at several streams and write to one or some of them. What was read stands still until what was
 * decided is recorded: a stream that is written must be at the version that was read, and one that was only read must not
 * have moved either. So a manager who loses the role in that moment decides nothing any more, and two who judge one request
 * at the same instant do not both win. Readers of one stream do not disturb one another.
 */
export class Decisions {
  constructor(
    private readonly store: EventStore,
    private readonly vault: PersonalDataVault,
  ) {}

  /**
   * Runs `work`, records all that it decided in one transaction, and runs it anew on a lost race.
   *
   * @param work must have no effect but on its session, since it may run several times
   * @returns what `work` returned
   * @throws CommandRefused, AccessRefused, whatever `work` throws; ConcurrencyConflict when the race was lost eight times
   */
  async decide<T>(
    caller: Caller,
    work: (session: Session) => Promise<T>,
    { stillTrue, beside, correlationId }: DecideOptions<T> = {},
  ): Promise<T> {
    const commandId = randomUUID();
    const context = { commandId, correlationId: correlationId ?? commandId, actor: actorOf(caller) };
    for (let attempt = 1; ; attempt += 1) {
      const session = new Session(this.store, this.vault, caller);
      const result = await work(session);
      const { appends: decided, unchanged } = session.outcome();
      const appends = [...decided, ...(beside?.(result) ?? [])];
      if (appends.length === 0) return result;
      const sealed = await Promise.all(
        appends.map(async (append) => ({ ...append, events: await this.vault.seal(append.events) })),
      );
      try {
        if (stillTrue === undefined) await this.store.appendMany(sealed, context, { unchanged });
        else await this.appendIf(stillTrue, sealed, context, unchanged);
        return result;
      } catch (error) {
        if (!(error instanceof ConcurrencyConflict) || attempt >= ATTEMPTS) throw error;
        await pause(Math.random() * PAUSE_MS * attempt);
      }
    }
  }

  private async appendIf(
    stillTrue: (tx: PoolClient) => Promise<boolean>,
    appends: readonly StreamAppend[],
    context: AppendContext,
    unchanged: readonly UnchangedStream[],
  ): Promise<void> {
    await this.store.transaction(
      async (tx) => {
        await this.store.appendMany(appends, context, { unchanged, tx });
        if (!(await stillTrue(tx))) throw new ConcurrencyConflict([]);
      },
      { retries: TRANSACTION_RETRIES },
    );
  }

  /** Runs `work` on a session that may look and not write: for queries that must see what was just decided. */
  async look<T>(caller: Caller, work: (session: Omit<Session, 'record'>) => Promise<T>): Promise<T> {
    return work(new Session(this.store, this.vault, caller));
  }
}
