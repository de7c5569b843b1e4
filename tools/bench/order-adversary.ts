import { setTimeout as pause } from 'node:timers/promises';
import type { Checkpoint, EventStore } from '#events';
import { benchContext, benchEvent } from './append-workload.js';
import { against, inTurn, measure, typical, type Measurement } from './measure.js';
import type { PlainTable } from './plain-table.js';

const WRITERS = 8;
const ROUNDS = 7;
const DURATION_MS = 1_000;

/**
 * Writers that stall between taking their transaction id and writing, and between writing and committing, and sometimes
 * roll back, against a polling reader. A reader by position alone loses hundreds of events here; ours must see each once.
 * @throws Error when an event was missed or seen twice.
 */
export async function measureOrder(store: EventStore, plain: PlainTable): Promise<Measurement[]> {
  const [unordered, ordered] = await inTurn(ROUNDS, [
    () => measureUnordered(store, plain),
    () => measureOrdered(store),
  ]);
  return [typical(unordered), against(ordered, unordered, '>= 0.9; missed 0, twice 0')];
}

async function measureOrdered(store: EventStore): Promise<Measurement> {
  const start = (await store.head()) ?? null;
  const written = new Set<string>();
  const reader = startReader(store, start);
  const ordered = await measure('append under stalls, 8 writers, read in order', () =>
    adversary(DURATION_MS, async (rank) => {
      const context = benchContext();
      const stream = `order-${context.commandId}`;
      const rollBack = rank % 10 === 0;
      await store
        .transaction(async (tx) => {
          await tx.query('SELECT pg_current_xact_id()');
          await stall();
          await store.append(stream, 'none', [benchEvent(rank)], context, { tx });
          await stall();
          if (rollBack) throw new Error('rolled back on purpose');
        })
        .catch((error: unknown) => {
          if (!rollBack) throw error;
        });
      if (!rollBack) written.add(stream);
    }),
  );
  const seen = await reader.finish(written.size);
  const missed = [...written].filter((stream) => !seen.has(stream)).length;
  const twice = [...seen.values()].filter((times) => times > 1).length;
  if (missed > 0 || twice > 0) throw new Error(`order: ${missed} events missed, ${twice} seen twice`);
  return ordered;
}

/** The same writers on a plain table, with a reader of the kind that loses events: by the serial key alone. */
async function measureUnordered(store: EventStore, plain: PlainTable): Promise<Measurement> {
  let reading = true;
  const reader = (async (): Promise<void> => {
    for (let after = await plain.last(); reading;) {
      const ids = await plain.idsAfter(after, 200);
      after = ids.at(-1) ?? after;
      if (ids.length === 0) await pause(2);
    }
  })();
  const floor = await measure('plain table under stalls, 8 writers, not ordered', () =>
    adversary(DURATION_MS, async (rank) => {
      const rollBack = rank % 10 === 0;
      await store
        .transaction(async (tx) => {
          await tx.query('SELECT pg_current_xact_id()');
          await stall();
          await plain.append(`order-${benchContext().commandId}`, 1, rank, tx);
          await stall();
          if (rollBack) throw new Error('rolled back on purpose');
        })
        .catch((error: unknown) => {
          if (!rollBack) throw error;
        });
    }),
  );
  reading = false;
  await reader;
  return floor;
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

function startReader(
  store: EventStore,
  start: Checkpoint | null,
): { finish: (expected: number) => Promise<Map<string, number>> } {
  const seen = new Map<string, number>();
  let expected = Infinity;
  const ending = Date.now() + DURATION_MS + 20_000;
  const reading = (async (): Promise<void> => {
    let checkpoint = start;
    while (seen.size < expected && Date.now() < ending) {
      const page = await store.readAll({ after: checkpoint, limit: 200 });
      checkpoint = page.checkpoint;
      for (const { stream } of page.events) seen.set(stream, (seen.get(stream) ?? 0) + 1);
      if (page.events.length === 0) await pause(2);
    }
  })();
  return {
    async finish(count) {
      expected = count;
      await reading;
      return seen;
    },
  };
}
