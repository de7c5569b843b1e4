import { migrate } from '#application';
import { openEventStore, type EventStore } from '#events';
import { createTestDatabase, type TestDatabase } from '../../../../test/support/database.js';
import { startProgram, type TestProgram } from '../../../../test/support/process.js';
import { createTemporaryFolder, type TemporaryFolder } from '../../../../test/support/temporary-folder.js';
import { rightSignatures, startReceiver, type Receiver } from '../../../../test/support/webhook-receiver.js';
import {
  eventually,
  livedInvoice,
  PLATFORM_SECRET,
  registeredWebhook,
} from '../../../../test/support/webhook-world.js';

const ISSUER = '55208131766522';
const INVOICES = 25;
const STATUSES = 11;
const KILLS = 5;

describe('delivery to webhooks by a worker that is killed', () => {
  let database: TestDatabase;
  let folder: TemporaryFolder;
  let store: EventStore;
  let receiver: Receiver;
  let worker: TestProgram | null = null;

  beforeAll(async () => {
    [database, folder, receiver] = await Promise.all([
      createTestDatabase(),
      createTemporaryFolder('webhooks'),
      startReceiver(),
    ]);
    await migrate(database.connectionString);
    store = await openEventStore({ connectionString: database.connectionString, poolSize: 4 });
  });

  afterAll(async () => {
    await worker?.kill('SIGKILL');
    await receiver.close();
    await store.close();
    await Promise.all([database.drop(), folder.remove()]);
  });

  /** Starts a worker as it is started in service. */
  function start(): TestProgram {
    return startProgram('dist/apps/edi-worker/src/main.js', {
      env: {
        DATABASE_URL: database.connectionString,
        OBJECTS_FOLDER: folder.path,
        WORK_FOLDER: folder.path,
        PERSONAL_DATA_KEY: PLATFORM_SECRET,
        WEBHOOK_PRIVATE_ADDRESSES: 'true',
        JUDGE_THREADS: '1',
        LOG_LEVEL: 'info',
      },
    });
  }

  it('R48 delivers every event at least once and in order per invoice, wherever the worker is killed', async () => {
    const invoices: string[][] = [];
    for (let index = 0; index < INVOICES; index += 1) invoices.push(await livedInvoice(store, ISSUER, STATUSES));
    const expected = invoices.flat();
    // Slow enough that there is something to be killed in.
    receiver.answer = (_, response) => void setTimeout(() => response.writeHead(204).end(), 10);
    const { secret } = await registeredWebhook(store, ISSUER, receiver.url);
    for (let kill = 0; kill < KILLS; kill += 1) {
      const before = receiver.received.length;
      worker = start();
      await eventually('the worker delivers', () => receiver.received.length > before);
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 300));
      expect(await worker.kill('SIGKILL')).toMatchObject({ signal: 'SIGKILL' });
    }
    const atKills = new Set(receiver.received.map(({ id }) => id)).size;
    expect(atKills).toBeGreaterThan(KILLS);
    expect(atKills).toBeLessThan(expected.length); // it was really killed in the middle
    worker = start();
    await eventually(
      'everything is there',
      () => new Set(receiver.received.map(({ id }) => id)).size >= expected.length,
    );

    const heard = receiver.received.map(({ id }) => id);
    expect(new Set(heard)).toEqual(new Set(expected));
    expect(new Set(expected).size).toBe(expected.length);
    // A repetition is the one event that was under way when the worker was killed.
    expect(heard.length - expected.length).toBeLessThanOrEqual(KILLS);
    const firstHeard = [...new Set(heard)];
    for (const events of invoices) expect(firstHeard.filter((id) => events.includes(id))).toEqual(events);
    for (const one of receiver.received) expect(rightSignatures(one, secret)).toBe(1);
    await worker.kill('SIGTERM');
    const logged = worker.otherOutput.join('\n');
    expect(logged).toContain('worker stopped');
    expect(logged).not.toContain(secret.slice(6));
  }, 150_000);
});
