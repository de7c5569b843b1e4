import type { XmlElement } from '../../../xml/element.js';
import { Decimal, NotComputable } from '../../engine/decimal.js';
import { exactOf, type Exact } from '../../engine/exact.js';
import type { Path } from '../../engine/path.js';
import { normalised } from '../../engine/values.js';

/**
 * Values as the rules of EN 16931 for UBL read them (XPath 2.0): where a rule wants one value, a second one leaves the rule
 * without a verdict; where it compares, any of several values is enough.
 */

/**
 * The only element at the end of a path; null when there is none.
 *
 * @throws NotComputable when there are several
 */
export function onlyAt(where: Path, from: XmlElement | null): XmlElement | null {
  const first = where.first(from);
  if (first === null) return null;
  const second = where.second(from, first);
  if (second !== null) throw new NotComputable(second);
  return first;
}

/** The text of the only element at the end of a path, as it is written; `''` when there is none. */
export function textAt(where: Path, from: XmlElement | null): string {
  return onlyAt(where, from)?.stringValue ?? '';
}

/** The same without white space around it (XPath `normalize-space`). */
export function normalisedAt(where: Path, from: XmlElement | null): string {
  return normalised(textAt(where, from));
}

/** The exact number of the only element at the end of a path; null when there is none. */
export function exactAt(where: Path, from: XmlElement | null): Exact | null {
  const element = onlyAt(where, from);
  return element === null ? null : exactOf(element);
}

/** Whether one of the elements at the end of a path holds exactly that text. */
export function anyText(where: Path, from: XmlElement | null, text: string): boolean {
  for (const element of where.all(from)) if (element.stringValue === text) return true;
  return false;
}

/** The different texts of some elements. */
export function textsOf(elements: readonly XmlElement[]): Set<string> {
  return new Set(elements.map((element) => element.stringValue));
}

/** The exact value of a finite double: its shortest decimal notation is not that. */
export function exactly(double: number): Decimal {
  // Below 1 a double of interest has under 100 decimals; above, at most 52.
  return new Decimal(Math.abs(double) < 1e21 ? double.toFixed(100) : BigInt(double).toString());
}

const datePattern = /^(-?(?:[1-9]\d{4,}|\d{4}))-(\d{2})-(\d{2})(Z|[+-]\d{2}:\d{2})?$/;
const minutesOfDay = 1440;

/**
 * The begin of the day that an element holds (`xs:date`), to be compared with that of another; without a time zone it is
 * taken as UTC.
 *
 * @returns minutes
 * @throws NotComputable when it holds no date of the calendar
 */
export function dateOf(element: XmlElement): number {
  const parts = datePattern.exec(normalised(element.stringValue));
  if (parts === null) throw new NotComputable(element);
  const [year, month, day] = [Number(parts[1]), Number(parts[2]), Number(parts[3])];
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) throw new NotComputable(element);
  return (date.getTime() / 86_400_000) * minutesOfDay - zoneMinutes(parts[4] ?? 'Z', element);
}

function zoneMinutes(zone: string, element: XmlElement): number {
  if (zone === 'Z') return 0;
  const [hours, minutes] = [Number(zone.slice(1, 3)), Number(zone.slice(4))];
  const total = hours * 60 + minutes;
  if (minutes > 59 || total > 14 * 60) throw new NotComputable(element);
  return zone.startsWith('-') ? -total : total;
}
