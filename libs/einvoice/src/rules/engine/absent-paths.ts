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
    const found = new Map<string, XmlElement>();
    search(context, trunk, found);
    return Array.from(found, ([rule, at]) => ({ rule, severity, at }));
  };
}

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

function search(element: XmlElement, branch: Branch, found: Map<string, XmlElement>): void {
  if (branch.attributes.size > 0 && element.mayHaveAttributes) {
    for (const { name } of element.attributes) {
      for (const rule of branch.attributes.get(name) ?? []) note(rule, element, found);
    }
  }
  for (const child of element.children) {
    const branches = branch.branches.get(child.name.localName);
    if (branches === undefined) continue;
    for (const next of branches) {
      if (!isNamed(child, next.name)) continue;
      for (const rule of next.rules) note(rule, child, found);
      search(child, next, found);
    }
  }
}

function note(rule: string, element: XmlElement, found: Map<string, XmlElement>): void {
  if (!found.has(rule)) found.set(rule, element);
}
