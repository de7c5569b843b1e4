import fc from 'fast-check';
import { deposit, depositedAt, reason, reject } from '../testing/flow-events.js';
import type { Decision } from '../shared/decision.js';
import type { FlowEvent } from './flow-events.js';
import {
  depositFlow,
  evolveFlow,
  failAttempt,
  noFlow,
  origin,
  outcomeOf,
  recordBatch,
  replayFlow,
  startProcessing,
  type Flow,
} from './flow.js';

/** What a worker, a person or bad luck may do next. A batch may be late, short or too long: workers race and crash. */
type Step =
  | { do: 'start' | 'fail' | 'replay' | 'refuse' }
  | { do: 'split'; invoices: number }
  | { do: 'batch'; size: number; rejects: number; shift: number };

const count = (max: number) => fc.integer({ min: 0, max });
const steps = fc.array(
  fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom<Step>({ do: 'start' }, { do: 'fail' }, { do: 'replay' }) },
    {
      weight: 2,
      arbitrary: fc.record({ do: fc.constant('split' as const), invoices: fc.integer({ min: 1, max: 9 }) }),
    },
    { weight: 1, arbitrary: fc.constant<Step>({ do: 'refuse' }) },
    {
      weight: 12,
      arbitrary: fc.record({
        do: fc.constant('batch' as const),
        size: count(5),
        rejects: count(5),
        shift: fc.oneof(
          { weight: 4, arbitrary: fc.constant(0) },
          { weight: 1, arbitrary: fc.integer({ min: -4, max: 4 }) },
        ),
      }),
    },
  ),
  { maxLength: 60 },
);

/** Decides as the ingestion does; what has no decider of its own is guarded by the status, as there. */
function decide(flow: Flow, step: Step): readonly FlowEvent[] {
  const eventsOf = (decision: Decision<FlowEvent>): readonly FlowEvent[] => (decision.accepted ? decision.events : []);
  switch (step.do) {
    case 'start':
      return eventsOf(startProcessing(flow, 'w', '2026-11-20T10:00:00.000Z'));
    case 'fail':
      return eventsOf(failAttempt(flow, 'ingestion', 'panne'));
    case 'replay':
      return eventsOf(replayFlow(flow, 'operator'));
    case 'split': {
      const data = { container: 'zip', invoices: step.invoices, ignoredMembers: 0, unpackedBytes: 1 };
      return flow.status === 'received' ? [{ type: 'FlowSplit', data }] : [];
    }
    case 'refuse': {
      const data = { ...origin(deposit, depositedAt, '2026-11-21'), reasons: [reason] };
      return flow.status === 'received' ? [{ type: 'FlowRefused', data }] : [];
    }
    case 'batch': {
      const upToRank = (flow.status === 'processing' ? flow.upToRank : 0) + step.size + step.shift;
      const rejects = Array.from({ length: Math.min(step.rejects, step.size) }, (_, index) => reject(index + 1));
      return eventsOf(recordBatch(flow, { upToRank, integrated: step.size - rejects.length, rejects }));
    }
  }
}

function live(sequence: readonly Step[]): { log: FlowEvent[]; flow: Flow } {
  const log: FlowEvent[] = [...depositFlow(deposit, null)];
  let flow = log.reduce(evolveFlow, noFlow);
  for (const step of sequence) {
    const events = decide(flow, step);
    flow = events.reduce(evolveFlow, flow);
    log.push(...events);
  }
  return { log, flow };
}

const ofType = <T extends FlowEvent['type']>(log: readonly FlowEvent[], type: T) =>
  log.filter((event): event is Extract<FlowEvent, { type: T }> => event.type === type);

describe('a flow, whatever happens to it', () => {
  it('R46 never loses and never doubles a rank, and ends once with the counts of its invoices', () => {
    let ended = 0;
    fc.assert(
      fc.property(steps, (sequence) => {
        const { log } = live(sequence);
        const invoices = ofType(log, 'FlowSplit')[0]?.data.invoices ?? 0;
        const batches = ofType(log, 'FlowBatchRecorded').map(({ data }) => data);
        let counted = 0;
        for (const { upToRank, integrated, rejected } of batches) {
          expect(integrated + rejected).toBeGreaterThan(0);
          counted += integrated + rejected;
          expect(upToRank).toBe(counted); // the ranks of a batch follow those of the one before: no gap, no overlap
        }
        expect(counted).toBeLessThanOrEqual(invoices);
        const integrated = batches.reduce((sum, batch) => sum + batch.integrated, 0);
        const rejected = batches.reduce((sum, batch) => sum + batch.rejected, 0);
        expect(ofType(log, 'InvoiceRejected')).toHaveLength(rejected);

        const completions = ofType(log, 'FlowCompleted').map(({ data }) => data);
        expect(completions).toEqual(
          counted > 0 && counted === invoices
            ? [{ outcome: outcomeOf(integrated, rejected), integrated, rejected }]
            : [],
        );
        const end = log.findIndex(({ type }) => type === 'FlowCompleted' || type === 'FlowRefused');
        if (end >= 0) expect(log.slice(end + 1)).toEqual([]);
        ended += completions.length;
      }),
      { numRuns: 1_800 },
    );
    expect(ended).toBeGreaterThan(20); // else the property said nothing of the end
  });

  it('R46 is the same when it is read again from its log as when it was lived', () => {
    fc.assert(
      fc.property(steps, (sequence) => {
        const { log, flow } = live(sequence);
        const stored = JSON.parse(JSON.stringify(log)) as FlowEvent[];
        expect(stored.reduce(evolveFlow, noFlow)).toEqual(flow);
      }),
      { numRuns: 300 },
    );
  });

  it('R46 is the same without its rejects, which are not fetched', () => {
    fc.assert(
      fc.property(steps, (sequence) => {
        const { log, flow } = live(sequence);
        expect(log.filter(({ type }) => type !== 'InvoiceRejected').reduce(evolveFlow, noFlow)).toEqual(flow);
      }),
      { numRuns: 300 },
    );
  });
});
