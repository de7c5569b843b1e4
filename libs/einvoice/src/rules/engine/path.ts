import { named, none } from '../../model/repeated.js';
import { anchorsOf, childAt, type Anchor } from '../../xml/anchors.js';
import type { XmlElement } from '../../xml/element.js';
import { namespaces } from '../../xml/namespaces.js';
import { lineNames } from '../../xml/structure.js';
import { namesChildrenOnce } from '../../xml/structure-of.js';

/** A name with its namespace; null stands for any. */
export interface NameTest {
  readonly namespace: string | null;
  readonly localName: string | null;
}

/** The way to an element at the end of a path, as the anchors of the children to go to. */
type Way = readonly number[];

/** What is remembered of a path that structures do not decide. */
const undecided = Symbol('not decided by the structure');
/** Under so many children looking at each is quicker than remembering the way for each structure. */
const fewChildren = 8;
/** More than any sound document has of what is no line. */
const mostWays = 8;

/**
 * A path of child elements below an element, compiled once when a rule set is loaded. Where it leads is remembered for each
 * structure: most rules ask for the same paths in documents of the same structures.
 */
export class Path {
  /** Whether it looks into lines, which no structure around them tells apart. */
  readonly leadsIntoLines: boolean;
  readonly #isOfSingleNames: boolean;
  /** The name of the children that the path leads to, when it is no more than that: most paths from small elements are. */
  readonly #child: ChildName | null;

  constructor(
    readonly written: string,
    /** The alternatives of each step. */
    readonly steps: readonly (readonly NameTest[])[],
  ) {
    this.#isOfSingleNames = steps.every(([name, ...others]) => name?.localName != null && others.length === 0);
    this.#child = this.#isOfSingleNames && steps.length === 1 ? childName(steps[0]?.[0]) : null;
    const before = steps.slice(0, -1).flat();
    this.leadsIntoLines = before.some(({ localName }) => localName === null || lineNames.has(localName));
  }

  /** The first element at the end of the path, in document order; null when there is none. */
  first(from: XmlElement | null): XmlElement | null {
    if (from === null) return null;
    const ways = this.#waysFrom(from);
    if (ways === undecided) return this.#child === null ? firstAt(from, this.steps, 0) : firstNamed(from, this.#child);
    const [way] = ways;
    return way === undefined ? null : follow(way, from);
  }

  /** Every element at the end of the path, in document order; the array is not the caller's to change. */
  all(from: XmlElement | null): readonly XmlElement[] {
    if (from === null) return none;
    const ways = this.#waysFrom(from);
    if (ways !== undecided) return allAlong(ways, from);
    if (this.#child !== null) {
      const { namespace, localName } = this.#child;
      return named(from.candidates(localName), namespace, localName);
    }
    const found: XmlElement[] = [];
    collect(from, this.steps, 0, found);
    return found;
  }

  /** The second element at the end of the path, for those who know the first; null when there is none. */
  second(from: XmlElement | null, first: XmlElement): XmlElement | null {
    if (from === null) return null;
    const ways = this.#waysFrom(from);
    if (ways === undecided)
      return this.#isOfSingleNames && isOnly(first, from) ? null : secondAt(from, this.steps, 0, first);
    const way = ways[1];
    return way === undefined ? null : follow(way, from);
  }

  /** Whether anything stands at the end of the path. */
  exists(from: XmlElement | null): boolean {
    return this.first(from) !== null;
  }

  /** How many elements stand at the end of the path. */
  count(from: XmlElement | null): number {
    return this.all(from).length;
  }

  #waysFrom(from: XmlElement): readonly Way[] | typeof undecided {
    const { structure } = from;
    if (structure === null || structure === undefined) return undecided;
    if (this.steps.length < 2 && from.children.length < fewChildren) return undecided;
    const known = structure.recall(this) as readonly Way[] | typeof undecided | undefined;
    if (known !== undefined) return known;
    const ways: Way[] = [];
    const decided = !this.leadsIntoLines && addWays(ways, from, this.steps, []);
    const remembered = decided ? ways : undecided;
    structure.remember(this, remembered);
    return remembered;
  }
}

/**
 * Compiles a path of child steps with the usual prefixes of UBL and CII, e.g. `cac:Party/cbc:EndpointID`. A step may offer
 * several names in brackets (`(cac:InvoiceLine|cac:CreditNoteLine)/cbc:ID`) or be `*`.
 *
 * @throws Error when a prefix is none of {@link namespaces}
 */
export function path(written: string): Path {
  return new Path(
    written,
    written.split('/').map((step) => step.replace(/[()]/g, '').split('|').map(nameTest)),
  );
}

/** A name test from its written form: `cbc:ID`, `ram:*` or `*`. */
export function nameTest(written: string): NameTest {
  const name = written.trim();
  if (name === '*') return { namespace: null, localName: null };
  const [prefix, localName] = name.split(':');
  const namespace = prefix !== undefined && Object.hasOwn(namespaces, prefix) ? namespaces[prefix as 'cbc'] : undefined;
  if (namespace === undefined || localName === undefined) throw new Error(`Not a name of UBL or CII: ${written}`);
  return { namespace, localName: localName === '*' ? null : localName };
}

/** Whether an element has that name. */
export function isNamed(element: XmlElement, { namespace, localName }: NameTest): boolean {
  return (
    (localName === null || element.name.localName === localName) &&
    (namespace === null || element.namespace === namespace)
  );
}

/** Whether an element has one of the names; most steps offer one. */
function isNamedAny(element: XmlElement, names: readonly NameTest[]): boolean {
  for (const name of names) if (isNamed(element, name)) return true;
  return false;
}

/** The children among which a step finds its own. */
function candidates(from: XmlElement, names: readonly NameTest[]): readonly XmlElement[] {
  const localName = names.length === 1 ? (names[0]?.localName ?? null) : null;
  return localName === null ? from.children : from.candidates(localName);
}

function firstAt(from: XmlElement, steps: Path['steps'], at: number): XmlElement | null {
  const names = steps[at];
  if (names === undefined) return from;
  const last = at + 1 === steps.length;
  for (const child of candidates(from, names)) {
    if (!isNamedAny(child, names)) continue;
    if (last) return child;
    const found = firstAt(child, steps, at + 1);
    if (found !== null) return found;
  }
  return null;
}

/** A name that stands for no other. */
interface ChildName {
  readonly namespace: string;
  readonly localName: string;
}

function childName(name: NameTest | undefined): ChildName | null {
  if (name?.namespace == null || name.localName === null) return null;
  return { namespace: name.namespace, localName: name.localName };
}

function firstNamed(from: XmlElement, { namespace, localName }: ChildName): XmlElement | null {
  for (const child of from.candidates(localName)) {
    if (child.name.localName === localName && child.namespace === namespace) return child;
  }
  return null;
}

/** Adds the ways that the steps from one on lead; false when structures do not decide them, or when they are many. */
function addWays(ways: Way[], from: XmlElement, steps: Path['steps'], before: Way): boolean {
  const names = steps[before.length];
  if (names === undefined) return ways.push(before) <= mostWays;
  const { children } = from;
  let anchors: readonly Anchor[] | null = null;
  for (const [index, child] of children.entries()) {
    if (!isNamedAny(child, names)) continue;
    anchors ??= anchorsOf(children);
    const anchor = anchors[index];
    if (anchor == null || !addWays(ways, child, steps, [...before, anchor])) return false;
  }
  return true;
}

function allAlong(ways: readonly Way[], from: XmlElement): readonly XmlElement[] {
  const [first] = ways;
  if (first === undefined) return none;
  return ways.length === 1 ? [follow(first, from)] : ways.map((way) => follow(way, from));
}

function follow(way: Way, from: XmlElement): XmlElement {
  let at = from;
  for (const anchor of way) {
    const child = childAt(at.children, anchor);
    if (child === undefined) throw new Error('An element is not built as its structure says');
    at = child;
  }
  return at;
}

/** Whether structures tell that a path of which this is the first element has no second one. */
function isOnly(first: XmlElement, from: XmlElement): boolean {
  let { parent } = first;
  while (parent !== null && namesChildrenOnce(parent)) {
    if (parent === from) return true;
    ({ parent } = parent);
  }
  return false;
}

function secondAt(from: XmlElement, steps: Path['steps'], at: number, first: XmlElement): XmlElement | null {
  const names = steps[at];
  if (names === undefined) return from === first ? null : from;
  for (const child of candidates(from, names)) {
    if (!isNamedAny(child, names)) continue;
    const found = secondAt(child, steps, at + 1, first);
    if (found !== null) return found;
  }
  return null;
}

function collect(from: XmlElement, steps: Path['steps'], at: number, found: XmlElement[]): void {
  const names = steps[at];
  if (names === undefined) return;
  const last = at + 1 === steps.length;
  for (const child of candidates(from, names)) {
    if (!isNamedAny(child, names)) continue;
    if (last) found.push(child);
    else collect(child, steps, at + 1, found);
  }
}
