import type { XmlElement } from '../../xml/element.js';
import { namespaces } from '../../xml/namespaces.js';
import { elementsNamed, none, valuesNamed } from '../repeated.js';
import { DateValue, valueOf, type Value } from '../value.js';

const { ram } = namespaces;

/** The first entity of that name below another, or of the name `below` in that; null when a step is missing. */
export function entity(from: XmlElement | null, name: string, below?: string): XmlElement | null {
  const found = from === null ? null : from.child(ram, name);
  return below === undefined || found === null ? found : found.child(ram, below);
}

/** Every entity of that name. */
export function entities(from: XmlElement | null, name: string): readonly XmlElement[] {
  return from === null ? none : elementsNamed(from, ram, name);
}

/** The value of a component of an entity. */
export function component(from: XmlElement | null, name: string): Value | null {
  return from === null ? null : valueOf(from.child(ram, name));
}

/** The values of a component that may be repeated. */
export function components(from: XmlElement | null, name: string): readonly Value[] {
  return from === null ? none : valuesNamed(from, ram, name);
}

/**
 * A CII date: a `DateTimeString` (`udt` or `qdt`) or `DateString` of format 102 (`yyyymmdd`), which historic samples use
 * without saying the format. A date of another format stays as it is written.
 *
 * @param holder the element around the date, e.g. `ram:IssueDateTime`
 */
export function dateIn(holder: XmlElement | null): DateValue | null {
  if (holder === null) return null;
  const element = holder.children.find(isDateString) ?? null;
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
