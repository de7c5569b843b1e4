import type { FindingSeverity } from '../../finding/catalogue-entry.js';
import type { XmlElement } from '../../xml/element.js';
import { isNamed, path, type NameTest } from './path.js';
import type { Intruder } from './rule-set.js';

interface Branch {
  readonly name: NameTest;
  readonly rules: string[];
  /** Rules about an attribute of the element, by the attribute's name. */
  readonly attributes: Map<string, string[]>;
  readonly branches: Map<string, Branch[]>;
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
): (context: XmlElement) => Intruder[] {
  const trunk: Branch = newBranch({ namespace: null, localName: null });
  for (const [rule, written] of paths) plant(trunk, rule, written);
  return (context) => {
    const found = search(context, trunk, null);
    return found === null ? none : Array.from(found, ([rule, at]) => ({ rule, severity, at }));
  };
}

const none: Intruder[] = [];

function newBranch(name: NameTest): Branch {
  return { name, rules: [], attributes: new Map(), branches: new Map() };
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
      found = search(child, next, found);
    }
  }
  return found;
}

function note(rules: readonly string[], element: XmlElement, before: Found): Found {
  const found = before ?? new Map<string, XmlElement>();
  for (const rule of rules) if (!found.has(rule)) found.set(rule, element);
  return found;
}
