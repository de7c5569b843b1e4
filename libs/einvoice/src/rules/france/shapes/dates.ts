import { isCalendarDate } from '../../../judge/identification.js';

/** Whether a text is written as a date of 2000 to 2099: `yyyy-mm-dd`, month 01 to 12, day 01 to 31 (BR-FR-03, G1.36). */
export function isDateOfTheCentury(text: string): boolean {
  return /^20\d{2}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/.test(text);
}

/** Whether a text is a day that exists; a date with the right outline may not (`2026-02-30`). */
export function isRealDate(text: string): boolean {
  return isCalendarDate(text);
}
