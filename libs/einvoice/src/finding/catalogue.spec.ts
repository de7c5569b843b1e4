import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { catalogue, catalogueEntry, isResendable, type RuleId } from './catalogue.js';
import { finding, hasFatal } from './finding.js';

/** Source files of the library that emit findings; the rules of the platform are emitted outside of it. */
function emittedRules(): Set<string> {
  const root = fileURLToPath(new URL('..', import.meta.url));
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter(
    (file) => file.endsWith('.ts') && !/\.spec\.ts$|-rules\.ts$|catalogue/.test(file),
  );
  const text = files.map((file) => readFileSync(`${root}/${file}`, 'utf8')).join('\n');
  return new Set([...text.matchAll(/'((?:FILE|MEMBER|SYNTAX|PDF|BR|ID)-[A-Z0-9-]+)'/g)].map((match) => match[1] ?? ''));
}

describe('The catalogue of rules (R43, G7.29)', () => {
  it.each(catalogue.map((entry) => [entry.rule, entry] as const))(
    '%s says what is wrong and what to do',
    (_, entry) => {
      expect(entry.fr).toMatch(/^[^:]+ : .+\.$/);
      expect(entry.action).toMatch(/^\p{Lu}.{15,}\.$/u);
      expect(entry.en.length).toBeGreaterThan(10);
      expect(entry.code).toMatch(/^(IRR|REJ|DEST)_/);
      expect(entry.since).toMatch(/^\d+\.\d+\.\d+$/);
      expect(entry.layer === 'semantics').toBe(entry.terms.length > 0 && entry.code === 'REJ_SEMAN');
    },
  );

  it('has an entry for every rule that the library emits, and no other outside the platform', () => {
    const own = catalogue.filter(({ layer }) => layer !== 'platform').map(({ rule }) => rule);
    expect([...emittedRules()].sort()).toEqual([...own].sort());
  });

  it('has what the platform decides itself', () => {
    const platform = catalogue.filter(({ layer }) => layer === 'platform').map(({ rule }) => rule);
    expect(platform).toEqual(
      expect.arrayContaining(['DUPLICATE', 'RECIPIENT-UNKNOWN', 'FLOW-ANTIVIRUS', 'JUDGING-CRASHED']),
    );
  });

  it('lets every invoice be sent again but a duplicate (G1.45)', () => {
    const final = catalogue.filter(({ rule }) => !isResendable(rule as RuleId)).map(({ rule }) => rule);
    expect(final).toEqual(['DUPLICATE', 'DUPLICATE-IN-FLOW']);
  });

  it('refuses a rule that it does not know', () => {
    expect(() => catalogueEntry('NO-SUCH-RULE' as RuleId)).toThrow('NO-SUCH-RULE');
  });
});

describe('A finding', () => {
  it('carries the code, the message with the action, and the faulty datum', () => {
    const one = finding('ID-DATE-SHAPE', { found: '2026-02-30', expected: 'AAAA-MM-JJ', location: '/a[1]', line: 3 });
    expect(one).toEqual({
      code: 'REJ_SEMAN',
      rule: 'ID-DATE-SHAPE',
      layer: 'semantics',
      severity: 'fatal',
      message:
        'Date d’émission de la facture : « 2026-02-30 » n’est pas une date du calendrier. Écrivez une date réelle au format AAAA-MM-JJ, puis déposez à nouveau la facture.',
      location: '/a[1]',
      line: 3,
      found: '2026-02-30',
      expected: 'AAAA-MM-JJ',
    });
  });

  it('bounds what was found and keeps control characters of a document away from logs', () => {
    const { found, message } = finding('FILE-NAME-FORM', { found: `a\u0000\u001b[31m\n${'x'.repeat(500)}` });
    expect(found).toHaveLength(200);
    // eslint-disable-next-line no-control-regex
    expect(message).not.toMatch(/[\u0000-\u001f]/);
  });

  it('leaves no placeholder in a message', () => {
    for (const { rule } of catalogue) expect(finding(rule as RuleId).message).not.toMatch(/[{}]/);
  });

  it('keeps a document out only when one is fatal', () => {
    expect(hasFatal([finding('BR-07')])).toBe(false);
    expect(hasFatal([finding('BR-07'), finding('BR-02')])).toBe(true);
  });
});
