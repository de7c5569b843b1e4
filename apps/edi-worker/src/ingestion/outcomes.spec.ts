import { finding, mostRejectFindings, noTerms } from '#einvoice';
import { extractOf, knownService, knownStructure } from '../testing/directory.js';
import { documentNamed, identifier, judged, termsOf } from '../testing/invoices.js';
import { rankOf, rejectInfected, rejectOf, sortOut, type FlowOfInvoices } from './outcomes.js';

const flow: FlowOfInvoices = {
  deposit: {
    flowNumber: 'CPP0011100000000000000042',
    name: 'N',
    channel: 'SFTP',
    sender: { identifier: '11000201100044', name: 'Papeterie' },
    applicationCode: 'ABC123',
    interfaceCode: 'FSO1100A',
    size: 1,
    sha256: 'a'.repeat(64),
  },
  depositedAt: '2026-11-21T09:30:00.000Z',
};
const ACTIVE = '13002526500013';
const INACTIVE = '21750001600019';
const SUPPLIERS = ['11000201100044', '110002011', 'FR32110002011'];
const directory = extractOf(
  [
    knownStructure(ACTIVE),
    knownStructure(INACTIVE, { active: false, successor: ACTIVE }),
    ...SUPPLIERS.map((identifier) => knownStructure(identifier, { publicEntity: false })),
  ],
  [knownService(ACTIVE, 'SERV'), knownService(INACTIVE, 'SERV')],
);

describe('sortOut', () => {
  it('R42 lets a good invoice in, under the stream of what makes it unique, with the place of its bytes', () => {
    const { candidates, rejected } = sortOut(flow, [judged(4, termsOf(ACTIVE))], directory);
    expect(rejected).toEqual([]);
    expect(candidates).toHaveLength(1);
    expect(candidates[0]).toMatchObject({
      stream: 'invoice-110002011-2026-F%2D1',
      event: {
        flowNumber: flow.deposit.flowNumber,
        rank: 5,
        member: 'f4.xml',
        number: 'F-1',
        issuer: { identifier: '11000201100044', name: 'Papeterie' },
        recipient: { identifier: ACTIVE, name: 'Commune' },
        totalWithVat: '120.00',
        amountDue: null,
        syntax: 'UBL',
        rules: ['chorus-historic'],
        warnings: [],
        supportingDocuments: [],
        document: { object: flow.deposit.sha256, offset: 40, length: 10, sha256: 'b'.repeat(64) },
      },
    });
  });

  it('R25 keeps which earlier invoices it names, each once, and a date that is one', () => {
    const term = (value: string) => ({ value, location: '/Invoice', line: 1 });
    const precedingInvoices = [
      { number: term('F-0'), issueDate: term('2026-10-01') },
      { number: term('F-0'), issueDate: term('2026-10-01') },
      { number: term('F-00'), issueDate: term('hier') },
      { number: null, issueDate: null },
    ];
    const { candidates } = sortOut(flow, [judged(0, termsOf(ACTIVE, { precedingInvoices }))], directory);
    expect(candidates[0]?.event.precedingInvoices).toEqual([
      { number: 'F-0', issueDate: '2026-10-01' },
      { number: 'F-00', issueDate: null },
    ]);
  });

  it('R42 one bad invoice does not keep its neighbours out, and each comes out once', () => {
    const bad = judged(1, termsOf(ACTIVE), { findings: [finding('BR-02')] });
    const { candidates, rejected } = sortOut(
      flow,
      [judged(0, termsOf(ACTIVE)), bad, judged(2, termsOf(ACTIVE))],
      directory,
    );
    expect(candidates.map(({ judged: one }) => one.entry.rank)).toEqual([0, 2]);
    expect(rejected.map(({ judged: one }) => one.entry.rank)).toEqual([1]);
  });

  it.each([
    ['unknown to the directory', '99999999900009', 'RECIPIENT-UNKNOWN', null],
    ['not active any more, naming its successor', INACTIVE, 'RECIPIENT-INACTIVE', ACTIVE],
  ])('R23 R43 rejects an invoice whose recipient is %s', (_, recipient, rule, expected) => {
    const { candidates, rejected } = sortOut(flow, [judged(0, termsOf(recipient))], directory);
    expect(candidates).toEqual([]);
    expect(rejected[0]?.findings).toMatchObject([{ rule, found: recipient, expected, location: '/Invoice', line: 1 }]);
  });

  it('R43 reports every violated rule, those of the validator and those of the directory', () => {
    const bad = judged(0, termsOf('99999999900009'), { findings: [finding('BR-02'), finding('BR-03')] });
    const { rejected } = sortOut(flow, [bad], directory);
    expect(rejected[0]?.findings.map(({ rule }) => rule)).toEqual(['BR-02', 'BR-03', 'RECIPIENT-UNKNOWN']);
  });

  it('R43 says nothing of the recipient of an invoice that could not be read: its own reason says why', () => {
    const { rejected } = sortOut(
      flow,
      [judged(0, noTerms, { status: 'unreadable', syntax: null, findings: [finding('SYNTAX-MALFORMED')] })],
      directory,
    );
    expect(rejected[0]?.findings.map(({ rule }) => rule)).toEqual(['SYNTAX-MALFORMED']);
  });

  it('R43 a warning keeps nothing out', () => {
    const warning = { ...finding('BR-02'), severity: 'warning' as const };
    const { candidates } = sortOut(flow, [judged(0, termsOf(ACTIVE), { findings: [warning] })], directory);
    expect(candidates).toMatchObject([{ event: { warnings: [{ rule: 'BR-02' }] } }]);
  });

  it('R43 tells some warnings of a document that has one at every line', () => {
    const findings = Array.from({ length: 500 }, () => finding('BR-02', { severity: 'warning' }));
    const { candidates } = sortOut(flow, [judged(0, termsOf(ACTIVE), { findings })], directory);
    expect(candidates[0]?.event.warnings).toHaveLength(20);
  });

  it('R20 R24 says which documents an invoice carries, and where their bytes are', () => {
    const supportingDocuments = [documentNamed('devis.pdf')];
    const { candidates } = sortOut(flow, [judged(0, termsOf(ACTIVE), { supportingDocuments })], directory);
    expect(candidates[0]?.event.supportingDocuments).toEqual([
      { name: 'devis.pdf', type: 'application/pdf', size: 12, sha256: 'c'.repeat(64) },
    ]);
  });

  it('R46 stops rather than let in an invoice that nothing identifies', () => {
    expect(() => sortOut(flow, [judged(6, termsOf(ACTIVE, { number: null }))], directory)).toThrow('Invoice 7');
  });

  it('R42 knows an issuer by its SIRET before its SIREN, and before anything else', () => {
    const supplier = (...identifiers: ReturnType<typeof identifier>[]) => ({ supplier: { name: null, identifiers } });
    const vat = identifier('FR32110002011', 'EU-VAT');
    const siren = identifier('110002011', 'SIREN');
    const siret = identifier('11000201100044');
    const issuers = [supplier(vat, siren, siret), supplier(vat, siren), supplier(vat)].map(
      (change) => sortOut(flow, [judged(0, termsOf(ACTIVE, change))], directory).candidates[0]?.event.issuer.identifier,
    );
    expect(issuers).toEqual(['11000201100044', '110002011', 'FR32110002011']);
  });
});

describe('rejectOf', () => {
  it('R44 has what is needed to find the invoice and send it again', () => {
    const one = judged(2, termsOf(ACTIVE), { supportingDocuments: [documentNamed('devis.pdf')] });
    const warning = { ...finding('BR-03'), severity: 'warning' as const };
    expect(rejectOf(flow, '2026-11-21', one, [finding('BR-02'), warning])).toMatchObject({
      day: '2026-11-21',
      flowNumber: flow.deposit.flowNumber,
      flowName: 'N',
      sender: flow.deposit.sender,
      issuer: { identifier: '11000201100044', name: 'Papeterie' },
      invoiceNumber: 'F-1',
      invoiceDate: '2026-11-20',
      recipientIdentifier: ACTIVE,
      serviceCode: 'SERV',
      amount: '120.00',
      currency: 'EUR',
      rank: 3,
      member: 'f2.xml',
      rules: ['chorus-historic'],
      supportingDocuments: ['devis.pdf'],
      reasons: [{ rule: 'BR-02' }],
      resendable: true,
    });
  });

  it('R44 names a bounded number of reasons, and says how many more there are', () => {
    const findings = Array.from({ length: 1_000 }, (_, line) => finding('BR-22', { line }));
    const { reasons } = rejectOf(flow, '2026-11-21', judged(0, termsOf(ACTIVE)), findings);
    expect(reasons).toHaveLength(mostRejectFindings + 1);
    expect(reasons.at(-1)).toMatchObject({ rule: 'REASONS-CUT', found: String(1_000 - mostRejectFindings) });
  });

  it('R44 a duplicate is not to be sent again, whatever else is wrong with it', () => {
    const reject = rejectOf(flow, '2026-11-21', judged(0, termsOf(ACTIVE)), [finding('BR-02'), finding('DUPLICATE')]);
    expect(reject.resendable).toBe(false);
  });

  it('R44 holds nulls for what could not be read', () => {
    const reject = rejectOf(flow, '2026-11-21', judged(0, noTerms, { syntax: null }), [finding('SYNTAX-MALFORMED')]);
    expect(reject).toMatchObject({
      issuer: null,
      invoiceNumber: null,
      invoiceDate: null,
      recipientIdentifier: null,
      amount: null,
    });
  });
});

describe('rankOf', () => {
  it('R44 counts from 1, as people do', () => {
    expect(rankOf(judged(0, noTerms).entry)).toBe(1);
  });
});

describe('rejectInfected', () => {
  it('R24 rejects an invoice for each of its infected documents, by name and virus, and lets its neighbours in', () => {
    const document = (name: string, sha256: string) => ({ ...documentNamed(name), sha256 });
    const infectedInvoice = judged(0, termsOf(ACTIVE), {
      supportingDocuments: [document('bon.pdf', 'a'), document('piege.pdf', 'b')],
    });
    const clean = judged(1, termsOf(ACTIVE), { supportingDocuments: [document('bon.pdf', 'a')] });
    const sorted = sortOut(flow, [infectedInvoice, clean], directory);
    const { candidates, rejected } = rejectInfected(sorted, new Map([['b', 'Eicar-Signature']]));
    expect(candidates.map((one) => one.judged)).toEqual([clean]);
    expect(rejected.map((one) => one.judged)).toEqual([infectedInvoice]);
    const [{ findings = [] } = {}] = rejected;
    expect(findings).toMatchObject([{ code: 'IRR_ANTIVIRUS', rule: 'DOCUMENT-INFECTED', severity: 'fatal' }]);
    expect(findings[0]?.message).toContain('« piege.pdf » : elle est infectée (Eicar-Signature)');
    expect(rejectInfected(sorted, new Map())).toEqual(sorted);
  });
});
