import { validate as isUuid } from 'uuid';
import { NameBasedIds } from './name-based-ids.js';
import { hashOfEnvelope } from '../envelope.js';
import { InvalidRequest } from '../errors.js';
import type { AppendContext, NewEvent, StreamAppend } from '../types.js';
import type { UpcasterChain } from '../upcasting.js';

/** What of an event is known before its version is: everything as text, ready to be written and hashed. */
export interface PreparedEvent {
  id: string;
  type: string;
  schemaVersion: number;
  data: string;
  metadata: string;
  /** ISO 8601 UTC, milliseconds. */
  occurredAt: string;
}

/** An append whose events are ready to be written. */
export interface PreparedAppend {
  stream: string;
  /** 0 stands for 'none'. */
  expected: number | 'exists' | 'any';
  events: PreparedEvent[];
}

/** What preparing needs of the store. */
export interface PreparationRules {
  upcasters: UpcasterChain;
  clock: () => Date;
}

// btree refuses keys beyond 2,704 bytes; a name that long is a mistake anyway.
const LONGEST_NAME = 500;

/**
 * Turns the events of one command into text, one after the other: ids are UUIDv5(command id, index), counted over
 * everything the command appends, so that a second try makes the same ids.
 */
export class Preparation {
  private readonly ids: NameBasedIds;
  private readonly metadata: string;
  /** When the command was carried out, once an event needs it. */
  private now: string | undefined;
  private index = 0;
  private readonly knownTypes = new Set<string>();
  private lastOccurrence = { given: '', canonical: '' };

  /** @throws InvalidRequest when the command id is not a UUID, or a required field of the context is missing. */
  constructor(
    context: AppendContext,
    private readonly rules: PreparationRules,
  ) {
    if (!isUuid(context.commandId)) throw new InvalidRequest(`commandId is not a UUID: ${context.commandId}`);
    if (!context.actor || !context.correlationId) throw new InvalidRequest('actor and correlationId are required');
    this.ids = new NameBasedIds(context.commandId);
    this.metadata = JSON.stringify(context);
  }

  /** @throws InvalidRequest when the append has no event, or a name, id, instant or version that cannot be recorded. */
  prepare({ stream, expected, events }: StreamAppend): PreparedAppend {
    assertName(stream, 'stream');
    if (typeof expected === 'number' && (!Number.isSafeInteger(expected) || expected < 0))
      throw new InvalidRequest(`${stream}: ${expected} is no version`);
    if (events.length === 0) throw new InvalidRequest(`${stream}: an append without events`);
    return {
      stream,
      expected: expected === 'none' ? 0 : expected,
      events: events.map((event) => this.prepareEvent(event)),
    };
  }

  private prepareEvent(event: NewEvent): PreparedEvent {
    if (!this.knownTypes.has(event.type)) {
      assertName(event.type, 'event type');
      this.knownTypes.add(event.type);
    }
    const current = this.rules.upcasters.currentVersion(event.type);
    const schemaVersion = event.schemaVersion ?? current;
    if (!Number.isInteger(schemaVersion) || schemaVersion < 1 || schemaVersion > current)
      throw new InvalidRequest(`${event.type} version ${schemaVersion} could not be read back (current: ${current})`);
    // JSON.stringify gives undefined for undefined and functions, whatever its type says.
    const data = JSON.stringify(event.data) as string | undefined;
    if (data === undefined) throw new InvalidRequest(`${event.type}: its data is not JSON`);
    return {
      id: this.identity(event),
      type: event.type,
      schemaVersion,
      data,
      metadata: this.metadata,
      occurredAt: this.occurrence(event.occurredAt),
    };
  }

  /** The events of one append mostly happened at the same instant, so the last one is remembered. */
  private occurrence(given: Date | string | undefined): string {
    if (given === undefined) return (this.now ??= this.rules.clock().toISOString());
    if (typeof given !== 'string') return canonicalOccurrence(given);
    if (given !== this.lastOccurrence.given) this.lastOccurrence = { given, canonical: canonicalOccurrence(given) };
    return this.lastOccurrence.canonical;
  }

  private identity({ id, type }: NewEvent): string {
    const index = this.index++;
    if (id === undefined) return this.ids.idOf(index);
    if (!isUuid(id)) throw new InvalidRequest(`${type}: its id is not a UUID: ${id}`);
    return id.toLowerCase();
  }
}

/** The hash of a prepared event at its place in its stream, hexadecimal; see {@link hashOfEnvelope}. */
export function hashOfPrepared(stream: string, version: number, event: PreparedEvent): string {
  return hashOfEnvelope({
    stream,
    version,
    id: event.id,
    type: event.type,
    schemaVersion: event.schemaVersion,
    occurredAt: event.occurredAt,
    data: event.data,
    metadata: event.metadata,
  });
}

function canonicalOccurrence(value: Date | string): string {
  const instant = new Date(value);
  const year = instant.getUTCFullYear();
  // Beyond these years ISO 8601 needs a sign and PostgreSQL writes an era: two ways of writing one instant.
  if (!(year >= 1 && year <= 9999)) throw new InvalidRequest(`no instant that can be recorded: ${String(value)}`);
  return instant.toISOString();
}

function assertName(name: string, what: string): void {
  // Control characters cannot be stored (NUL) or read by people; a lone surrogate has no UTF-8, so it would come back changed.
  if (name === '' || /[\p{Cc}\p{Cs}]/u.test(name) || Buffer.byteLength(name) > LONGEST_NAME)
    throw new InvalidRequest(`no ${what} name that can be recorded: ${JSON.stringify(name)}`);
}
