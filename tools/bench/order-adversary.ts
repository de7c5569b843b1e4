import { setTimeout as pause } from 'node:timers/promises';
import type { EventStore } from '#events';
import { benchContext, benchEvent } from './append-workload.js';
import { against, inTurn, measure, typical, type Measurement } from './measure.js';
import { ReaderByPosition, ReaderInOrder, withOrderLogs, type LogReader } from './order-logs.js';

const WRITERS = 8;
const ROUNDS = 7;
const DURATION_MS = 1_000;
/** How long a reader may come after the last writer. */
const PATIENCE_MS = 20_000;
const NO_ORDER = 'append under stalls, 8 writers, no order kept';

interface Round {
  readonly measurement: Measurement;
  /** Events that were committed and that the reader did not see. */
  readonly missed: number;
  /** Events that it saw more than once. */
  readonly twice: number;
}

/**
 * Writers that stall between taking their transaction id and writing, and between writing and committing, and sometimes roll
 * back, against a polling reader; beside it the same store on tables that keep no order, whose reader goes by position alone
 * and loses events.
 *
 * @param connectionString of a role that may make databases on that server
 * @throws Error when the store's own reader missed an event or saw one twice
 */
export function measureOrder(connectionString: string): Promise<Measurement[]> {
  return withOrderLogs(connectionString, async ({ ordered, unordered }) => {
    const [without, inOrder] = await inTurn(ROUNDS, [
      () => measureWriters(NO_ORDER, unordered, new ReaderByPosition(unordered)),
      () => measureWriters('append under stalls, 8 writers, read in order', ordered, new ReaderInOrder(ordered)),
    ]);
    const [missed, twice] = [total(inOrder, 'missed'), total(inOrder, 'twice')];
    if (missed > 0 || twice > 0) throw new Error(`order: ${missed} events missed, ${twice} seen twice`);
    const floors = without.map(({ measurement }) => measurement);
    const rounds = inOrder.map(({ measurement }) => measurement);
    return [
      { ...typical(floors), what: `${NO_ORDER}: ${total(without, 'missed')} missed` },
      against(rounds, floors, '>= 0.9; missed 0, twice 0'),
    ];
  });
}

async function measureWriters(what: string, store: EventStore, reader: LogReader): Promise<Round> {
  await reader.toTheEnd();
  const written = new Set<string>();
  const seen = new Map<string, number>();
  /** Until then the reader may come, once the writers have ended. */
  let deadline = Infinity;
  const reading = (async (): Promise<void> => {
    for (;;) {
      const until = deadline; // what is read after it was set lacks nothing that was committed
      const streams = await reader.next();
      for (const stream of streams) seen.set(stream, (seen.get(stream) ?? 0) + 1);
      if (streams.length > 0) continue;
      const isComplete = reader.losesEvents || seen.size >= written.size;
      if (Date.now() > until || (until !== Infinity && isComplete)) return;
      await pause(2);
    }
  })();
  const measurement = await measure(what, () =>
    adversary(DURATION_MS, async (rank) => {
      const stream = await writeWithStalls(store, rank);
      if (stream !== null) written.add(stream);
    }),
  );
  deadline = Date.now() + PATIENCE_MS;
  await reading;
  const missed = [...written].filter((stream) => !seen.has(stream)).length;
  return { measurement, missed, twice: [...seen.values()].filter((times) => times > 1).length };
}

/** Gives the stream that was written, or null when it was rolled back on purpose. */
async function writeWithStalls(store: EventStore, rank: number): Promise<string | null> {
  const context = benchContext();
  const stream = `order-${context.commandId}`;
  const isRolledBack = rank % 10 === 0;
  const onPurpose = new Error('rolled back on purpose');
  try {
    await store.transaction(async (tx) => {
      await tx.query('SELECT pg_current_xact_id()');
      await stall();
      await store.append(stream, 'none', [benchEvent(rank)], context, { tx });
      await stall();
      if (isRolledBack) throw onPurpose;
    });
  } catch (error) {
    if (error === onPurpose) return null;
    throw error;
  }
  return stream;
}

async function adversary(milliseconds: number, write: (rank: number) => Promise<void>): Promise<number> {
  const end = performance.now() + milliseconds;
  let rank = 0;
  const writer = async (): Promise<void> => {
    while (performance.now() < end) await write(rank++);
  };
  await Promise.all(Array.from({ length: WRITERS }, writer));
  return rank;
}

async function stall(): Promise<void> {
  if (Math.random() < 0.3) await pause(Math.random() * 5);
}

function total(rounds: readonly Round[], what: 'missed' | 'twice'): number {
  return rounds.reduce((sum, round) => sum + round[what], 0);
}
