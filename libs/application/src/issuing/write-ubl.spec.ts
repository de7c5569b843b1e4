import { draftAmounts, type DraftContent } from '#domain';
import { judgeInvoice, type Judgement } from '#einvoice';
import { Readable } from 'node:stream';
import { typedInvoice } from '../../../../test/support/typed-invoice.js';
import { writeUbl } from './write-ubl.js';

const DRAFT = 'd4a4d0a2-0000-4000-8000-000000000001';
const bytes = Buffer.from('%PDF-1.7 '.repeat(1_000));

/** The bytes of every document, in pieces that fill no group of base64. */
const open = () => Promise.resolve(Readable.from([bytes.subarray(0, 10), bytes.subarray(10, 11), bytes.subarray(11)]));

async function written(content: DraftContent): Promise<Buffer> {
  const issuer = { identifier: '55208131766522', identifierType: 'SIRET' as const, name: 'Papeterie & fils' };
  const invoice = { content, amounts: draftAmounts(content), issuer, recipientName: 'Ministère' };
  const chunks: Buffer[] = [];
  for await (const chunk of writeUbl(DRAFT, invoice, open)) chunks.push(chunk);
  return Buffer.concat(chunks);
}

async function judged(content: DraftContent): Promise<Judgement> {
  const how = { interfaceCode: 'FSO1150A', depositedBy: 'interactive', controlDate: '2026-11-22' } as const;
  return judgeInvoice(await written(content), { kind: 'xml', ...how });
}

const plain = (): DraftContent => {
  const { serviceCode: _serviceCode, ...rest } = typedInvoice();
  return rest;
};

describe('writeUbl', () => {
  it.each<readonly [string, DraftContent]>([
    ['with a service', typedInvoice()],
    ['without a service', plain()],
    [
      'that cancels another',
      { ...plain(), typeCode: '381', precedingInvoices: [{ number: 'F-0', issueDate: '2026-10-01' }] },
    ],
    [
      'of a subcontractor',
      { ...typedInvoice(), billingFrame: 'S3', validator: { identifier: '39860733300059', name: 'Titulaire' } },
    ],
    [
      'with everything else that can be typed',
      {
        ...plain(),
        contractNumber: 'M-1',
        contractType: 'MARCHE',
        taxPointDateCode: '432',
        deliveryDate: '2026-11-15',
        period: { start: '2026-11-01', end: '2026-11-15' },
        prepaid: '10.00',
        adjustments: [{ kind: 'charge', amount: '4', reason: 'Port', vatCategory: 'E' }],
        exemptions: [{ vatCategory: 'E', reason: 'Article 261 du CGI', reasonCode: 'VATEX-EU-132' }],
        payment: { meansCode: '30', account: 'FR7630006000011234567890189', terms: '30 jours', reference: 'R' },
        supportingDocuments: [{ name: 'a&b.pdf', sha256: 'a'.repeat(64), size: bytes.length, description: 'LISIBLE' }],
      },
    ],
  ])('R20 writes an invoice %s that breaks no rule', async (_, content) => {
    const { status, findings, terms } = await judged(content);
    expect(status).toBe('judged');
    expect(findings.filter(({ severity }) => severity === 'fatal')).toEqual([]);
    expect(terms.supplier.identifiers.map(({ value }) => value)).toContain('55208131766522');
    expect(terms.totals.amountDue?.value).toBe(draftAmounts(content).totals?.amountDue);
  });

  it('R20 R24 writes documents as they are read, byte for byte', async () => {
    const document = { name: 'a&b.pdf', sha256: 'a'.repeat(64), size: bytes.length };
    const { supportingDocuments } = await judged({ ...plain(), supportingDocuments: [document, document] });
    expect(supportingDocuments.map(({ name, bytes: size }) => [name, size])).toEqual([
      ['a&b.pdf', bytes.length],
      ['a&b.pdf', bytes.length],
    ]);
    const xml = (await written({ ...plain(), supportingDocuments: [document] })).toString();
    expect(xml).toContain(`>${bytes.toString('base64')}<`);
  });

  it('R22 writes what is there of an invoice that lacks much, and nothing that XML has no place for', async () => {
    const xml = (await written({ number: 'F-1', notes: [{ text: 'a\u0000<b>' }], lines: [{}] })).toString();
    expect(xml).toContain('<cbc:ID>F-1</cbc:ID>');
    expect(xml).toContain('<cbc:Note>a&lt;b&gt;</cbc:Note>');
    expect(xml).not.toContain('undefined');
    expect(xml).toContain(DRAFT);
  });
});
