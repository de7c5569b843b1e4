import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { CatalogueEntry } from './catalogue-entry.js';
import { catalogue, catalogueEntry, catalogueSections, isResendable, isRuleId, type RuleId } from './catalogue.js';
import { finding } from './finding.js';
import { placeholderNames } from './template.js';

/** Source files of the library that emit findings; the rules of the platform are emitted outside of it. */
function emittedRules(): Set<string> {
  const root = fileURLToPath(new URL('..', import.meta.url));
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter(
    (file) => file.endsWith('.ts') && !/\.spec\.ts$|-rules\.ts$|texts\.ts$|catalogue|^rules\//.test(file),
  );
  const text = files.map((file) => readFileSync(`${root}/${file}`, 'utf8')).join('\n');
  return new Set(
    [...text.matchAll(/'((?:FILE|MEMBER|SYNTAX|PDF|ID|VALUE|FINDINGS|SUPPORTING)-[A-Z0-9-]+)'/g)].map(
      (match) => match[1] ?? '',
    ),
  );
}

/** What is wrong with the entry of a rule. */
function faultsOf({ rule, fr, action, en, code, since, terms }: CatalogueEntry): string[] {
  const clauses = [...fr.matchAll(/\[([^\]]*)\]/g)].map((match) => match[1] ?? '');
  const names = [...placeholderNames(fr), ...placeholderNames(action)];
  const checks: readonly (readonly [fault: string, right: boolean])[] = [
    ['the French text names the datum, then says what is wrong', /^[\p{Lu}{].+? : .+\.$/u.test(fr)],
    ['the action is a sentence', /^\p{Lu}.{15,}\.$/u.test(action)],
    ['the English text is a sentence', /^\p{Lu}.{10,}\.$/u.test(en)],
    ['French is French', ![fr, action].some((text) => / {2}|\w\.\.|'|\s,|\b(the|shall|must)\b/i.test(text))],
    ['English is English', !/ {2}|\.\.|\b(facture|taux|montant|doit)\b|[{}[\]]/i.test(en)],
    ['the code is of an official family', /^(IRR|REJ|DEST|ADR|CALCUL|MONTANTTOTAL)_/.test(code)],
    ['since is a version', /^\d+\.\d+\.\d+$/.test(since)],
    ['the terms are terms', terms.every((term) => /^(B[TG]-\d+|EXT-FR-FE-\w+|MD[TG]-\d+)/.test(term))],
    ['the values shown are known', names.every((name) => ['found', 'expected', 'member', 'term'].includes(name))],
    ['a clause that may be left out has a value', clauses.every((clause) => placeholderNames(clause).length > 0)],
    ['the action has no such clause', !/[[\]]/.test(action)],
  ];
  return checks.filter(([, right]) => !right).map(([fault]) => `${rule}: not "${fault}"`);
}

const rulesOf = (...names: string[]) =>
  catalogueSections
    .filter(({ name }) => names.includes(name))
    .flatMap(({ entries }) => entries.map(({ rule }) => rule));

describe('The catalogue of rules (R43, G7.29)', () => {
  describe.each(catalogueSections.map(({ name, entries }) => [name, entries] as const))(
    'in its section %s',
    (_, entries) => {
      it('says of every rule what is wrong and what to do, in French and in English', () => {
        expect(entries.flatMap(faultsOf)).toEqual([]);
      });

      it('gives messages that fit a cell of a sheet', () => {
        for (const { rule } of entries) {
          const { message } = finding(rule as RuleId, { found: 'x'.repeat(40), expected: '12.34' });
          expect(message).not.toMatch(/[\n\r\t]/);
          expect(message.length).toBeLessThan(500);
        }
      });
    },
  );

  it('has an entry for every rule that reading a file and a document emits, and no other', () => {
    const own = rulesOf('flow', 'member', 'document', 'structure', 'supportingDocument', 'identification');
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
      supportingDocument: ['file'],
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
});
