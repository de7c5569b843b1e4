import type { XmlElement } from '../xml/element.js';
import type { Term } from './terms.js';

/** The term that an element holds; null when it is absent or blank. */
export function termOf(element: XmlElement | null | undefined): Term {
  if (element === null || element === undefined) return null;
  const value = element.text.trim();
  return value === '' ? null : { value, location: element.location, line: element.line };
}

/** Follows a path of child names in one namespace. */
export function descend(from: XmlElement | null, namespace: string, ...names: readonly string[]): XmlElement | null {
  let at = from;
  for (const name of names) at = at?.child(namespace, name) ?? null;
  return at;
}
