import type { XmlElement } from '../../xml/element.js';
import { namespaces } from '../../xml/namespaces.js';
import { DateValue, valueOf, type Value } from '../value.js';

const { cac, cbc } = namespaces;

/** The value of a basic component of an aggregate. */
export function basic(from: XmlElement | null, name: string): Value | null {
  return from === null ? null : valueOf(from.child(cbc, name));
}

/** The values of a basic component that may be repeated. */
export function basics(from: XmlElement | null, name: string): Value[] {
  if (from === null) return [];
  return from
    .childrenNamed(cbc, name)
    .map(valueOf)
    .filter((one) => one !== null);
}

/** The first aggregate of that name below another, step by step; null when a step is missing. */
export function aggregate(from: XmlElement | null, ...names: readonly string[]): XmlElement | null {
  let at = from;
  for (const name of names) {
    if (at === null) return null;
    at = at.child(cac, name);
  }
  return at;
}

/** Every aggregate of that name. */
export function aggregates(from: XmlElement | null, name: string): XmlElement[] {
  return from?.childrenNamed(cac, name) ?? [];
}

/** A date of UBL (`xs:date`): `yyyy-mm-dd`, as it is written. */
export function date(from: XmlElement | null, name: string): DateValue | null {
  const found = basic(from, name);
  return found === null ? null : new DateValue(found.value, found.value, found.element);
}
