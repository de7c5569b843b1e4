import { nameTest, type NameTest } from '../../rules/engine/path.js';
import type { XmlElement } from '../../xml/element.js';
import { knownPrefix } from '../../xml/namespaces.js';

/** What may stand in the elements of one type. */
export interface ElementStructure {
  /** Names of the elements of the type, separated by white space. */
  readonly elements: string;
  /** Names of the children in their order; a `*` behind a name lets it be repeated. */
  readonly children: string;
}

/** A place where a document does not have the structure of its format. */
export interface StructureFault {
  readonly rule: 'SYNTAX-ORDER' | 'SYNTAX-REPEATED' | 'SYNTAX-UNKNOWN-ELEMENT';
  readonly at: XmlElement;
  /** For the order: the name of the sibling before which the element belongs. */
  readonly expected: string | null;
}

interface ChildPlace {
  readonly test: NameTest;
  readonly index: number;
  readonly repeatable: boolean;
}

/** Places of the children by local name; two namespaces may share one. */
interface CompiledType {
  readonly own: NameTest;
  readonly places: ReadonlyMap<string, readonly ChildPlace[]>;
}

/** Its content is nobody's but the sender's (UBL 2.1, 5.5 and the historic profile of the portal). */
const freeContent = 'UBLExtensions';

/**
 * Compiles tables of a format into one walk over a document: children in their order, those that stand once not repeated,
 * none that the format does not know. An element without a table may hold anything.
 *
 * @param defaultPrefix prefix of the names that are written without one
 * @returns the faults in the order of the document, at most one of order for each parent: the rest follows from it
 */
export function compileStructure(
  tables: readonly ElementStructure[],
  defaultPrefix: string,
): (root: XmlElement, most: number) => StructureFault[] {
  const types = new Map<string, CompiledType[]>();
  for (const { elements, children } of tables) {
    const places = placesOf(children, defaultPrefix);
    for (const name of words(elements)) {
      const own = nameTest(prefixed(name, defaultPrefix));
      const key = own.localName ?? '';
      types.set(key, [...(types.get(key) ?? []), { own, places }]);
    }
  }
  return (root, most) => {
    const faults: StructureFault[] = [];
    visit(root, types, faults, most);
    return faults;
  };
}

function words(text: string): string[] {
  return text.split(/\s+/).filter((word) => word !== '');
}

function prefixed(name: string, prefix: string): string {
  return name.includes(':') ? name : `${prefix}:${name}`;
}

function placesOf(children: string, defaultPrefix: string): Map<string, ChildPlace[]> {
  const places = new Map<string, ChildPlace[]>();
  for (const [index, word] of words(children).entries()) {
    const repeatable = word.endsWith('*');
    const test = nameTest(prefixed(repeatable ? word.slice(0, -1) : word, defaultPrefix));
    const key = test.localName ?? '';
    places.set(key, [...(places.get(key) ?? []), { test, index, repeatable }]);
  }
  return places;
}

function visit(
  element: XmlElement,
  types: ReadonlyMap<string, readonly CompiledType[]>,
  faults: StructureFault[],
  most: number,
): void {
  const { children } = element;
  if (children.length === 0 || element.name.localName === freeContent || faults.length >= most) return;
  for (const { own, places } of types.get(element.name.localName) ?? []) {
    if (own.namespace === element.namespace) judgeChildren(children, places, faults);
  }
  for (const child of children) visit(child, types, faults, most);
}

function judgeChildren(
  children: readonly XmlElement[],
  places: CompiledType['places'],
  faults: StructureFault[],
): void {
  let reached: ChildPlace | null = null;
  let reachedBy: XmlElement | null = null;
  let inOrder = true;
  let repeated: Set<ChildPlace> | null = null;
  for (const child of children) {
    const place = placeOf(child, places);
    if (place === null) {
      faults.push({ rule: 'SYNTAX-UNKNOWN-ELEMENT', at: child, expected: null });
    } else if (place === reached) {
      if (place.repeatable || repeated?.has(place)) continue;
      faults.push({ rule: 'SYNTAX-REPEATED', at: child, expected: null });
      repeated = (repeated ?? new Set()).add(place);
    } else if (reached !== null && place.index < reached.index) {
      if (inOrder && reachedBy !== null)
        faults.push({ rule: 'SYNTAX-ORDER', at: child, expected: usualName(reachedBy) });
      inOrder = false;
    } else {
      reached = place;
      reachedBy = child;
    }
  }
}

function placeOf(child: XmlElement, places: CompiledType['places']): ChildPlace | null {
  for (const place of places.get(child.name.localName) ?? []) {
    if (place.test.namespace === child.namespace) return place;
  }
  return null;
}

function usualName({ namespace, localName }: XmlElement): string {
  const prefix = namespace === null ? undefined : knownPrefix.get(namespace);
  return prefix === undefined ? localName : `${prefix}:${localName}`;
}
