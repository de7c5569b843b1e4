import {
  CLOCK,
  CONFIGURATION,
  Deciders,
  Decisions,
  Deposits,
  Directory,
  feedSource,
  IdentityLinks,
  LOGGER,
  MailOutbox,
  MailSender,
  mailSettings,
  mailTransport,
  MailWriter,
  OBJECTS,
  platformProviders,
  provide,
  RejectDayClosing,
  StatusFeed,
  VIRUS_SCANNER,
  WebhookSecrets,
  WorkQueue,
  type Clock,
  type Configuration,
  type Logger,
  type VirusScanner,
} from '#application';
import { EventStore } from '#events';
import type { ObjectStore } from '#persistence';
import { Module } from '@nestjs/common';
import { ReportDelivery } from './delivery/report-delivery.js';
import { StatusDelivery } from './delivery/status-delivery.js';
import { FlowIngestion } from './ingestion/ingest-flow.js';
import { JudgePool } from './ingestion/judge-pool.js';
import { Notifications } from './notifications/notifications.js';
import { PartnerBoxes } from './pick-up/partner-boxes.js';
import { PickUp } from './pick-up/pick-up.js';
import { CreditNotes } from './upkeep/credit-notes.js';
import { StatusIngestion } from './statuses/status-ingestion.js';
import { Reconciler } from './upkeep/reconciler.js';
import { ValidationDeadlines } from './upkeep/validation-deadlines.js';
import { USUAL_DELIVERY, WebhookDelivery } from './webhooks/webhook-delivery.js';
import { WorkerLifecycle } from './worker-lifecycle.js';
import { thisWorker } from './worker-identity.js';

/** Puts the worker together. Every part takes what it needs by its constructor and knows nothing of Nest. */
@Module({
  providers: [
    ...platformProviders('edi-worker'),
    provide(JudgePool, [CONFIGURATION], ({ JUDGE_THREADS }: Configuration) => new JudgePool(JUDGE_THREADS)),
    provide(
      StatusIngestion,
      [Decisions, JudgePool, CONFIGURATION],
      (decisions: Decisions, pool: JudgePool, { INVOICE_LIFECYCLE, BATCH_SIZE }: Configuration) =>
        new StatusIngestion(decisions, pool, INVOICE_LIFECYCLE, BATCH_SIZE),
    ),
    provide(
      FlowIngestion,
      [EventStore, OBJECTS, VIRUS_SCANNER, Directory, JudgePool, StatusIngestion, CLOCK, CONFIGURATION, LOGGER],
      (
        store: EventStore,
        objects: ObjectStore,
        scanner: VirusScanner,
        directory: Directory,
        pool: JudgePool,
        statuses: StatusIngestion,
        clock: Clock,
        { WORK_FOLDER, BATCH_SIZE, FLOW_MAX_BYTES, REPONS_XSD_FOLDER }: Configuration,
        logger: Logger,
      ) => {
        const { host, pid } = thisWorker();
        const settings = {
          workFolder: WORK_FOLDER,
          batchSize: BATCH_SIZE,
          worker: `${host}-${pid}`,
          maxFlowBytes: FLOW_MAX_BYTES,
          schemaFolder: REPONS_XSD_FOLDER ?? null,
        };
        return new FlowIngestion(store, objects, scanner, directory, pool, statuses, clock, settings, logger);
      },
    ),
    provide(PartnerBoxes, [CONFIGURATION], (configuration: Configuration) =>
      configuration.SFTP_URL === undefined ? null : new PartnerBoxes(configuration),
    ),
    provide(
      PickUp,
      [PartnerBoxes, Directory, Deposits, WorkQueue, CLOCK, LOGGER],
      (
        boxes: PartnerBoxes | null,
        directory: Directory,
        deposits: Deposits,
        queue: WorkQueue,
        clock: Clock,
        logger: Logger,
      ) => (boxes === null ? null : new PickUp(boxes, directory, deposits, queue, clock, thisWorker(), logger)),
    ),
    provide(
      ReportDelivery,
      [EventStore, OBJECTS, PartnerBoxes, CLOCK, LOGGER],
      (store: EventStore, objects: ObjectStore, boxes: PartnerBoxes | null, clock: Clock, logger: Logger) =>
        new ReportDelivery(store, objects, boxes, clock, logger),
    ),
    provide(
      StatusDelivery,
      [EventStore, OBJECTS, PartnerBoxes, Directory, CLOCK, LOGGER],
      (
        store: EventStore,
        objects: ObjectStore,
        boxes: PartnerBoxes | null,
        directory: Directory,
        clock: Clock,
        logger: Logger,
      ) => (boxes === null ? null : new StatusDelivery(store, objects, boxes, directory, clock, logger)),
    ),
    provide(
      RejectDayClosing,
      [EventStore, OBJECTS, CLOCK],
      (store: EventStore, objects: ObjectStore, clock: Clock) => new RejectDayClosing(store, objects, clock),
    ),
    provide(
      ValidationDeadlines,
      [EventStore, CLOCK, CONFIGURATION],
      (store: EventStore, clock: Clock, { VALIDATION_DAYS }: Configuration) =>
        new ValidationDeadlines(store, new Deciders(store), clock, VALIDATION_DAYS),
    ),
    provide(CreditNotes, [EventStore], (store: EventStore) => new CreditNotes(store, new Deciders(store))),
    provide(
      Reconciler,
      [EventStore, WorkQueue, RejectDayClosing, PartnerBoxes, LOGGER],
      (store: EventStore, queue: WorkQueue, closing: RejectDayClosing, boxes: PartnerBoxes | null, logger: Logger) =>
        new Reconciler(store, queue, closing, boxes !== null, logger),
    ),
    provide(
      Notifications,
      [EventStore, Decisions, IdentityLinks, CLOCK, CONFIGURATION, LOGGER],
      (
        store: EventStore,
        decisions: Decisions,
        links: IdentityLinks,
        clock: Clock,
        configuration: Configuration,
        logger: Logger,
      ) => {
        const settings = mailSettings(configuration);
        if (settings === null) return new Notifications(store, null, logger);
        const writer = new MailWriter(decisions, links, settings.portalUrl);
        const sender = new MailSender(new MailOutbox(store.pool), writer, mailTransport(settings), clock, logger);
        return new Notifications(store, sender, logger);
      },
    ),
    provide(
      WebhookDelivery,
      [EventStore, CLOCK, CONFIGURATION, LOGGER],
      (
        store: EventStore,
        clock: Clock,
        { PORTAL_URL, PERSONAL_DATA_KEY, WEBHOOK_PRIVATE_ADDRESSES }: Configuration,
        logger: Logger,
      ) => {
        const feed = new StatusFeed(store, feedSource(PORTAL_URL));
        const secrets = new WebhookSecrets(store.pool, PERSONAL_DATA_KEY);
        const settings = { ...USUAL_DELIVERY, privateAddresses: WEBHOOK_PRIVATE_ADDRESSES };
        return new WebhookDelivery(store, feed, secrets, settings, clock, logger);
      },
    ),
    WorkerLifecycle,
  ],
})
export class WorkerModule {}
