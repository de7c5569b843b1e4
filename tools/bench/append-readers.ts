import { setTimeout as pause } from 'node:timers/promises';
import { compareCheckpoints, type EventStore } from '#events';
import { benchContext, benchEvent, newStreams } from './append-workload.js';
import { measure, type Measurement } from './measure.js';

const PROJECTION = 'bench_projection';

/** One event and one row of a read model in one transaction, one connection. */
export async function measureInlineProjection(store: EventStore, events: number): Promise<Measurement> {
  await createProjection(store);
  return measure('append with an inline projection, 1 connection', async (step) => {
    for (let rank = 0; rank < events; rank++) {
      const context = benchContext();
      const stream = `inline-${context.commandId}`;
      const start = performance.now();
      await store.transaction(async (tx) => {
        await store.append(stream, 'none', [benchEvent(rank)], context, { tx });
        await tx.query({
          name: 'bench-inline',
          text: `INSERT INTO ${PROJECTION} VALUES ($1, $2, $3)`,
          values: [stream, `F-${rank}`, '1481.40'],
        });
      });
      step(performance.now() - start);
    }
    return events;
  });
}

/**
 * A subscription from the beginning of the log into one table, its cursor in the same transaction: what a rebuild does.
 *
 * @param events after which it stops
 */
export async function measureProjection(store: EventStore, events: number): Promise<Measurement> {
  await createProjection(store);
  return measure('projection from the beginning, one table', async () => {
    let handled = 0;
    let done = (): void => undefined;
    const reached = new Promise<void>((resolve) => (done = resolve));
    const subscription = store.subscribe({
      name: `bench-${benchContext().commandId}`,
      batchSize: 1_000,
      handle: async (batch, tx) => {
        const data = batch.map((event) => event.data as { number: string; totals: { payable: string } });
        await tx.query({
          name: 'bench-projection',
          text: `INSERT INTO ${PROJECTION} SELECT * FROM unnest($1::text[], $2::text[], $3::numeric[])`,
          values: [
            batch.map(({ stream, version }) => `${stream}/${version}`),
            data.map(({ number }) => number),
            data.map(({ totals }) => totals.payable),
          ],
        });
        handled += batch.length;
        if (handled >= events) done();
      },
    });
    subscription.start();
    await reached;
    await subscription.stop();
    return handled;
  });
}

/** A bulk while a sealer runs beside it, and how long after the last event the last seal stands. */
export async function measureBulkWithSealer(
  store: EventStore,
  events: number,
): Promise<{ bulk: Measurement; lag: Measurement }> {
  await store.sealer().sealNow();
  const context = benchContext();
  const prefix = `sealed-${context.commandId}`;
  let sealed = 0;
  const sealer = store.sealer({ onSeal: (seal) => void (sealed += seal.events) });
  await store.pool.query('CHECKPOINT');
  sealer.start();
  const bulk = await measure(`bulkAppend, ${events} new streams, sealer running`, async () => {
    const result = await store.bulkAppend(newStreams(events, prefix), { key: prefix, context });
    return result.events;
  });
  const lag = await measure('seal lag after that bulk', async (step) => {
    const start = performance.now();
    while (sealed < events && performance.now() - start < 60_000) await pause(10);
    step(performance.now() - start);
    return sealed;
  });
  await sealer.stop();
  const head = await store.head();
  const { rows } = await store.pool.query<{ transaction: string; position: string }>(
    'SELECT last_xid::text AS transaction, last_position AS position FROM es.seals ORDER BY number DESC LIMIT 1',
  );
  const [last] = rows;
  if (!head || !last || compareCheckpoints(head, { ...last, position: Number(last.position) }) !== 0)
    throw new Error('the log was not sealed to its end within a minute');
  return { bulk, lag };
}

async function createProjection(store: EventStore): Promise<void> {
  await store.pool.query(`
    DROP TABLE IF EXISTS ${PROJECTION};
    CREATE TABLE ${PROJECTION} (id text PRIMARY KEY, number text NOT NULL, payable numeric NOT NULL)`);
}
