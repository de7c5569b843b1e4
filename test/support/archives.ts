import { crc32, deflateRawSync } from 'node:zlib';
import { pack, type Header } from 'tar-stream';

/** Name and content of a member; a name that ends with `/` is a folder. */
export type Member = readonly [name: string, content: string | Buffer];

/** Makes a tar archive. */
export async function tarOf(
  members: readonly Member[],
  extra: readonly (Partial<Header> & { name: string })[] = [],
): Promise<Buffer> {
  const archive = pack();
  for (const [name, content] of members) {
    if (name.endsWith('/')) archive.entry({ name, type: 'directory' });
    else archive.entry({ name }, Buffer.from(content));
  }
  for (const header of extra) archive.entry(header);
  archive.finalize();
  const chunks: Buffer[] = [];
  for await (const chunk of archive as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** What a test may falsify in a zip. */
export interface ZipFaults {
  readonly flags?: number;
  readonly method?: number;
  readonly crcChange?: number;
  readonly declaredSize?: number;
  readonly externalAttributes?: number;
  /** Every entry of the directory points at the first member. */
  readonly overlap?: boolean;
}

/** Makes a zip archive by hand, so that tests can make the ones that no tool would write. */
export async function zipOf(members: readonly Member[], faults: ZipFaults = {}): Promise<Buffer> {
  const locals: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [name, content] of members) {
    const body = Buffer.from(content);
    const packed = deflateRawSync(body);
    const fixed = Buffer.alloc(26);
    fixed.writeUInt16LE(20, 0);
    fixed.writeUInt16LE((faults.flags ?? 0) | 0x0800, 2);
    fixed.writeUInt16LE(faults.method ?? 8, 4);
    fixed.writeUInt32LE((crc32(body) ^ (faults.crcChange ?? 0)) >>> 0, 10);
    fixed.writeUInt32LE(packed.length, 14);
    fixed.writeUInt32LE(faults.declaredSize ?? body.length, 18);
    fixed.writeUInt16LE(Buffer.byteLength(name), 22);
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), fixed, Buffer.from(name), packed]);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE((faults.externalAttributes ?? 0) >>> 0, 6);
    tail.writeUInt32LE(faults.overlap === true ? 0 : offset, 10);
    const madeByUnix = Buffer.from([20, 3]);
    directory.push(Buffer.from('PK\x01\x02'), madeByUnix, fixed, tail, Buffer.from(name));
    locals.push(local);
    offset += local.length;
  }
  const central = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(members.length, 8);
  end.writeUInt16LE(members.length, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(offset, 16);
  return Promise.resolve(Buffer.concat([...locals, central, end]));
}
