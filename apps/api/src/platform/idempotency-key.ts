import { randomUUID } from 'node:crypto';
import { validate as isUuid } from 'uuid';
import { Problem } from './problem.js';

/**
 * Which attempt a request belongs to, by its header Idempotency-Key: trying again with the same key answers the same.
 *
 * @param key the header; a new attempt without it
 * @returns a UUID in small letters
 * @throws Problem `FLX-012` (400) when it is no UUID
 */
export function attemptOf(key: string | undefined): string {
  if (key === undefined) return randomUUID();
  if (!isUuid(key)) throw new Problem(400, 'FLX-012', 'L’en-tête Idempotency-Key est un UUID.');
  return key.toLowerCase();
}
