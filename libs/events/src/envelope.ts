import { hash } from 'node:crypto';

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
let scratch = Buffer.allocUnsafe(64 * 1024);

/**
 * SHA-256 of an event, 32 bytes: the label `ES-EVENT-1`, then stream, version, id, type, schema version, occurred at, data
 * and metadata, each written as its length in bytes (unsigned, 4 bytes, big endian) followed by its UTF-8 bytes; numbers
 * in decimal. A length before each field leaves one reading only (docs/decisions/0002).
 */
export function hashOfEnvelope(envelope: Envelope): Buffer {
  // UTF-8 takes at most three bytes for one UTF-16 unit.
  const most =
    3 * (envelope.stream.length + envelope.type.length + envelope.data.length + envelope.metadata.length) + 256;
  if (scratch.length < most) scratch = Buffer.allocUnsafe(most * 2);
  let end = writeField(LABEL, 0);
  end = writeField(envelope.stream, end);
  end = writeField(String(envelope.version), end);
  end = writeField(envelope.id, end);
  end = writeField(envelope.type, end);
  end = writeField(String(envelope.schemaVersion), end);
  end = writeField(envelope.occurredAt, end);
  end = writeField(envelope.data, end);
  end = writeField(envelope.metadata, end);
  return hash('sha256', scratch.subarray(0, end), 'buffer');
}

function writeField(text: string, at: number): number {
  const length = scratch.write(text, at + 4, 'utf8');
  scratch.writeUInt32BE(length, at);
  return at + 4 + length;
}

/**
 * One way of writing an instant: `2026-11-21T22:55:00.123Z`, three digits of second, or six where microseconds are set.
 * @param serverText a `timestamp` in UTC as PostgreSQL writes it: `2026-11-21 22:55:00.12`.
 */
export function canonicalInstant(serverText: string): string {
  const [seconds = '', fraction = ''] = serverText.replace(' ', 'T').split('.');
  return `${seconds}.${fraction.padEnd(fraction.length > 3 ? 6 : 3, '0')}Z`;
}
