import { accept, refuse, unreachable, type Decision } from '../shared/decision.js';
import type { Channel, RejectReason } from '../rejects/reject.js';
import type { ParisDay } from '../shared/paris-day.js';
import type { FlowDeposited, FlowEvent, FlowOutcome, InvoiceRejected, StatusOfFlow } from './flow-events.js';

/** Failures of ours in a row, without progress between them, that make an incident. */
export const MAX_FAILED_ATTEMPTS = 5;

/** Starts in a row without progress or failure: the process died each time. Well above what a bad day of restarts does. */
export const MAX_STARTS_WITHOUT_PROGRESS = 25;

/**
 * They make an incident only when they are spread over as long as this: a machine that kills its workers again and again
 * for some minutes is no fault of the flows they were at.
 */
export const MIN_MINUTES_WITHOUT_PROGRESS = 10;

/** What is known of a flow from its stream; enough to go on after a crash (R46). */
export type Flow =
  | { readonly status: 'none' }
  | (FlowFacts & { readonly status: 'received' })
  | (FlowFacts & FlowProgress & { readonly status: 'processing' })
  | (FlowFacts & { readonly status: 'incident'; readonly progress: FlowProgress | null })
  | (FlowFacts & { readonly status: 'refused'; readonly reportDelivered: boolean })
  | (FlowFacts & {
      readonly status: 'completed';
      readonly outcome: FlowOutcome;
      readonly counts: FlowCounts;
      readonly reportDelivered: boolean;
    });

export interface FlowCounts {
  readonly integrated: number;
  readonly rejected: number;
}

export interface FlowFacts {
  readonly deposit: FlowDeposited['data'];
  /** Starts since the last progress, and the first of them (ISO 8601 UTC). */
  readonly starts: number;
  readonly startedAt: string | null;
  readonly failures: number;
}

export interface FlowProgress {
  readonly container: string;
  readonly invoices: number;
  /** Every invoice up to this rank has its outcome; ranks start at 1. */
  readonly upToRank: number;
  readonly integrated: number;
  readonly rejected: number;
}

export const noFlow: Flow = { status: 'none' };

/** Applies one event of the flow's stream. Throws on a stream that no decider could have written. */
export function evolveFlow(flow: Flow, event: FlowEvent): Flow {
  if (event.type === 'FlowDeposited') return { status: 'received', deposit: event.data, ...quiet };
  if (flow.status === 'none') throw new Error(`${event.type} before FlowDeposited`);
  switch (event.type) {
    case 'FlowProcessingStarted':
      return { ...flow, starts: flow.starts + 1, startedAt: flow.startedAt ?? event.data.at };
    case 'FlowSplit': {
      const { container, invoices } = event.data;
      return { ...facts(flow), status: 'processing', container, invoices, upToRank: 0, integrated: 0, rejected: 0 };
    }
    case 'InvoiceRejected':
      return flow; // counted by FlowBatchRecorded, in the same transaction
    case 'FlowBatchRecorded':
      return advanced(flow, event.type, event.data);
    case 'FlowStatusesApplied':
      return advanced(flow, event.type, countsOf(event.data.statuses));
    case 'FlowRefused':
      return { ...facts(flow), status: 'refused', reportDelivered: false };
    case 'FlowCompleted': {
      const { outcome, integrated, rejected } = event.data;
      return { ...facts(flow), status: 'completed', outcome, counts: { integrated, rejected }, reportDelivered: false };
    }
    case 'FlowAttemptFailed':
      return { ...flow, ...quiet, failures: flow.failures + 1 };
    case 'FlowIncidentRaised':
      return { ...facts(flow), status: 'incident', progress: flow.status === 'processing' ? progress(flow) : null };
    case 'FlowReplayed': {
      if (flow.status !== 'incident') throw new Error('FlowReplayed outside of an incident');
      const again = { ...facts(flow), ...quiet };
      return flow.progress ? { ...again, ...flow.progress, status: 'processing' } : { ...again, status: 'received' };
    }
    case 'FlowReportDelivered':
      return flow.status === 'refused' || flow.status === 'completed' ? { ...flow, reportDelivered: true } : flow;
    default:
      return unreachable(event);
  }
}

/** Events for a flow that arrived: deposited, and refused at once when `reasons` says why (R40, R41). */
export function depositFlow(
  deposit: FlowDeposited['data'],
  refusal: { reasons: readonly RejectReason[]; day: ParisDay; depositedAt: string } | null,
): readonly FlowEvent[] {
  const deposited: FlowEvent = { type: 'FlowDeposited', data: deposit };
  if (refusal === null) return [deposited];
  const { reasons, day, depositedAt } = refusal;
  return [deposited, { type: 'FlowRefused', data: { ...origin(deposit, depositedAt, day), reasons } }];
}

/**
 * A worker takes the flow up. Refuses a flow that waits for people or has ended (`FLX-001`).
 *
 * @param at the instant, ISO 8601 UTC
 */
export function startProcessing(flow: Flow, worker: string, at: string): Decision<FlowEvent> {
  if (flow.status !== 'received' && flow.status !== 'processing')
    return refuse('FLX-001', `Le flux n’attend aucun traitement (état : ${flow.status}).`);
  const started: FlowEvent = { type: 'FlowProcessingStarted', data: { worker, at } };
  const minutes = flow.startedAt === null ? 0 : (Date.parse(at) - Date.parse(flow.startedAt)) / 60_000;
  if (flow.starts < MAX_STARTS_WITHOUT_PROGRESS || minutes < MIN_MINUTES_WITHOUT_PROGRESS) return accept(started);
  const reason = `Le traitement s’est interrompu ${flow.starts} fois de suite sans progresser.`;
  return accept<FlowEvent>({ type: 'FlowIncidentRaised', data: { reason } });
}

/**
 * The outcomes of one batch, and the end of the flow when it was the last one (R42, R46). Refuses a flow that is not being
 * processed (`FLX-001`) and a batch that does not follow the one before rank by rank, within the flow (`FLX-002`).
 */
export function recordBatch(
  flow: Flow,
  batch: { upToRank: number; integrated: number; rejects: readonly InvoiceRejected['data'][] },
): Decision<FlowEvent> {
  const { upToRank, integrated, rejects } = batch;
  const counts = { upToRank, integrated, rejected: rejects.length };
  const rejections = rejects.map((data): FlowEvent => ({ type: 'InvoiceRejected', data }));
  return recordProgress(flow, counts, [...rejections, { type: 'FlowBatchRecorded', data: counts }]);
}

/**
 * The outcomes of the next statuses of a flow of statuses, and its end when they were the last ones (R25). Refuses as
 * {@link recordBatch} does.
 */
export function recordStatuses(flow: Flow, statuses: readonly StatusOfFlow[]): Decision<FlowEvent> {
  return recordProgress(flow, countsOf(statuses), [{ type: 'FlowStatusesApplied', data: { statuses } }]);
}

function recordProgress(flow: Flow, batch: BatchCounts, progress: readonly FlowEvent[]): Decision<FlowEvent> {
  if (flow.status !== 'processing') return refuse('FLX-001', `Le flux n’est pas en cours (état : ${flow.status}).`);
  const counted = batch.integrated + batch.rejected;
  const isNext = batch.upToRank > flow.upToRank && batch.upToRank <= flow.invoices;
  if (!isNext || flow.upToRank + counted !== batch.upToRank)
    return refuse('FLX-002', `Lot ${flow.upToRank + 1}–${batch.upToRank} : ${counted} résultats.`);
  if (batch.upToRank < flow.invoices) return accept(...progress);
  const { integrated, rejected } = advanced(flow, 'FlowCompleted', batch);
  const outcome = outcomeOf(integrated, rejected);
  return accept(...progress, { type: 'FlowCompleted', data: { outcome, integrated, rejected } });
}

/** A failure of ours. After several in a row the flow becomes an incident and waits for people. */
export function failAttempt(flow: Flow, step: string, error: string): Decision<FlowEvent> {
  if (flow.status !== 'received' && flow.status !== 'processing')
    return refuse('FLX-001', `Le flux n’attend aucun traitement (état : ${flow.status}).`);
  const failed: FlowEvent = { type: 'FlowAttemptFailed', data: { step, error } };
  if (flow.failures + 1 < MAX_FAILED_ATTEMPTS) return accept(failed);
  return accept<FlowEvent>(failed, { type: 'FlowIncidentRaised', data: { reason: `${step} : ${error}` } });
}

/** A person has the flow taken up again. Refuses a flow that is not in incident (`FLX-003`). */
export function replayFlow(flow: Flow, by: string): Decision<FlowEvent> {
  if (flow.status !== 'incident') return refuse('FLX-003', `Le flux n’est pas en incident (état : ${flow.status}).`);
  return accept({ type: 'FlowReplayed', data: { by } });
}

/** Status of a flow from the outcomes of its invoices (invariant I02): all in, some in, none in. */
export function outcomeOf(integrated: number, rejected: number): FlowOutcome {
  if (rejected === 0) return 'integrated';
  return integrated === 0 ? 'rejected' : 'partly-integrated';
}

/** What a line of a reject file says of the flow. */
export function origin(
  deposit: FlowDeposited['data'],
  depositedAt: string,
  day: ParisDay,
): {
  day: ParisDay;
  flowNumber: string;
  flowName: string;
  depositedAt: string;
  channel: Channel;
  sender: FlowDeposited['data']['sender'];
} {
  const { flowNumber, name, channel, sender } = deposit;
  return { day, flowNumber, flowName: name, depositedAt, channel, sender };
}

type FlowInProgress = Extract<Flow, { status: 'processing' }>;

/** Of a batch: the last rank, and what became of those up to it. */
interface BatchCounts extends FlowCounts {
  readonly upToRank: number;
}

function countsOf(statuses: readonly StatusOfFlow[]): BatchCounts {
  const rejected = statuses.filter(({ outcome }) => outcome === 'refused').length;
  return { upToRank: statuses.at(-1)?.rank ?? 0, integrated: statuses.length - rejected, rejected };
}

function advanced(
  flow: Flow,
  event: FlowEvent['type'],
  { upToRank, integrated, rejected }: BatchCounts,
): FlowInProgress {
  if (flow.status !== 'processing') throw new Error(`${event} outside of processing`);
  const counts = { integrated: flow.integrated + integrated, rejected: flow.rejected + rejected };
  return { ...flow, ...quiet, upToRank, ...counts };
}

const quiet = { starts: 0, startedAt: null, failures: 0 } as const;

function facts({ deposit, starts, startedAt, failures }: FlowFacts): FlowFacts {
  return { deposit, starts, startedAt, failures };
}

function progress({ container, invoices, upToRank, integrated, rejected }: FlowProgress): FlowProgress {
  return { container, invoices, upToRank, integrated, rejected };
}
