import { readdir } from 'node:fs/promises';
import { startOwnApi, type OwnApi } from '../support/own-api.js';
import { zipOf } from '../support/sample-flows.js';
import { invoiceStream } from '../../tools/samples/index.js';

describe('R43 the dry run of the API', () => {
  let api: OwnApi;
  const [good = '', other = ''] = Array.from(
    invoiceStream({ seed: 'dry-run', count: 2, issueDate: '2026-09-01' }),
    ({ xml }) => xml.replace(/^<\?xml[^>]*>/, ''),
  );

  beforeAll(async () => {
    api = await startOwnApi();
  });
  afterAll(() => api.close());

  async function validate(body: string | Buffer, query = '', key = api.keys.own) {
    const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/octet-stream' };
    const init = { method: 'POST', headers, body: new Uint8Array(Buffer.from(body)) };
    const response = await fetch(`${api.url}/api/invoices/validate${query}`, init);
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  }

  it('answers what the command line prints, to a connection and to an operator, and keeps nothing', async () => {
    for (const key of [api.keys.own, api.keys.operator]) {
      const answer = await validate(good, '?name=facture.xml', key);
      expect(answer).toMatchObject({
        status: 200,
        body: {
          total: 1,
          next: null,
          items: [{ file: 'facture.xml', status: 'judged', valid: true, format: { syntax: 'UBL' } }],
        },
      });
    }
    expect((await readdir(api.folder)).filter((name) => name.startsWith('validate-'))).toEqual([]);
  });

  it('judges each invoice of a batch, and by one set alone when asked', async () => {
    const batch = await validate(`<Lot>${good}${other}</Lot>`);
    expect(batch.body).toMatchObject({
      total: 2,
      items: [
        { rank: 0, valid: true },
        { rank: 1, valid: true },
      ],
    });
    const alone = await validate(good.replace(/<cbc:ID>[^<]*<\/cbc:ID>/, ''), '?rules=en16931');
    expect(alone.body).toMatchObject({
      items: [
        {
          valid: false,
          rules: [expect.stringMatching(/^en16931-/)],
          findings: [{ rule: 'BR-02', location: '/ubl:Invoice[1]' }],
        },
      ],
    });
  });

  it('R24 judges supporting documents by the limits of a deposit by API: 10 MB each, unpacked', async () => {
    const zip = await zipOf([{ name: 'annexe.csv', content: 'x'.repeat(10 * 1024 ** 2 + 1) }]);
    const carried = `<cac:AdditionalDocumentReference><cbc:ID>PJ-1</cbc:ID><cac:Attachment><cbc:EmbeddedDocumentBinaryObject mimeCode="text/csv" filename="annexe.csv">${zip.toString('base64')}</cbc:EmbeddedDocumentBinaryObject></cac:Attachment></cac:AdditionalDocumentReference>`;
    const document = good.replace('<cac:AccountingSupplierParty>', (at) => `${carried}${at}`);
    const { body } = await validate(document, '?interfaceCode=FSO1150A');
    const [{ valid, findings }] = body['items'] as [{ valid: boolean; findings: { rule: string; expected: string }[] }];
    expect(valid).toBe(false);
    const about = findings.filter(({ rule }) => rule.startsWith('SUPPORTING-'));
    expect(about).toMatchObject([{ rule: 'SUPPORTING-SIZE', expected: String(10 * 1024 ** 2) }]);
  });

  it.each([
    ['?interfaceCode=FSO9999A', 400, 'VAL-001'],
    ['?rules=rien', 400, 'VAL-003'],
    ['?rules=a&rules=b', 400, 'SRV-400'],
  ])('answers wrong use with a problem document: %s', async (query, status, code) => {
    expect(await validate(good, query)).toMatchObject({ status, body: { status, code } });
  });

  it('refuses a file that is too large, or has too many invoices, and leaves nothing behind', async () => {
    expect(await validate(Buffer.alloc(10 * 1024 ** 2 + 1))).toMatchObject({ status: 413, body: { code: 'VAL-004' } });
    const many = `<Lot>${'<Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2"/>'.repeat(101)}</Lot>`;
    expect(await validate(many)).toMatchObject({ status: 413, body: { code: 'VAL-002' } });
    expect((await readdir(api.folder)).filter((name) => name.startsWith('validate-'))).toEqual([]);
  });

  it('answers the other requests while it judges a large document', async () => {
    const lines = `<cac:InvoiceLine>${'<cbc:Note>x</cbc:Note>'.repeat(50)}</cac:InvoiceLine>`.repeat(6_000);
    const large = good.replace('</Invoice>', `${lines}</Invoice>`);
    expect(Buffer.byteLength(large)).toBeGreaterThan(6 * 1024 ** 2);
    let judged = false;
    const judging = validate(large).finally(() => (judged = true));
    let answered = 0;
    while (!judged) {
      expect((await fetch(`${api.url}/health/live`)).status).toBe(200);
      if (!judged) answered += 1;
    }
    expect((await judging).status).toBe(200);
    // On the event loop itself it would have been a handful: those before the upload ended.
    expect(answered).toBeGreaterThan(20);
  });

  it('is closed to those who are not known, and stands in the description of the API', async () => {
    expect((await validate(good, '', 'rien')).status).toBe(401);
    const description = (await (await fetch(`${api.url}/api/openapi.json`)).json()) as { paths: object };
    expect(Object.keys(description.paths)).toContain('/api/invoices/validate');
  });
});
