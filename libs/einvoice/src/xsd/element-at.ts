import type { XmlElement } from '../xml/element.js';

/**
 * The element that a path of the XML library leads to. Its steps are names as the document writes them (`cac:Party`), or `*`
 * for an element of a default namespace, with a position among the siblings of the same name when there are several; a last
 * step `@name` is an attribute of the element.
 *
 * @param root the root element of the same document
 * @param path such a path from the root, e.g. `/rsm:CrossIndustryInvoice/*[2]/@format`
 * @returns null when the path leads nowhere
 */
export function elementAt(root: XmlElement, path: string): XmlElement | null {
  const [, , ...steps] = path.split('/');
  let at: XmlElement = root;
  for (const step of steps) {
    if (step.startsWith('@')) break;
    const [, name, position] = /^([^[]+)(?:\[(\d+)\])?$/.exec(step) ?? [];
    const child = nthNamed(at.children, name ?? '', Number(position ?? 1));
    if (child === null) return null;
    at = child;
  }
  return at;
}

function nthNamed(elements: readonly XmlElement[], name: string, position: number): XmlElement | null {
  let left = position;
  for (const element of elements) {
    if ((name === '*' || element.name.written === name) && --left === 0) return element;
  }
  return null;
}
