import type { Event } from '../shared/event.js';
import { accept, refuse, type Decision } from '../shared/decision.js';
import { daysAfter, type ParisDay } from '../shared/paris-day.js';
import { streamNamePart } from '../shared/stream-name.js';

/**
 * The days of rejects and their closing (R44). One stream, `reject-days`: days close in order, each once. A closed day
 * takes no reject any more: whoever records a reject asks `openDay` under the lock that the closing takes too, so a
 * closed file never has to change, whatever the clocks of the machines say.
 */
export type RejectDaysEvent = Event<'RejectDayClosed', { day: ParisDay }>;

export const REJECT_DAYS_STREAM = 'reject-days';

export interface RejectDays {
  readonly lastClosed: ParisDay | null;
}

export const noDayClosed: RejectDays = { lastClosed: null };

/** Applies one event of the stream. Days close in order, so the last event says it all. */
export function evolveRejectDays(_state: RejectDays, event: RejectDaysEvent): RejectDays {
  return { lastClosed: event.data.day };
}

/** The day that takes a reject recorded on `today`: today, or the first day still open when a clock runs behind. */
export function openDay(state: RejectDays, today: ParisDay): ParisDay {
  if (state.lastClosed === null || today > state.lastClosed) return today;
  return daysAfter(state.lastClosed, 1);
}

/**
 * Closes `day`. Refuses a day that has not ended (`REJ-001`) and one that is not the next to close (`REJ-002`).
 *
 * @param today the Europe/Paris day of now
 */
export function closeDay(state: RejectDays, day: ParisDay, today: ParisDay): Decision<RejectDaysEvent> {
  if (day >= today) return refuse('REJ-001', `La journée du ${day} n’est pas terminée.`);
  if (state.lastClosed !== null && day !== daysAfter(state.lastClosed, 1))
    return refuse('REJ-002', `La journée à clore est celle du ${daysAfter(state.lastClosed, 1)}.`);
  return accept({ type: 'RejectDayClosed', data: { day } });
}

/**
 * Files of a closed day. `RejectFileClosed`: one party's file; its bytes are in the object store and never change (stream
 * `reject-file-<day>-<party>`). `RejectDayPublished`: every party concerned has its file (stream `reject-day-<day>`).
 */
export type RejectFileEvent =
  | Event<
      'RejectFileClosed',
      {
        day: ParisDay;
        party: string;
        lines: number;
        csv: { sha256: string; size: number };
        json: { sha256: string; size: number };
      }
    >
  | Event<'RejectDayPublished', { day: ParisDay }>;

/** Stream of the closed reject file of a party and a day. */
export function rejectFileStream(day: ParisDay, party: string): string {
  return `reject-file-${day}-${streamNamePart(party)}`;
}

/** Stream of what happened to a closed day's files as a whole. */
export function rejectDayStream(day: ParisDay): string {
  return `reject-day-${day}`;
}
