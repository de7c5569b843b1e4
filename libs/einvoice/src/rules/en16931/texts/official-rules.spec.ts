import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { catalogueSections } from '../../../finding/catalogue.js';
import type { CatalogueEntry } from '../../../finding/catalogue-entry.js';

interface OfficialRule {
  readonly id: string;
  readonly severity: string;
  readonly text: string;
}

/** Official texts that name another term than the one that their test is about. */
const slips: ReadonlySet<string> = new Set(['BR-51', 'CII-SR-471', 'CII-SR-472']);

const folder = fileURLToPath(new URL('../../../../../../../shared/spec/en16931/', import.meta.url));

function officialRules(syntax: 'ubl' | 'cii'): OfficialRule[] {
  const [, ...lines] = readFileSync(`${folder}${syntax}-rules.tsv`, 'utf8').trimEnd().split('\n');
  return lines.map((line) => {
    const columns = line.split('\t');
    return { id: columns[0] ?? '', severity: columns[1] ?? '', text: columns.at(-1) ?? '' };
  });
}

const entries = new Map<string, CatalogueEntry>(
  catalogueSections
    .filter(({ name }) => ['en16931', 'ubl', 'cii'].includes(name))
    .flatMap((section) => section.entries.map((entry) => [entry.rule, entry] as const)),
);

if (existsSync(folder)) {
  describe('The texts of EN 16931 beside the official tables', () => {
    const official = [...officialRules('ubl'), ...officialRules('cii')];

    it('describe every official rule, and no other', () => {
      expect([...entries.keys()].sort()).toEqual([...new Set(official.map(({ id }) => id))].sort());
    });

    it('are as severe as the official rules, and as the stricter where the syntaxes differ', () => {
      const strictest = new Map<string, string>();
      for (const { id, severity } of official) if (strictest.get(id) !== 'fatal') strictest.set(id, severity);
      expect(Object.fromEntries([...entries].map(([id, { severity }]) => [id, severity]))).toEqual(
        Object.fromEntries(strictest),
      );
    });

    it('are of the layer that the family of the rule is about', () => {
      for (const { rule, layer } of entries.values())
        expect([rule, layer]).toEqual([rule, rule.startsWith('BR') ? 'semantics' : 'syntax']);
    });

    it('are in our own words', () => {
      const own = new Set([...entries.values()].map(({ en }) => withoutPunctuation(en)));
      for (const { text } of official) expect(own.has(withoutPunctuation(text))).toBe(false);
    });

    it('concern a term that the official rule names', () => {
      for (const { id, text } of official) {
        const named = [...text.matchAll(/B[TG]-\d+/g)].map(([term]) => term);
        if (named.length === 0 || slips.has(id)) continue;
        expect([id, entries.get(id)?.terms.some((term) => named.includes(term))]).toEqual([id, true]);
      }
    });
  });
}

function withoutPunctuation(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, ' ')
    .trim();
}
