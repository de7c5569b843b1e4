import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { catalogue, catalogueEntry, catalogueSections, isResendable, isRuleId, type RuleId } from './catalogue.js';
import { finding } from './finding.js';
import { placeholderNames } from './template.js';

/** Source files of the library that emit findings; the rules of the platform are emitted outside of it. */
function emittedRules(): Set<string> {
  const root = fileURLToPath(new URL('..', import.meta.url));
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter(
    (file) => file.endsWith('.ts') && !/\.spec\.ts$|-rules\.ts$|catalogue|^rules\//.test(file),
  );
  const text = files.map((file) => readFileSync(`${root}/${file}`, 'utf8')).join('\n');
  return new Set([...text.matchAll(/'((?:FILE|MEMBER|SYNTAX|PDF|ID)-[A-Z0-9-]+)'/g)].map((match) => match[1] ?? ''));
}

const rulesOf = (...names: string[]) =>
  catalogueSections
    .filter(({ name }) => names.includes(name))
    .flatMap(({ entries }) => entries.map(({ rule }) => rule));

describe('The catalogue of rules (R43, G7.29)', () => {
  it.each(catalogue.map((entry) => [entry.rule, entry] as const))(
    '%s says what is wrong and what to do',
    (_, entry) => {
      expect(entry.fr).toMatch(/^[\p{Lu}{].+? : .+\.$/u);
      expect(entry.action).toMatch(/^\p{Lu}.{15,}\.$/u);
      expect(entry.en).toMatch(/^\p{Lu}.{10,}\.$/u);
      expect(entry.code).toMatch(/^(IRR|REJ|DEST|ADR|CALCUL|MONTANTTOTAL)_/);
      expect(entry.since).toMatch(/^\d+\.\d+\.\d+$/);
      for (const text of [entry.fr, entry.action]) expect(text).not.toMatch(/ {2}|\w\.\.|'|\s,|\b(the|shall|must)\b/i);
      expect(entry.en).not.toMatch(/ {2}|\.\.|\b(facture|taux|montant|doit)\b|[{}[\]]/i);
      for (const term of entry.terms) expect(term).toMatch(/^(B[TG]-\d+|EXT-FR-FE-\w+)/);
    },
  );

  it.each(catalogue.map((entry) => [entry.rule, entry] as const))(
    '%s shows known values only, and leaves no clause empty',
    (_, { fr, action, en }) => {
      const names = [...placeholderNames(fr), ...placeholderNames(action)];
      for (const name of names) expect(['found', 'expected', 'member', 'term']).toContain(name);
      expect(placeholderNames(en)).toEqual([]);
      for (const [, clause = ''] of fr.matchAll(/\[([^\]]*)\]/g)) expect(placeholderNames(clause)).not.toEqual([]);
      expect(action).not.toMatch(/[[\]]/);
    },
  );

  it('has an entry for every rule that reading a file and a document emits, and no other', () => {
    const judged = ['VALUE-NOT-COMPUTABLE', 'FINDINGS-CUT'];
    const own = rulesOf('flow', 'member', 'document', 'structure', 'identification').filter(
      (rule) => !judged.includes(rule),
    );
    expect([...emittedRules()].sort()).toEqual([...own].sort());
  });

  it('has what the platform decides itself', () => {
    expect(rulesOf('platform')).toEqual(
      expect.arrayContaining(['DUPLICATE', 'RECIPIENT-UNKNOWN', 'FLOW-ANTIVIRUS', 'JUDGING-CRASHED']),
    );
  });

  it('lets every invoice be sent again but a duplicate (G1.45)', () => {
    const final = catalogue.filter(({ rule }) => !isResendable(rule as RuleId)).map(({ rule }) => rule);
    expect(final).toEqual(['DUPLICATE', 'DUPLICATE-IN-FLOW']);
  });

  it('has each rule once, under the layer that its section is about', () => {
    expect(new Set(catalogue.map(({ rule }) => rule)).size).toBe(catalogue.length);
    const layers = Object.fromEntries(
      catalogueSections.map(({ name, entries }) => [name, [...new Set(entries.map(({ layer }) => layer))]]),
    );
    expect(layers).toMatchObject({
      flow: ['file'],
      member: ['file'],
      document: ['syntax'],
      identification: ['semantics'],
      en16931: ['semantics'],
      ubl: ['syntax'],
      cii: ['syntax'],
      platform: ['platform'],
    });
  });

  it('begins with the rules about a flow and ends with those of the platform', () => {
    expect(catalogue[0]?.rule).toBe('FILE-NAME-FORM');
    expect(catalogue.at(-1)?.rule).toBe('JUDGING-CRASHED');
  });

  it('refuses a rule that it does not know', () => {
    expect(() => catalogueEntry('NO-SUCH-RULE' as RuleId)).toThrow('NO-SUCH-RULE');
    expect([isRuleId('NO-SUCH-RULE'), isRuleId('toString'), isRuleId('BR-CO-10')]).toEqual([false, false, true]);
  });

  it('gives messages that fit a cell of a sheet', () => {
    for (const { rule } of catalogue) {
      const { message } = finding(rule as RuleId, { found: 'x'.repeat(40), expected: '12.34' });
      expect(message).not.toMatch(/[\n\r\t]/);
      expect(message.length).toBeLessThan(500);
    }
  });
});
