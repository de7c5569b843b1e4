import { nameTest, type NameTest } from '../../rules/engine/path.js';
import { PlannedWalk, type Place } from '../../rules/engine/planned-walk.js';
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

/** What may stand in one place of a type of element, and what type that is itself. */
interface ChildPlace {
  readonly name: NameTest;
  readonly rank: number;
  readonly repeatable: boolean;
  /** The type of the elements that stand here; undefined when there is no table for them. */
  readonly type: CompiledType | undefined;
  /** Another place under the same local name, in another namespace. */
  readonly homonym: ChildPlace | undefined;
}

/** Places of the children by local name. */
type CompiledType = Map<string, ChildPlace>;

/** Types of elements by {@link keyOf}. */
type CompiledTables = ReadonlyMap<string, CompiledType>;

/** Its content is nobody's but the sender's (UBL 2.1, 5.5 and the historic profile of the portal). */
const freeContent = 'UBLExtensions';

/**
 * Compiles tables of a format into one walk over a document: children in their order, those that stand once not repeated,
 * none that the format does not know. An element without a table may hold anything.
 *
 * Names alone decide it, so that a document of a structure that was seen before and had no fault is not looked at again.
 *
 * @param defaultPrefix prefix of the names that are written without one
 * @throws Error when an element has two tables, or a child two places
 * @returns the faults in the order of the document, at most one of order for each parent: the rest follows from it
 */
export function compileStructure(
  tables: readonly ElementStructure[],
  defaultPrefix: string,
): (root: XmlElement, most: number) => StructureFault[] {
  const types = new Map<string, CompiledType>();
  const tabled = tables.map(({ elements, children }) => {
    const type: CompiledType = new Map();
    for (const name of words(elements)) {
      const key = keyOf(nameTest(prefixed(name, defaultPrefix)));
      if (types.has(key)) throw new Error(`Two tables for ${name}`);
      types.set(key, type);
    }
    return { type, children };
  });
  for (const { type, children } of tabled) addPlaces(type, children, types, defaultPrefix);
  const faulty = new PlannedWalk((element, place) => {
    const type = typeAt(place, types);
    const faults: StructureFault[] = [];
    if (type !== free) judgeChildren(element, type, { types, faults, most: 1, deep: false });
    return faults.length > 0 ? faults : null;
  });
  return (root, most) => {
    const faults: StructureFault[] = [];
    let clean = true;
    faulty.walk(root, () => {
      clean = false;
    });
    if (!clean) judgeChildren(root, types.get(keyOf(root)), { types, faults, most, deep: true });
    return faults;
  };
}

/** What anything may stand in. */
const free = Symbol('free content');

/** The type of the elements at a place; undefined when there is no table for them. */
function typeAt(place: Place, types: CompiledTables): CompiledType | undefined | typeof free {
  const { outer } = place;
  if (outer?.outer == null) return types.get(keyOf(place));
  const around = typeAt(outer, types);
  if (around === free || place.localName === freeContent) return free;
  const among = around === undefined ? undefined : placeOf(place, around);
  return among === undefined ? types.get(keyOf(place)) : among.type;
}

/** What a walk over a document carries along. */
interface Walk {
  readonly types: CompiledTables;
  readonly faults: StructureFault[];
  readonly most: number;
  /** Whether what is in the children is judged as well. */
  readonly deep: boolean;
}

function words(text: string): string[] {
  return text.split(/\s+/).filter((word) => word !== '');
}

function prefixed(name: string, prefix: string): string {
  return name.includes(':') ? name : `${prefix}:${name}`;
}

/** What has a name: an element, or a place. */
type Named = Pick<XmlElement, 'localName' | 'namespace'>;

function keyOf({ namespace, localName }: NameTest): string {
  return `${namespace ?? ''} ${localName ?? ''}`;
}

function addPlaces(type: CompiledType, children: string, types: CompiledTables, defaultPrefix: string): void {
  for (const [rank, word] of words(children).entries()) {
    const repeatable = word.endsWith('*');
    const name = nameTest(prefixed(repeatable ? word.slice(0, -1) : word, defaultPrefix));
    const key = name.localName ?? '';
    if (type.get(key)?.name.namespace === name.namespace) throw new Error(`Two places for ${word}`);
    type.set(key, { name, rank, repeatable, type: types.get(keyOf(name)), homonym: type.get(key) });
  }
}

function judgeChildren(parent: XmlElement, type: CompiledType | undefined, walk: Walk): void {
  const { faults, types, most, deep } = walk;
  let reached: ChildPlace | null = null;
  let reachedBy: XmlElement | null = null;
  let inOrder = true;
  let repeated = false;
  for (const child of parent.children) {
    if (faults.length >= most) return;
    const place: ChildPlace | undefined = type === undefined ? undefined : placeOf(child, type);
    if (place === undefined) {
      if (type !== undefined) faults.push({ rule: 'SYNTAX-UNKNOWN-ELEMENT', at: child, expected: null });
    } else if (reached === null || place.rank > reached.rank) {
      reached = place;
      reachedBy = child;
      repeated = false;
    } else if (place === reached) {
      if (!place.repeatable && !repeated) {
        faults.push({ rule: 'SYNTAX-REPEATED', at: child, expected: null });
        repeated = true;
      }
    } else {
      if (inOrder && reachedBy !== null)
        faults.push({ rule: 'SYNTAX-ORDER', at: child, expected: usualName(reachedBy) });
      inOrder = false;
    }
    if (!deep || child.children.length === 0 || child.name.localName === freeContent) continue;
    judgeChildren(child, place === undefined ? types.get(keyOf(child)) : place.type, walk);
  }
}

function placeOf(child: Named, type: CompiledType): ChildPlace | undefined {
  let place = type.get(child.localName);
  while (place !== undefined && place.name.namespace !== child.namespace) place = place.homonym;
  return place;
}

function usualName({ namespace, localName }: XmlElement): string {
  const prefix = namespace === null ? undefined : knownPrefix.get(namespace);
  return prefix === undefined ? localName : `${prefix}:${localName}`;
}
