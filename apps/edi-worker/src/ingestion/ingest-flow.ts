import {
  aggregates,
  evolveFlow,
  failAttempt,
  flowStream,
  origin,
  parisDay,
  startProcessing,
  type Flow,
  type FlowEvent,
} from '#domain';
import { carriesStatuses, readIndex, type ContainerIndex, type IndexEntry } from '#einvoice';
import { ConcurrencyConflict, type AppendContext, type EventStore } from '#events';
import type { ObjectStore } from '#persistence';
import {
  CommandRefused,
  crashPoint,
  Deciders,
  lookUp,
  rejectDayOf,
  rejectReason,
  ScannerAway,
  type Clock,
  type Directory,
  type Logger,
  type VirusScanner,
} from '#application';
import { createHash, randomUUID } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { v5 as uuidV5 } from 'uuid';
import { BatchRecorder } from './batch-recorder.js';
import { inOrder } from './in-order.js';
import { DocumentKeeper } from './document-keeper.js';
import type { JudgePool } from './judge-pool.js';
import type { HowToJudge } from './judge-thread.js';
import { judgedFrom, judgedText } from './judged-invoice.js';
import { crashedInvoice, judgeSurvivingCrashes } from './judge-surviving-crashes.js';
import { rejectInfected, sortOut, type FlowOfInvoices } from './outcomes.js';
import type { StatusIngestion } from '../statuses/status-ingestion.js';

const INGESTION_NAMESPACE = '8d1f6d2a-6f0b-5c58-8a57-0c1f6f3f9b1e';

/** Far more than one status says; of a message in an archive, or of a unit of a CPPStatut. */
const MOST_BYTES_OF_STATUS = 1024 ** 2;

/** Batches judged while one is recorded: enough that the recording never waits, and a bound on memory. */
const BATCHES_AHEAD = 3;

export interface IngestionSettings {
  readonly workFolder: string;
  readonly batchSize: number;
  readonly worker: string;
  readonly maxFlowBytes: number;
  /** Folder of XSD schemas; null when there is none. */
  readonly schemaFolder: string | null;
}

/** Brings one flow from its bytes to one outcome per invoice (R42, R46). Everything it needs to go on is in the log. */
export class FlowIngestion {
  private readonly deciders: Deciders;
  private readonly recorder: BatchRecorder;
  /** Flows that wait for the virus scanner: until it answers again nothing is begun for them, and nothing recorded. */
  private readonly waiting = new Set<string>();

  constructor(
    private readonly store: EventStore,
    private readonly objects: ObjectStore,
    private readonly scanner: VirusScanner,
    private readonly directory: Directory,
    private readonly pool: Pick<JudgePool, 'index' | 'judge' | 'threadsForOneFlow'>,
    private readonly statuses: StatusIngestion,
    private readonly clock: Clock,
    private readonly settings: IngestionSettings,
    private readonly logger: Logger,
  ) {
    this.deciders = new Deciders(store);
    this.recorder = new BatchRecorder(store, clock);
  }

  /**
   * Works on the flow until it has ended. Resolves also when there is nothing to do or when another worker is ahead;
   * never throws: a failure of ours is recorded on the flow, and the reconciler has it tried again.
   */
  async ingest(flowNumber: string): Promise<void> {
    const log = this.logger.child({ flow: flowNumber });
    try {
      if (this.waiting.has(flowNumber) && !(await this.scanner.answers())) return;
      this.waiting.delete(flowNumber);
      await this.work(flowNumber, log);
    } catch (error) {
      if (error instanceof ConcurrencyConflict) {
        log.info('another worker is ahead');
        return;
      }
      if (error instanceof ScannerAway) {
        // No failure of the flow's: it is left as it is, and the reconciler brings it back as often as it takes.
        log.warn({ error: error.message }, 'the flow waits for the virus scanner');
        this.waiting.add(flowNumber);
        return;
      }
      log.error({ error: describe(error) }, 'ingestion failed');
      await this.recordFailure(flowNumber, describe(error), log);
    }
  }

  private async work(flowNumber: string, log: Logger): Promise<void> {
    const stream = flowStream(flowNumber);
    let { state: flow, version } = await this.deciders.load(aggregates.flow, stream);
    const depositedAt = await this.depositedAt(stream);
    const decided = startProcessing(flow, this.settings.worker, this.clock.now().toISOString());
    if (!decided.accepted || flow.status === 'none') return;
    const append = async (events: readonly FlowEvent[], step: string): Promise<void> => {
      await this.store.append(stream, version, [...events], this.context(flowNumber, `${step}-${version}`));
      flow = events.reduce(evolveFlow, flow);
      version += events.length;
    };
    await append(decided.events, 'start');
    crashPoint('flow-started');
    if (!isOpen(flow)) return;

    const { deposit } = flow;
    if (deposit.sha256 === null) throw new Error('A flow without bytes must have been refused when it was deposited');
    // Of this start alone: after a lost job two workers may be at the same flow, or one worker twice.
    const folder = join(this.settings.workFolder, `${flowNumber}.${randomUUID()}.${this.settings.worker}`);
    try {
      await mkdir(folder, { recursive: true });
      const source = await this.objects.localCopy(deposit.sha256, folder);
      const holdsStatuses = carriesStatuses(deposit.interfaceCode);
      const limits = {
        flowBytes: this.settings.maxFlowBytes,
        ...(holdsStatuses ? { memberBytes: MOST_BYTES_OF_STATUS } : {}),
      };
      const content = holdsStatuses ? 'statuses' : 'invoices';
      const result = await this.pool.index({ source, workFolder: folder, limits, content });
      if (!result.whole) {
        await this.refuse(flow, version, depositedAt, rejectReason(result.finding));
        log.info({ rule: result.finding.rule }, 'flow refused');
        return;
      }
      if (flow.status === 'received') {
        await append([splitEvent(result.index)], 'split');
        crashPoint('flow-split');
      }
      const of = { deposit, depositedAt };
      if (holdsStatuses) await this.statuses.applyAll(of, result.index, { flow, version }, log);
      else await this.judgeAll(of, result.index, join(folder, 'documents'), flow, version, log);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }

  /** Batches are judged ahead of their recording; the records follow one another in the order of the ranks. */
  private async judgeAll(
    of: FlowOfInvoices,
    index: ContainerIndex,
    documentsFolder: string,
    start: Flow,
    startVersion: number,
    log: Logger,
  ): Promise<void> {
    let flow = start;
    let version = startVersion;
    if (flow.status !== 'processing') return;
    const batches = readIndex(index.indexPath, { fromRank: flow.upToRank, batchSize: this.settings.batchSize });
    const how: HowToJudge = {
      interfaceCode: of.deposit.interfaceCode,
      depositedBy: of.deposit.channel === 'SFTP' ? 'edi' : 'interactive',
      controlDate: parisDay(of.depositedAt),
      schemaFolder: this.settings.schemaFolder,
      documentsFolder,
    };
    await mkdir(documentsFolder, { recursive: true });
    const documents = new DocumentKeeper(this.objects, documentsFolder, this.scanner);
    const judge = (entries: readonly IndexEntry[]): Promise<string[]> =>
      judgeSurvivingCrashes(
        (some) => this.pool.judge(index.contentPath, some, how),
        entries,
        (batch, error) =>
          log.warn({ fromRank: batch[0]?.rank, invoices: batch.length, error: describe(error) }, 'judging thread died'),
        (entry) => judgedText(crashedInvoice(entry)),
      );
    const atOnce = this.pool.threadsForOneFlow;
    for await (const texts of inOrder(batches, { ahead: Math.max(BATCHES_AHEAD, atOnce + 1), atOnce }, judge)) {
      const judged = texts.map(judgedFrom);
      crashPoint('batch-judged');
      if (flow.status !== 'processing') throw new Error(`A batch is left over after the flow ended (${flow.status})`);
      const upToRank = flow.upToRank + judged.length;
      const sorted = sortOut(of, judged, await lookUp(this.directory, judged));
      const outcomes = rejectInfected(sorted, await documents.keep(sorted.candidates.map((one) => one.judged)));
      const context = this.context(of.deposit.flowNumber, `batch-${upToRank}-${version}`);
      const events = await this.recorder.record(of, { flow, version }, upToRank, outcomes, context);
      flow = events.reduce(evolveFlow, flow);
      version += events.length;
      crashPoint('batch-recorded');
      log.debug({ upToRank }, 'batch recorded');
    }
    crashPoint('flow-completed');
    log.info({ status: flow.status }, 'flow ended');
  }

  private async refuse(
    flow: Exclude<Flow, { status: 'none' }>,
    version: number,
    depositedAt: string,
    reason: ReturnType<typeof rejectReason>,
  ): Promise<void> {
    const { deposit } = flow;
    await this.store.transaction(async (tx) => {
      const day = await rejectDayOf(this.store, tx, this.clock.now());
      const refused: FlowEvent = {
        type: 'FlowRefused',
        data: { ...origin(deposit, depositedAt, day), reasons: [reason] },
      };
      const context = this.context(deposit.flowNumber, `refuse-${version}`);
      await this.store.appendMany(
        [{ stream: flowStream(deposit.flowNumber), expected: version, events: [refused] }],
        context,
        { tx },
      );
    });
  }

  private async recordFailure(flowNumber: string, error: string, log: Logger): Promise<void> {
    const stream = flowStream(flowNumber);
    const context = {
      ...this.context(flowNumber, 'failure'),
      commandId: uuidV5(`${flowNumber}|${error}|${this.clock.now().toISOString()}`, INGESTION_NAMESPACE),
    };
    try {
      await this.deciders.decide(aggregates.flow, stream, context, (flow) => failAttempt(flow, 'ingestion', error));
    } catch (failure) {
      if (failure instanceof CommandRefused) return;
      log.error({ error: describe(failure) }, 'the failure could not be recorded');
    }
  }

  private async depositedAt(stream: string): Promise<string> {
    for await (const first of this.store.readStream(stream, { limit: 1 })) return first.occurredAt;
    return this.clock.now().toISOString();
  }

  /** Ids made from the flow, the step and the version, so that a step repeated after a crash records the same events. */
  private context(flowNumber: string, step: string): AppendContext {
    const digest = createHash('sha256').update(`${flowNumber}|${step}|${this.settings.worker}`).digest('hex');
    return {
      commandId: uuidV5(digest, INGESTION_NAMESPACE),
      correlationId: flowNumber,
      actor: `edi-worker:${this.settings.worker}`,
    };
  }
}

function isOpen(flow: Flow): flow is Extract<Flow, { status: 'received' | 'processing' }> {
  return flow.status === 'received' || flow.status === 'processing';
}

function splitEvent(index: ContainerIndex): FlowEvent {
  const { container, count, ignored, unpackedBytes } = index;
  return { type: 'FlowSplit', data: { container, invoices: count, ignoredMembers: ignored, unpackedBytes } };
}

function describe(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
