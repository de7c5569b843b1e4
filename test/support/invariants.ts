import { rejectFileCsv, rejectLines, rejectLinesFromLog } from '#application';
import {
  invoiceStream,
  issuerParty,
  outcomeOf,
  type FlowDeposited,
  type FlowEvent,
  type InvoiceEvent,
  type RejectDaysEvent,
  type RejectFileEvent,
} from '#domain';
import type { EventStore, RecordedEvent } from '#events';
import type { ObjectStore } from '#persistence';
import { buffer } from 'node:stream/consumers';
import { wholeLog } from './log-reading.js';
import { until } from './test-platform.js';

/** What the log says of one flow. */
interface FlowRecord {
  deposit: FlowDeposited['data'];
  depositedAt: string;
  invoices: number | null;
  /** How often each rank has an outcome. */
  readonly outcomes: Map<number, number>;
  integrated: number;
  rejected: number;
  recorded: { integrated: number; rejected: number };
  completed: { outcome: string; integrated: number; rejected: number }[];
  refused: number;
  reports: number;
  incident: boolean;
}

/** How many of each thing the checker has looked at: a check that looked at nothing shows nothing. */
export interface InvariantReport {
  /** One sentence for each violation, with the name of its invariant. Empty when all hold. */
  readonly violations: readonly string[];
  readonly flows: number;
  readonly invoices: number;
  readonly rejects: number;
}

type AnyEvent = FlowEvent | InvoiceEvent | RejectDaysEvent | RejectFileEvent;

/**
 * Checks over the whole log, the objects and the read models what must hold whatever was broken while it was written:
 * I01 conservation and one outcome per invoice, I02 a flow's status is a function of its invoices, I03 reject lines are
 * the reject events and a closed file is what the log gives, I10 one integrated invoice for each key, I18 nothing before
 * its deposit, no event that cites missing bytes, and the seals (I05, I06). Every flow must have ended.
 */
export async function checkInvariants(store: EventStore, objects: ObjectStore): Promise<InvariantReport> {
  const check = new Check(store, objects);
  for await (const event of wholeLog(store)) await check.take(event);
  await check.conclude();
  const { violations, flows, integratedKeys, rejects } = check;
  return { violations, flows: flows.size, invoices: integratedKeys.size + rejects.length, rejects: rejects.length };
}

class Check {
  readonly violations: string[] = [];
  readonly flows = new Map<string, FlowRecord>();
  readonly integratedKeys = new Set<string>();
  readonly rejects: { position: number; day: string; parties: Set<string> }[] = [];
  private readonly closedDays = new Set<string>();
  private readonly closedFiles: Extract<RejectFileEvent, { type: 'RejectFileClosed' }>['data'][] = [];

  constructor(
    private readonly store: EventStore,
    private readonly objects: ObjectStore,
  ) {}

  async take(recorded: RecordedEvent): Promise<void> {
    const event = { type: recorded.type, data: recorded.data } as AnyEvent;
    switch (event.type) {
      case 'FlowDeposited':
        return this.deposited(event.data, recorded);
      case 'InvoiceIntegrated':
        return this.integrated(event.data, recorded);
      case 'InvoiceRejected':
      case 'FlowRefused': {
        const { data } = event;
        if (this.closedDays.has(data.day)) this.fail('I03', `a reject of ${data.day} after the day was closed`);
        const issuer = 'issuer' in data ? issuerParty(data.issuer, data.sender)?.identifier : undefined;
        const parties = new Set([data.sender.identifier, ...(issuer === undefined ? [] : [issuer])]);
        this.rejects.push({ position: recorded.position, day: data.day, parties });
        const flow = this.flow(data.flowNumber, event.type);
        if (!flow) return;
        if (data.reasons.length === 0) this.fail('I03', `a reject of ${data.flowNumber} gives no reason`);
        if (event.type === 'FlowRefused') flow.refused += 1;
        else {
          flow.rejected += 1;
          flow.outcomes.set(event.data.rank, (flow.outcomes.get(event.data.rank) ?? 0) + 1);
        }
        return;
      }
      case 'RejectDayClosed':
        if (this.closedDays.has(event.data.day)) this.fail('I03', `${event.data.day} closed twice`);
        this.closedDays.add(event.data.day);
        return;
      case 'RejectFileClosed':
        this.closedFiles.push(event.data);
        await this.cites(event.data.csv.sha256, recorded);
        await this.cites(event.data.json.sha256, recorded);
        return;
      default:
        return this.ofFlow(event, recorded);
    }
  }

  private async deposited(data: FlowDeposited['data'], recorded: RecordedEvent): Promise<void> {
    const { flowNumber, sha256, size } = data;
    if (this.flows.has(flowNumber)) this.fail('I04', `${flowNumber} deposited twice`);
    this.flows.set(flowNumber, {
      deposit: data,
      depositedAt: recorded.occurredAt,
      invoices: null,
      outcomes: new Map(),
      integrated: 0,
      rejected: 0,
      recorded: { integrated: 0, rejected: 0 },
      completed: [],
      refused: 0,
      reports: 0,
      incident: false,
    });
    if (sha256 === null) return;
    const stored = await this.cites(sha256, recorded);
    if (stored !== null && stored !== size) this.fail('I04', `${flowNumber}: ${stored} bytes kept of ${size}`);
  }

  private async integrated(
    data: Extract<InvoiceEvent, { type: 'InvoiceIntegrated' }>['data'],
    recorded: RecordedEvent,
  ): Promise<void> {
    const key = invoiceStream(data.issuer.identifier, data.number, data.issueDate);
    if (key !== recorded.stream) this.fail('I10', `${recorded.stream} holds the invoice of ${key}`);
    if (this.integratedKeys.has(key)) this.fail('I10', `${key} integrated twice`);
    this.integratedKeys.add(key);
    const flow = this.flow(data.flowNumber, 'InvoiceIntegrated');
    if (!flow) return;
    flow.integrated += 1;
    flow.outcomes.set(data.rank, (flow.outcomes.get(data.rank) ?? 0) + 1);
    if (recorded.occurredAt < flow.depositedAt) this.fail('I18', `${key} integrated before its deposit`);
    if (data.document.object !== flow.deposit.sha256) this.fail('I16', `${key} cites bytes of another flow`);
    await this.cites(data.document.object, recorded);
  }

  private async ofFlow(event: AnyEvent, recorded: RecordedEvent): Promise<void> {
    if (!recorded.stream.startsWith('flow-CPP')) return;
    const flow = this.flow(recorded.stream.slice('flow-'.length), event.type);
    if (!flow) return;
    if (event.type === 'FlowSplit') {
      if (flow.invoices !== null) this.fail('I01', `${recorded.stream} split twice`);
      flow.invoices = event.data.invoices;
    } else if (event.type === 'FlowBatchRecorded') {
      flow.recorded.integrated += event.data.integrated;
      flow.recorded.rejected += event.data.rejected;
    } else if (event.type === 'FlowStatusesApplied') {
      for (const { rank, outcome } of event.data.statuses) {
        const counted = outcome === 'refused' ? 'rejected' : 'integrated';
        flow[counted] += 1;
        flow.recorded[counted] += 1;
        flow.outcomes.set(rank, (flow.outcomes.get(rank) ?? 0) + 1);
      }
    } else if (event.type === 'FlowCompleted') flow.completed.push(event.data);
    else if (event.type === 'FlowIncidentRaised') flow.incident = true;
    else if (event.type === 'FlowReplayed') flow.incident = false;
    else if (event.type === 'FlowReportDelivered') {
      flow.reports += 1;
      await this.cites(event.data.sha256, recorded);
    }
  }

  async conclude(): Promise<void> {
    for (const [number, flow] of this.flows) this.concludeFlow(number, flow);
    const { ok, problems } = await this.store.verify();
    if (!ok) this.fail('I06', `the log does not verify: ${JSON.stringify(problems)}`);
    await this.readModelsFollow();
    await this.rejectFilesAreTheLog();
  }

  private concludeFlow(number: string, flow: FlowRecord): void {
    const { outcomes, invoices, integrated, rejected, completed, refused } = flow;
    if (flow.incident) this.fail('I01', `${number} is in incident`);
    if (completed.length + refused !== 1)
      this.fail('I01', `${number} ended ${completed.length + refused} times (${outcomes.size}/${invoices ?? '?'})`);
    if (flow.reports > 1) this.fail('I12', `${number} reported ${flow.reports} times`);
    if (refused > 0 && outcomes.size > 0) this.fail('I01', `${number} refused with ${outcomes.size} outcomes`);
    if (completed.length === 0) return;
    const expected = Array.from({ length: invoices ?? 0 }, (_, index) => index + 1);
    const wrong = expected.filter((rank) => outcomes.get(rank) !== 1);
    if (wrong.length > 0 || outcomes.size !== invoices)
      this.fail(
        'I01',
        `${number}: ranks without exactly one outcome: ${wrong.join(', ')} (${outcomes.size} of ${invoices})`,
      );
    const end = completed[0];
    if (end?.integrated !== integrated || end.rejected !== rejected)
      this.fail('I01', `${number}: counts ${JSON.stringify(end)}, events ${integrated} + ${rejected}`);
    if (flow.recorded.integrated !== integrated || flow.recorded.rejected !== rejected)
      this.fail('I01', `${number}: the batches count ${JSON.stringify(flow.recorded)}`);
    if (end?.outcome !== outcomeOf(integrated, rejected)) this.fail('I02', `${number} ended as ${end?.outcome}`);
  }

  /** The read models are behind by a moment: they must come to the same counts, line for line. */
  private async readModelsFollow(): Promise<void> {
    const positions = this.rejects.map(({ position }) => position).sort((a, b) => a - b);
    const total = [...this.flows.values()].reduce((sum, { outcomes }) => sum + outcomes.size, 0);
    let seen = '';
    const caughtUp = async (): Promise<boolean> => {
      const { rows } = await this.store.pool.query<{ lines: string[]; invoices: string; counted: string }>(`
        SELECT ARRAY(SELECT r.position::text FROM read.rejects r ORDER BY r.position) AS lines,
               (SELECT count(*) FROM read.flow_invoices) AS invoices,
               (SELECT coalesce(sum(integrated + rejected), 0) FROM read.flows) AS counted`);
      const [row] = rows;
      seen = `${row?.lines.length} lines for ${positions.length}, ${row?.invoices} and ${row?.counted} invoices for ${total}`;
      return row?.lines.join() === positions.join() && Number(row.invoices) === total && Number(row.counted) === total;
    };
    await until('the read models to follow the log', caughtUp).catch(() => this.fail('I08', seen));
  }

  private async rejectFilesAreTheLog(): Promise<void> {
    const files = new Map<string, { day: string; party: string; lines: number }>();
    for (const { day, parties } of this.rejects)
      for (const party of parties) {
        const key = `${day} ${party}`;
        files.set(key, { day, party, lines: (files.get(key)?.lines ?? 0) + 1 });
      }
    for (const { day, party, lines } of files.values()) {
      const live = await buffer(rejectFileCsv(rejectLines(this.store, day, party)));
      const rebuilt = await buffer(rejectFileCsv(rejectLinesFromLog(this.store, day, party)));
      if (!live.equals(rebuilt)) this.fail('I03', `the file of ${party} on ${day} is not what the log gives`);
      const rows = rebuilt.toString('utf8').split('\r\n').length - 2; // header, and the end of the last line
      if (rows !== lines) this.fail('I03', `the file of ${party} on ${day} has ${rows} lines for ${lines} rejects`);
      const closed = this.closedFiles.filter((file) => file.day === day && file.party === party);
      if (closed.length > 1) this.fail('I03', `the file of ${party} on ${day} was closed ${closed.length} times`);
      for (const { csv } of closed)
        if (!(await buffer(await this.objects.open(csv.sha256))).equals(rebuilt))
          this.fail('I03', `the closed file of ${party} on ${day} is not what the log gives`);
    }
  }

  private flow(number: string, type: string): FlowRecord | undefined {
    const flow = this.flows.get(number);
    if (flow === undefined) this.fail('I18', `${type} of ${number} before its deposit`);
    return flow;
  }

  /** Size of the bytes that an event cites, or null when they are not there. */
  private async cites(sha256: string, { type, stream }: RecordedEvent): Promise<number | null> {
    const stored = await this.objects.stat(sha256);
    if (stored === null) this.fail('I16', `${type} of ${stream} cites missing bytes ${sha256}`);
    return stored?.size ?? null;
  }

  private fail(invariant: string, what: string): void {
    this.violations.push(`${invariant}: ${what}`);
  }
}
