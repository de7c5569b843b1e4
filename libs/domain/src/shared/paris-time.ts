import { DateTime } from 'luxon';

const PARIS = 'Europe/Paris';

/**
 * The instant of a text in ISO 8601; in the time of Paris where it names no zone, as partners' files do.
 *
 * @throws RangeError when it is not one
 */
export function instantOf(text: string): Date {
  const time = DateTime.fromISO(text, { zone: PARIS });
  if (!time.isValid) throw new RangeError(`Not an instant: ${text}`);
  return time.toJSDate();
}

/**
 * An instant as format 204 of UN/CEFACT writes it (`yyyymmddhhmmss`), which has no zone: in the time of Paris.
 *
 * @param instant ISO 8601
 */
export function compactParisTime(instant: string): string {
  return DateTime.fromJSDate(instantOf(instant), { zone: PARIS }).toFormat('yyyyMMddHHmmss');
}
