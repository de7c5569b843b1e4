import { hashOfFields } from './fields.js';

/** The fields of an event that its hash covers, as text exactly as stored. */
export interface Envelope {
  stream: string;
  version: number;
  /** UUID, lower case. */
  id: string;
  type: string;
  schemaVersion: number;
  /** ISO 8601 UTC as {@link canonicalInstant} writes it. */
  occurredAt: string;
  /** The JSON text of the data. */
  data: string;
  /** The JSON text of the metadata. */
  metadata: string;
}

const LABEL = 'ES-EVENT-1';

/**
 * SHA-256 of an event, hexadecimal: the label `ES-EVENT-1`, then stream, version, id, type, schema version, occurred at, data
 * and metadata, each as {@link hashOfFields} writes it; numbers in decimal (docs/decisions/0002).
 */
export function hashOfEnvelope(envelope: Envelope): string {
  return hashOfFields(
    LABEL,
    envelope.stream,
    String(envelope.version),
    envelope.id,
    envelope.type,
    String(envelope.schemaVersion),
    envelope.occurredAt,
    envelope.data,
    envelope.metadata,
  );
}

/**
 * One way of writing an instant: `2026-11-21T22:55:00.123Z`, three digits of second, or six where microseconds are set.
 * @param serverText a `timestamp` in UTC as PostgreSQL writes it: `2026-11-21 22:55:00.12`.
 */
export function canonicalInstant(serverText: string): string {
  // No splitting: every reader of the log passes here twice per event. `2026-11-21 22:55:00` has 19 characters.
  const seconds = `${serverText.slice(0, 10)}T${serverText.slice(11, 19)}`;
  const fraction = serverText.slice(20);
  return `${seconds}.${fraction.padEnd(fraction.length > 3 ? 6 : 3, '0')}Z`;
}
