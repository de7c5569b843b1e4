import { randomInt } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { RunningProgram } from '../../tools/platform/program.js';
import { seededRandom, type FaultKind } from '../../tools/samples/index.js';
import { checkInvariants } from '../support/invariants.js';
import { eventsOf } from '../support/log-reading.js';
import { describeOnOneQueue } from '../support/queue-backends.js';
import { batchOf, membersOf, sampleInvoices, tarGzOf } from '../support/sample-flows.js';
import { startTestPlatform, type TestPlatform } from '../support/test-platform.js';

/** 25 in the everyday run; `REPONS_KILLS=200` for the long one, `REPONS_EVERY_QUEUE=1` for each backend of the queue. */
const KILLS = Number(process.env.REPONS_KILLS ?? 25);
/** `REPONS_SEED` repeats a run that failed. */
const SEED = process.env.REPONS_SEED ?? String(randomInt(1_000_000));
const FLOWS = Math.max(8, Math.ceil(KILLS / 3));
const COUNT = 60;

describeOnOneQueue(`workers killed ${KILLS} times at random (REPONS_SEED=${SEED})`, 'PostgreSQL', (queue) => {
  let on: TestPlatform;

  beforeAll(async () => {
    on = await startTestPlatform({ queue, workers: 2 });
  }, 120_000);

  afterAll(async () => {
    await on.stop();
  });

  it(
    'R46 R47 gives each invoice one outcome, once, and ends every flow soon after the last kill',
    async () => {
      const random = seededRandom(`kills/${SEED}`);
      const faults = Array.from({ length: COUNT }, (_, rank): FaultKind | null =>
        rank % 6 === 5 ? 'missing-number' : null,
      );
      const flows = await Promise.all(
        Array.from({ length: FLOWS }, (_, index) => {
          const invoices = sampleInvoices(on.directory, `kills-${SEED}-${index}`, COUNT, faults);
          return index % 2 === 0 ? batchOf(invoices) : tarGzOf(membersOf(invoices));
        }),
      );
      const names: string[] = [];
      const sendNext = async (): Promise<void> => {
        const bytes = flows[names.length];
        if (bytes === undefined) return;
        const name = on.nextName();
        names.push(name);
        await (names.length % 3 === 0 ? on.deposit(bytes, name) : on.drop(bytes, name));
      };
      await sendNext();
      await sendNext();

      const starts = async (): Promise<number> => (await eventsOf(on.store, 'FlowProcessingStarted')).length;
      /** Sends a flow and waits until a worker takes one in hand, for some seconds at most: there may be none left to send. */
      const untilWorkIsTaken = async (): Promise<void> => {
        const before = await starts();
        await sendNext();
        for (let looks = 0; looks < 60 && (await starts()) === before; looks += 1) await pause(50);
      };
      const starting = new Set<Promise<unknown>>();
      let killed = 0;
      while (killed < KILLS) {
        // Workers that are killed as soon as they stand have nothing in hand: every third time one has, and all are killed.
        const isInHand = killed % 3 === 2;
        if (isInHand) await untilWorkIsTaken();
        await pause(random.integer(20, isInHand ? 60 : 300));
        const alive: RunningProgram[] = on.platform.workers.filter((worker) => worker.isRunning());
        const one = alive[random.integer(0, Math.max(0, alive.length - 1))];
        for (const victim of isInHand || one === undefined ? alive : [one]) {
          await victim.stop('SIGKILL');
          expect(await victim.ended).toBe('SIGKILL');
          killed += 1;
          const started = on.platform.startWorker().finally(() => starting.delete(started));
          starting.add(started);
        }
        if (starting.size > 1) await Promise.race(starting);
      }
      await Promise.all(starting);
      while (names.length < flows.length) await sendNext();

      for (const name of names) {
        const report = await on.ended(name);
        expect(report.invoices).toEqual({ total: COUNT, integrated: COUNT - 10, rejected: 10, waiting: 0 });
      }
      const { violations, flows: checked, invoices } = await checkInvariants(on.store, on.objects);
      expect(violations).toEqual([]);
      expect({ checked, invoices }).toEqual({ checked: FLOWS, invoices: FLOWS * COUNT });
      // The kills hit work in hand: more starts than flows.
      expect(await starts()).toBeGreaterThan(FLOWS);
      expect(killed).toBeGreaterThanOrEqual(KILLS);
    },
    Math.max(600_000, KILLS * 9_000),
  );
});
