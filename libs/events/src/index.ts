export {
  EventStore,
  openEventStore,
  type AppendManyOptions,
  type EventStoreOptions,
  type WithinTransaction,
} from './event-store.js';
export type { BulkOptions, BulkResult } from './append/bulk.js';
export { migrateEventStore } from './database/migrate.js';
export type { TransactionOptions } from './database/transaction.js';
export * from './errors.js';
export { failureKind, type FailureKind } from './failures.js';
export type { ReadLogOptions } from './read/log.js';
export type { ReadStreamOptions } from './read/streams.js';
export type { ExportOptions, ExportResult } from './seals/export.js';
export type { VerifyProblem } from './seals/problems.js';
export type { Seal } from './seals/seal.js';
export type { Sealer, SealerOptions } from './seals/sealer.js';
export type { VerifyOptions, VerifyReport } from './seals/verification.js';
export type { Subscription, SubscriptionOptions } from './subscriptions/subscription.js';
export type { Upcaster } from './upcasting.js';
export * from './types.js';
