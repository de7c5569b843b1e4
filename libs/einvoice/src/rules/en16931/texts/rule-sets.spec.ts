import { catalogueSections } from '../../../finding/catalogue.js';
import { en16931Cii, neverFires as neverInCii } from '../cii/index.js';
import type { Pattern } from '../../engine/rule-set.js';
import { en16931Ubl, neverFires as neverInUbl } from '../ubl/index.js';
import { ciiForbiddenTexts, ublForbiddenTexts } from './forbidden-texts.js';

const rulesOf = (...names: string[]): string[] =>
  catalogueSections
    .filter(({ name }) => names.includes(name))
    .flatMap(({ entries }) => entries.map(({ rule }) => rule));

const asserted = <Facts>(patterns: readonly Pattern<Facts>[]): Set<string> =>
  new Set(patterns.flatMap(({ contexts }) => contexts.flatMap(({ assertions }) => assertions.map(({ rule }) => rule))));

const sets = [
  ['ubl', asserted(en16931Ubl.patterns), neverInUbl, Object.keys(ublForbiddenTexts)],
  [
    'cii',
    asserted(en16931Cii.patterns),
    neverInCii,
    [...Object.keys(ciiForbiddenTexts), 'CII-SR-464', 'CII-DT-013', 'CII-DT-014'],
  ],
] as const;

describe('The texts of EN 16931 beside the rule sets', () => {
  it.each(sets)('describe every rule of the set for %s', (syntax, rules) => {
    const described = new Set(rulesOf('en16931', syntax));
    expect([...rules].filter((rule) => !described.has(rule))).toEqual([]);
  });

  it.each(sets)('describe nothing that the set for %s does not apply', (syntax, rules, never, absent) => {
    const applied = new Set([...rules, ...never, ...absent]);
    expect(rulesOf('en16931', syntax).filter((rule) => !applied.has(rule))).toEqual([]);
  });
});
