import { noTerms, type InvoiceTerms } from '#einvoice';
import { controlByDirectory, lookUp, type Directory, type KnownService, type KnownStructure } from '#application';
import { extractOf, knownService, knownStructure } from '../testing/directory.js';
import { identifier, judged, termsOf } from '../testing/invoices.js';

const BUYER = '13002526500013';
const SELLER = '11000201100044';
const SERVICE = 'SERV';
const seller = knownStructure(SELLER, { publicEntity: false });
const requirements = { serviceCode: false, commitmentNumber: false, serviceCodeOrCommitmentNumber: false };

function rulesOf(
  structures: readonly KnownStructure[],
  services: readonly KnownService[] = [knownService(BUYER, SERVICE)],
  change: Partial<InvoiceTerms> = {},
): string[] {
  return controlByDirectory(judged(0, termsOf(BUYER, change)), extractOf(structures, services)).map(({ rule }) => rule);
}

describe('controlByDirectory', () => {
  it('R23 says nothing when everything is known and nothing is asked', () => {
    expect(rulesOf([seller, knownStructure(BUYER)])).toEqual([]);
  });

  it.each<[string, string[], Parameters<typeof rulesOf>]>([
    ['R23 an unknown supplier', ['SUPPLIER-UNKNOWN'], [[knownStructure(BUYER)]]],
    ['R23 a supplier that is closed', ['SUPPLIER-INACTIVE'], [[{ ...seller, active: false }, knownStructure(BUYER)]]],
    ['R23 an unknown recipient', ['RECIPIENT-UNKNOWN'], [[seller]]],
    ['R23 a recipient that is closed', ['RECIPIENT-INACTIVE'], [[seller, knownStructure(BUYER, { active: false })]]],
    [
      'R23 a recipient that is a company',
      ['RECIPIENT-NOT-PUBLIC'],
      [[seller, knownStructure(BUYER, { publicEntity: false })]],
    ],
    [
      'R17 a recipient that need not receive',
      ['RECIPIENT-EXCLUDED'],
      [[seller, knownStructure(BUYER, { exclusion: 'Comité' })]],
    ],
    ['R11 an unknown service', ['CHORUS-SERVICE'], [[seller, knownStructure(BUYER)], []]],
    [
      'R11 a service that is closed',
      ['CHORUS-SERVICE'],
      [[seller, knownStructure(BUYER)], [knownService(BUYER, SERVICE, { active: false })]],
    ],
    [
      'R11 no commitment where the structure asks for one',
      ['CHORUS-COMMITMENT'],
      [[seller, knownStructure(BUYER, { requirements: { ...requirements, commitmentNumber: true } })]],
    ],
    [
      'R11 no commitment where the service asks for one',
      ['CHORUS-COMMITMENT'],
      [[seller, knownStructure(BUYER)], [knownService(BUYER, SERVICE, { commitmentNumber: true })]],
    ],
    [
      'R11 no service where one is asked',
      ['CHORUS-SERVICE'],
      [
        [seller, knownStructure(BUYER, { requirements: { ...requirements, serviceCode: true } })],
        [],
        { recipient: { ...termsOf(BUYER).recipient, serviceCode: null } },
      ],
    ],
  ])('%s', (_, expected, given) => {
    expect(rulesOf(...given)).toEqual(expected);
  });

  it('R43 judges an invoice of the reform by the rules of the reform', () => {
    const one = judged(0, termsOf(BUYER), { rules: ['en16931-1.3.16', 'afnor-2025-11', 'cpro-2025-11'] });
    const findings = controlByDirectory(one, extractOf([knownStructure(BUYER)], []));
    expect(findings.map(({ rule, found }) => [rule, found])).toEqual([['BR-FR-CPRO-09', SELLER]]);
  });

  it('R43 asks nothing about a party that the invoice does not name: that is a finding already', () => {
    expect(controlByDirectory(judged(0, noTerms), extractOf([], []))).toEqual([]);
  });

  it('R43 proves nothing by what could not be read', () => {
    const unread = judged(0, termsOf(BUYER), { status: 'unreadable' });
    expect(controlByDirectory(unread, extractOf([], []))).toEqual([]);
  });
});

describe('lookUp', () => {
  it('R23 asks once for each structure and service that a batch names', async () => {
    const asked: unknown[] = [];
    const directory = {
      structures: (identifiers: string[]) => Promise.resolve((asked.push(identifiers), new Map())),
      services: (keys: object[]) => Promise.resolve((asked.push(keys), new Map())),
    } as unknown as Directory;
    const agent = { name: null, identifiers: [identifier('81034732800017')] };
    await lookUp(
      directory,
      [termsOf(BUYER), termsOf(BUYER), termsOf(BUYER, { sellerAgent: agent }), noTerms].map((terms, rank) =>
        judged(rank, terms),
      ),
    );
    expect(asked).toEqual([[SELLER, BUYER, '81034732800017'], [{ structure: BUYER, code: SERVICE }]]);
  });

  it('R16 names the successor of a supplier, and of a recipient, whose SIRET was changed', () => {
    const replaced = (identifier: string) => knownStructure(identifier, { active: false, successor: 'NEW' });
    const extract = extractOf([replaced(seller.identifier), replaced(BUYER)], [knownService(BUYER, SERVICE)]);
    expect(controlByDirectory(judged(0, termsOf(BUYER)), extract)).toMatchObject([
      {
        rule: 'RECIPIENT-INACTIVE',
        expected: 'NEW',
        message: expect.stringContaining('« NEW » l’a remplacé') as string,
      },
      {
        rule: 'SUPPLIER-INACTIVE',
        expected: 'NEW',
        message: expect.stringContaining('« NEW » l’a remplacé') as string,
      },
    ]);
  });
});
