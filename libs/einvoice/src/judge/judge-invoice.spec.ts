import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isRuleId } from '../finding/catalogue.js';
import { hasFatal } from '../finding/finding.js';
import { ciiInvoice, ublInvoice } from '../../../../test/support/invoice-documents.js';
import { judgeInvoice, judgeInvoices, type InvoiceToJudge } from './judge-invoice.js';
import { mostFindings, UnknownRuleSet, type Judgement, type JudgeOptions } from './judgement.js';
import { ruleSetNamed, ruleSets } from './rule-sets.js';

const judge = (text: string, options: Partial<JudgeOptions> = {}): Promise<Judgement> =>
  judgeInvoice(Buffer.from(text), { kind: 'xml', controlDate: '2026-09-15', ...options });
const rulesOf = ({ findings }: Judgement): string[] => findings.map(({ rule }) => rule);

describe('R43 Judging an invoice', () => {
  it('gives plain data that can be sent to another thread', async () => {
    const judgement = await judge(ublInvoice());
    expect(structuredClone(judgement)).toEqual(judgement);
    expect(judgement).toMatchObject({
      status: 'judged',
      format: { syntax: 'UBL' },
      terms: { number: { value: 'F-1' } },
    });
    expect(judgement.rules[0]).toMatch(/^en16931-/);
  });

  it('chooses the sets by the interface, and by the document without one', async () => {
    expect((await judge(ciiInvoice())).rules).toContain('chorus-historic');
    expect((await judge(ublInvoice(), { interfaceCode: 'FSO1100A' })).rules).toContain('chorus-historic');
    expect((await judge(ublInvoice(), { interfaceCode: 'FSO1150A' })).rules).toEqual(
      expect.arrayContaining([expect.stringMatching(/^en16931/), expect.stringMatching(/^afnor/)]),
    );
  });

  it('says of each fault where it stands, what was found and what was expected', async () => {
    const { findings } = await judge(ublInvoice({ total: '999.00' }), { rules: 'en16931' });
    expect(findings.find(({ rule }) => rule === 'BR-CO-15')).toMatchObject({
      severity: 'fatal',
      layer: 'semantics',
      location: expect.stringMatching(/^\/ubl:Invoice\[1\]/) as string,
      line: expect.any(Number) as number,
    });
  });

  it('judges by one set alone without any gate, a fragment too', async () => {
    const fragment = '<Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2"><Odd/><Odd/></Invoice>';
    const judgement = await judge(fragment, { rules: 'en16931' });
    expect(judgement).toMatchObject({ status: 'judged', rules: [ruleSetNamed('en16931')?.name] });
    expect(rulesOf(judgement)).toContain('BR-02');
    expect(rulesOf(judgement).filter((rule) => /^(SYNTAX|ID)-/.test(rule))).toEqual([]);
  });

  it('refuses to judge by a set that does not exist', async () => {
    await expect(judge(ublInvoice(), { rules: 'en' })).rejects.toThrow(UnknownRuleSet);
  });

  it.each([
    ['what is no XML', 'bonjour', 'unreadable', 'SYNTAX-MALFORMED'],
    ['a DOCTYPE', '<!DOCTYPE a><a/>', 'unreadable', 'FILE-DOCTYPE'],
    ['a format that is not read', '<CPPFactureMixte xmlns="u"/>', 'unsupported', 'SYNTAX-FORMAT-UNSUPPORTED'],
  ])('stops at %s, by one set alone as well', async (_, text, status, rule) => {
    for (const options of [{}, { rules: 'en16931' }]) {
      const judgement = await judge(text, options);
      expect([judgement.status, rulesOf(judgement), judgement.rules]).toEqual([status, [rule], []]);
    }
  });

  it('never lets a value pass that no verdict can be computed from', async () => {
    const judgement = await judge(ublInvoice({ total: '1E2' }), { rules: 'en16931' });
    expect(hasFatal(judgement.findings)).toBe(true);
    expect(rulesOf(judgement)).toContain('VALUE-NOT-COMPUTABLE');
  });

  it('says a fault of structure once, whatever else depends on it', async () => {
    const total = /<cbc:PayableAmount.*<\/cbc:PayableAmount>/;
    const judgement = await judge(ublInvoice().replace(total, '$&$&'));
    const there = judgement.findings.filter(({ location }) => location?.endsWith('/cbc:PayableAmount[2]'));
    expect(there.map(({ rule }) => rule)).toEqual(['SYNTAX-REPEATED']);
  });

  it('does not say again by its own ids what a rule set says', async () => {
    const judgement = await judge(ublInvoice({ number: '' }), { interfaceCode: 'FSO1150A' });
    const aboutNumber = judgement.findings.filter(({ rule }) => rule === 'BR-02');
    expect(aboutNumber).toHaveLength(1);
  });

  it('R24 describes the supporting documents and judges them, without keeping their bytes', async () => {
    const content = Buffer.from('%PDF-1.7 bonjour').toString('base64');
    const document = `<cac:AdditionalDocumentReference><cbc:ID>1</cbc:ID><cac:Attachment><cbc:EmbeddedDocumentBinaryObject mimeCode="application/pdf" filename="bon.exe">${content}</cbc:EmbeddedDocumentBinaryObject></cac:Attachment></cac:AdditionalDocumentReference>`;
    const text = ublInvoice().replace('<cac:AccountingSupplierParty>', (at) => `${document}${at}`);
    const judgement = await judge(text, { interfaceCode: 'FSO1150A' });
    expect(judgement.supportingDocuments).toMatchObject([{ declaredName: 'bon.exe', bytes: 16 }]);
    expect(structuredClone(judgement)).toEqual(judgement);
    expect(judgement.findings.map(({ code }) => code)).toContain('IRR_EXT_DOC');
  });

  it('reports a bounded number of findings, and keeps what decides', async () => {
    const notes = '<cbc:Odd/>'.repeat(mostFindings + 500);
    const judgement = await judge(ublInvoice({ total: '999.00' }).replace('<cbc:Note>', (at) => `${notes}${at}`));
    expect(judgement.findings.length).toBe(mostFindings + 1);
    expect(rulesOf(judgement).at(-1)).toBe('FINDINGS-CUT');
    expect(rulesOf(judgement)).toContain('BR-CO-15');
  });

  it('has each set under its name, and the newest under the name without version', () => {
    for (const set of ruleSets) expect(ruleSetNamed(set.name)).toBe(set);
    expect(ruleSetNamed('afnor')?.name).toMatch(/^afnor-/);
    expect(new Set(ruleSets.map(({ name }) => name)).size).toBe(ruleSets.length);
  });
});

const data = fileURLToPath(new URL('../../../../../shared/data', import.meta.url));
if (existsSync(data)) {
  describe('R43 Official samples', () => {
    const schemaFolder = join(data, 'xsd');
    const folders = [
      'chorus-pro/FSO1116A',
      'chorus-pro/FSO1117A',
      'en16931/examples/ubl',
      'en16931/examples/cii',
      'afnor',
    ];
    const files = folders.flatMap((folder) =>
      readdirSync(join(data, folder))
        .filter((name) => /\.(?:xml|pdf)$/.test(name))
        .map((name) => join(folder, name)),
    );
    it.each(files)('%s has no fatal finding, with and without schemas', async (file) => {
      const bytes = readFileSync(join(data, file));
      const interfaceCode = /FSO\d{4}A/.exec(file)?.[0];
      const options = { kind: file.endsWith('.pdf') ? 'pdf' : 'xml', ...(interfaceCode && { interfaceCode }) } as const;
      for (const schemas of [{}, { schemaFolder }]) {
        const { status, findings } = await judgeInvoice(bytes, { ...options, ...schemas });
        expect(status).toBe('judged');
        expect(findings.filter(({ severity }) => severity === 'fatal')).toEqual([]);
        expect(findings.map(({ rule }) => rule).filter((rule) => !isRuleId(rule))).toEqual([]);
      }
    });
  });
}

describe('R43 Judging several invoices', () => {
  const asked = (text: string, options: Partial<JudgeOptions> = {}): InvoiceToJudge => ({
    bytes: Buffer.from(text),
    options: { kind: 'xml', controlDate: '2026-09-15', ...options },
  });
  const reform = { interfaceCode: 'FSO1150A' };
  const kinds: readonly InvoiceToJudge[] = [
    asked(ublInvoice(), reform),
    asked(ciiInvoice()),
    asked('bonjour'),
    asked(ublInvoice({ total: '999.00' }), { rules: 'en16931' }),
    asked(ciiInvoice(), reform),
    asked(ublInvoice({ total: '999.00' }), reform),
    asked(ublInvoice(), { ...reform, controlDate: '2020-01-01' }),
    asked(`${ublInvoice()}${' '.repeat(300_000)}`, reform),
    asked(ublInvoice(), { interfaceCode: 'FSO1100A' }),
  ];

  it('says of each what judging it alone says, in their order, whatever stands beside it', async () => {
    const invoices = [...kinds, ...kinds.toReversed(), ...kinds];
    const judged: { item: InvoiceToJudge; judgement: Judgement }[] = [];
    for await (const one of judgeInvoices(invoices)) judged.push(one);
    expect(judged.map(({ item }) => item)).toEqual(invoices);
    for (const { item, judgement } of judged) expect(judgement).toEqual(await judgeInvoice(item.bytes, item.options));
  });

  it('takes up few invoices before it tells what it found', async () => {
    let taken = 0;
    const endless = function* (): Generator<InvoiceToJudge> {
      for (;;) {
        taken++;
        yield asked(ublInvoice());
      }
    };
    for await (const { judgement } of judgeInvoices(endless())) {
      expect(judgement.status).toBe('judged');
      break;
    }
    expect(taken).toBeLessThan(20);
  });

  it('judges a large invoice by itself, so that no others are in memory with it', async () => {
    let taken = 0;
    const large = function* (): Generator<InvoiceToJudge> {
      for (; taken < 10; taken++) yield asked(`${ublInvoice()}${' '.repeat(300_000)}`);
    };
    for await (const { item } of judgeInvoices(large())) {
      expect(item.bytes.length).toBeGreaterThan(256 * 1024);
      break;
    }
    expect(taken).toBe(1);
  });
});
