import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { pack as createPack, type Pack } from 'tar-stream';

/** One file of an archive. */
export interface ArchiveMember {
  readonly name: string;
  readonly content: string | Uint8Array;
}

/** Either kind of sequence, read once and one element at a time. */
export type Sequence<T> = Iterable<T> | AsyncIterable<T>;

const CHUNK_CHARACTERS = 1 << 20;

async function* batchChunks(invoices: Sequence<string>): AsyncGenerator<Buffer> {
  let pending = '<?xml version="1.0" encoding="UTF-8"?>\n<Factures>\n';
  for await (const invoice of invoices as AsyncIterable<string>) {
    // Inside another document a declaration would not be well-formed.
    pending += invoice.startsWith('<?xml') ? invoice.slice(invoice.indexOf('?>') + 2).trimStart() : invoice;
    pending += '\n';
    if (pending.length >= CHUNK_CHARACTERS) {
      yield Buffer.from(pending, 'utf8');
      pending = '';
    }
  }
  yield Buffer.from(`${pending}</Factures>\n`, 'utf8');
}

/**
 * Writes a batch: one XML file with a root `Factures` and each invoice in it without its XML declaration. Memory stays
 * flat whatever the number of invoices.
 */
export async function writeBatchXml(path: string, invoices: Sequence<string>): Promise<void> {
  await pipeline(Readable.from(batchChunks(invoices), { objectMode: false }), createWriteStream(path));
}

function addEntry(pack: Pack, name: string, bytes: Buffer): Promise<void> {
  return new Promise((resolve, reject) => {
    // A fixed date, so that the same members give the same bytes.
    pack.entry({ name, mtime: new Date(0), mode: 0o644 }, bytes, (error) => (error ? reject(error) : resolve()));
  });
}

async function* tarChunks(members: Sequence<ArchiveMember>): AsyncGenerator<Buffer> {
  const pack = createPack();
  const filled = (async () => {
    for await (const { name, content } of members) {
      await addEntry(pack, name, typeof content === 'string' ? Buffer.from(content, 'utf8') : Buffer.from(content));
    }
    pack.finalize();
  })();
  // Without this, a member that cannot be made would leave the reader of the archive waiting for ever.
  filled.catch((error: unknown) => pack.destroy(error instanceof Error ? error : new Error(String(error))));
  yield* pack as unknown as AsyncIterable<Buffer>;
  await filled;
}

/** Writes a `tar.gz`, member by member. Level 1 of gzip: samples are made in bulk and thrown away. */
export async function writeTarGz(path: string, members: Sequence<ArchiveMember>): Promise<void> {
  await pipeline(
    Readable.from(tarChunks(members), { objectMode: false, highWaterMark: 1 << 18 }),
    createGzip({ level: 1, chunkSize: 1 << 18 }),
    createWriteStream(path),
  );
}
