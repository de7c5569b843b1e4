import { CommandRefused, crashPoint, type Caller, type Decisions, type Logger } from '#application';
import { evolveFlow, flowStream, recordStatuses, type Flow, type FlowEvent, type LifecycleMode } from '#domain';
import { finding, readIndex, type ContainerIndex, type IndexEntry } from '#einvoice';
import { inOrder } from '../ingestion/in-order.js';
import type { JudgePool } from '../ingestion/judge-pool.js';
import { judgeSurvivingCrashes } from '../ingestion/judge-surviving-crashes.js';
import type { FlowOfInvoices } from '../ingestion/outcomes.js';
import type { ReadStatus } from '../ingestion/status-thread.js';
import { applyStatus } from './status-outcome.js';

/** Batches being read while one is recorded. */
const BATCHES_AHEAD = 2;

/** A flow being processed, at a version of its stream. */
export interface StartedFlow {
  readonly flow: Flow;
  readonly version: number;
}

/**
 * Gives the statuses of a flow that a recipient dropped to the invoices that they are about (FSO1301A; R25). Each is judged
 * alone. The progress of the flow is recorded in one transaction with what it changes of invoices, so a flow that is taken up
 * again after a crash goes on behind the last status that was given (R46).
 */
export class StatusIngestion {
  constructor(
    private readonly decisions: Decisions,
    private readonly pool: Pick<JudgePool, 'readStatuses'>,
    private readonly mode: LifecycleMode,
    private readonly batchSize: number,
  ) {}

  /**
   * Works on the statuses that have no outcome yet, to the end of the flow.
   *
   * @throws ConcurrencyConflict when another worker is ahead
   */
  async applyAll(of: FlowOfInvoices, index: ContainerIndex, start: StartedFlow, log: Logger): Promise<void> {
    let { flow, version } = start;
    if (flow.status !== 'processing') return;
    const batches = readIndex(index.indexPath, { fromRank: flow.upToRank, batchSize: this.batchSize });
    const read = (entries: readonly IndexEntry[]): Promise<ReadStatus[]> =>
      judgeSurvivingCrashes(
        (some) => this.pool.readStatuses(index.contentPath, some),
        entries,
        (batch, error) =>
          log.warn({ fromRank: batch[0]?.rank, statuses: batch.length, error: String(error) }, 'reading thread died'),
        (entry) => ({ entry, unit: null, findings: [finding('JUDGING-CRASHED', {})] }),
      );
    for await (const statuses of inOrder(batches, { ahead: BATCHES_AHEAD, atOnce: 1 }, read)) {
      crashPoint('batch-judged');
      const events = await this.record(of, { flow, version }, statuses);
      flow = events.reduce(evolveFlow, flow);
      version += events.length;
      crashPoint('batch-recorded');
    }
    crashPoint('flow-completed');
    log.info({ status: flow.status }, 'flow of statuses ended');
  }

  /** Decides on a batch and records it, in one transaction. */
  private record(
    of: FlowOfInvoices,
    { flow, version }: StartedFlow,
    statuses: readonly ReadStatus[],
  ): Promise<readonly FlowEvent[]> {
    const { flowNumber } = of.deposit;
    return this.decisions.decide(
      senderOf(of),
      async (session) => {
        const outcomes = [];
        for (const status of statuses) outcomes.push(await applyStatus(session, status, this.mode, of.depositedAt));
        const decided = recordStatuses(flow, outcomes);
        if (!decided.accepted) throw new CommandRefused(decided.code, decided.message);
        return decided.events;
      },
      {
        correlationId: flowNumber,
        beside: (events) => [{ stream: flowStream(flowNumber), expected: version, events }],
      },
    );
  }
}

/** Whoever deposited the flow acts by the rights of its structure's machines, as over HTTP. */
function senderOf({ deposit: { applicationCode, sender } }: FlowOfInvoices): Caller {
  const { identifier: structure, name } = sender;
  return { kind: 'connection', connection: { applicationCode, structure, name: name ?? structure } };
}
