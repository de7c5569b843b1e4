import type { RuleDescription } from '../../../finding/catalogue-entry.js';
import { platformRules } from '../../../finding/platform-rules.js';
import { semanticRules } from '../../../finding/semantic-rules.js';
import { placeholderNames } from '../../../finding/template.js';
import { businessTexts } from '../../en16931/texts/index.js';
import { cproDirectory, frenchRuleSets, historicDirectory } from '../index.js';
import { ciiReform } from '../testing/cii-reform.js';
import { judged, sentenceOf, type Change } from '../testing/judging.js';
import { franceTexts } from './index.js';

const rules = [...frenchRuleSets.values(), cproDirectory, historicDirectory].flatMap((set) =>
  set.rules.map(({ rule, severity }) => ({ rule, severity })),
);
const texts: readonly (readonly [string, RuleDescription])[] = Object.entries(franceTexts);

describe('R43 G7.29 The texts of the French rules', () => {
  it('are there for every rule, and for no other', () => {
    // The sums of extended invoices keep some rules of EN 16931, which have their texts there.
    const elsewhere = [platformRules, businessTexts, semanticRules];
    const isElsewhere = (rule: string): boolean => elsewhere.some((known) => Object.hasOwn(known, rule));
    const used = new Set(rules.map(({ rule }) => rule).filter((rule) => !isElsewhere(rule)));
    expect(new Set(Object.keys(franceTexts))).toEqual(used);
  });

  it.each(texts)('%s says what is wrong and what to do', (_, { fr, en, action, terms, code }) => {
    expect(fr).toMatch(/^[\p{Lu}{][^:]+ : .+\.$/u);
    expect(action).toMatch(/^\p{Lu}.{15,}\.$/u);
    expect(en).toMatch(/^\p{Lu}.{10,}\.$/u);
    for (const text of [fr, action]) expect(text).not.toMatch(/ {2}|\w\.\.|'|\s,|\b(the|shall|must)\b/i);
    expect(en).not.toMatch(/ {2}|\.\.|\b(facture|taux|montant|doit)\b|[{}[\]]/i);
    for (const name of placeholderNames(fr)) expect(['found', 'expected', 'term']).toContain(name);
    expect(placeholderNames(action)).toEqual([]);
    expect(terms.length).toBeGreaterThan(0);
    for (const term of terms) expect(term).toMatch(/^(B[TG]-\d+|EXT-FR-FE-\d+)$/);
    expect(code).toMatch(/^(REJ_|DEST_INC|ADR_ERR|CALCUL_ERR|MONTANTTOTAL_ERR)/);
  });

  it('have the severity of their rule', () => {
    for (const { rule, severity } of rules) {
      const entry = (franceTexts as Readonly<Record<string, RuleDescription>>)[rule];
      if (entry !== undefined) expect([rule, entry.severity]).toEqual([rule, severity]);
    }
  });

  it('are whole sentences when a rule breaks', () => {
    const changes: Change[] = [
      ['F-2026/1', 'F'.repeat(40)],
      ['PMT', 'AAI'],
      ['<ram:ID>B1</ram:ID>', ''],
      ['<ram:URIID schemeID="0225">535146500</ram:URIID>', ''],
      ['<ram:GlobalID schemeID="0009">53514650090018</ram:GlobalID>', ''],
      [/20\.00<\/ram:RateApplicablePercent>/g, '21</ram:RateApplicablePercent>'],
    ];
    const messages = [...frenchRuleSets.values()].flatMap((set) => judged(set, ciiReform, changes).map(sentenceOf));
    expect(messages.length).toBeGreaterThan(10);
    for (const message of messages) expect(message).not.toMatch(/[{}[\]]|^\s*$/);
    expect(messages).toContain('Adresse électronique de l’acheteur (BT-49) : donnée obligatoire absente.');
  });
});
