import type { XmlElement } from '../xml/element.js';
import { valueOf, type Value } from './value.js';

/** What most groups are in most invoices: absent. It is the same array, so that nothing is allocated for them. */
export const none: readonly never[] = Object.freeze([]);

/** The children of a name; {@link none} when there are none. */
export function elementsNamed(from: XmlElement, namespace: string, localName: string): readonly XmlElement[] {
  return named(from.children, namespace, localName);
}

/** Those of some elements that have a name; {@link none} when none has. */
export function named(elements: readonly XmlElement[], namespace: string, localName: string): readonly XmlElement[] {
  let found: XmlElement[] | null = null;
  for (const element of elements) {
    if (element.name.localName !== localName || element.namespace !== namespace) continue;
    // An array that begins empty makes room for seventeen, and most have one.
    if (found === null) found = [element];
    else found.push(element);
  }
  return found ?? none;
}

/** The values of the children of a name, blank ones left out. */
export function valuesNamed(from: XmlElement, namespace: string, localName: string): readonly Value[] {
  let found: Value[] | null = null;
  for (const child of from.children) {
    if (child.name.localName !== localName || child.namespace !== namespace) continue;
    const value = valueOf(child);
    if (value === null) continue;
    if (found === null) found = [value];
    else found.push(value);
  }
  return found ?? none;
}

/** Both lists one after the other, without a copy where one is empty. */
export function joined<Item>(first: readonly Item[], second: readonly Item[]): readonly Item[] {
  if (second.length === 0) return first;
  return first.length === 0 ? second : [...first, ...second];
}
