import { flowStream, recordBatch, type Flow, type FlowEvent, type InvoiceRejected } from '#domain';
import { finding, type Finding } from '#einvoice';
import { ConcurrencyConflict, type AppendContext, type EventStore, type StreamAppend } from '#events';
import { CommandRefused, rejectDayOf, type Clock } from '#application';
import type { PoolClient } from 'pg';
import type { JudgedInvoice } from './judged-invoice.js';
import { rejectOf, type Candidate, type FlowOfInvoices, type Outcomes } from './outcomes.js';

/** Races with other flows over the same invoice numbers before giving the batch back to the queue. */
const ATTEMPTS = 5;

/** The flow as it stood when the batch was judged. */
export interface FlowAtVersion {
  readonly flow: Flow;
  readonly version: number;
}

/** Records a batch: its invoices, its rejects and the progress, in one transaction (R42, R46). */
export class BatchRecorder {
  constructor(
    private readonly store: EventStore,
    private readonly clock: Clock,
  ) {}

  /**
   * @returns the flow's events that were recorded
   * @throws ConcurrencyConflict when another worker has moved this flow on; nothing was recorded then
   */
  async record(
    of: FlowOfInvoices,
    at: FlowAtVersion,
    upToRank: number,
    outcomes: Outcomes,
    context: AppendContext,
  ): Promise<readonly FlowEvent[]> {
    const stream = flowStream(of.deposit.flowNumber);
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.store.transaction((tx) => this.recordOnce(tx, stream, of, at, upToRank, outcomes, context));
      } catch (error) {
        const lostToAnotherFlow =
          error instanceof ConcurrencyConflict && error.conflicts.every((conflict) => conflict.stream !== stream);
        if (!lostToAnotherFlow || attempt >= ATTEMPTS) throw error; // else: look again which invoices exist
      }
    }
  }

  private async recordOnce(
    tx: PoolClient,
    stream: string,
    of: FlowOfInvoices,
    { flow, version }: FlowAtVersion,
    upToRank: number,
    outcomes: Outcomes,
    context: AppendContext,
  ): Promise<readonly FlowEvent[]> {
    const now = this.clock.now();
    const day = await rejectDayOf(this.store, tx, now);
    const { unique, duplicates } = await this.tellDuplicates(tx, outcomes.candidates);
    const rejects: InvoiceRejected['data'][] = [...outcomes.rejected, ...duplicates]
      .sort((a, b) => a.judged.entry.rank - b.judged.entry.rank)
      .map(({ judged, findings }) => rejectOf(of, day, judged, findings));
    const decided = recordBatch(flow, { upToRank, integrated: unique.length, rejects });
    if (!decided.accepted) throw new CommandRefused(decided.code, decided.message);
    const appends: StreamAppend[] = unique.map((candidate) => ({
      stream: candidate.stream,
      expected: 'none',
      events: [{ type: 'InvoiceIntegrated', data: candidate.event, occurredAt: now }],
    }));
    const events = decided.events.map((event) => ({ ...event, occurredAt: now }));
    await this.store.appendMany([...appends, { stream, expected: version, events }], context, { tx });
    return decided.events;
  }

  /** The first invoice of its key stays; one already let in, or seen earlier in this batch, is a duplicate (G1.45). */
  private async tellDuplicates(
    tx: PoolClient,
    candidates: readonly Candidate[],
  ): Promise<{ unique: Candidate[]; duplicates: { judged: JudgedInvoice; findings: readonly Finding[] }[] }> {
    const existing = await this.store.streamVersions(
      candidates.map(({ stream }) => stream),
      { tx },
    );
    const seen = new Set<string>();
    const unique: Candidate[] = [];
    const duplicates: { judged: JudgedInvoice; findings: readonly Finding[] }[] = [];
    for (const candidate of candidates) {
      const { judged, stream } = candidate;
      const rule = existing.has(stream) ? 'DUPLICATE' : seen.has(stream) ? 'DUPLICATE-IN-FLOW' : null;
      seen.add(stream);
      if (rule === null) unique.push(candidate);
      else {
        const number = judged.terms.number;
        const place = { location: number?.location ?? null, line: number?.line ?? null, found: number?.value ?? null };
        duplicates.push({ judged, findings: [...judged.findings, finding(rule, place)] });
      }
    }
    return { unique, duplicates };
  }
}
