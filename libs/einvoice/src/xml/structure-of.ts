import type { XmlElement } from './element.js';
import { lineNames, mostInRow, Structure } from './structure.js';

/** Enough for the structures of many suppliers; with what is remembered of each, some fifteen megabytes at most. */
const mostStructures = 8192;
/** After so many new structures that found no room, the old ones are given up: their senders may have stopped sending. */
const mostTurnedAway = 4 * mostStructures;

interface Named {
  readonly namespace: string | null;
  readonly structure: Structure;
}

let roots = new Map<string, Named[]>();
let known = 0;
let turnedAway = 0;

/**
 * The structure of an element, which it shares with every element of the process that is built alike; see {@link Structure}.
 *
 * @returns null when there is no room for another structure: whoever asks must then look at the element itself
 */
export function structureOf(element: XmlElement): Structure | null {
  if (element.structure === undefined) element.structure = found(element);
  return element.structure;
}

/** Whether no two children of an element have the same name, as far as its structure is known; false otherwise. */
export function namesChildrenOnce(element: XmlElement): boolean {
  const { structure } = element;
  if (structure === null || structure === undefined) return false;
  return (structure.childNamesOnce ??= areNamedOnce(element.children));
}

function areNamedOnce(children: readonly XmlElement[]): boolean {
  const names = new Set<string>();
  for (const { localName, namespace } of children) names.add(`${namespace ?? ''} ${localName}`);
  return names.size === children.length;
}

function found(element: XmlElement): Structure | null {
  const bare = bareStructure(element);
  let structure = bare;
  if (element.mayHaveAttributes) {
    for (const { name } of element.attributes) structure = withPart(structure, name, bare, element);
  }
  let before: Structure | null = null;
  let inRow = 0;
  // Children are asked for their structures even when this one has none: rules are about them as well.
  for (const child of element.children) {
    const own = structureOf(child)?.asChild ?? null;
    inRow = own === before ? inRow + 1 : 1;
    before = own;
    if (own === null) structure = null;
    else if (inRow <= mostInRow) structure = withPart(structure, own, bare, element);
  }
  return structure;
}

function withPart(
  structure: Structure | null,
  part: string | Structure,
  bare: Structure | null,
  element: XmlElement,
): Structure | null {
  if (structure === null) return null;
  return structure.with(part) ?? added(structure, part, bare, element);
}

function added(
  structure: Structure,
  part: string | Structure,
  bare: Structure | null,
  { localName }: XmlElement,
): Structure | null {
  if (!hasRoom()) return null;
  const next = new Structure(bare, lineNames.has(localName));
  structure.add(part, next);
  return next;
}

function bareStructure({ name: { written }, localName, namespace }: XmlElement): Structure | null {
  const same = roots.get(written);
  if (same !== undefined) for (const one of same) if (one.namespace === namespace) return one.structure;
  if (!hasRoom()) return null;
  const structure = new Structure(null, lineNames.has(localName));
  const named = { namespace, structure };
  const others = roots.get(written);
  if (others === undefined) roots.set(written, [named]);
  else others.push(named);
  return structure;
}

/** Whether another structure may be made; makes room at times, so that one document of many shapes does no lasting harm. */
function hasRoom(): boolean {
  if (known < mostStructures) {
    known++;
    return true;
  }
  if (++turnedAway > mostTurnedAway) {
    roots = new Map();
    known = 0;
    turnedAway = 0;
  }
  return false;
}
