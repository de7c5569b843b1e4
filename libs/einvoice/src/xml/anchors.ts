import type { XmlElement } from './element.js';
import { mostInRow } from './structure.js';

/**
 * Where a child stands among its siblings, in all elements of one structure: counted from the first child, or, below zero,
 * from behind the last one. Null where the structure does not tell, because it does not tell how many equal children there are.
 */
export type Anchor = number | null;

/** The anchors of the children of an element whose structure, and that of all in it, is known. */
export function anchorsOf(children: readonly XmlElement[]): readonly Anchor[] {
  let firstOfMany = children.length;
  let lastOfMany = -1;
  let start = 0;
  children.forEach((child, index) => {
    if (child.structure?.asChild !== children[start]?.structure?.asChild) start = index;
    if (index - start + 1 < mostInRow) return;
    firstOfMany = Math.min(firstOfMany, start);
    lastOfMany = index;
  });
  return children.map((_, index) => {
    if (index < firstOfMany) return index;
    return index > lastOfMany ? index - children.length : null;
  });
}

/** The child at an anchor. */
export function childAt(children: readonly XmlElement[], anchor: number): XmlElement | undefined {
  return children[anchor < 0 ? children.length + anchor : anchor];
}
