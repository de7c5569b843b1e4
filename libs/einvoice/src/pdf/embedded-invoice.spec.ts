import { AFRelationship, PDFDocument } from '@cantoo/pdf-lib';
import { readInvoice } from '../invoice/read-invoice.js';
import { ciiInvoice } from '../../../../test/support/invoice-documents.js';
import { embeddedInvoice } from './embedded-invoice.js';

async function pdfWith(attachments: readonly (readonly [name: string, content: string | Buffer])[]): Promise<Buffer> {
  const document = await PDFDocument.create();
  document.addPage();
  for (const [name, content] of attachments) {
    await document.attach(Buffer.from(content), name, {
      mimeType: 'text/xml',
      afRelationship: AFRelationship.Alternative,
    });
  }
  return Buffer.from(await document.save());
}

describe('Taking the invoice out of a PDF', () => {
  it.each(['factur-x.xml', 'FACTUR-X.XML', 'ZUGFeRD-invoice.xml', 'zugferd-invoice.xml', 'xrechnung.xml'])(
    'R42 finds %s among other attachments',
    async (name) => {
      const pdf = await pdfWith([
        ['plan.xml', '<plan/>'],
        [name, ciiInvoice({ number: 'PDF-1' })],
      ]);
      const reading = await readInvoice(pdf, { kind: 'pdf' });
      expect(reading).toMatchObject({ status: 'read', format: { syntax: 'CII', embeddedInPdf: true } });
      expect(reading.invoice.number?.value).toBe('PDF-1');
    },
  );

  it('reads a PDF with bytes before its signature', async () => {
    const pdf = Buffer.concat([Buffer.from('\n\njunk\n'), await pdfWith([['factur-x.xml', ciiInvoice()]])]);
    expect((await readInvoice(pdf, { kind: 'pdf' })).status).toBe('read');
  });

  it.each([
    ['no attachment', () => pdfWith([]), 'PDF-NO-XML', 'IRR_SYNTAX'],
    ['other attachments only', () => pdfWith([['a.xml', '<a/>']]), 'PDF-NO-XML', 'IRR_SYNTAX'],
    [
      'two invoices',
      () =>
        pdfWith([
          ['factur-x.xml', ciiInvoice()],
          ['xrechnung.xml', ciiInvoice()],
        ]),
      'PDF-SEVERAL-XML',
      'IRR_SYNTAX',
    ],
    ['noise behind the signature', () => Promise.resolve(Buffer.from('%PDF-1.7\nnothing')), 'PDF-BROKEN', 'IRR_SYNTAX'],
    ['a bomb', () => pdfWith([['factur-x.xml', Buffer.alloc(110 * 1024 ** 2)]]), 'PDF-XML-TOO-LARGE', 'IRR_TAILLE_F'],
  ])('refuses a PDF with %s', async (_, make, rule, code) => {
    expect(await readInvoice(await make(), { kind: 'pdf' })).toMatchObject({
      status: 'unreadable',
      findings: [{ rule, code }],
    });
  });

  it('refuses an encrypted PDF', async () => {
    const document = await PDFDocument.create();
    document.addPage();
    document.encrypt({ userPassword: '', ownerPassword: 'secret' });
    const pdf = Buffer.from(await document.save());
    expect((await embeddedInvoice(pdf)).finding?.rule).toBe('PDF-ENCRYPTED');
  });

  it('refuses a PDF that was cut', async () => {
    const pdf = await pdfWith([['factur-x.xml', ciiInvoice()]]);
    const { finding } = await embeddedInvoice(pdf.subarray(0, pdf.length / 3));
    expect(finding?.rule).toMatch(/^PDF-(BROKEN|NO-XML)$/);
  });
});
