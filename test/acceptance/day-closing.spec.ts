import {
  Deposits,
  migrate,
  RejectDayClosing,
  RejectFiles,
  rejectFileCsv,
  rejectFileJson,
  rejectLinesFromLog,
  type Clock,
} from '#application';
import { daysAfter, parisDay, REJECT_DAYS_STREAM, evolveFlow, flowStream, noFlow, type FlowEvent } from '#domain';
import { finding, noTerms } from '#einvoice';
import { openEventStore, type EventStore } from '#events';
import { flowsProjection, openObjectStore, rejectsProjection, type ObjectStore } from '#persistence';
import { createHash, randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { BatchRecorder } from '../../apps/edi-worker/src/ingestion/batch-recorder.js';
import { flowName } from '../../tools/samples/index.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { checkInvariants } from '../support/invariants.js';
import { eventsOf } from '../support/log-reading.js';
import { createTemporaryFolder, type TemporaryFolder } from '../support/temporary-folder.js';
import { until } from '../support/test-platform.js';

/** A clock that stands where the test puts it. */
class SetClock implements Clock {
  constructor(private time: string) {}
  now(): Date {
    return new Date(this.time);
  }
  set(time: string): void {
    this.time = time;
  }
}

const SENDER = { identifier: '12345678200010', name: 'Papeterie du Test' };

describe('closing of the days of rejects', () => {
  let database: TestDatabase;
  let folder: TemporaryFolder;
  let store: EventStore;
  let objects: ObjectStore;
  const clock = new SetClock('2026-10-20T10:00:00Z');
  let sequence = 0;

  beforeEach(async () => {
    database = await createTestDatabase();
    folder = await createTemporaryFolder('closing');
    await migrate(database.connectionString);
    store = await openEventStore({ connectionString: database.connectionString, poolSize: 6, applicationName: 'test' });
    objects = await openObjectStore({ kind: 'local', folder: folder.path });
    for (const projection of [flowsProjection, rejectsProjection])
      store.subscribe({ ...projection, types: [...projection.types] }).start();
    clock.set('2026-10-20T10:00:00Z');
  });

  afterEach(async () => {
    await store.close();
    await database.drop();
    await folder.remove();
  });

  /** Says that the platform has closed days up to this one: what the log of a platform in service says. */
  const inServiceSince = async (lastClosed: string): Promise<void> => {
    const event = { type: 'RejectDayClosed', data: { day: lastClosed } };
    const commandId = randomUUID();
    await store.append(REJECT_DAYS_STREAM, 'none', [event], { commandId, correlationId: commandId, actor: 'test' });
  };

  /** Has a flow refused now, by the given clock; returns the number of the flow. */
  const reject = async (by: Clock = clock): Promise<string> => {
    const deposits = new Deposits(store, objects, by, 1_000);
    const { flowNumber, findings } = await deposits.deposit({
      applicationCode: 'TEST01',
      sender: SENDER,
      channel: 'API',
      name: { envelope: `mal nommé ${(sequence += 1)}` },
      bytes: Readable.from([Buffer.from(`flux ${sequence}`)]),
      announcedSize: null,
      attempt: randomUUID(),
    });
    expect(findings).toHaveLength(1);
    return flowNumber;
  };

  const closing = (by: Clock = clock): RejectDayClosing => new RejectDayClosing(store, objects, by);

  /** Closes what can be closed and writes the files, as the reconciler does look after look. */
  const close = async (): Promise<string[]> => {
    const days = await closing().closeEndedDays();
    await until('the files of the closed days', async () => {
      await closing().writeMissingFiles();
      const { rows } = await store.pool.query<{ waiting: number; known: number }>(
        'SELECT count(*) FILTER (WHERE NOT published)::int AS waiting, count(*) FILTER (WHERE day = ANY($1))::int AS known FROM read.reject_days',
        [days],
      );
      return rows[0]?.waiting === 0 && rows[0].known === days.length;
    });
    return days;
  };

  const files = async () =>
    (
      await eventsOf<{ day: string; party: string; lines: number; csv: { sha256: string }; json: { sha256: string } }>(
        store,
        'RejectFileClosed',
      )
    ).map(({ data }) => data);

  const daysOfRejects = async (): Promise<Map<string, string>> =>
    new Map(
      (await eventsOf<{ flowNumber: string; day: string }>(store, 'FlowRefused')).map(({ data }) => [
        data.flowNumber,
        data.day,
      ]),
    );

  const expectWhole = async (): Promise<void> => expect((await checkInvariants(store, objects)).violations).toEqual([]);

  it('R44 closes a day at midnight in Paris, not before, and its file never changes', async () => {
    await inServiceSince('2026-10-19');
    await reject();
    clock.set('2026-10-20T21:59:59.999Z'); // 23:59:59.999 in Paris, summer time
    const last = await reject();
    expect(await close()).toEqual([]);
    clock.set('2026-10-20T22:00:00.000Z');
    const next = await reject();
    expect(await close()).toEqual(['2026-10-20']);
    expect((await daysOfRejects()).get(last)).toBe('2026-10-20');
    expect((await daysOfRejects()).get(next)).toBe('2026-10-21');

    const [file] = await files();
    expect(file).toMatchObject({ day: '2026-10-20', party: SENDER.identifier, lines: 2 });
    const listed = await new RejectFiles(store, objects, clock).list(null, { day: '2026-10-20', sender: null });
    expect(listed).toEqual([
      expect.objectContaining({ closed: true, lines: 2, csvSha256: file?.csv.sha256, jsonSha256: file?.json.sha256 }),
    ]);
    await reject();
    expect(await close()).toEqual([]);
    expect(await files()).toEqual([file]);
    await expectWhole();
  });

  it('R44 R49 closes with the bytes that the log alone gives, as CSV and as JSON', async () => {
    await inServiceSince('2026-10-19');
    for (let count = 0; count < 12; count += 1) await reject();
    clock.set('2026-10-21T03:00:00Z');
    await close();
    const [file] = await files();
    if (file === undefined) throw new Error('No file was closed');
    const lines = (): ReturnType<typeof rejectLinesFromLog> => rejectLinesFromLog(store, file.day, file.party);
    const rebuilt = {
      csv: await buffer(rejectFileCsv(lines())),
      json: await buffer(rejectFileJson(file.day, file.party, lines())),
    };
    for (const format of ['csv', 'json'] as const) {
      const stored = await buffer(await objects.open(file[format].sha256));
      expect(stored.equals(rebuilt[format])).toBe(true);
      expect(createHash('sha256').update(rebuilt[format]).digest('hex')).toBe(file[format].sha256);
    }
    expect(rebuilt.json.toString('utf8')).toContain('"count":12');
    const opened = await new RejectFiles(store, objects, clock).open(
      SENDER.identifier,
      file.day,
      SENDER.identifier,
      'csv',
    );
    expect(opened).toMatchObject({ closed: true, sha256: file.csv.sha256 });
    expect((await buffer(opened?.bytes ?? Readable.from([]))).equals(rebuilt.csv)).toBe(true);
  });

  it('R44 closes the days of an absence one after the other, each with its own file', async () => {
    await inServiceSince('2026-10-19');
    for (const day of ['2026-10-20', '2026-10-21', '2026-10-22']) {
      clock.set(`${day}T12:00:00Z`);
      await reject();
    }
    clock.set('2026-10-24T08:00:00Z'); // the 23rd had no reject: it closes without a file
    expect(await close()).toEqual(['2026-10-20', '2026-10-21', '2026-10-22', '2026-10-23']);
    expect((await files()).map(({ day, lines }) => [day, lines])).toEqual([
      ['2026-10-20', 1],
      ['2026-10-21', 1],
      ['2026-10-22', 1],
    ]);
    await expectWhole();
  });

  it('R44 files a reject recorded by a clock that runs behind under the first open day', async () => {
    await inServiceSince('2026-10-19');
    clock.set('2026-10-23T00:10:00Z');
    await reject();
    expect(await close()).toEqual(['2026-10-20', '2026-10-21', '2026-10-22']);
    const behind = new SetClock('2026-10-22T21:50:00Z');
    const flowRefused = await reject(behind);
    expect((await daysOfRejects()).get(flowRefused)).toBe('2026-10-23');
    const invoiceRejected = await rejectInvoice(behind);
    const [recorded] = await eventsOf<{ flowNumber: string; day: string }>(store, 'InvoiceRejected');
    expect(recorded?.data).toMatchObject({ flowNumber: invoiceRejected, day: '2026-10-23' });
    // Its own closing changes nothing either: for it, no day has ended since.
    expect(await closing(behind).closeEndedDays()).toEqual([]);
    await expectWhole();
  });

  it.each([
    ['2026-10-25', 25, '2026-10-24T22:00:00.000Z', '2026-10-25T22:59:59.999Z'],
    ['2027-03-28', 23, '2027-03-27T23:00:00.000Z', '2027-03-28T21:59:59.999Z'],
  ])('R44 makes one file of the day %s, which has %i hours', async (day, hours, first, last) => {
    expect((Date.parse(last) + 1 - Date.parse(first)) / 3_600_000).toBe(hours);
    await inServiceSince(daysAfter(day, -2));
    const flows: string[] = [];
    for (const time of [
      new Date(Date.parse(first) - 1).toISOString(),
      first,
      `${day}T00:30:00.000Z`,
      `${day}T01:30:00.000Z`,
      last,
    ]) {
      clock.set(time);
      flows.push(await reject());
    }
    expect([...(await daysOfRejects()).values()]).toEqual([daysAfter(day, -1), day, day, day, day]);
    expect(await close()).toEqual([daysAfter(day, -1)]);
    clock.set(new Date(Date.parse(last) + 1).toISOString());
    expect(await close()).toEqual([day]);
    expect((await files()).map((file) => [file.day, file.lines])).toEqual([
      [daysAfter(day, -1), 1],
      [day, 4],
    ]);
    const csv = (await buffer(rejectFileCsv(rejectLinesFromLog(store, day, SENDER.identifier)))).toString('utf8');
    const times = hours === 25 ? ['02:30:00 +02:00', '02:30:00 +01:00'] : ['01:30:00 +01:00', '03:30:00 +02:00'];
    for (const [index, time] of times.entries())
      expect(csv.split('\r\n').find((row) => row.includes(flows[index + 2] ?? '?'))).toContain(time);
    await expectWhole();
  });

  it('R44 R46 closes a day once when several processes close at once', async () => {
    await inServiceSince('2026-10-19');
    clock.set('2026-10-20T12:00:00Z');
    for (let count = 0; count < 5; count += 1) await reject();
    clock.set('2026-10-23T12:00:00Z');
    const closed = await Promise.all(Array.from({ length: 4 }, () => closing().closeEndedDays()));
    expect(closed.flat().sort()).toEqual(['2026-10-20', '2026-10-21', '2026-10-22']);
    await until(
      'the closing to be projected',
      async () => (await store.pool.query('SELECT FROM read.reject_days')).rowCount === 4,
    );
    await Promise.all(Array.from({ length: 4 }, () => closing().writeMissingFiles()));
    expect(await files()).toHaveLength(1);
    const days = await eventsOf<{ day: string }>(store, 'RejectDayClosed');
    expect(days.map(({ data }) => data.day)).toEqual(['2026-10-19', '2026-10-20', '2026-10-21', '2026-10-22']);
    await expectWhole();
  });

  it('R44 never lets a reject into a day that closes at the same moment', async () => {
    await inServiceSince('2026-10-19');
    const before = new SetClock('2026-10-20T21:59:59.000Z');
    const after = new SetClock('2026-10-20T22:00:01.000Z');
    clock.set('2026-10-20T22:00:01.000Z');
    const late = Array.from({ length: 20 }, (_, index) => reject(index % 2 === 0 ? before : after));
    const closed = await Promise.all([closing().closeEndedDays(), closing().closeEndedDays()]);
    await Promise.all(late);
    expect(closed.flat()).toEqual(['2026-10-20']);
    await close();
    const counted = await daysOfRejects();
    expect(counted.size).toBe(20);
    expect(new Set(counted.values()).has('2026-10-21')).toBe(true);
    await expectWhole(); // no reject of a day behind its closing, every closed file what the log gives
  });

  /** Has one invoice of a flow rejected now, by the given clock; returns the number of the flow. */
  async function rejectInvoice(by: Clock): Promise<string> {
    const name = flowName('FSO1150A', 'TEST01', (sequence += 1));
    const { flowNumber } = await new Deposits(store, objects, by, 1_000).deposit({
      applicationCode: 'TEST01',
      sender: SENDER,
      channel: 'API',
      name: { envelope: name },
      bytes: Readable.from([Buffer.from(`facture ${sequence}`)]),
      announcedSize: null,
      attempt: randomUUID(),
    });
    const context = () => ({ commandId: randomUUID(), correlationId: flowNumber, actor: 'test' });
    const split: FlowEvent = {
      type: 'FlowSplit',
      data: { container: 'xml', invoices: 1, ignoredMembers: 0, unpackedBytes: 10 },
    };
    await store.append(flowStream(flowNumber), 1, [split], context());
    let flow = noFlow;
    for await (const { type, data } of store.readStream(flowStream(flowNumber)))
      flow = evolveFlow(flow, { type, data } as FlowEvent);
    if (flow.status !== 'processing') throw new Error(`The flow is ${flow.status}`);
    const { deposit } = flow;
    const entry = {
      rank: 0,
      offset: 0,
      length: 10,
      sha256: '0'.repeat(64),
      member: null,
      kind: 'xml' as const,
      context: null,
    };
    const judged = {
      entry,
      status: 'unreadable' as const,
      syntax: null,
      rules: [],
      terms: noTerms,
      findings: [finding('BR-02')],
      supportingDocuments: [],
    };
    await new BatchRecorder(store, by).record(
      { deposit, depositedAt: by.now().toISOString() },
      { flow, version: 2 },
      1,
      { candidates: [], rejected: [{ judged, findings: judged.findings }] },
      context(),
    );
    return flowNumber;
  }

  it('R44 counts in Paris whatever the zone of the machine', () => {
    expect(parisDay('2026-10-24T22:00:00Z')).toBe('2026-10-25');
    expect(parisDay('2026-10-25T22:59:59.999Z')).toBe('2026-10-25');
  });
});
