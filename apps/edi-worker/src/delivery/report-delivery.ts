import { aggregates, flowNameStream, flowStream, type Flow, type FlowDeposited, type FlowEvent } from '#domain';
import { carriesStatuses } from '#einvoice';
import type { AppendContext, EventStore } from '#events';
import type { ObjectStore } from '#persistence';
import {
  cppFlowStatus,
  crashPoint,
  Deciders,
  flowRejectLines,
  reportName,
  type Clock,
  type Logger,
} from '#application';
import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import type { PartnerBoxes } from '../pick-up/partner-boxes.js';

/** A report is small, but a flow of nothing but rejects has one line for each. */
const MAX_REPORT_BYTES = 1024 ** 3;

/**
 * Returns the integration report to the outbox of the partner who dropped the flow (R45), as the flow-level status file
 * of the field. Its bytes are made from the log, so that doing it again after a crash writes the same file.
 */
export class ReportDelivery {
  private readonly deciders: Deciders;

  constructor(
    private readonly store: EventStore,
    private readonly objects: ObjectStore,
    private readonly boxes: PartnerBoxes | null,
    private readonly clock: Clock,
    private readonly logger: Logger,
  ) {
    this.deciders = new Deciders(store);
  }

  /** Delivers the report of an ended flow that came over SFTP, once. Resolves when there is nothing (more) to do. */
  async deliver(flowNumber: string): Promise<void> {
    const { state: flow } = await this.deciders.load(aggregates.flow, flowStream(flowNumber));
    if (this.boxes === null || !isDue(flow)) return;
    const { deposit } = flow;
    const name = reportName((await this.ownsItsName(deposit)) ? deposit.name : '', flowNumber);
    const endedAt = await this.endedAt(flowNumber);
    const counts = flow.status === 'completed' ? flow.counts : { integrated: 0, rejected: 0 };
    const report = cppFlowStatus({
      flowName: deposit.name,
      flowNumber,
      applicationCode: deposit.applicationCode,
      producedAt: endedAt,
      status: flow.status === 'completed' ? flow.outcome : 'rejected',
      content: carriesStatuses(deposit.interfaceCode) ? 'statuses' : 'invoices',
      ...counts,
      lines: flowRejectLines(this.store, flowNumber),
    });
    const { sha256, size } = await this.objects.put(report, { maxBytes: MAX_REPORT_BYTES });
    // The name is this flow's alone: a file of that size is this report, delivered by a worker that died or is ahead.
    if ((await this.boxes.size(deposit.applicationCode, 'out', name)) !== size)
      await this.boxes.write(deposit.applicationCode, 'out', name, Readable.from(await this.objects.open(sha256)));
    crashPoint('report-uploaded');
    const delivered: FlowEvent = { type: 'FlowReportDelivered', data: { name, sha256, size } };
    const context: AppendContext = { commandId: randomUUID(), correlationId: flowNumber, actor: 'platform' };
    await this.deciders.decide(aggregates.flow, flowStream(flowNumber), context, (now) =>
      isDue(now) ? { accepted: true, events: [delivered] } : { accepted: true, events: [] },
    );
    this.logger.info({ flow: flowNumber, name, bytes: size }, 'report delivered');
  }

  /** A flow refused because its name had been used must not put its report over the one of the flow that used it. */
  private async ownsItsName({ applicationCode, name, flowNumber }: FlowDeposited['data']): Promise<boolean> {
    for await (const { data } of this.store.readStream(flowNameStream(applicationCode, name), { limit: 1 }))
      return (data as { flowNumber: string }).flowNumber === flowNumber;
    return false;
  }

  /** The instant of the event that ended the flow: what the report is dated. */
  private async endedAt(flowNumber: string): Promise<string> {
    const events = this.store.readStream(flowStream(flowNumber), { direction: 'backwards' });
    for await (const { type, recordedAt } of events)
      if (type === 'FlowCompleted' || type === 'FlowRefused') return recordedAt;
    return this.clock.now().toISOString();
  }
}

function isDue(flow: Flow): flow is Extract<Flow, { status: 'completed' | 'refused' }> {
  return (
    (flow.status === 'completed' || flow.status === 'refused') &&
    !flow.reportDelivered &&
    flow.deposit.channel === 'SFTP'
  );
}
