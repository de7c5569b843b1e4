import type { XmlElement } from '../xml/element.js';
import { namespaces } from '../xml/namespaces.js';
import { cdarNamespace } from './status-roots.js';

/** Namespaces of a CDAR message; a CPPStatut has none. */
const known: ReadonlySet<string | null> = new Set(['', cdarNamespace, namespaces.ram, namespaces.udt, namespaces.qdt]);

/**
 * The elements at a path of local names below another one, in document order. In the two formats of statuses no local name
 * stands in two namespaces.
 *
 * @param path `ExchangedDocument/SenderTradeParty`; the element itself when it is empty
 */
export function elementsAt(from: XmlElement, path: string): readonly XmlElement[] {
  if (path === '') return [from];
  return path
    .split('/')
    .reduce<readonly XmlElement[]>(
      (elements, name) =>
        elements.flatMap(({ children }) =>
          children.filter(({ localName, namespace }) => localName === name && known.has(namespace)),
        ),
      [from],
    );
}

/** The first of them. */
export function elementAt(from: XmlElement, path: string): XmlElement | null {
  return elementsAt(from, path)[0] ?? null;
}

/** The text of the first of them, without the spaces around it; null when there is none. */
export function textAt(from: XmlElement, path: string): string | null {
  const text = elementAt(from, path)?.text.trim();
  return text === undefined || text === '' ? null : text;
}

/** The texts of all of them. */
export function textsAt(from: XmlElement, path: string): readonly string[] {
  return elementsAt(from, path).map(({ text }) => text.trim());
}
