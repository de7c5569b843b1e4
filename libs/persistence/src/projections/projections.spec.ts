import {
  flowStream,
  REJECT_DAYS_STREAM,
  rejectDayStream,
  rejectFileStream,
  type FlowEvent,
  type StatusOfFlow,
} from '#domain';
import { type EventStore, type StreamAppend } from '#events';
import { openOwnStore, type OwnStore } from '../../../../test/support/test-store.js';
import { directoryAppends } from '../testing/directory-events.js';
import {
  batch,
  completed,
  deposited,
  depositedAt,
  integrated,
  numberOf,
  originOf,
  reason,
  rejected,
  sender,
  split,
  started,
} from '../testing/flow-events.js';
import { dump, forget, project, record } from '../../../../test/support/read-models.js';
import { directoryProjection } from './directory.projection.js';
import { flowsProjection } from './flows.projection.js';
import { rejectsProjection } from './rejects.projection.js';

const projections = [directoryProjection, flowsProjection, rejectsProjection];
describe('the projections', () => {
  let own: OwnStore;
  let store: EventStore;

  beforeAll(async () => {
    own = await openOwnStore();
    ({ store } = own);
    await record(store, ...directoryAppends);
    await project(store, projections);
  });

  afterAll(() => own.close());

  let last = 0;
  const flow = (...events: readonly FlowEvent[]): StreamAppend & { number: string } => {
    const number = numberOf((last += 1));
    return { number, stream: flowStream(number), expected: 'none', events: [deposited(number), ...events] };
  };
  const flowRow = async (number: string): Promise<unknown> =>
    (await store.pool.query('SELECT * FROM read.flows WHERE number = $1', [number])).rows[0];

  it('R45 a flow that has just arrived is received, with what its deposit said', async () => {
    const one = flow();
    await record(store, one);
    await project(store, projections);
    expect(await flowRow(one.number)).toEqual({
      number: one.number,
      name: 'N',
      application_code: 'ABC123',
      sender_identifier: sender.identifier,
      sender_name: sender.name,
      channel: 'SFTP',
      interface_code: 'FSO1100A',
      size: '3000000000',
      sha256: 'a'.repeat(64),
      status: 'received',
      container: null,
      invoices: null,
      integrated: 0,
      rejected: 0,
      reasons: null,
      incident: null,
      report_name: null,
      deposited_at: new Date(depositedAt),
      split_at: null,
      completed_at: null,
    });
  });

  it.each([
    [
      'processing, with its progress',
      [started, split(5), batch(2, 1, 1)],
      { status: 'processing', invoices: 5, integrated: 1, rejected: 1, completed_at: null },
    ],
    [
      'integrated',
      [split(2), batch(2, 2, 0), completed('integrated', 2, 0)],
      { status: 'integrated', integrated: 2, rejected: 0 },
    ],
    [
      'partly integrated',
      [split(2), batch(1, 1, 0), batch(2, 0, 1), completed('partly-integrated', 1, 1)],
      { status: 'partly-integrated', integrated: 1, rejected: 1 },
    ],
    [
      'rejected',
      [split(1), batch(1, 0, 1), completed('rejected', 0, 1)],
      { status: 'rejected', integrated: 0, rejected: 1, reasons: null },
    ],
    [
      'in incident',
      [{ type: 'FlowIncidentRaised', data: { reason: 'disque plein' } }],
      { status: 'incident', incident: 'disque plein' },
    ],
    [
      'received again after a replay before the split',
      [
        { type: 'FlowIncidentRaised', data: { reason: 'x' } },
        { type: 'FlowReplayed', data: { by: 'o' } },
      ],
      { status: 'received', incident: null },
    ],
    [
      'processing again after a replay',
      [split(3), { type: 'FlowIncidentRaised', data: { reason: 'x' } }, { type: 'FlowReplayed', data: { by: 'o' } }],
      { status: 'processing', incident: null },
    ],
    [
      'integrated, its report delivered',
      [
        split(1),
        batch(1, 1, 0),
        completed('integrated', 1, 0),
        { type: 'FlowReportDelivered', data: { name: 'r.xml', sha256: 'c'.repeat(64), size: 1 } },
      ],
      { status: 'integrated', report_name: 'r.xml' },
    ],
  ] as const)('R45 a flow is %s', async (_, events, expected) => {
    const one = flow(...(events as readonly FlowEvent[]));
    await record(store, one);
    await project(store, projections);
    expect(await flowRow(one.number)).toMatchObject(expected);
  });

  it('R45 a flow refused as a whole says why, and R44 has one line in the rejects', async () => {
    const number = numberOf(last + 1);
    const one = flow({ type: 'FlowRefused', data: { ...originOf(number), reasons: [reason] } });
    await record(store, one);
    await project(store, projections);
    expect(await flowRow(number)).toMatchObject({ status: 'rejected', reasons: [reason], invoices: null });
    const { rows } = await store.pool.query(
      `SELECT day::text, sender, issuer FROM read.rejects WHERE reject::text LIKE '%' || $1 || '%'`,
      [number],
    );
    expect(rows).toEqual([{ day: '2026-11-21', sender: sender.identifier, issuer: null }]);
  });

  it('R45 each invoice of a flow has its own line, good and bad', async () => {
    const number = numberOf(last + 1);
    const one = flow(split(2), rejected(number, 2), batch(2, 1, 1), completed('partly-integrated', 1, 1));
    await record(store, integrated(number, 1), one);
    await project(store, projections);
    const { rows } = await store.pool.query('SELECT * FROM read.flow_invoices WHERE flow_number = $1 ORDER BY rank', [
      number,
    ]);
    const common = { flow_number: number, issue_date: '2026-11-20', issuer: sender.identifier, status: null };
    expect(rows).toEqual([
      {
        ...common,
        rank: 1,
        member: null,
        outcome: 'integrated',
        number: `F-${number.slice(-3)}-1`,
        recipient: '13002526500013',
        reasons: null,
      },
      {
        ...common,
        rank: 2,
        member: 'f2.xml',
        outcome: 'rejected',
        number: 'F-2',
        recipient: '130025265',
        reasons: [reason],
      },
    ]);
  });

  it('R25 each status of a flow of statuses has its own line, and a refused one stands in no reject file', async () => {
    const number = numberOf(last + 1);
    const of = { member: null, issuer: '55208131766522', invoiceDate: '2026-11-20', status: 'SUSPENDUE' };
    const statuses: StatusOfFlow[] = [
      { ...of, rank: 1, invoiceNumber: 'F-1', outcome: 'applied', reasons: [] },
      { ...of, rank: 2, invoiceNumber: 'F-2', outcome: 'unchanged', reasons: [] },
      { ...of, rank: 3, invoiceNumber: null, outcome: 'refused', reasons: [reason] },
    ];
    await record(
      store,
      flow(split(3), { type: 'FlowStatusesApplied', data: { statuses } }, completed('partly-integrated', 2, 1)),
    );
    await project(store, projections);
    expect(await flowRow(number)).toMatchObject({ status: 'partly-integrated', integrated: 2, rejected: 1 });
    const { rows } = await store.pool.query(
      'SELECT rank, number, outcome, status, reasons FROM read.flow_invoices WHERE flow_number = $1 ORDER BY rank',
      [number],
    );
    expect(rows).toEqual([
      { rank: 1, number: 'F-1', outcome: 'integrated', status: 'SUSPENDUE', reasons: null },
      { rank: 2, number: 'F-2', outcome: 'integrated', status: 'SUSPENDUE', reasons: null },
      { rank: 3, number: null, outcome: 'rejected', status: 'SUSPENDUE', reasons: [reason] },
    ]);
    const rejects = await store.pool.query(`SELECT 1 FROM read.rejects WHERE reject::text LIKE '%' || $1 || '%'`, [
      number,
    ]);
    expect(rejects.rowCount).toBe(0);
  });

  it('R44 files a reject under its sender and its issuer, a SIREN under the establishment that sent it', async () => {
    const number = numberOf(last + 1);
    const parties = [
      { identifier: '110002011', name: null },
      { identifier: '55208131766522', name: 'Fournisseur' },
      null,
    ];
    const one = flow(
      split(3),
      ...parties.map((issuer, index) => rejected(number, index + 1, { issuer })),
      batch(3, 0, 3),
    );
    await record(store, one);
    await project(store, projections);
    const { rows } = await store.pool.query(
      `SELECT sender, issuer FROM read.rejects WHERE reject::text LIKE '%' || $1 || '%' ORDER BY transaction, position`,
      [number],
    );
    expect(rows).toEqual([
      { sender: sender.identifier, issuer: sender.identifier },
      { sender: sender.identifier, issuer: '55208131766522' },
      { sender: sender.identifier, issuer: null },
    ]);
  });

  it('R42 no text of a partner stops a projection', async () => {
    const number = numberOf(last + 1);
    const endless = Array.from({ length: 9_000 }, (_, index) =>
      String.fromCodePoint(0x4e00 + ((index * 7919) % 20_000)),
    ).join('');
    const one: StreamAppend = {
      ...flow(),
      events: [
        deposited(number, 'nom\u0000\ud800'),
        split(3),
        rejected(number, 1, { member: 'a\u0000b.xml', invoiceNumber: 'F\u0000', invoiceDate: '\u0000' }),
        rejected(number, 2, { issuer: { identifier: endless, name: endless }, recipientIdentifier: endless }),
        rejected(number, 3, { reasons: [{ ...reason, found: '\u0000\udfff' }] }),
        batch(3, 0, 3),
        completed('rejected', 0, 3),
      ],
    };
    await record(store, one);
    await project(store, projections);
    expect(await flowRow(number)).toMatchObject({ status: 'rejected', rejected: 3, name: 'nom\ufffd\ufffd' });
    const { rows } = await store.pool.query(
      'SELECT member, number FROM read.flow_invoices WHERE flow_number = $1 AND rank = 1',
      [number],
    );
    expect(rows).toEqual([{ member: 'a\ufffdb.xml', number: 'F\ufffd' }]);
  });

  it('R44 knows which days are closed, which files are written, and which days need no more looking at', async () => {
    const csv = { sha256: 'c'.repeat(64), size: 5_000_000_000 };
    const json = { sha256: 'd'.repeat(64), size: 2 };
    const file = { day: '2026-11-19', party: sender.identifier, lines: 7, csv, json };
    await record(
      store,
      {
        stream: REJECT_DAYS_STREAM,
        expected: 'any',
        events: ['2026-11-19', '2026-11-20'].map((day) => ({ type: 'RejectDayClosed', data: { day } })),
      },
      {
        stream: rejectFileStream(file.day, file.party),
        expected: 'none',
        events: [{ type: 'RejectFileClosed', data: file }],
      },
      {
        stream: rejectDayStream('2026-11-19'),
        expected: 'none',
        events: [{ type: 'RejectDayPublished', data: { day: '2026-11-19' } }],
      },
    );
    await project(store, projections);
    const days = await store.pool.query('SELECT day::text, published FROM read.reject_days ORDER BY day');
    expect(days.rows).toEqual([
      { day: '2026-11-19', published: true },
      { day: '2026-11-20', published: false },
    ]);
    const files = await store.pool.query(
      'SELECT day::text, party, lines, csv_sha256, csv_size, json_sha256, json_size FROM read.reject_files',
    );
    expect(files.rows).toEqual([
      {
        day: '2026-11-19',
        party: sender.identifier,
        lines: 7,
        csv_sha256: csv.sha256,
        csv_size: '5000000000',
        json_sha256: json.sha256,
        json_size: '2',
      },
    ]);
  });

  it.each([1, 3, 500])(
    'R61 rebuilt from the first event by batches of %i, every table is what it was live',
    async (batchSize) => {
      const live = await dump(store.pool, projections);
      expect(Object.values(live).every((rows) => rows.length > 0)).toBe(true);
      await forget(store.pool, projections);
      expect(Object.values(await dump(store.pool, projections)).flat()).toEqual([]);
      await project(store, projections, batchSize);
      expect(await dump(store.pool, projections)).toEqual(live);
    },
  );
});
