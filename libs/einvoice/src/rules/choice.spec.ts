import { chooseRuleSets, describeItself, reformStart, ruleSetVersions, type RuleSetQuestion } from './choice.js';
import { frenchRuleSets } from './france/index.js';
import { ciiReform } from './france/testing/cii-reform.js';
import { changed, modelOf } from './france/testing/judging.js';
import { ublReform } from './france/testing/ubl-reform.js';

const standard = 'urn:cen.eu:en16931:2017';
const factur = (profile: string): string => `urn:factur-x.eu:1p0:${profile}`;
const extended = `${standard}#conformant#${factur('extended')}`;
const frenchExtension = `${standard}#conformant#urn.cpro.gouv.fr:1p0:extended-ctc-fr`;
const historicSets = ['chorus-historic', 'repons-strict'];
const french = { sellerCountry: 'FR', buyerCountry: 'FR' } as const;

const byInterface = ['FSO1150A', 'FSO1156A', 'FSO1157A'].map((code): readonly [string, RuleSetQuestion, string[]] => [
  `${code}, in the formats of the reform`,
  { interfaceCode: code, customization: standard },
  ['en16931-1.3.16', 'afnor-2025-11', 'cpro-2025-11', 'repons-strict'],
]);
const byHistoricInterface = [
  'FSO1100A',
  'FSO1106A',
  'FSO1110A',
  'FSO1116A',
  'FSO1117A',
  'FSO1120A',
  'FSO1130A',
  'FSO1137A',
].map((code): readonly [string, RuleSetQuestion, string[]] => [
  `${code}, whatever the document says of itself`,
  { interfaceCode: code, customization: standard, frame: 'B1', ...french },
  historicSets,
]);

const cases: readonly (readonly [what: string, question: RuleSetQuestion, sets: string[]])[] = [
  ...byInterface,
  ...byHistoricInterface,
  [
    'a Factur-X of profile MINIMUM',
    { interfaceCode: 'FSO1157A', customization: factur('minimum') },
    ['afnor-2025-11', 'cpro-2025-11', 'repons-strict'],
  ],
  [
    'a Factur-X of profile BASIC WL',
    { interfaceCode: 'FSO1157A', customization: factur('basicwl') },
    ['afnor-2025-11', 'cpro-2025-11', 'repons-strict'],
  ],
  [
    'a Factur-X of profile BASIC',
    { interfaceCode: 'FSO1157A', customization: `${standard}#compliant#${factur('basic')}` },
    ['en16931-1.3.16', 'afnor-2025-11', 'cpro-2025-11', 'repons-strict'],
  ],
  [
    'a file of the French extension',
    { interfaceCode: null, customization: frenchExtension },
    ['extended-ctc-fr-1.4.0', 'afnor-2025-11', 'repons-strict'],
  ],
  [
    'an invoice of the French extension by an interface of the reform',
    { interfaceCode: 'FSO1150A', customization: frenchExtension },
    ['extended-ctc-fr-1.4.0', 'afnor-2025-11', 'cpro-2025-11', 'repons-strict'],
  ],
  [
    'a file that is extended',
    { interfaceCode: null, customization: extended },
    ['factur-x-extended-1.09', 'repons-strict'],
  ],
  [
    'a Factur-X of profile EXTENDED',
    { interfaceCode: 'FSO1157A', customization: extended },
    ['factur-x-extended-1.09', 'afnor-2025-11', 'cpro-2025-11', 'repons-strict'],
  ],
  ['a file that says nothing of itself', { interfaceCode: null }, ['en16931-1.3.16', 'repons-strict']],
  [
    'a file of EN 16931',
    { interfaceCode: null, customization: standard, sellerCountry: 'FR', buyerCountry: 'DE', frame: 'B1' },
    ['en16931-1.3.16', 'repons-strict'],
  ],
  [
    'a French file under a frame of the reform',
    { interfaceCode: null, customization: standard, ...french, frame: 'M1' },
    ['en16931-1.3.16', 'afnor-2025-11', 'repons-strict'],
  ],
  [
    'a French file of the reform’s first day',
    { interfaceCode: null, customization: standard, ...french, issueDate: reformStart },
    ['en16931-1.3.16', 'afnor-2025-11', 'repons-strict'],
  ],
  [
    'a French file of the day before',
    { interfaceCode: null, customization: standard, ...french, issueDate: '2026-08-31' },
    ['en16931-1.3.16', 'repons-strict'],
  ],
  [
    'a French file to the public sector',
    { interfaceCode: null, customization: standard, ...french, frame: 'B1', declaredPublic: true },
    ['en16931-1.3.16', 'afnor-2025-11', 'cpro-2025-11', 'repons-strict'],
  ],
  [
    'a file under a frame of the portal’s own',
    { interfaceCode: null, customization: standard, frame: 'A9' },
    historicSets,
  ],
  ['an interface that is not known', { interfaceCode: 'FSO9999A', frame: 'A1' }, historicSets],
  [
    'an invoice older than every set',
    { interfaceCode: 'FSO1156A', customization: standard, issueDate: '1999-01-01' },
    ['en16931-1.3.16', 'afnor-2025-11', 'cpro-2025-11', 'repons-strict'],
  ],
];

describe('R43 The rule sets of a document', () => {
  it.each(cases)('of %s', (_, question, sets) => {
    expect(chooseRuleSets(question)).toEqual(sets);
  });

  it('are all there to judge with', () => {
    const names = ruleSetVersions.map(({ name }) => name);
    expect([...frenchRuleSets.keys()].every((name) => names.includes(name))).toBe(true);
    expect(names.filter((name) => !frenchRuleSets.has(name))).toEqual(['en16931-1.3.16']);
  });

  it('are chosen by what the document says of itself, in both syntaxes', () => {
    const wanted = { customization: standard, frame: 'B1', issueDate: '2026-10-01', ...french, declaredPublic: false };
    expect(describeItself(modelOf(ciiReform))).toEqual(wanted);
    expect(describeItself(modelOf(ublReform))).toEqual(wanted);
    const publicOne = changed(ublReform, [['#BAR#B2B', '#ADN#B2G']]);
    expect(describeItself(modelOf(publicOne)).declaredPublic).toBe(true);
  });

  it('have versions in the order of their dates', () => {
    for (const family of new Set(ruleSetVersions.map((one) => one.family))) {
      const dates = ruleSetVersions.filter((one) => one.family === family).map(({ from }) => from);
      expect([...dates].sort()).toEqual(dates);
    }
  });
});
