/** The root of every error of the event store; `code` is stable. */
export class EventStoreError extends Error {
  constructor(
    readonly code: string,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = new.target.name;
  }
}

/** One stream that was not as its writer believed. */
export interface VersionConflict {
  stream: string;
  expected: number | 'none' | 'exists' | 'any';
  /** The stream's version, or null when it does not exist. */
  actual: number | null;
}

/** Somebody else wrote first. Nothing was recorded; read again and decide again. */
export class ConcurrencyConflict extends EventStoreError {
  constructor(
    readonly conflicts: VersionConflict[],
    options?: ErrorOptions,
  ) {
    super(
      'ES-CONFLICT',
      conflicts
        .map(({ stream, expected, actual }) => `${stream}: expected ${expected}, is ${actual ?? 'absent'}`)
        .join('; '),
      options,
    );
  }
}

/** A command id came back with other events than those it recorded, or a bulk key with other content. Never retried. */
export class CommandReused extends EventStoreError {
  constructor(key: string) {
    super('ES-COMMAND-REUSED', `${key} has already recorded something else`);
  }
}

/** An event's schema version is newer than this program knows: the reader stops rather than guess. */
export class UnknownEventVersion extends EventStoreError {
  constructor(
    readonly type: string,
    readonly schemaVersion: number,
    readonly known: number,
    where: string,
  ) {
    super('ES-UNKNOWN-VERSION', `${where}: ${type} version ${schemaVersion} is not known (newest known: ${known})`);
  }
}

/** The connection broke while a commit was under way. Try again with the same command id: it is applied once. */
export class CommitOutcomeUnknown extends EventStoreError {
  constructor(cause: unknown) {
    super('ES-OUTCOME-UNKNOWN', 'the connection was lost before the commit was answered', { cause });
  }
}

/** Rolled back by the server for a reason that passes (deadlock, serialization, lock timeout, shut-down). Try again. */
export class TransientFailure extends EventStoreError {
  constructor(message: string, cause?: unknown) {
    super('ES-RETRY', message, { cause });
  }
}

/** The database is not one that this store may write to: not migrated, newer, or restored into another cluster. */
export class StoreUnusable extends EventStoreError {
  constructor(code: 'ES-NOT-MIGRATED' | 'ES-NEWER-SCHEMA' | 'ES-RESTORED', message: string, options?: ErrorOptions) {
    super(code, message, options);
  }
}

/** An append, an upcaster or an option that cannot be right whatever the state of the log. */
export class InvalidRequest extends EventStoreError {
  constructor(message: string) {
    super('ES-INVALID', message);
  }
}
