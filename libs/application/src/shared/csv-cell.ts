import { IANAZone } from 'luxon';

// What a spreadsheet drops or jumps over before it looks for a formula: blanks and characters without a width.
const BLANKS = '[\\s\\u00ad\\u200b-\\u200f\\u2060\\ufeff]*';
// = + - @ TAB CR NUL, and the full-width and small forms that spreadsheets of some languages read alike (OWASP ASVS
// 5.0 V1.2.10); the minus sign of typography is taken along. An apostrophe is defused so that the rule can be undone.
const FORMULA_START = new RegExp(
  `^(?:'|${BLANKS}[=+\\-@\\t\\r\\0\\u2212\\uff1d\\uff0b\\uff0d\\uff20\\ufe66\\ufe62\\ufe63\\ufe6b])`,
);
// Controls of C0 and C1, DEL, and the two separators of Unicode that some readers take for the end of a line.
// eslint-disable-next-line no-control-regex
const CONTROLS = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g;
const NUMBER = /^-?\d{1,19}(\.\d{1,6})?$/;
const PARIS = IANAZone.create('Europe/Paris');
// With its offset: a time without one would mean another moment on each machine.
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/;

/** `dd/MM/yyyy` of a text that starts with `YYYY-MM-DD`. */
const frenchDay = (day: string): string => `${day.slice(8, 10)}/${day.slice(5, 7)}/${day.slice(0, 4)}`;

/**
 * Writes a text so that no spreadsheet takes it for a formula: an apostrophe goes before a text whose first character,
 * after blanks, could start one, or is itself an apostrophe; controls, new lines among them, become spaces. To read the
 * text back, take away the first character when it is an apostrophe.
 */
export function textCell(text: string | null): string {
  if (text === null) return '';
  const oneLine = text.replace(CONTROLS, ' ');
  return FORMULA_START.test(text) ? `'${oneLine}` : oneLine;
}

/** Writes a number as it is, its minus sign too (credit notes); what is not strictly one is a text. */
export function numberCell(number: string | null): string {
  return number !== null && NUMBER.test(number) ? number : textCell(number);
}

/** Writes a day `YYYY-MM-DD` as the French do, `dd/MM/yyyy`; a text that is no day stays as it was found. */
export function dayCell(day: string | null): string {
  if (day === null || !/^\d{4}-\d{2}-\d{2}$/.test(day)) return textCell(day);
  const moment = new Date(`${day}T00:00:00Z`);
  // The engine moves 30 February to March; a day of the calendar comes back as it went in.
  const isDay = !Number.isNaN(moment.getTime()) && moment.toISOString().startsWith(day);
  return isDay ? frenchDay(day) : textCell(day);
}

/**
 * Writes an instant as two cells, in Europe/Paris: the day, and the time with its offset, without which 02:30 of the
 * night that ends summer time would mean two moments.
 *
 * @param instant ISO 8601
 * @throws RangeError when it is not an instant: these are the platform's own
 */
export function instantCells(instant: string): readonly [day: string, time: string] {
  const moment = INSTANT.test(instant) ? Date.parse(instant) : NaN;
  if (Number.isNaN(moment)) throw new RangeError(`Not an instant: ${instant}`);
  // Only the offset is asked of the library: a whole DateTime costs each line of a file ten times as much.
  const offset = PARIS.offset(moment);
  const inParis = new Date(moment + offset * 60_000).toISOString();
  const hours = String(Math.trunc(offset / 60)).padStart(2, '0');
  return [frenchDay(inParis), `${inParis.slice(11, 19)} +${hours}:${String(offset % 60).padStart(2, '0')}`];
}
