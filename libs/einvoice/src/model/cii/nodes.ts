import type { XmlElement } from '../../xml/element.js';
import { namespaces } from '../../xml/namespaces.js';
import { DateValue, valueOf, type Value } from '../value.js';

const { ram } = namespaces;

/** The first entity of that name below another, step by step; null when a step is missing. */
export function entity(from: XmlElement | null, ...names: readonly string[]): XmlElement | null {
  let at = from;
  for (const name of names) {
    if (at === null) return null;
    at = at.child(ram, name);
  }
  return at;
}

/** Every entity of that name. */
export function entities(from: XmlElement | null, name: string): XmlElement[] {
  return from?.childrenNamed(ram, name) ?? [];
}

/** The value of a component of an entity. */
export function component(from: XmlElement | null, name: string): Value | null {
  return from === null ? null : valueOf(from.child(ram, name));
}

/** The values of a component that may be repeated. */
export function components(from: XmlElement | null, name: string): Value[] {
  return entities(from, name)
    .map(valueOf)
    .filter((one) => one !== null);
}

/**
 * A CII date: a `DateTimeString` (`udt` or `qdt`) or `DateString` of format 102 (`yyyymmdd`), which historic samples use
 * without saying the format. A date of another format stays as it is written.
 *
 * @param holder the element around the date, e.g. `ram:IssueDateTime`
 */
export function dateIn(holder: XmlElement | null): DateValue | null {
  const element = holder?.children.find(isDateString) ?? null;
  const found = valueOf(element);
  if (element === null || found === null) return null;
  const format = element.attribute('format');
  const parts = format === null || format === '102' ? /^(\d{4})(\d{2})(\d{2})$/.exec(found.value) : null;
  const iso = parts === null ? found.value : `${parts[1]}-${parts[2]}-${parts[3]}`;
  return new DateValue(iso, found.value, element);
}

function isDateString({ localName }: XmlElement): boolean {
  return localName === 'DateTimeString' || localName === 'DateString';
}
