import { startTestPlatform, type TestPlatform } from '../support/test-platform.js';
import { batchOf, membersOf, sampleInvoices, tarGzOf, zipOf } from '../support/sample-flows.js';

const overTenMegabytes = 10 * 1024 ** 2 + 1;

describe('R24 the size of a supporting document', () => {
  let on: TestPlatform;
  let carrier = '';

  beforeAll(async () => {
    on = await startTestPlatform();
    // Packed it is a few kilobytes: what counts is what comes out.
    const zip = await zipOf([{ name: 'annexe.csv', content: 'x'.repeat(overTenMegabytes) }]);
    carrier = `<cac:AdditionalDocumentReference><cbc:ID>PJ-1</cbc:ID><cac:Attachment><cbc:EmbeddedDocumentBinaryObject mimeCode="text/csv" filename="annexe.csv">${zip.toString('base64')}</cbc:EmbeddedDocumentBinaryObject></cac:Attachment></cac:AdditionalDocumentReference>`;
  }, 120_000);

  afterAll(() => on.stop());

  /** A good invoice that carries that document. */
  function carrying(seed: string) {
    return sampleInvoices(on.directory, seed, 1).map((invoice) => {
      const xml = invoice.xml.replace('<cac:AccountingSupplierParty>', (at) => `${carrier}${at}`);
      if (xml === invoice.xml) throw new Error('The sample has no place for the document');
      return { ...invoice, xml };
    });
  }

  it('R24 is 10 MB at most by API, and 100 MB at most by EDI', async () => {
    const byEdi = await on.run(await batchOf(carrying('edi')));
    expect(byEdi.invoices).toMatchObject({ total: 1, integrated: 1 });

    const byApi = await on.ended(await on.deposit(await tarGzOf(membersOf(carrying('api')))));
    expect(byApi.invoices).toMatchObject({ total: 1, rejected: 1 });
    expect(await on.invoices(byApi.flowNumber)).toMatchObject([
      {
        outcome: 'rejected',
        reasons: [
          { rule: 'SUPPORTING-SIZE', message: expect.stringMatching(/annexe\.csv.*10485760 octets/) as string },
        ],
      },
    ]);
  });
});
