import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { createGunzip } from 'node:zlib';
import { PDFDict, PDFDocument, PDFName, PDFRawStream, decodePDFRawStream } from '@cantoo/pdf-lib';
import { XmlDocument } from 'libxml2-wasm';
import { extract } from 'tar-stream';
import { openPromise } from 'yauzl';
import {
  invoiceStream,
  makeFacturX,
  writeBatchXml,
  writeTarGz,
  writeZip,
  type ArchiveMember,
  type SampleInvoice,
} from './index.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'samples-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const samples: SampleInvoice[] = [
  ...invoiceStream({ seed: 'containers', count: 40, issueDate: '2026-09-14', templateCount: 8 }),
];
const members = (): ArchiveMember[] => samples.map(({ number, xml }) => ({ name: `${number}.xml`, content: xml }));
const digestOf = async (path: string): Promise<string> =>
  createHash('sha256')
    .update(await readFile(path))
    .digest('hex');

describe('writeBatchXml', () => {
  it('wraps every invoice, without its declaration, in one well-formed document', async () => {
    const path = join(folder, 'batch.xml');
    await writeBatchXml(
      path,
      samples.map(({ xml }) => xml),
    );
    const written = await readFile(path, 'utf8');
    expect(written.match(/<\?xml/g)).toHaveLength(1);
    using document = XmlDocument.fromString(written);
    expect(document.root.name).toBe('Factures');
    expect(document.find('/Factures/*')).toHaveLength(samples.length);
    for (const { xml } of samples) expect(written).toContain(xml.slice(xml.indexOf('?>\n') + 3));
  });

  it('takes an asynchronous source and cuts it into chunks without losing a byte', async () => {
    const path = join(folder, 'long.xml');
    const count = 600;
    await writeBatchXml(
      path,
      (async function* () {
        for (const { xml } of invoiceStream({ seed: 'long', count, issueDate: '2026-09-14', templateCount: 4 })) {
          yield await Promise.resolve(xml);
        }
      })(),
    );
    expect((await stat(path)).size).toBeGreaterThan(4 * (1 << 20));
    using document = XmlDocument.fromBuffer(await readFile(path));
    expect(document.find('/Factures/*')).toHaveLength(count);
  });

  it('hands on the failure of its source', async () => {
    const failing = (function* (): Generator<string> {
      yield '<a/>';
      throw new Error('no more');
    })();
    await expect(writeBatchXml(join(folder, 'failed.xml'), failing)).rejects.toThrow('no more');
  });
});

describe('writeTarGz', () => {
  it('is read back by tar-stream, member for member, and is the same each time', async () => {
    const path = join(folder, 'flow.tar.gz');
    await writeTarGz(path, members());
    const read: ArchiveMember[] = [];
    const reader = createReadStream(path).pipe(createGunzip()).pipe(extract());
    for await (const entry of reader)
      read.push({ name: entry.header.name, content: (await buffer(entry)).toString('utf8') });
    expect(read).toEqual(members());
    const again = join(folder, 'again.tar.gz');
    await writeTarGz(again, members());
    expect(await digestOf(again)).toBe(await digestOf(path));
  });

  it('hands on the failure of its source', async () => {
    const failing = (function* (): Generator<ArchiveMember> {
      yield { name: 'a.xml', content: '<a/>' };
      throw new Error('no more');
    })();
    await expect(writeTarGz(join(folder, 'failed.tar.gz'), failing)).rejects.toThrow('no more');
  });
});

async function readZip(path: string): Promise<ArchiveMember[]> {
  const archive = await openPromise(path);
  const read: ArchiveMember[] = [];
  for await (const entry of archive.eachEntry()) {
    read.push({
      name: entry.fileName,
      content: (await buffer(await archive.openReadStreamPromise(entry))).toString('utf8'),
    });
  }
  return read;
}

describe('writeZip', () => {
  it('is read back by yauzl, member for member, and is the same each time', async () => {
    const path = join(folder, 'flow.zip');
    const accented = [...members(), { name: 'pièce jointe.txt', content: Buffer.from('ça') }];
    await writeZip(path, accented);
    expect(await readZip(path)).toEqual(accented.map(({ name, content }) => ({ name, content: content.toString() })));
    const again = join(folder, 'again.zip');
    await writeZip(again, accented);
    expect(await digestOf(again)).toBe(await digestOf(path));
  });

  it('counts more members than the classic directory can, in the records of ZIP64', async () => {
    const path = join(folder, 'many.zip');
    const count = 65_536;
    await writeZip(
      path,
      (function* () {
        for (let rank = 0; rank < count; rank++) yield { name: String(rank), content: '' };
      })(),
    );
    const archive = await openPromise(path);
    expect(archive.entryCount).toBe(count);
    archive.close();
  });
});

describe('makeFacturX', () => {
  const request = {
    number: 'F2026-1',
    supplierName: 'Papeterie Corvelle',
    recipientName: 'Commune de Valombre',
    issueDate: '2026-09-14',
  };

  it('embeds the invoice as factur-x.xml, byte for byte, and says so in its metadata', async () => {
    const xml = samples.find((sample) => sample.format === 'CII')?.xml ?? '';
    const pdf = await makeFacturX({ ...request, xml });
    const document = await PDFDocument.load(pdf);
    expect(document.getPageCount()).toBe(1);
    const embedded = document.getAttachments();
    expect(embedded.map((attachment) => attachment.name)).toEqual(['factur-x.xml']);
    expect(Buffer.from(embedded[0]?.data ?? []).toString('utf8')).toBe(xml);
    const metadata = document.catalog.lookup(PDFName.of('Metadata'));
    expect(metadata).toBeInstanceOf(PDFRawStream);
    const packet = Buffer.from(decodePDFRawStream(metadata as PDFRawStream).decode()).toString('utf8');
    expect(packet).toContain('<fx:ConformanceLevel>EN 16931</fx:ConformanceLevel>');
    expect(document.catalog.lookup(PDFName.of('Names'))).toBeInstanceOf(PDFDict);
  });

  it('gives the same bytes for the same request', async () => {
    const [one, other] = [
      await makeFacturX({ ...request, xml: '<a/>' }),
      await makeFacturX({ ...request, xml: '<a/>' }),
    ];
    expect(Buffer.from(one).equals(Buffer.from(other))).toBe(true);
  });
});
