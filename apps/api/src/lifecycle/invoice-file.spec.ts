import { OBJECTS } from '#application';
import { invoiceStream, structureStream, type InvoiceIntegrated, type StructureEvent } from '#domain';
import { invoiceId, type ObjectStore } from '#persistence';
import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import yauzl from 'yauzl';
import { integratedInvoice } from '../../../../test/support/invoice-events.js';
import { startOwnApi, type OwnApi } from '../../../../test/support/own-api.js';
import { record } from '../../../../test/support/read-models.js';
import { ublInvoice } from '../../../../test/support/invoice-documents.js';
import { archiveOf, uniqueNames } from './invoice-archive.js';

const digest = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

describe('the file of an invoice', () => {
  let api: OwnApi;
  let count = 0;
  beforeAll(async () => {
    api = await startOwnApi();
    const identifier = api.own.structure;
    const registered: StructureEvent = {
      type: 'StructureRegistered',
      data: { identifier, name: 'Fournisseur', publicEntity: false, primaryManager: null },
    };
    await record(api.store, { stream: structureStream(identifier), expected: 'any', events: [registered] });
  });
  afterAll(() => api.close());

  const ask = (
    method: string,
    path: string,
    body?: Buffer | object,
    key: 'own' | 'other' = 'own',
  ): Promise<Response> => {
    const isBytes = Buffer.isBuffer(body);
    const type = isBytes ? 'application/octet-stream' : 'application/json';
    return fetch(`${api.url}/api${path}`, {
      method,
      headers: { authorization: `Bearer ${api.keys[key]}`, 'content-type': type },
      ...(body === undefined ? {} : { body: isBytes ? new Uint8Array(body) : JSON.stringify(body) }),
    });
  };
  const upload = async (name: string, bytes: Buffer, key: 'own' | 'other' = 'own'): Promise<object> =>
    (await (await ask('POST', `/files?name=${encodeURIComponent(name)}`, bytes, key)).json()) as object;
  const keep = (bytes: Buffer): Promise<{ sha256: string; size: number }> =>
    api.app.get<ObjectStore>(OBJECTS).put(Readable.from([bytes]), { maxBytes: bytes.length });

  /** An invoice of the connection's structure, with the bytes of its own and of what it carries. */
  async function invoice(data: Partial<InvoiceIntegrated['data']> = {}): Promise<{ id: string; xml: Buffer }> {
    count += 1;
    const xml = Buffer.from(ublInvoice({ number: `D-${count}` }));
    const { sha256: object } = await keep(xml);
    const document = { object, offset: 0, length: xml.length, sha256: digest(xml) };
    const issuer = { identifier: api.own.structure, name: 'Fournisseur' };
    const event = integratedInvoice({
      number: `D ${count}/26`,
      rank: count,
      document,
      issuer,
      sender: issuer,
      ...data,
    });
    const stream = invoiceStream(issuer.identifier, event.data.number, event.data.issueDate);
    await record(api.store, { stream, expected: 'none', events: [event] });
    await api.project();
    return { id: invoiceId(stream), xml };
  }

  async function unzipped(bytes: Buffer): Promise<Map<string, Buffer>> {
    const path = join(api.folder, 'answer.zip');
    await writeFile(path, bytes);
    const zip = await yauzl.openPromise(path);
    const members = new Map<string, Buffer>();
    for await (const entry of zip.eachEntry())
      members.set(entry.fileName, await buffer(await zip.openReadStreamPromise(entry)));
    return members;
  }

  it('R24 joins documents by the issuer’s hand, shows who joined them, tells the feed, and gives all of it as one zip', async () => {
    const [carried, joined] = [randomBytes(300_000), Buffer.from(`%PDF-1.7 ${count}`)];
    const first = { name: 'bon.pdf', type: 'application/pdf', ...(await keep(carried)) };
    const { id, xml } = await invoice({ supportingDocuments: [first] });
    const second = await upload('BON.pdf', joined);
    const answer = await ask('POST', `/invoices/${id}/supporting-documents`, { supportingDocuments: [second] });
    expect([answer.status, await answer.json()]).toEqual([200, { status: 'MISE_A_DISPOSITION' }]);
    await api.project();

    const view = (await (await ask('GET', `/invoices/${id}`)).json()) as Record<string, unknown>;
    expect(view['supportingDocuments']).toEqual([
      { ...first, addedAt: '2026-11-21T09:00:00.000Z', addedBy: 'invoice' },
      { ...second, addedAt: expect.stringMatching(/^\d{4}-.*Z$/) as string, addedBy: 'issuer' },
    ]);
    const feed = (await (await ask('GET', '/events?limit=500')).json()) as { items: { type: string; data: object }[] };
    expect(feed.items).toContainEqual(
      expect.objectContaining({
        type: 'fr.repons.facture.pieces-ajoutees.v1',
        data: expect.objectContaining({ status: 'MISE_A_DISPOSITION', supportingDocumentCount: 1 }) as object,
      }),
    );

    const file = await ask('GET', `/invoices/${id}/file`);
    expect(file.headers.get('content-disposition')).toContain(`facture-D_${count}_26.zip`);
    const members = await unzipped(Buffer.from(await file.arrayBuffer()));
    const manifest = JSON.parse(String(members.get('manifest.json'))) as { files: { name: string; sha256: string }[] };
    expect([...members.keys()]).toEqual([`facture-D_${count}_26.xml`, 'bon.pdf', 'BON (2).pdf', 'manifest.json']);
    expect([...members.values()].slice(0, 3).map((bytes) => digest(bytes))).toEqual([xml, carried, joined].map(digest));
    expect(manifest).toMatchObject({
      invoice: id,
      number: `D ${count}/26`,
      files: [
        { role: 'invoice', size: xml.length, sha256: digest(xml) },
        { name: 'bon.pdf', role: 'supporting-document', size: carried.length, sha256: digest(carried) },
        { name: 'BON (2).pdf', originalName: 'BON.pdf', size: joined.length, sha256: digest(joined) },
      ],
    });

    const document = await ask('GET', `/invoices/${id}/document`);
    expect(document.headers.get('content-type')).toBe('application/xml');
    expect(Buffer.from(await document.arrayBuffer()).equals(xml)).toBe(true);
    for (const path of ['file', 'document'])
      expect((await ask('GET', `/invoices/${id}/${path}`, undefined, 'other')).status).toBe(404);
  });

  it('R24 refuses what somebody else uploaded, what is there already, and a body without documents', async () => {
    const { id } = await invoice();
    const path = `/invoices/${id}/supporting-documents`;
    const theirs = await upload('a.txt', Buffer.from(`theirs ${count}`), 'other');
    const mine = await upload('a.txt', Buffer.from(`mine ${count}`));
    const codeOf = async (documents: readonly object[]): Promise<unknown> => {
      const answer = await ask('POST', path, { supportingDocuments: documents });
      return ((await answer.json()) as { code?: string }).code;
    };
    expect(await codeOf([theirs])).toBe('FIC-007');
    expect(await codeOf([mine, mine])).toBe('FAC-022');
    expect(await codeOf([])).toBe('SRV-400');
    expect(await codeOf([{ ...mine, name: 'a.exe' }])).toBe('SRV-400');
    expect(await codeOf([mine])).toBeUndefined();
    expect(await codeOf([mine])).toBe('FAC-022');
  });
});

describe('archiveOf', () => {
  const file = (name: string, open: () => Readable) => {
    return { name, role: 'supporting-document' as const, open: () => Promise.resolve(open()) };
  };

  it('R24 opens one file at a time, and lets go of it when the client goes away', async () => {
    const opened: Readable[] = [];
    const endless = (): Readable => {
      const stream = new Readable({ read: () => void stream.push(randomBytes(65_536)) });
      opened.push(stream);
      return stream;
    };
    const archive = archiveOf([file('a.bin', endless), file('b.bin', endless)], {});
    await once(archive, 'readable');
    archive.destroy();
    await once(opened[0] ?? archive, 'close');
    expect(opened.map(({ destroyed }) => destroyed)).toEqual([true]);
  });

  it('R24 breaks off rather than pass half a file for a whole one', async () => {
    const broken = (): Readable =>
      Readable.from(
        (async function* () {
          yield await Promise.resolve(Buffer.from('x'));
          throw new Error('the disk is gone');
        })(),
      );
    await expect(buffer(archiveOf([file('a.bin', broken)], {}))).rejects.toThrow('the disk is gone');
  });

  it('R24 gives names that lead nowhere and are there once', () => {
    expect(uniqueNames(['../a.pdf', 'A.pdf', 'a.PDF', 'a.pdf', 'manifest.json', 'sans'])).toEqual([
      '.._a.pdf',
      'A.pdf',
      'a (2).PDF',
      'a (3).pdf',
      'manifest (2).json',
      'sans',
    ]);
  });
});
