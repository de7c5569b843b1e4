import { en16931Cii } from '../rules/en16931/cii/index.js';
import { catalogueSections, isRuleId } from './catalogue.js';
import { rulesBySet } from './rules-by-set.js';

describe('The rules of each rule set (R43)', () => {
  it.each([...rulesBySet])('%s has texts for each of its rules', (_, rules) => {
    expect(rules.size).toBeGreaterThan(0);
    expect([...rules].filter((rule) => !isRuleId(rule))).toEqual([]);
  });

  it('leave no French rule of the catalogue without a set that applies it', () => {
    const applied = new Set([...rulesBySet.values()].flatMap((rules) => [...rules]));
    const french = catalogueSections.find(({ name }) => name === 'france')?.entries ?? [];
    expect(french.map(({ rule }) => rule).filter((rule) => !applied.has(rule))).toEqual([]);
  });

  it('has EN 16931 under one name for both syntaxes', () => {
    const rules = rulesBySet.get(en16931Cii.name);
    expect(['BR-CO-10', 'UBL-CR-001', 'CII-SR-001'].map((rule) => rules?.has(rule))).toEqual([true, true, true]);
  });
});
