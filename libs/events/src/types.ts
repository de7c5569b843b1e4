/** A fact to be recorded. */
export interface NewEvent<D = unknown> {
  /** The kind of the fact, in the domain's words. */
  type: string;
  /** The version of the shape of `data`; the current version of the type when absent (1 where no upcaster is known). */
  schemaVersion?: number;
  /** Anything `JSON.stringify` writes; kept byte by byte as it was written. Amounts are strings or integers. */
  data: D;
  /** The event's identity, a UUID; UUIDv5(commandId, index over the whole append) when absent, so a retry makes it again. */
  id?: string;
  /** When the fact happened, to the millisecond; the store's clock when absent. */
  occurredAt?: Date | string;
}

/** Who asked for an append and why; becomes the metadata of every event of the append. */
export interface AppendContext {
  /** The identity of the command, a UUID. One append per command: trying again with the same id answers what was recorded. */
  commandId: string;
  /** What ties together everything that one outside request caused. */
  correlationId: string;
  /** The event or command that led to this one. */
  causationId?: string;
  /** Who acts: a user, a connection, a process of the platform. */
  actor: string;
  [extra: string]: string | undefined;
}

/**
 * What an append believes of a stream: its exact version (0 is 'none'), that it does not exist, that it exists, or
 * nothing at all.
 */
export type ExpectedVersion = number | 'none' | 'exists' | 'any';

/** The events that one append puts behind one stream. */
export interface StreamAppend {
  stream: string;
  expected: ExpectedVersion;
  events: readonly NewEvent[];
}

/** A stream that a decision was made on, but which the append does not write. */
export interface UnchangedStream {
  stream: string;
  /** The version at which it was read; 0 when it did not exist. */
  version: number;
}

/** A place in the order of the log. Compare with {@link compareCheckpoints}, not by position. */
export interface Checkpoint {
  /** The transaction (`xid8`) as a decimal string. */
  transaction: string;
  /** The position within the log, unique; ascending within a transaction. */
  position: number;
}

/** A fact as it was recorded (and, for an old schema version, as the upcasters lifted it). */
export interface RecordedEvent<D = unknown> extends Checkpoint {
  stream: string;
  /** The rank within the stream, from 1. */
  version: number;
  /** UUID, lower case. */
  id: string;
  type: string;
  schemaVersion: number;
  data: D;
  metadata: Record<string, string>;
  /** ISO 8601, UTC. */
  occurredAt: string;
  /** ISO 8601, UTC, to the microsecond; the server's clock. */
  recordedAt: string;
  /** SHA-256 of the recorded envelope, hexadecimal; see `envelope.ts`. It is that of the stored bytes, not of lifted data. */
  hash: string;
}

/** What an append did to one stream. */
export interface AppendResult {
  stream: string;
  /** The version of the first event of this append. */
  firstVersion: number;
  /** The version of the stream after this append. */
  version: number;
  /** The place of the append's last event in this stream. */
  checkpoint: Checkpoint;
  /** True when an earlier try of the same command had written these events already. */
  alreadyRecorded: boolean;
}

/** Orders two places of the log: negative when `left` comes first, 0 when they are the same. */
export function compareCheckpoints(left: Checkpoint, right: Checkpoint): number {
  const [a, b] = [left.transaction, right.transaction];
  if (a === b) return left.position - right.position;
  // Decimal without leading zeros: the longer is the greater. Cheaper than BigInt, and every event passes here.
  if (a.length !== b.length) return a.length - b.length;
  return a < b ? -1 : 1;
}
