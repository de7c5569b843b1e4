import type { XmlElement } from '../../xml/element.js';
import { namespaces } from '../../xml/namespaces.js';
import { elementsNamed, none, valuesNamed } from '../repeated.js';
import { DateValue, valueOf, type Value } from '../value.js';

const { cac, cbc } = namespaces;

/** The value of a basic component of an aggregate. */
export function basic(from: XmlElement | null, name: string): Value | null {
  return from === null ? null : valueOf(from.child(cbc, name));
}

/** The values of a basic component that may be repeated. */
export function basics(from: XmlElement | null, name: string): readonly Value[] {
  return from === null ? none : valuesNamed(from, cbc, name);
}

/** The first aggregate of that name below another, or of the name `below` in that; null when a step is missing. */
export function aggregate(from: XmlElement | null, name: string, below?: string): XmlElement | null {
  const found = from === null ? null : from.child(cac, name);
  return below === undefined || found === null ? found : found.child(cac, below);
}

/** Every aggregate of that name. */
export function aggregates(from: XmlElement | null, name: string): readonly XmlElement[] {
  return from === null ? none : elementsNamed(from, cac, name);
}

/** A date of UBL (`xs:date`): `yyyy-mm-dd`, as it is written. */
export function date(from: XmlElement | null, name: string): DateValue | null {
  const found = basic(from, name);
  return found === null ? null : new DateValue(found.value, found.value, found.element);
}
