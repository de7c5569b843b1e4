import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { EventStore } from '../event-store.js';
import { visibleCheckpoint } from '../read/log.js';
import type { AppendContext, NewEvent } from '../types.js';

/** A command of its own, for a test that does not care which. */
export function someCommand(commandId: string = randomUUID()): AppendContext {
  return { commandId, correlationId: 'correlation-1', actor: 'tester' };
}

/** So many events that tell each other apart by their rank. */
export function someEvents(count: number, type = 'Noted'): NewEvent[] {
  return Array.from({ length: count }, (_, index) => ({ type, data: { rank: index + 1 } }));
}

/** Everything an asynchronous sequence gives. */
export async function collected<T>(sequence: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const one of sequence) all.push(one);
  return all;
}

/**
 * Waits until everything committed so far is settled. Transaction ids belong to the whole server, so a transaction that is
 * open in the database of another test holds the horizon back for a moment.
 */
export async function settled(store: EventStore): Promise<void> {
  const target = await visibleCheckpoint(store.pool);
  while (JSON.stringify(await store.head()) !== JSON.stringify(target)) await pause(2);
}
