import { DateTime } from 'luxon';

const PARIS = 'Europe/Paris';

/** A calendar day in Europe/Paris, `YYYY-MM-DD`. Days of 23 and 25 hours are days like any other. */
export type ParisDay = string;

/**
 * The Europe/Paris calendar day of an instant (R44): the business day of a reject, computed once, when the event is
 * recorded, and stored in it.
 *
 * @param instant a `Date` or an ISO 8601 instant
 * @throws RangeError when the instant is not one
 */
export function parisDay(instant: Date | string): ParisDay {
  const time = typeof instant === 'string' ? DateTime.fromISO(instant, { zone: 'utc' }) : DateTime.fromJSDate(instant);
  const day = time.setZone(PARIS).toISODate();
  if (day === null) throw new RangeError(`Not an instant: ${String(instant)}`);
  return day;
}

/** The day `count` days after `day` (before, when negative). */
export function daysAfter(day: ParisDay, count: number): ParisDay {
  const moved = DateTime.fromISO(day, { zone: PARIS }).plus({ days: count }).toISODate();
  if (moved === null) throw new RangeError(`Not a day: ${day}`);
  return moved;
}

/** Whether a text is a real calendar day, `YYYY-MM-DD`. */
export function isParisDay(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && DateTime.fromISO(text, { zone: PARIS }).isValid;
}
