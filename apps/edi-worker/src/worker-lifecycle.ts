import {
  CLOCK,
  CONFIGURATION,
  LOGGER,
  OBJECTS,
  startWorker,
  WorkQueue,
  type Clock,
  type Configuration,
  type FlowJob,
  type Logger,
  type RunningWorker,
} from '#application';
import { EventStore, type Sealer, type Subscription } from '#events';
import { PersonalDataVault, projections, type ObjectStore } from '#persistence';
import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { mkdir } from 'node:fs/promises';
import { ReportDelivery } from './delivery/report-delivery.js';
import { StatusDelivery } from './delivery/status-delivery.js';
import { FlowIngestion } from './ingestion/ingest-flow.js';
import { JudgePool } from './ingestion/judge-pool.js';
import { Notifications } from './notifications/notifications.js';
import { PartnerBoxes } from './pick-up/partner-boxes.js';
import { PickUp } from './pick-up/pick-up.js';
import { sweepAbandonedWork } from './upkeep/abandoned-work.js';
import { CreditNotes } from './upkeep/credit-notes.js';
import { Reconciler } from './upkeep/reconciler.js';
import { repeat, type Repeating } from './upkeep/repeat.js';
import { ValidationDeadlines } from './upkeep/validation-deadlines.js';
import { WebhookDelivery } from './webhooks/webhook-delivery.js';
import { thisWorker } from './worker-identity.js';

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;
const CREDIT_NOTES_MS = 5_000;

/** Starts the worker's loops in the order in which they need one another, and stops them the other way round. */
@Injectable()
export class WorkerLifecycle implements OnApplicationShutdown {
  private readonly subscriptions: Subscription[] = [];
  private readonly loops: Repeating[] = [];
  private sealer: Sealer | null = null;
  private jobs: RunningWorker | null = null;

  constructor(
    @Inject(CONFIGURATION) private readonly configuration: Configuration,
    @Inject(LOGGER) private readonly logger: Logger,
    @Inject(OBJECTS) private readonly objects: ObjectStore,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly store: EventStore,
    private readonly vault: PersonalDataVault,
    private readonly queue: WorkQueue,
    private readonly ingestion: FlowIngestion,
    private readonly delivery: ReportDelivery,
    private readonly reconciler: Reconciler,
    private readonly pool: JudgePool,
    private readonly deadlines: ValidationDeadlines,
    private readonly creditNotes: CreditNotes,
    private readonly notifications: Notifications,
    private readonly webhooks: WebhookDelivery,
    @Inject(PartnerBoxes) private readonly boxes: PartnerBoxes | null,
    @Inject(PickUp) private readonly pickUp: PickUp | null,
    @Inject(StatusDelivery) private readonly statuses: StatusDelivery | null,
  ) {}

  /** Resolves when everything runs. */
  async start(): Promise<void> {
    const { WORK_FOLDER, PICKUP_INTERVAL_MS, RECONCILE_INTERVAL_MS, STATUS_DELIVERY_INTERVAL_MS } = this.configuration;
    await mkdir(WORK_FOLDER, { recursive: true });
    await sweepAbandonedWork(WORK_FOLDER, thisWorker().host);
    for (const { name, types, handle } of projections) {
      const subscription = this.store.subscribe({
        name,
        types: [...types],
        handle: async (events, tx) => handle(await this.vault.open(events), tx),
      });
      subscription.start();
      this.subscriptions.push(subscription);
    }
    this.notifications.start();
    this.webhooks.start();
    this.sealer = this.store.sealer();
    this.sealer.start();
    this.jobs = await startWorker(this.configuration, this.logger, (job) => this.process(job));
    const { pickUp, statuses } = this;
    if (pickUp !== null) this.loops.push(repeat('pick-up', PICKUP_INTERVAL_MS, this.logger, () => pickUp.look()));
    if (statuses !== null && STATUS_DELIVERY_INTERVAL_MS > 0)
      this.loops.push(repeat('statuses', STATUS_DELIVERY_INTERVAL_MS, this.logger, () => statuses.look()));
    this.loops.push(repeat('reconciler', RECONCILE_INTERVAL_MS, this.logger, () => this.reconciler.reconcile()));
    this.loops.push(repeat('validation deadlines', MINUTE_MS, this.logger, () => this.passDeadlines()));
    this.loops.push(repeat('credit notes', CREDIT_NOTES_MS, this.logger, () => this.tellOfCreditNotes()));
    this.loops.push(repeat('leftovers', HOUR_MS, this.logger, () => this.sweepLeftovers()));
    this.logger.info({ queue: this.configuration.REDIS_URL === undefined ? 'postgresql' : 'redis' }, 'worker ready');
  }

  async onApplicationShutdown(): Promise<void> {
    await Promise.all(this.loops.map((loop) => loop.stop()));
    await this.pickUp?.settle();
    await this.jobs?.close();
    await this.queue.close();
    await this.notifications.stop();
    await this.webhooks.stop();
    await this.sealer?.stop();
    await Promise.all(this.subscriptions.map((subscription) => subscription.stop()));
    await this.pool.close();
    await this.boxes?.close();
    await this.store.close();
    this.logger.info('worker stopped');
  }

  private async passDeadlines(): Promise<void> {
    const wentOn = await this.deadlines.look();
    if (wentOn > 0) this.logger.info({ wentOn }, 'invoices went on without their validators');
  }

  private async tellOfCreditNotes(): Promise<void> {
    const told = await this.creditNotes.look();
    if (told > 0) this.logger.info({ told }, 'invoices told of their credit notes');
  }

  private async sweepLeftovers(): Promise<void> {
    const removed = await this.objects.sweepLeftovers(this.clock.now());
    if (removed > 0) this.logger.info({ removed }, 'temporary files of crashed deposits removed');
  }

  private async process({ step, flowNumber }: FlowJob): Promise<void> {
    if (step === 'deliver-report') {
      await this.delivery.deliver(flowNumber);
      return;
    }
    await this.ingestion.ingest(flowNumber);
    await this.delivery.deliver(flowNumber);
  }
}
