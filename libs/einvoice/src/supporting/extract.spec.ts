import { createHash } from 'node:crypto';
import { openInvoice } from '../invoice/open-invoice.js';
import { zipOf } from '../../../../test/support/archives.js';
import { ciiInvoice, ublInvoice } from '../../../../test/support/invoice-documents.js';
import { extractSupportingDocuments, type CarriedDocument, type Extraction } from './extract.js';
import { supportingLimits, type SupportingLimits } from './limits.js';

const pdf = Buffer.from('%PDF-1.7\n1 0 obj\n');
const png = Buffer.from('\x89PNG\r\n\x1a\nrest', 'latin1');

interface Attached {
  readonly name?: string | null;
  readonly mime?: string;
  readonly content: Buffer | string;
}

/** A historic CII invoice with those supporting documents; a string is put in as it is, a buffer in base64. */
function historic(...documents: readonly Attached[]): string {
  const blocks = documents.map(
    ({ name = 'aa.pdf', mime = 'application/pdf', content }) =>
      `<ram:AdditionalReferencedDocument>${name === null ? '' : `<ram:IssuerAssignedID>${name}</ram:IssuerAssignedID>`}<ram:Name>ZZZ</ram:Name><ram:AttachmentBinaryObject mimeCode="${mime}">
        ${typeof content === 'string' ? content : content.toString('base64')}</ram:AttachmentBinaryObject></ram:AdditionalReferencedDocument>`,
  );
  return ciiInvoice().replace('</ram:ApplicableHeaderTradeAgreement>', (end) => blocks.join('') + end);
}

async function extract(text: string, limits?: SupportingLimits): Promise<Extraction> {
  const { status, model } = await openInvoice(Buffer.from(text), { kind: 'xml' });
  if (status !== 'read' || model === null) throw new Error('not read');
  return extractSupportingDocuments(model, limits);
}

async function bytesOf(document: CarriedDocument | undefined): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of (document?.stream() ?? []) as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks);
}

const rulesOf = ({ findings }: Extraction): string[] => findings.map(({ rule }) => rule);

describe('R24 Taking supporting documents out of an invoice', () => {
  it('gives name, declared and real type, size, hash, place and bytes', async () => {
    const { documents, findings } = await extract(historic({ content: pdf }));
    expect(findings).toEqual([]);
    expect(documents).toMatchObject([
      {
        name: 'aa.pdf',
        declaredName: 'aa.pdf',
        declaredType: 'application/pdf',
        description: 'ZZZ',
        type: { mime: 'application/pdf' },
        bytes: pdf.length,
        sha256: createHash('sha256').update(pdf).digest('hex'),
        unpacked: false,
        line: 9,
      },
    ]);
    expect(documents[0]?.location).toMatch(/AdditionalReferencedDocument\[1\]\/ram:AttachmentBinaryObject\[1\]$/);
    expect(await bytesOf(documents[0])).toEqual(pdf);
    expect(await bytesOf(documents[0])).toEqual(pdf); // a second time, from the start
  });

  it('reads the attributes of UBL, and leaves alone what is only referred to', async () => {
    const block = (inside: string): string =>
      `<cac:AdditionalDocumentReference><cbc:ID>REF/1</cbc:ID>${inside}</cac:AdditionalDocumentReference>`;
    const embedded = `<cac:Attachment><cbc:EmbeddedDocumentBinaryObject mimeCode="image/png" filename="plan.png">${png.toString('base64')}</cbc:EmbeddedDocumentBinaryObject></cac:Attachment>`;
    const text = ublInvoice().replace('<cac:AccountingSupplierParty>', (start) => block(embedded) + block('') + start);
    const { documents, findings } = await extract(text);
    expect(findings).toEqual([]);
    expect(documents).toMatchObject([{ name: 'plan.png', declaredName: 'plan.png', type: { mime: 'image/png' } }]);
  });

  it('unpacks a zip that is declared as a PDF', async () => {
    const { documents, findings } = await extract(historic({ content: await zipOf([['PJP.pdf', pdf]]) }));
    expect(findings).toEqual([]);
    expect(documents).toMatchObject([
      { name: 'aa.pdf', type: { mime: 'application/pdf' }, bytes: pdf.length, unpacked: true },
    ]);
    expect(await bytesOf(documents[0])).toEqual(pdf);
  });

  it('gives each file of a zip its own name, and leaves a zip in it as it is', async () => {
    const inner = await zipOf([['x.pdf', pdf]]);
    const zip = await zipOf([
      ['folder/', ''],
      ['folder/one.pdf', pdf],
      ['two.png', png],
      ['three.zip', inner],
    ]);
    const { documents, findings } = await extract(historic({ content: zip }));
    expect(findings).toEqual([]);
    expect(documents.map(({ name, type }) => [name, type.mime])).toEqual([
      ['one.pdf', 'application/pdf'],
      ['two.png', 'image/png'],
      ['three.zip', 'application/zip'],
    ]);
    expect(await bytesOf(documents[2])).toEqual(inner);
  });

  it.each([
    ['a zip by its name', 'plans.zip', [['a.pdf', pdf]] as const],
    ['a text document by its name', 'lettre.docx', [['word/document.xml', '<a/>']] as const],
    ['a text document by its content', 'lettre', [['[Content_Types].xml', '<a/>']] as const],
  ])('leaves %s packed', async (_, name, members) => {
    const { documents } = await extract(historic({ name, content: await zipOf(members) }));
    expect(documents).toMatchObject([{ name, type: { mime: 'application/zip' }, unpacked: false }]);
  });

  it('takes the name in the archive when the declared one has no extension', async () => {
    const { documents } = await extract(historic({ name: 'Annexe 1', content: await zipOf([['annexe.pdf', pdf]]) }));
    expect(documents[0]?.name).toBe('annexe.pdf');
  });

  it('reads base64 in lines, in a CDATA section and with references', async () => {
    const lines = pdf.toString('base64').replace(/(.{5})/g, '$1\r\n');
    for (const content of [lines, `<![CDATA[${lines}]]>`, `${pdf.toString('base64')}&#10;`]) {
      const { documents, findings } = await extract(historic({ content }));
      expect(findings).toEqual([]);
      expect(await bytesOf(documents[0])).toEqual(pdf);
    }
  });
});

describe('R24 Judging supporting documents', () => {
  it.each<[string, Attached, string, string, string]>([
    ['nothing in it', { content: ' ' }, 'SUPPORTING-EMPTY', 'IRR_VID_PJ', 'fatal'],
    ['no name', { name: null, content: pdf }, 'SUPPORTING-NAME-MISSING', 'IRR_NOM_PJ', 'fatal'],
    ['a path', { name: '../a.pdf', content: pdf }, 'SUPPORTING-NAME-CHARACTERS', 'IRR_NOM_PJ', 'fatal'],
    [
      'a name that reads backwards',
      { name: 'a\u202efdp.pdf', content: pdf },
      'SUPPORTING-NAME-CHARACTERS',
      'IRR_NOM_PJ',
      'fatal',
    ],
    ['a long name', { name: `${'n'.repeat(60)}.pdf`, content: pdf }, 'SUPPORTING-NAME-LENGTH', 'IRR_NOM_PJ', 'warning'],
    ['no extension', { name: 'facture', content: pdf }, 'SUPPORTING-EXTENSION', 'IRR_EXT_DOC', 'fatal'],
    [
      'an extension that is not accepted',
      { name: 'a.exe', content: Buffer.from('MZ') },
      'SUPPORTING-EXTENSION',
      'IRR_EXT_DOC',
      'fatal',
    ],
    ['another type', { name: 'a.pdf', content: png }, 'SUPPORTING-TYPE-MISMATCH', 'IRR_EXT_DOC', 'warning'],
    ['a text that is not base64', { content: 'not base64!' }, 'SUPPORTING-BASE64', 'IRR_SYNTAX', 'fatal'],
    ['a zip that was cut', { content: Buffer.from('PK\x03\x04rest') }, 'SUPPORTING-ARCHIVE', 'IRR_EXTRAC', 'fatal'],
  ])('finds %s', async (_, document, rule, code, severity) => {
    const { findings } = await extract(historic(document));
    expect(findings).toMatchObject([{ rule, code, severity, line: 9 }]);
    expect(findings[0]?.message).not.toMatch(/[\u0000-\u001f\u202e]/); // eslint-disable-line no-control-regex
  });

  it.each([
    ['encrypted', { flags: 1 }, 'elle est chiffrée'],
    ['altered', { crcChange: 1 }, 'un fichier est altéré'],
    ['of another size than declared', { declaredSize: 3 }, 'un fichier ne se décompresse pas'],
    ['of an unknown method', { method: 14 }, 'un fichier ne se décompresse pas'],
  ])('finds a zip that is %s', async (_, faults, found) => {
    const { documents, findings } = await extract(historic({ content: await zipOf([['a.pdf', pdf]], faults) }));
    expect(findings).toMatchObject([{ rule: 'SUPPORTING-ARCHIVE', found }]);
    expect(documents).toEqual([]);
  });

  it('cuts a long name before its extension', async () => {
    const { documents } = await extract(historic({ name: `${'é'.repeat(60)}.pdf`, content: pdf }));
    expect(documents[0]?.name).toBe(`${'é'.repeat(46)}.pdf`);
  });

  it('unpacks nothing beyond the limits, whatever the archive declares', async () => {
    const limits = { ...supportingLimits, documentBytes: 1000, totalBytes: 1500 };
    const large = await zipOf([['a.txt', 'x'.repeat(1001)]]);
    expect(rulesOf(await extract(historic({ content: large }), limits))).toEqual(['SUPPORTING-SIZE']);
    const lying = await zipOf([['a.txt', 'x'.repeat(5000)]], { declaredSize: 900 });
    expect(rulesOf(await extract(historic({ content: lying }), limits))).toEqual(['SUPPORTING-ARCHIVE']);
    const several = { name: 'a.txt', content: Buffer.from('x'.repeat(800)) };
    expect(rulesOf(await extract(historic(several, several), limits))).toEqual(['SUPPORTING-TOTAL-SIZE']);
  });

  it('counts the documents, those in archives included, and says so once', async () => {
    const limits = { ...supportingLimits, documents: 2 };
    const zip = {
      content: await zipOf([
        ['a.pdf', pdf],
        ['b.pdf', pdf],
        ['c.pdf', pdf],
      ]),
    };
    expect(rulesOf(await extract(historic(zip, zip), limits))).toEqual(['SUPPORTING-COUNT']);
    const three = await extract(historic({ content: pdf }, { content: pdf }, { content: pdf }), limits);
    expect([three.documents.length, rulesOf(three)]).toEqual([2, ['SUPPORTING-COUNT']]);
  });

  it('names the accepted extensions, none of them cut', async () => {
    const { findings } = await extract(historic({ name: 'a.exe', content: Buffer.from('MZ') }));
    expect(findings[0]?.expected).toMatch(/^bmp .* zip$/);
  });
});
