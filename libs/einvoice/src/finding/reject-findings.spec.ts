import fc from 'fast-check';
import { finding, type Finding } from './finding.js';
import { mostRejectFindings, rejectFindings } from './reject-findings.js';

const rules = ['BR-02', 'BR-22', 'BR-24', 'BR-CO-10', 'SYNTAX-ORDER'] as const;
const many = (rule: (typeof rules)[number], count: number): Finding[] =>
  Array.from({ length: count }, (_, line) => finding(rule, { line }));

describe('R43 R44 The findings that a reject names', () => {
  it('are all that keep the invoice out, up to the limit, without the warnings', () => {
    const fatal = many('BR-22', mostRejectFindings);
    const warning = finding('BR-24', { severity: 'warning' });
    expect(rejectFindings([warning, ...fatal])).toEqual(fatal);
    expect(rejectFindings([])).toEqual([]);
  });

  it('end with how many more there are, in a sentence and by a stable code', () => {
    const named = rejectFindings(many('BR-22', mostRejectFindings + 7));
    expect(named).toHaveLength(mostRejectFindings + 1);
    expect(named.at(-1)).toMatchObject({ rule: 'REASONS-CUT', severity: 'fatal', found: '7', expected: '100' });
    expect(named.at(-1)?.message).toMatch(/^Anomalies de la facture : au moins 7 autres /);
  });

  it('have each broken rule among them, however often another is broken before it', () => {
    const named = rejectFindings([...many('BR-22', 900), ...many('BR-CO-10', 3), ...many('BR-02', 1)]);
    expect(new Set(named.map(({ rule }) => rule))).toEqual(new Set(['BR-22', 'BR-CO-10', 'BR-02', 'REASONS-CUT']));
  });

  it('keep the order in which they were found, whatever was found', () => {
    const found = fc.array(
      fc.constantFrom(...rules).map((rule) => finding(rule)),
      { maxLength: 3 * mostRejectFindings },
    );
    fc.assert(
      fc.property(found, (all) => {
        const named = rejectFindings(all);
        const kept = named.filter(({ rule }) => rule !== 'REASONS-CUT');
        expect(kept.map((one) => all.indexOf(one))).toEqual(kept.map((one) => all.indexOf(one)).sort((a, b) => a - b));
        expect(kept).toHaveLength(Math.min(all.length, mostRejectFindings));
        expect(new Set(kept.map(({ rule }) => rule))).toEqual(new Set(all.map(({ rule }) => rule)));
      }),
    );
  });
});
