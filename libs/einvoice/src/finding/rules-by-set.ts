import { en16931Ubl } from '../rules/en16931/ubl/index.js';
import { cproDirectory, frenchRuleSets, historicDirectory } from '../rules/france/index.js';
import { catalogueSections } from './catalogue.js';

/** The sections of the catalogue that the rules of EN 16931 are in: its set has them in both syntaxes. */
const standardSections: ReadonlySet<string> = new Set(['en16931', 'ubl', 'cii']);

/** The ids of the rules of every rule set, by the stable name of the set, e.g. `afnor-2025-11` (R43). */
export const rulesBySet: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  [
    en16931Ubl.name,
    new Set(
      catalogueSections
        .filter(({ name }) => standardSections.has(name))
        .flatMap(({ entries }) => entries.map(({ rule }) => rule)),
    ),
  ],
  ...[...frenchRuleSets.values(), cproDirectory, historicDirectory].map(
    (set) => [set.name, new Set(set.rules.map(({ rule }) => rule))] as const,
  ),
]);
