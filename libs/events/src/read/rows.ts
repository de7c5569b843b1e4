import { canonicalInstant } from '../envelope.js';
import type { RecordedEvent } from '../types.js';
import type { UpcasterChain } from '../upcasting.js';
import { required } from '../database/sql.js';

/** An event exactly as stored: data and metadata are the recorded text. */
export interface StoredEvent {
  position: number;
  transaction: string;
  stream: string;
  version: number;
  id: string;
  type: string;
  schemaVersion: number;
  data: string;
  metadata: string;
  /** Hexadecimal. */
  hash: string;
  occurredAt: string;
  recordedAt: string;
}

/** Reads a row of the twelve columns that every reading query gives, in their order. */
export function storedEvent(row: (string | null)[]): StoredEvent {
  return {
    position: Number(row[0]),
    transaction: required(row[1]),
    stream: required(row[2]),
    version: Number(row[3]),
    id: required(row[4]),
    type: required(row[5]),
    schemaVersion: Number(row[6]),
    data: required(row[7]),
    metadata: required(row[8]),
    hash: required(row[9]).slice(2),
    occurredAt: canonicalInstant(required(row[10])),
    recordedAt: canonicalInstant(required(row[11])),
  };
}

/**
 * Parses an event and lifts it to the current version of its type.
 * @throws UnknownEventVersion when its version is newer than this program knows.
 */
export function recordedEvent(stored: StoredEvent, upcasters: UpcasterChain): RecordedEvent {
  const where = `${stored.stream}@${stored.version}`;
  const lifted = upcasters.lift(stored.type, stored.schemaVersion, JSON.parse(stored.data), where);
  return { ...stored, ...lifted, metadata: JSON.parse(stored.metadata) as Record<string, string> };
}
