import type { XmlElement } from '../../xml/element.js';
import { namespaces } from '../../xml/namespaces.js';
import { lineNames } from '../../xml/structure.js';
import { namesChildrenOnce } from '../../xml/structure-of.js';

/** A name with its namespace; null stands for any. */
export interface NameTest {
  readonly namespace: string | null;
  readonly localName: string | null;
}

/** A path of child elements below an element, compiled once when a rule set is loaded. */
export class Path {
  /** Whether it looks into lines, which no structure around them tells apart. */
  readonly leadsIntoLines: boolean;
  readonly #isOfSingleNames: boolean;

  constructor(
    readonly written: string,
    /** The alternatives of each step. */
    readonly steps: readonly (readonly NameTest[])[],
  ) {
    this.#isOfSingleNames = steps.every(([name, ...others]) => name?.localName != null && others.length === 0);
    const before = steps.slice(0, -1).flat();
    this.leadsIntoLines = before.some(({ localName }) => localName === null || lineNames.has(localName));
  }

  /** The first element at the end of the path, in document order; null when there is none. */
  first(from: XmlElement | null): XmlElement | null {
    return from === null ? null : firstAt(from, this.steps, 0);
  }

  /** Every element at the end of the path, in document order. */
  all(from: XmlElement | null): XmlElement[] {
    const found: XmlElement[] = [];
    if (from !== null) collect(from, this.steps, 0, found);
    return found;
  }

  /** The second element at the end of the path, for those who know the first; null when there is none. */
  second(from: XmlElement | null, first: XmlElement): XmlElement | null {
    return from === null || (this.#isOfSingleNames && isOnly(first, from))
      ? null
      : secondAt(from, this.steps, 0, first);
  }

  /** Whether anything stands at the end of the path. */
  exists(from: XmlElement | null): boolean {
    return this.first(from) !== null;
  }

  /** How many elements stand at the end of the path. */
  count(from: XmlElement | null): number {
    return this.all(from).length;
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
