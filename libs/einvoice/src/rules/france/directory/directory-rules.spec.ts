import { ciiReform } from '../testing/cii-reform.js';
import { termsOf } from '../../../invoice/terms-of.js';
import { changed, modelOf, type Change } from '../testing/judging.js';
import type { DirectoryFacts, KnownRecipient } from './directory-facts.js';
import { cproDirectory, historicDirectory } from './directory-rules.js';

const recipient: KnownRecipient = {
  active: true,
  public: true,
  excluded: false,
  requiresService: false,
  requiresCommitment: false,
  requiresServiceOrCommitment: false,
};
const known: DirectoryFacts = {
  supplier: { active: true },
  recipient,
  service: { active: true, requiresCommitment: false },
  sellerAgent: null,
};
const demanding = (demand: Partial<KnownRecipient>): DirectoryFacts => ({
  ...known,
  recipient: { ...recipient, ...demand },
});

const withoutService: Change[] = [
  ['<ram:GlobalID schemeID="0224">SERVICE-1</ram:GlobalID>', ''],
  ['<ram:BuyerReference>SERVICE-1</ram:BuyerReference>', ''],
];
const withoutCommitment: Change[] = [[/<ram:BuyerOrderReferencedDocument>.*<\/ram:BuyerOrderReferencedDocument>/, '']];
const withoutMarket: Change[] = [[/<ram:ContractReferencedDocument>.*<\/ram:ContractReferencedDocument>/, '']];
const frame = (code: string): Change => ['<ram:ID>B1</ram:ID>', `<ram:ID>${code}</ram:ID>`];
const agent: Change = [
  '<!--agreement parties-->',
  '<ram:SalesAgentTradeParty><ram:GlobalID schemeID="0009">81034732800017</ram:GlobalID></ram:SalesAgentTradeParty>',
];

type Case = readonly [
  what: string,
  facts: DirectoryFacts,
  changes: readonly Change[],
  reform: string[],
  historic: string[],
];

const cases: readonly Case[] = [
  ['everything known and nothing asked', known, [], [], []],
  ['a supplier who is not there', { ...known, supplier: null }, [], ['BR-FR-CPRO-09'], ['SUPPLIER-UNKNOWN']],
  ['a supplier who is closed', { ...known, supplier: { active: false } }, [], ['BR-FR-CPRO-09'], ['SUPPLIER-INACTIVE']],
  ['a recipient who is not there', { ...known, recipient: null }, [], ['RECIPIENT-UNKNOWN'], ['RECIPIENT-UNKNOWN']],
  ['a recipient who is closed', demanding({ active: false }), [], ['RECIPIENT-INACTIVE'], ['RECIPIENT-INACTIVE']],
  [
    'a recipient who is not public',
    demanding({ public: false }),
    [],
    ['RECIPIENT-NOT-PUBLIC'],
    ['RECIPIENT-NOT-PUBLIC'],
  ],
  [
    'a recipient who is excluded (R17)',
    demanding({ excluded: true }),
    [],
    ['RECIPIENT-EXCLUDED'],
    ['RECIPIENT-EXCLUDED'],
  ],
  [
    'no service where one is asked',
    demanding({ requiresService: true }),
    withoutService,
    ['BR-FR-CPRO-11'],
    ['CHORUS-SERVICE'],
  ],
  ['no service where none is asked', known, withoutService, [], []],
  ['a service that is not there', { ...known, service: null }, [], ['BR-FR-CPRO-11'], ['CHORUS-SERVICE']],
  [
    'a service that is closed',
    { ...known, service: { active: false, requiresCommitment: false } },
    [],
    ['BR-FR-CPRO-11'],
    ['CHORUS-SERVICE'],
  ],
  ['a commitment where one is asked', demanding({ requiresCommitment: true }), [], [], []],
  ['a market number that stands in for it', demanding({ requiresCommitment: true }), withoutCommitment, [], []],
  [
    'no commitment where the structure asks for one',
    demanding({ requiresCommitment: true }),
    [...withoutCommitment, ...withoutMarket],
    ['BR-FR-CPRO-12'],
    ['CHORUS-COMMITMENT'],
  ],
  [
    'no commitment where the service asks for one (R11)',
    { ...known, service: { active: true, requiresCommitment: true } },
    [...withoutCommitment, ...withoutMarket],
    ['BR-FR-CPRO-12'],
    ['CHORUS-COMMITMENT'],
  ],
  ['one of the two', demanding({ requiresServiceOrCommitment: true }), withoutCommitment, [], []],
  ['the other of the two', demanding({ requiresServiceOrCommitment: true }), withoutService, [], []],
  [
    'neither of the two',
    demanding({ requiresServiceOrCommitment: true }),
    [...withoutService, ...withoutCommitment],
    ['BR-FR-CPRO-13'],
    ['CHORUS-SERVICE-OR-COMMITMENT'],
  ],
  ['an agent who is not there', known, [frame('S6'), agent], ['BR-FR-CPRO-22'], []],
  ['an agent who is there', { ...known, sellerAgent: { active: true } }, [frame('S6'), agent], [], []],
  [
    'a subcontractor’s invoice to a company',
    { ...demanding({ public: false }), sellerAgent: { active: true } },
    [frame('S3'), agent],
    ['BR-FR-CPRO-23'],
    ['RECIPIENT-NOT-PUBLIC'],
  ],
];

describe('R11 R17 R23 What the directory says of an invoice', () => {
  it.each(cases)('%s', (_, facts, changes, reform, historic) => {
    const terms = termsOf(modelOf(changed(ciiReform, changes)));
    expect(cproDirectory.judge(terms, facts).map(({ rule }) => rule)).toEqual(reform);
    expect(historicDirectory.judge(terms, facts).map(({ rule }) => rule)).toEqual(historic);
  });

  it('shows every rule broken', () => {
    const shown = new Set(cases.flatMap(([, , , reform, historic]) => [...reform, ...historic]));
    const rules = [...cproDirectory.rules, ...historicDirectory.rules].map(({ rule }) => rule);
    expect(shown).toEqual(new Set(rules));
  });

  it('names the SIRET that was looked up', () => {
    const [violation] = cproDirectory.judge(termsOf(modelOf(ciiReform)), { ...known, recipient: null });
    expect(violation).toMatchObject({
      found: '53514650090018',
      location: expect.stringContaining('GlobalID[1]') as string,
    });
  });
});
