import { judgeInvoice } from '../judge/judge-invoice.js';
import { zipOf } from '../../../../test/support/archives.js';
import { ublInvoice } from '../../../../test/support/invoice-documents.js';
import { supportingLimitsOf, type DepositWay } from './limits.js';

const tenMegabytes = 10 * 1024 ** 2;

/** What is said of the supporting documents of an invoice that carries a text of so many bytes in a zip. */
async function saidOf(bytes: number, depositedBy?: DepositWay) {
  const zip = await zipOf([['annexe.txt', 'x'.repeat(bytes)]]);
  const document = `<cac:AdditionalDocumentReference><cbc:ID>1</cbc:ID><cac:Attachment><cbc:EmbeddedDocumentBinaryObject mimeCode="text/plain" filename="annexe.txt">${zip.toString('base64')}</cbc:EmbeddedDocumentBinaryObject></cac:Attachment></cac:AdditionalDocumentReference>`;
  const text = ublInvoice().replace('<cac:AccountingSupplierParty>', (at) => `${document}${at}`);
  const options = { kind: 'xml', interfaceCode: 'FSO1150A', ...(depositedBy && { depositedBy }) } as const;
  const { findings } = await judgeInvoice(Buffer.from(text), options);
  return findings.filter(({ rule }) => rule.startsWith('SUPPORTING-'));
}

describe('R24 The limits of supporting documents by the way of deposit', () => {
  it('are 100 MB by EDI and 10 MB by portal and API for one document, and the same otherwise', () => {
    const [edi, interactive] = [supportingLimitsOf('edi'), supportingLimitsOf('interactive')];
    expect([edi.documentBytes, interactive.documentBytes]).toEqual([100 * 1024 ** 2, tenMegabytes]);
    expect({ ...interactive, documentBytes: edi.documentBytes }).toEqual(edi);
  });

  it('keep a document of more than 10 MB out by portal and API, to the byte', async () => {
    expect(await saidOf(tenMegabytes, 'interactive')).toEqual([]);
    const [one, ...others] = await saidOf(tenMegabytes + 1, 'interactive');
    expect(one).toMatchObject({ rule: 'SUPPORTING-SIZE', code: 'IRR_TAILLE_PJ', expected: String(tenMegabytes) });
    expect(others).toEqual([]);
  });

  it('let it in by EDI, which is the way when none is named', async () => {
    expect(await saidOf(tenMegabytes + 1, 'edi')).toEqual([]);
    expect(await saidOf(tenMegabytes + 1)).toEqual([]);
  });
});
