import { specification } from '../testing/given.js';
import {
  batchRecorded,
  completed,
  day,
  deposit,
  deposited,
  depositedAt,
  failed,
  incident,
  reason,
  refused,
  reject,
  rejected,
  replayed,
  split,
  started,
  startedAfter,
} from '../testing/flow-events.js';
import type { FlowEvent, StatusOfFlow } from './flow-events.js';
import {
  depositFlow,
  evolveFlow,
  failAttempt,
  MAX_FAILED_ATTEMPTS,
  MAX_STARTS_WITHOUT_PROGRESS,
  MIN_MINUTES_WITHOUT_PROGRESS,
  noFlow,
  origin,
  outcomeOf,
  recordBatch,
  recordStatuses,
  replayFlow,
  startProcessing,
  type Flow,
} from './flow.js';

const { given } = specification<Flow, FlowEvent>(noFlow, evolveFlow);
const times = (count: number, event: FlowEvent): FlowEvent[] => Array.from({ length: count }, () => event);
const stateOf = (...events: readonly FlowEvent[]): Flow => events.reduce(evolveFlow, noFlow);

const endedOrWaiting: readonly (readonly [string, readonly FlowEvent[]])[] = [
  ['does not exist', []],
  ['is in incident', [deposited, incident()]],
  ['was refused', [deposited, refused]],
  ['is completed', [deposited, started, split(1), batchRecorded(1, 1, 0), completed('integrated', 1, 0)]],
];

describe('depositFlow', () => {
  it('R40 records the deposit of a flow whose bytes are safe', () => {
    expect(depositFlow(deposit, null)).toEqual([deposited]);
    expect(stateOf(...depositFlow(deposit, null))).toMatchObject({ status: 'received', deposit });
  });

  it('R41 refuses at the door a flow that says itself that it cannot be taken, with its reason and its day', () => {
    const events = depositFlow(deposit, { reasons: [reason], day, depositedAt });
    expect(events).toEqual([deposited, refused]);
    expect(stateOf(...events)).toMatchObject({ status: 'refused', reportDelivered: false });
  });

  it('R44 gives a reject the number, name, date, channel and sender of its flow', () => {
    expect(origin(deposit, depositedAt, day)).toEqual({
      day,
      flowNumber: deposit.flowNumber,
      flowName: deposit.name,
      depositedAt,
      channel: 'SFTP',
      sender: deposit.sender,
    });
  });
});

describe('startProcessing', () => {
  const now = '2026-11-20T10:00:00.000Z';
  const soon = '2026-11-20T10:09:00.000Z';
  const later = '2026-11-20T10:10:00.000Z';

  it('R42 a worker takes up a flow that was received', () =>
    given(deposited)
      .when((flow) => startProcessing(flow, 'w-1', now))
      .then(started));

  it('R46 a worker goes on with a flow that another one left in the middle', () =>
    given(deposited, started, split(9), rejected(2), batchRecorded(4, 3, 1))
      .when((flow) => startProcessing(flow, 'w-1', now))
      .then(started));

  it.each(endedOrWaiting)('R46 FLX-001 nobody works on a flow that %s', (_, past) =>
    given(...past)
      .when((flow) => startProcessing(flow, 'w-1', now))
      .refused('FLX-001'),
  );

  it('R46 a flow that killed its worker as often as that is still taken up', () =>
    given(deposited, ...times(MAX_STARTS_WITHOUT_PROGRESS - 1, started))
      .when((flow) => startProcessing(flow, 'w-1', now))
      .then(started));

  it('R46 a flow that kills whoever works on it, for some time, waits for people', () =>
    given(deposited, ...times(MAX_STARTS_WITHOUT_PROGRESS, started))
      .when((flow) => startProcessing(flow, 'w-1', later))
      .then(incident(`Le traitement s’est interrompu ${MAX_STARTS_WITHOUT_PROGRESS} fois de suite sans progresser.`)));

  it('R46 a machine that kills its workers for a while makes no incident of the flow', () =>
    given(deposited, ...times(4 * MAX_STARTS_WITHOUT_PROGRESS, started))
      .when((flow) => startProcessing(flow, 'w-1', soon))
      .then(startedAfter(MIN_MINUTES_WITHOUT_PROGRESS - 1)));

  it('R46 progress makes the starts before it count no more', () =>
    given(
      deposited,
      split(9),
      ...times(MAX_STARTS_WITHOUT_PROGRESS, started),
      batchRecorded(4, 4, 0),
      ...times(MAX_STARTS_WITHOUT_PROGRESS - 1, started),
    )
      .when((flow) => startProcessing(flow, 'w-1', later))
      .then(startedAfter(MIN_MINUTES_WITHOUT_PROGRESS)));

  it('R46 a failure that was recorded is no crash: starts are counted from it', () =>
    given(deposited, ...times(MAX_STARTS_WITHOUT_PROGRESS, started), failed)
      .when((flow) => startProcessing(flow, 'w-1', later))
      .then(startedAfter(MIN_MINUTES_WITHOUT_PROGRESS)));
});

describe('recordBatch', () => {
  const inProgress = [deposited, started, split(5), rejected(2), batchRecorded(3, 2, 1)];

  it('R42 a batch lets its good invoices in and rejects the others', () =>
    given(deposited, started, split(5))
      .when((flow) => recordBatch(flow, { upToRank: 3, integrated: 2, rejects: [reject(2)] }))
      .then(rejected(2), batchRecorded(3, 2, 1)));

  it('R46 the batch with the last invoice ends the flow with the counts of all of them', () =>
    given(...inProgress)
      .when((flow) => recordBatch(flow, { upToRank: 5, integrated: 1, rejects: [reject(4)] }))
      .then(rejected(4), batchRecorded(5, 1, 1), completed('partly-integrated', 3, 2)));

  it('R45 a flow without a reject is integrated', () =>
    given(deposited, started, split(2))
      .when((flow) => recordBatch(flow, { upToRank: 2, integrated: 2, rejects: [] }))
      .then(batchRecorded(2, 2, 0), completed('integrated', 2, 0)));

  it('R45 a flow without a good invoice is rejected', () =>
    given(deposited, started, split(1))
      .when((flow) => recordBatch(flow, { upToRank: 1, integrated: 0, rejects: [reject(1)] }))
      .then(rejected(1), batchRecorded(1, 0, 1), completed('rejected', 0, 1)));

  it.each([...endedOrWaiting, ['was not split yet', [deposited, started]] as const])(
    'R46 FLX-001 no outcome is recorded for a flow that %s',
    (_, past) =>
      given(...past)
        .when((flow) => recordBatch(flow, { upToRank: 1, integrated: 1, rejects: [] }))
        .refused('FLX-001'),
  );

  it.each([
    ['a batch that was recorded already', { upToRank: 3, integrated: 2, rejects: [reject(2)] }],
    ['a batch from before', { upToRank: 1, integrated: 1, rejects: [] }],
    ['no invoice at all', { upToRank: 3, integrated: 0, rejects: [] }],
    ['a batch that leaves a rank out', { upToRank: 5, integrated: 1, rejects: [] }],
    ['a batch that counts a rank twice', { upToRank: 5, integrated: 2, rejects: [reject(4)] }],
    ['a batch that leaves a gap before it', { upToRank: 5, integrated: 0, rejects: [reject(5)] }],
    ['more invoices than the flow has', { upToRank: 6, integrated: 3, rejects: [] }],
  ])('R46 FLX-002 refuses %s', (_, batch) =>
    given(...inProgress)
      .when((flow) => recordBatch(flow, batch))
      .refused('FLX-002'),
  );
});

describe('recordStatuses', () => {
  const of = (rank: number, outcome: StatusOfFlow['outcome']): StatusOfFlow => ({
    rank,
    member: null,
    issuer: '55208131766522',
    invoiceNumber: `F-${rank}`,
    invoiceDate: '2026-11-20',
    status: 'SUSPENDUE',
    outcome,
    reasons: outcome === 'refused' ? [reason] : [],
  });
  const applied = (...statuses: StatusOfFlow[]): FlowEvent => ({ type: 'FlowStatusesApplied', data: { statuses } });

  it('R25 records what became of each status of a batch, in one event', () =>
    given(deposited, started, split(5))
      .when((flow) => recordStatuses(flow, [of(1, 'applied'), of(2, 'refused')]))
      .then(applied(of(1, 'applied'), of(2, 'refused'))));

  it('R25 ends the flow with its last status; one that changes nothing is not refused', () =>
    given(deposited, started, split(3), applied(of(1, 'applied'), of(2, 'refused')))
      .when((flow) => recordStatuses(flow, [of(3, 'unchanged')]))
      .then(applied(of(3, 'unchanged')), completed('partly-integrated', 2, 1)));

  it('R46 knows how far it came, and that it came further', () => {
    const past = [deposited, split(3), started, failed, applied(of(1, 'applied'), of(2, 'refused'))];
    expect(stateOf(...past)).toMatchObject({ upToRank: 2, integrated: 1, rejected: 1, starts: 0, failures: 0 });
  });

  it('R46 FLX-001 refuses a flow that is not being processed', () =>
    given(deposited)
      .when((flow) => recordStatuses(flow, [of(1, 'applied')]))
      .refused('FLX-001'));

  it.each([
    ['statuses that were recorded already', [of(2, 'applied')]],
    ['a gap', [of(4, 'applied')]],
    ['none', []],
    ['more than the flow has', [of(3, 'applied'), of(4, 'applied')]],
  ])('R46 FLX-002 refuses %s', (_, statuses) =>
    given(deposited, split(3), applied(of(1, 'applied'), of(2, 'applied')))
      .when((flow) => recordStatuses(flow, statuses))
      .refused('FLX-002'),
  );
});

describe('failAttempt', () => {
  const fail = (flow: Flow) => failAttempt(flow, 'ingestion', 'disque plein');

  it('R46 a failure of ours is recorded, and the flow is tried again', () => given(deposited).when(fail).then(failed));

  it('R46 the last but one failure in a row does not stop the flow', () =>
    given(deposited, ...times(MAX_FAILED_ATTEMPTS - 2, failed))
      .when(fail)
      .then(failed));

  it('R46 too many failures in a row make an incident that says the step and the error', () =>
    given(deposited, ...times(MAX_FAILED_ATTEMPTS - 1, failed))
      .when(fail)
      .then(failed, incident()));

  it('R46 progress makes the failures before it count no more', () =>
    given(deposited, split(5), ...times(MAX_FAILED_ATTEMPTS - 1, failed), batchRecorded(2, 2, 0))
      .when(fail)
      .then(failed));

  it.each(endedOrWaiting)('R46 FLX-001 no failure is recorded on a flow that %s', (_, past) =>
    given(...past)
      .when(fail)
      .refused('FLX-001'),
  );
});

describe('replayFlow', () => {
  const replay = (flow: Flow) => replayFlow(flow, 'operator');

  it('R46 a person has a flow in incident taken up again', () =>
    given(deposited, incident()).when(replay).then(replayed));

  it('R46 a replayed flow goes on from where it stood, with a clean count of failures', () => {
    const past = [deposited, split(5), rejected(1), batchRecorded(2, 1, 1), ...times(MAX_FAILED_ATTEMPTS, failed)];
    expect(stateOf(...past, incident(), replayed)).toEqual({
      status: 'processing',
      deposit,
      container: 'zip',
      invoices: 5,
      upToRank: 2,
      integrated: 1,
      rejected: 1,
      starts: 0,
      startedAt: null,
      failures: 0,
    });
  });

  it('R46 a flow whose incident came before it was split is as if it had just arrived', () => {
    expect(stateOf(deposited, ...times(MAX_FAILED_ATTEMPTS, failed), incident(), replayed)).toEqual(stateOf(deposited));
  });

  it.each([
    ['does not exist', []],
    ['was received', [deposited]],
    ['is being processed', [deposited, split(1)]],
    ['was refused', [deposited, refused]],
    ['is completed', [deposited, split(1), batchRecorded(1, 1, 0), completed('integrated', 1, 0)]],
  ])('R46 FLX-003 refuses to replay a flow that %s', (_, past) =>
    given(...past)
      .when(replay)
      .refused('FLX-003'),
  );
});

describe('outcomeOf', () => {
  it.each([
    [3, 0, 'integrated'],
    [2, 1, 'partly-integrated'],
    [0, 3, 'rejected'],
  ] as const)('R45 %i integrated and %i rejected make a flow %s', (integrated, rejects, outcome) => {
    expect(outcomeOf(integrated, rejects)).toBe(outcome);
  });
});

describe('evolveFlow', () => {
  it('R45 knows that the report of an ended flow was delivered, and only of an ended one', () => {
    const delivered: FlowEvent = {
      type: 'FlowReportDelivered',
      data: { name: 'r.xml', sha256: 'b'.repeat(64), size: 9 },
    };
    expect(stateOf(deposited, refused, delivered)).toMatchObject({ reportDelivered: true });
    const end = [deposited, split(1), batchRecorded(1, 1, 0), completed('integrated', 1, 0)];
    expect(stateOf(...end)).toMatchObject({ outcome: 'integrated', counts: { integrated: 1, rejected: 0 } });
    expect(stateOf(...end, delivered)).toMatchObject({ status: 'completed', reportDelivered: true });
    expect(stateOf(deposited, delivered)).toEqual(stateOf(deposited));
  });

  it.each([
    ['anything before the deposit', [started]],
    ['progress of a flow that was not split', [deposited, batchRecorded(1, 1, 0)]],
    ['a replay without an incident', [deposited, replayed]],
    ['an event that it does not know', [deposited, { type: 'FlowMislaid', data: {} } as unknown as FlowEvent]],
  ])('R49 stops at %s rather than guess', (_, events) => {
    expect(() => stateOf(...events)).toThrow(events.at(-1)?.type);
  });
});
