import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  cdarMessage,
  cppStatutFile,
  type CdarMessage,
  type CppStatutUnit,
} from '../../../../test/support/status-files.js';
import { readStatus } from './read-status.js';
import { statusTexts } from './texts.js';

const read = (text: string) => readStatus(Buffer.from(text), { kind: 'xml', context: null });
const rulesOf = (text: string): string[] => read(text).findings.map(({ rule }) => rule);

/** The one unit of a CPPStatut file, as the container cuts it out. */
const unitOf = (unit: Partial<CppStatutUnit> = {}): string => {
  const file = cppStatutFile({ number: 'F-1', code: '06', ...unit });
  return file.slice(file.indexOf('<CPPFactureStatutUnitaire'), file.indexOf('</CPPFactureStatuts>'));
};
const message = (of: Partial<CdarMessage> = {}): string => cdarMessage({ number: 'F-1', code: '204', ...of });

describe('a status that a recipient drops', () => {
  it('R25 is read from a CPPStatut', () => {
    const said = { complement: 'Pièce absente', comment: 'Le RIB &amp; le devis', paymentOrder: '4711' };
    expect(read(unitOf(said))).toEqual({
      unit: {
        syntax: 'CPPStatut',
        issuer: '55208131766522',
        invoiceNumber: 'F-1',
        invoiceDate: '2026-11-20',
        cppStatut: '06',
        afnor: null,
        reason: null,
        complement: 'Pièce absente',
        comment: 'Le RIB & le devis',
        paymentOrder: '4711',
        since: '2026-11-20T09:00:00',
      },
      findings: [],
    });
  });

  it('R25 is read from a CDAR message', () => {
    expect(read(message({ code: '208', reason: 'JUSTIF_ABS', note: 'Le RIB manque' }))).toEqual({
      unit: {
        syntax: 'CDAR',
        issuer: '552081317',
        invoiceNumber: 'F-1',
        invoiceDate: '2026-11-20',
        cppStatut: null,
        afnor: '208',
        reason: 'JUSTIF_ABS',
        complement: null,
        comment: 'Le RIB manque',
        paymentOrder: null,
        since: '2026-11-20T10:00:00',
      },
      findings: [],
    });
  });

  it.each([
    ['no invoice number', unitOf({ number: '' }), ['STATUS-NUMBER']],
    ['no supplier', unitOf({ issuer: '' }), ['STATUS-ISSUER']],
    ['no date', unitOf({ issueDate: null }), ['STATUS-INVOICE-DATE']],
    ['a date that does not exist', unitOf({ issueDate: '2026-02-30' }), ['STATUS-INVOICE-DATE']],
    ['no code', unitOf({ code: '' }), ['STATUS-CODE']],
    ['a time that is none', unitOf({ since: 'hier' }), ['STATUS-INSTANT']],
    ['a payment order of 101 characters', unitOf({ paymentOrder: '1'.repeat(101) }), ['STATUS-PAYMENT-ORDER']],
    ['an invoice', '<Invoice xmlns="urn:x"/>', ['STATUS-FORMAT']],
    ['a root of CDAR in no namespace', '<CrossDomainAcknowledgementAndResponse/>', ['STATUS-FORMAT']],
    ['a DOCTYPE', `<!DOCTYPE a [<!ENTITY b "c">]>${unitOf()}`, ['FILE-DOCTYPE']],
    ['a tag that is not closed', unitOf().replace('</IdStatut>', ''), ['SYNTAX-MALFORMED']],
  ])('R25 R43 is refused with %s', (_, text, rules) => {
    expect(rulesOf(text)).toEqual(rules);
  });

  it('R43 says where the fault is', () => {
    expect(read(unitOf({ code: '' })).findings[0]).toMatchObject({
      code: 'REJ_RG',
      location: '/CPPFactureStatutUnitaire[1]/DonneesStatut[1]',
      line: 1,
    });
  });

  it('R42 is refused with what the container said of it, and named nevertheless', () => {
    const refusal = { ...read('<a/>').findings[0]!, rule: 'MEMBER-TOO-LARGE' as const };
    const reading = readStatus(Buffer.from(unitOf()), { kind: 'xml', context: null, refusal });
    expect(reading).toMatchObject({ unit: { invoiceNumber: 'F-1' }, findings: [{ rule: 'MEMBER-TOO-LARGE' }] });
    expect(readStatus(Buffer.alloc(0), { kind: 'refused', context: null, refusal })).toMatchObject({ unit: null });
    expect(readStatus(Buffer.from('%PDF-1.7'), { kind: 'pdf', context: null }).findings).toHaveLength(1);
  });

  it.each([
    ['BR-FR-CDV-01_MDG-3', [/<ram:Guideline.*\n/, '']],
    ['BR-FR-CDV-02_MDT-3', ['CDV:invoice', 'CDV:other']],
    ['BR-FR-CDV-03_MDT-4', [/<ram:ID>F-1_.*\n/, '']],
    ['BR-FR-CDV-04_MDG-4', [/<ram:IssueDateTime>.*\n/, '']],
    ['BR-FR-CDV-05_MDG-9', [/<ram:SenderTradeParty>.*\n/, '']],
    ['BR-FR-CDV-06_MDT-21', ['<ram:RoleCode>WK</ram:RoleCode>', '']],
    ['BR-FR-CDV-07_MDT-38_yes', ['<ram:GlobalID schemeID="0002">110002011</ram:GlobalID>', '']],
    ['BR-FR-CDV-08_MDT-73', [/<ram:URIUniversal.*<\/ram:URIUniversalCommunication>/, '']],
    ['BR-FR-CDV-09_MDT-77', ['>23<', '>24<']],
    ['BR-FR-CDV-10_MDT-87', [/<ram:IssuerAssignedID>.*\n/, '']],
    ['BR-FR-CDV-11_MDG-35', [/<ram:FormattedIssueDateTime>.*\n/, '']],
    ['BR-FR-CDV-12_MDT-105', [/<ram:ProcessConditionCode>.*\n/, '']],
    ['BR-FR-CDV-13_MDT-129', [/<ram:IssuerTradeParty><ram:GlobalID schemeID="0002">552.*\n/, '']],
    ['BR-FR-CDV-14_MDT-207', ['>204<', '>212<']],
    [
      'BR-FR-CDV-15_MDT-113',
      [/>204<|<ram:ReasonCode>.*<\/ram:ReasonCode>/g, (found: string) => (found === '>204<' ? '>208<' : '')],
    ],
    ['BR-FR-CDV-16_MDT-124-2', ['<ram:SequenceNumeric>1</ram:SequenceNumeric>', '']],
    ['BR-FR-04_MDT-91', ['>380<', '>999<']],
    ['BR-FR-CDV-CL-01_MDT-2', ['REGULATED', 'OTHER']],
    ['BR-FR-CDV-CL-02_MDT-21_23', ['>WK<', '>XX<']],
    ['BR-FR-CDV-CL-02_MDT-21_305', [/>23<|>WK</g, (found: string) => (found === '>23<' ? '>305<' : '>SE<')]],
    ['BR-FR-CDV-CL-03_MDT-40_23', ['>BY<', '>WK<']],
    ['BR-FR-CDV-CL-03_MDT-40_305', ['>23<', '>305<']],
    ['BR-FR-CDV-CL-04_MDT-59', ['>SE<', '>XX<']],
    ['BR-FR-CDV-CL-05_MDT-88_23', ['<ram:TypeCode>380', '<ram:StatusCode>43</ram:StatusCode><ram:TypeCode>380']],
    ['BR-FR-CDV-CL-06_MDT-105', ['>204<', '>299<']],
    [
      'BR-FR-CDV-CL-06_MDT-115',
      ['<ram:SequenceNumeric>', '<ram:ProcessConditionCode>299</ram:ProcessConditionCode><ram:SequenceNumeric>'],
    ],
    [
      'BR-FR-CDV-CL-07_MDT-132',
      [/552081317<\/ram:GlobalID><\/ram:I/, '552081317</ram:GlobalID><ram:RoleCode>BY</ram:RoleCode></ram:I'],
    ],
    [
      'BR-FR-CDV-CL-08_MDT-158',
      [
        '<ram:SpecifiedDocumentStatus>',
        '<ram:RecipientTradeParty><ram:RoleCode>XX</ram:RoleCode></ram:RecipientTradeParty><ram:SpecifiedDocumentStatus>',
      ],
    ],
    ['BR-FR-CDV-CL-09_MDT-113', ['>AUTRE<', '>MOTIF<']],
    ...['200', '206', '208', '213', '221', '501'].map(
      (code) =>
        [
          `BR-FR-CDV-CL-09_MDT-113_${code}`,
          [/>204<|>AUTRE</g, (found: string) => (found === '>204<' ? `>${code}<` : '>ADR_ERROR<')],
        ] as const,
    ),
    ['BR-FR-CDV-CL-09_MDT-113_207', [/>204<|>AUTRE</g, (found: string) => (found === '>204<' ? '>207<' : '>REJ_UNI<')]],
    ['BR-FR-CDV-CL-09_MDT-113_210', [/>204<|>9999</g, (found: string) => (found === '>204<' ? '>210<' : '>0003<')]],
    [
      'BR-FR-CDV-CL-09_MDT-113_210B2G',
      [/>204<|>AUTRE</g, (found: string) => (found === '>204<' ? '>210<' : '>REJ_UNI<')],
    ],
    [
      'BR-FR-CDV-CL-10_MDT-121',
      ['<ram:SequenceNumeric>', '<ram:RequestedActionCode>XXX</ram:RequestedActionCode><ram:SequenceNumeric>'],
    ],
    [
      'BR-FR-CDV-CL-11_MDT-207',
      [
        '</ram:IncludedNote>',
        '</ram:IncludedNote><ram:SpecifiedDocumentCharacteristic><ram:TypeCode>XXX</ram:TypeCode></ram:SpecifiedDocumentCharacteristic>',
      ],
    ],
    [
      'BR-FR-CDV-CL-05_MDT-88_305',
      [
        />23<|<ram:TypeCode>380/g,
        (found: string) => (found === '>23<' ? '>305<' : '<ram:StatusCode>45</ram:StatusCode><ram:TypeCode>380'),
      ],
    ],
  ] as [string, [string | RegExp, string | ((found: string) => string)]][])(
    'R25 breaks %s, which it did not break before',
    (rule, [what, by]) => {
      const good = message({ reason: 'AUTRE', note: 'Reçu' });
      expect(rulesOf(good)).toEqual([]);
      const bad = good.replace(what, by as string);
      expect(bad).not.toBe(good);
      expect(rulesOf(bad)).toContain(rule);
    },
  );

  it('R25 is about one invoice', () => {
    const twice = message().replace(
      /<ram:ReferenceReferencedDocument>[\s\S]*<\/ram:ReferenceReferencedDocument>/,
      '$&$&',
    );
    expect(rulesOf(twice)).toEqual(['STATUS-SEVERAL']);
  });
});

const EXAMPLES = '../shared/data/cdar';
if (existsSync(EXAMPLES))
  describe('the official examples of CDAR', () => {
    it.each(readdirSync(EXAMPLES))(
      'R25 %s is read, and breaks no rule but the one that the examples leave out',
      (name) => {
        const { unit, findings } = read(readFileSync(join(EXAMPLES, name), 'utf8'));
        const [, number, code] = /_(F\d+)_\d+-CDV-(\d+)_/.exec(name) ?? [];
        expect(unit).toMatchObject({ syntax: 'CDAR', issuer: '100000009', invoiceNumber: number, afnor: code });
        expect(findings.filter(({ rule }) => rule !== 'BR-FR-CDV-16_MDT-124-2')).toEqual([]);
        expect(findings.length > 0).toBe(code === '211' || code === '212');
      },
    );
  });

const RULES = '../shared/spec/br-fr/cdar-rules.tsv';
if (existsSync(RULES))
  describe('the published rules of CDAR', () => {
    it('R43 are all applied, with their severity', () => {
      const published = readFileSync(RULES, 'utf8')
        .trim()
        .split('\n')
        .slice(1)
        .map((line) => line.split('\t').slice(0, 2))
        .filter(([id]) => id !== 'BR-FR-CDV-07_MDT-38_no'); // as published nothing breaks it
      const ours = Object.entries(statusTexts).filter(([id]) => id.startsWith('BR-FR-'));
      expect(ours.map(([id, { severity }]) => [id, severity]).sort()).toEqual(published.sort());
    });
  });
