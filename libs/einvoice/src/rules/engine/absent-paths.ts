import type { FindingSeverity } from '../../finding/catalogue-entry.js';
import type { XmlElement } from '../../xml/element.js';
import { lineNames } from '../../xml/structure.js';
import { structureOf } from '../../xml/structure-of.js';
import { isNamed, path, type NameTest } from './path.js';
import type { Intruder, Intruders } from './rule-set.js';

interface Branch {
  readonly name: NameTest;
  readonly rules: string[];
  /** Rules about an attribute of the element, by the attribute's name. */
  readonly attributes: Map<string, string[]>;
  readonly branches: Map<string, Branch[]>;
  /** Whether a path goes on below lines, which no structure around them tells apart. */
  leadsIntoLines: boolean;
}

/**
 * Compiles hundreds of rules that each want one path to be absent into one walk along what is there: an element below the
 * context is looked up once, however many paths begin like it.
 *
 * @param paths rule id and path below the context; a last step `@name` is an attribute
 * @returns what stands in the way of some rule, the first occurrence for each rule: the context is what breaks it
 */
export function absentPaths(
  severity: FindingSeverity,
  paths: readonly (readonly [rule: string, written: string])[],
): Intruders {
  const trunk: Branch = newBranch({ namespace: null, localName: null });
  for (const [rule, written] of paths) plant(trunk, rule, written);
  markLines(trunk);
  return {
    of: (context) => {
      const found = search(context, trunk, null);
      return found === null ? none : Array.from(found, ([rule, at]) => ({ rule, severity, at }));
    },
    byStructure: !trunk.leadsIntoLines,
  };
}

const none: readonly Intruder[] = [];

function newBranch(name: NameTest): Branch {
  return { name, rules: [], attributes: new Map(), branches: new Map(), leadsIntoLines: false };
}

function plant(trunk: Branch, rule: string, written: string): void {
  const [elements = '', attribute] = written.split(/\/?@/);
  let ends: Branch[] = [trunk];
  for (const names of elements === '' ? [] : path(elements).steps) {
    ends = ends.flatMap((end) => names.map((name) => branchFor(end, name)));
  }
  for (const end of ends) {
    if (attribute === undefined) end.rules.push(rule);
    else end.attributes.set(attribute, [...(end.attributes.get(attribute) ?? []), rule]);
  }
}

function branchFor(parent: Branch, name: NameTest): Branch {
  const { localName } = name;
  if (localName === null) throw new Error('A path that must be absent names every step');
  const siblings = parent.branches.get(localName) ?? [];
  const known = siblings.find((branch) => branch.name.namespace === name.namespace);
  if (known !== undefined) return known;
  const branch = newBranch(name);
  parent.branches.set(localName, [...siblings, branch]);
  return branch;
}

/** What stands in the way of each rule, made when the first thing does: most documents have nothing of the kind. */
type Found = Map<string, XmlElement> | null;

function markLines(branch: Branch): void {
  for (const next of [...branch.branches.values()].flat()) {
    markLines(next);
    const isLine = lineNames.has(next.name.localName ?? '');
    branch.leadsIntoLines ||= next.leadsIntoLines || (isLine && (next.branches.size > 0 || next.attributes.size > 0));
  }
}

function search(element: XmlElement, branch: Branch, before: Found): Found {
  let found = before;
  if (branch.attributes.size > 0 && element.mayHaveAttributes) {
    for (const { name } of element.attributes) {
      const rules = branch.attributes.get(name);
      if (rules !== undefined) found = note(rules, element, found);
    }
  }
  if (branch.branches.size === 0) return found;
  for (const child of element.children) {
    const branches = branch.branches.get(child.name.localName);
    if (branches === undefined) continue;
    for (const next of branches) {
      if (!isNamed(child, next.name)) continue;
      if (next.rules.length > 0) found = note(next.rules, child, found);
      if (!isClean(child, next)) found = search(child, next, found);
    }
  }
  return found;
}

/** Whether nothing in or on an element, by its structure, is in the way of the rules of a branch. */
function isClean(element: XmlElement, branch: Branch): boolean {
  if (branch.branches.size === 0 && branch.attributes.size === 0) return true;
  const structure = branch.leadsIntoLines ? null : structureOf(element);
  if (structure === null) return false;
  let clean = structure.recall(branch);
  if (clean === undefined) {
    clean = search(element, branch, null) === null;
    structure.remember(branch, clean);
  }
  return clean === true;
}

function note(rules: readonly string[], element: XmlElement, before: Found): Found {
  const found = before ?? new Map<string, XmlElement>();
  for (const rule of rules) if (!found.has(rule)) found.set(rule, element);
  return found;
}
