import { createHash, randomBytes } from 'node:crypto';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { noVirusScanner, ScannerAway, VirusFound, type VirusScanner } from '#application';
import type { CarriedDocument } from '#einvoice';
import { openObjectStore, type ObjectStore } from '#persistence';
import { createTemporaryFolder, type TemporaryFolder } from '../../../../test/support/temporary-folder.js';
import { documentNamed } from '../testing/invoices.js';
import { DocumentKeeper } from './document-keeper.js';
import { writeDocuments } from './document-writer.js';

const digest = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

function carried(bytes: Buffer): CarriedDocument {
  const stream = (): Readable => Readable.from([bytes], { objectMode: false });
  return { ...documentNamed('piece.bin'), bytes: bytes.length, sha256: digest(bytes), stream };
}

describe('keeping supporting documents', () => {
  let folder: TemporaryFolder;
  let objects: ObjectStore;
  let documents: string;
  beforeEach(async () => {
    folder = await createTemporaryFolder('documents');
    objects = await openObjectStore({ kind: 'local', folder: join(folder.path, 'objects') });
    documents = join(folder.path, 'documents');
    await mkdir(documents);
  });
  afterEach(() => folder.remove());

  it('R20 R24 brings each content into the object store, once, and leaves nothing beside the flow', async () => {
    const contents = Array.from({ length: 20 }, () => carried(randomBytes(1_000)));
    const repeated = [...contents, ...contents.slice(0, 5)];
    // Two threads that judge two batches with the same documents.
    await Promise.all([writeDocuments(documents, repeated), writeDocuments(documents, repeated)]);
    expect((await readdir(documents)).sort()).toEqual(contents.map(({ sha256 }) => sha256).sort());

    const keeper = new DocumentKeeper(objects, documents, noVirusScanner);
    await keeper.keep([{ supportingDocuments: repeated }, { supportingDocuments: [] }]);
    await keeper.keep([{ supportingDocuments: repeated }]);
    for (const { sha256, bytes } of contents) {
      expect(digest(await buffer(await objects.open(sha256)))).toBe(sha256);
      expect(await objects.stat(sha256)).toEqual({ sha256, size: bytes });
    }
    expect(await readdir(documents)).toEqual([]);
  });

  it('R46 finds what an earlier start had kept', async () => {
    const one = carried(randomBytes(100));
    await objects.put(one.stream() as AsyncIterable<Buffer>, { maxBytes: one.bytes });
    await new DocumentKeeper(objects, documents, noVirusScanner).keep([{ supportingDocuments: [one] }]);
    expect(await objects.stat(one.sha256)).not.toBeNull();
  });

  it('R46 stops rather than cite bytes that are not those of the invoice', async () => {
    const one = carried(randomBytes(100));
    await writeDocuments(documents, [one]);
    await writeFile(join(documents, one.sha256), randomBytes(100));
    await expect(
      new DocumentKeeper(objects, documents, noVirusScanner).keep([{ supportingDocuments: [one] }]),
    ).rejects.toThrow('changed on its way');
  });

  /** Finds a virus in whatever says so, and is away when it is to be. */
  function scannerThat(isAway: () => boolean): VirusScanner {
    return {
      scans: true,
      answers: () => Promise.resolve(!isAway()),
      checked: async function* (bytes) {
        if (isAway()) throw new ScannerAway('refused');
        const seen: Buffer[] = [];
        for await (const chunk of bytes) {
          seen.push(chunk);
          yield chunk;
        }
        if (Buffer.concat(seen).includes('virus')) throw new VirusFound('Vilain');
      },
    };
  }

  it('R24 keeps nothing that the scanner does not pass, and names the virus', async () => {
    const [clean, infected] = [carried(randomBytes(1_000)), carried(Buffer.from('un virus'))];
    const invoices = [{ supportingDocuments: [clean, infected] }];
    await writeDocuments(documents, [clean, infected]);
    let isAway = true;
    const keeper = new DocumentKeeper(
      objects,
      documents,
      scannerThat(() => isAway),
    );
    await expect(keeper.keep(invoices)).rejects.toThrow(ScannerAway);
    expect(await objects.stat(clean.sha256)).toBeNull();
    isAway = false;
    expect(await keeper.keep(invoices)).toEqual(new Map([[infected.sha256, 'Vilain']]));
    expect(await objects.stat(clean.sha256)).not.toBeNull();
    expect(await objects.stat(infected.sha256)).toBeNull();
  });

  it('R24 scans what was kept before there was a scanner', async () => {
    const infected = carried(Buffer.from('un virus'));
    await objects.put(infected.stream() as AsyncIterable<Buffer>, { maxBytes: infected.bytes });
    await writeDocuments(documents, [infected]);
    const scanner = scannerThat(() => false);
    const keeper = new DocumentKeeper(objects, documents, scanner);
    expect([...(await keeper.keep([{ supportingDocuments: [infected] }]))]).toEqual([[infected.sha256, 'Vilain']]);
  });
});
