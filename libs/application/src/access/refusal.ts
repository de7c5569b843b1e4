import { ConcurrencyConflict } from '#events';
import { CommandRefused } from '../shared/deciders.js';
import { AccessRefused } from './access-refused.js';

/** Why something was not done, as people and programs are told: a stable code, a French sentence. */
export interface Refusal {
  readonly code: string;
  readonly text: string;
}

/** What a failure tells whoever asked; null for what is ours to repair. */
export function refusalOf(error: unknown): Refusal | null {
  if (error instanceof CommandRefused || error instanceof AccessRefused)
    return { code: error.code, text: error.message };
  if (error instanceof ConcurrencyConflict)
    return { code: 'SRV-409', text: 'D’autres modifient le même objet au même moment. Réessayez.' };
  return null;
}
