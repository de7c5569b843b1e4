import { CRASH_POINTS, type CrashPoint } from '#application';
import { daysAfter, depositFlow, flowNumber, flowStream, parisDay, REJECT_DAYS_STREAM } from '#domain';
import { randomUUID } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { RunningProgram } from '../../tools/platform/program.js';
import { startCompiledProgram } from '../support/compiled-program.js';
import { checkInvariants } from '../support/invariants.js';
import { eventsOf } from '../support/log-reading.js';
import { describeOnOneQueue } from '../support/queue-backends.js';
import { batchOf, sampleInvoices } from '../support/sample-flows.js';
import { startTestPlatform, type TestPlatform } from '../support/test-platform.js';
import { freePort } from '../../tools/embedded/free-port.js';

/** Points that only the closing of a day passes; the others are passed by every flow that comes over SFTP. */
const OF_THE_CLOSING: readonly CrashPoint[] = ['day-closed', 'reject-file-stored'];
const OF_A_FLOW = CRASH_POINTS.filter((point) => !OF_THE_CLOSING.includes(point));

/** Invoices of each flow: three batches of 20, 20 and 5. */
const COUNT = 45;
const FAULTS = Array.from({ length: COUNT }, (_, rank) => (rank % 4 === 3 ? ('missing-total' as const) : null));
const REJECTED = FAULTS.filter((fault) => fault !== null).length;

describeOnOneQueue('a program killed at a named point', 'PostgreSQL', (queue) => {
  let on: TestPlatform;
  const killedAt = new Set<string>();
  /** The flows that were dropped for a worker to die of. */
  const names: string[] = [];

  beforeAll(async () => {
    on = await startTestPlatform({ queue, workers: 0 });
  }, 120_000);

  afterAll(async () => {
    await on.stop();
  });

  const crashLines = async (point: string): Promise<number> =>
    (await on.workerLogs()).split('\n').filter((line) => line === `{"msg":"crash point","name":"${point}"}`).length;

  /** Starts a worker that kills itself at a point, and waits until it has. */
  const crash = async (setting: string, work: () => Promise<unknown>): Promise<void> => {
    const [point = ''] = setting.split('#');
    const before = await crashLines(point);
    const worker = await on.platform.startWorker({ CRASH_AT: setting });
    await work();
    await on.eventually(`the crash at ${setting}`, () => Promise.resolve(!worker.isRunning()));
    expect(await worker.ended).toBe('SIGKILL');
    expect(await crashLines(point)).toBe(before + 1);
    killedAt.add(point);
  };

  /** Lets a worker that nothing happens to do the rest, then stops it. */
  const recover = async (rest: () => Promise<unknown>): Promise<void> => {
    const worker = await on.platform.startWorker();
    await rest();
    await worker.stop();
  };

  // Each worker takes up what the one before it has left, and its own flow: one goes on from the death of the other.
  it.each([...OF_A_FLOW, 'batch-judged#2', 'batch-recorded#2'])('R46 kills a worker at %s', async (setting) => {
    const bytes = await batchOf(sampleInvoices(on.directory, `crash ${setting}`, COUNT, FAULTS));
    const name = on.nextName();
    names.push(name);
    await crash(setting, () => on.drop(bytes, name));
  });

  it('R45 R46 gives each invoice of all those flows one outcome, once, and each flow its report', async () => {
    expect(names).toHaveLength(OF_A_FLOW.length + 2);
    await recover(async () => {
      for (const name of names) {
        const report = await on.ended(name);
        expect(report).toMatchObject({ status: 'partly-integrated' });
        expect(report.invoices).toEqual({ total: COUNT, integrated: COUNT - REJECTED, rejected: REJECTED, waiting: 0 });
        await on.eventually('the report in the log', async () => (await on.client.flow(report.flowNumber)).reportName);
        expect(await on.box.exists(`out/C${name.slice(1)}`)).toBe('-');
        expect(await on.flowsNamed(name)).toHaveLength(1);
      }
      await on.eventually('every drop to be archived', async () => {
        const left = [...(await on.box.list('in')), ...(await claimed())];
        return left.length === 0;
      });
    });
    expect((await checkInvariants(on.store, on.objects)).violations).toEqual([]);
  });

  it('R44 R46 a worker killed while it closes days: each day closes once, each file is written once', async () => {
    const today = parisDay(new Date());
    const days = [daysAfter(today, -2), daysAfter(today, -1)];
    await inServiceSince(daysAfter(today, -3));
    for (const day of days) await refusedFlow(day);
    await crash('day-closed', () => Promise.resolve());
    await crash('day-closed', () => Promise.resolve());
    await crash('reject-file-stored', () => Promise.resolve());
    await recover(() =>
      on.eventually(
        'both days to be published',
        async () => (await eventsOf(on.store, 'RejectDayPublished')).length === days.length + 1,
      ),
    );
    const closed = await eventsOf<{ day: string }>(on.store, 'RejectDayClosed');
    expect(closed.map(({ data }) => data.day)).toEqual([daysAfter(today, -3), ...days]);
    const files = await eventsOf<{ day: string }>(on.store, 'RejectFileClosed');
    expect(files.map(({ data }) => data.day)).toEqual(days);
    expect((await checkInvariants(on.store, on.objects)).violations).toEqual([]);
  });

  it.each(['deposit-bytes-stored', 'deposit-recorded'])(
    'R40 an API killed at %s: the client that tries again gets one flow',
    async (point) => {
      const api = await armedApi(point);
      const attempt = randomUUID();
      const name = on.nextName();
      const [invoice] = sampleInvoices(on.directory, `api ${point}`, 1);
      const send = (url: string): Promise<Response> =>
        fetch(`${url}/api/flows?name=${name}`, {
          method: 'POST',
          headers: { authorization: `Bearer ${on.sandbox.settings.apiKey}`, 'idempotency-key': attempt },
          body: invoice?.xml ?? '',
        });
      await expect(send(api.url)).rejects.toThrow();
      expect(await api.program.ended).toBe('SIGKILL');
      const again = await send(on.platform.url);
      expect(again.status).toBe(202);
      expect(await again.json()).toMatchObject({ name, repeated: false });
      expect(await on.eventually('the flow', async () => (await depositsNamed(name)).length)).toBe(1);
      const repetitions = await eventsOf<{ name: string }>(on.store, 'FlowDepositRepeated');
      expect(repetitions.filter(({ data }) => data.name === name)).toEqual([]);
      killedAt.add(point);
    },
  );

  it('R46 has killed a program at every named point', () => {
    expect([...killedAt].sort()).toEqual([...CRASH_POINTS].sort());
  });

  const depositsNamed = async (name: string) =>
    (await eventsOf<{ name: string }>(on.store, 'FlowDeposited')).filter(({ data }) => data.name === name);

  /** What a worker has claimed and not archived: a folder that the partner does not see. */
  const claimed = (): Promise<string[]> =>
    readdir(join(on.platform.folder.boxes, on.sandbox.settings.sandbox.applicationCode, 'processing'));

  async function armedApi(point: string): Promise<{ url: string; program: RunningProgram }> {
    const { folder, adminKey, databaseUrl } = on.platform;
    const port = await freePort();
    const program = await startCompiledProgram({
      name: 'api',
      entry: 'apps/api/src/main.js',
      env: {
        DATABASE_URL: databaseUrl,
        OBJECTS_FOLDER: folder.objects,
        WORK_FOLDER: folder.work,
        API_PORT: String(port),
        API_ADMIN_KEY: adminKey,
        PERSONAL_DATA_KEY: 'secret-des-donnees-personnelles-des-tests',
        CRASH_AT: point,
        ...(on.redisUrl === null ? {} : { REDIS_URL: on.redisUrl }),
      },
      logFile: join(folder.root, 'logs', `armed-api-${point}.log`),
      readyMessage: 'api ready',
    });
    return { url: `http://127.0.0.1:${port}`, program };
  }

  /** Says that the platform has closed days up to this one, as the log of a platform in service does. */
  async function inServiceSince(day: string): Promise<void> {
    await on.store.append(REJECT_DAYS_STREAM, 'none', [{ type: 'RejectDayClosed', data: { day } }], context());
  }

  /** Records a flow that was refused on a day that is over. */
  async function refusedFlow(day: string): Promise<void> {
    const { rows } = await on.store.pool.query<{ sequence: string }>(
      "SELECT nextval('public.flow_sequence') AS sequence",
    );
    const number = flowNumber(null, Number(rows[0]?.sequence));
    const { applicationCode, structure } = on.sandbox.settings.sandbox;
    const deposit = {
      flowNumber: number,
      name: `refusé le ${day}`,
      channel: 'API' as const,
      sender: { identifier: structure, name: null },
      applicationCode,
      interfaceCode: null,
      size: 1,
      sha256: null,
    };
    const reason = {
      code: 'IRR_FORM',
      rule: 'FILE-NAME-FORM',
      message: 'Nom.',
      location: null,
      line: null,
      found: null,
      expected: null,
    };
    const events = depositFlow(deposit, { reasons: [reason], day, depositedAt: `${day}T12:00:00.000Z` });
    await on.store.append(flowStream(number), 'none', [...events], context());
  }
});

function context() {
  const commandId = randomUUID();
  return { commandId, correlationId: commandId, actor: 'test' };
}
