import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { crc32, deflateRawSync } from 'node:zlib';
import type { ArchiveMember, Sequence } from './containers.js';

// Field layouts from APPNOTE.TXT 6.3.10, sections 4.3.7 (local header), 4.3.12 (central), 4.3.14 to 4.3.16 (end).
const UTF8_NAMES = 0x0800;
const DEFLATE = 8;
const VERSION_DEFLATE = 20;
const VERSION_ZIP64 = 45;
/** 1 January 1980, the first date of the format: the same members give the same bytes. */
const DOS_DATE = 0x21;
const MAX_16 = 0xffff;
const MAX_32 = 0xffffffff;

/** The fields that the local and the central header share, from "version needed" to the length of the extra field. */
function commonHeader(crc: number, packed: number, size: number, name: Buffer, extra: number, version: number): Buffer {
  const header = Buffer.alloc(26);
  header.writeUInt16LE(version, 0);
  header.writeUInt16LE(UTF8_NAMES, 2);
  header.writeUInt16LE(DEFLATE, 4);
  header.writeUInt16LE(0, 6);
  header.writeUInt16LE(DOS_DATE, 8);
  header.writeUInt32LE(crc, 10);
  header.writeUInt32LE(packed, 14);
  header.writeUInt32LE(size, 18);
  header.writeUInt16LE(name.length, 22);
  header.writeUInt16LE(extra, 24);
  return header;
}

const signature = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
};

/** A central directory entry; an offset past 4 GiB goes to the ZIP64 extra field. */
function centralEntry(crc: number, packed: number, size: number, name: Buffer, offset: number): Uint8Array {
  const far = offset > MAX_32;
  const extra = Buffer.alloc(far ? 12 : 0);
  if (far) {
    extra.writeUInt16LE(1, 0);
    extra.writeUInt16LE(8, 2);
    extra.writeBigUInt64LE(BigInt(offset), 4);
  }
  const tail = Buffer.alloc(14);
  tail.writeUInt32LE(far ? MAX_32 : offset, 10);
  const version = far ? VERSION_ZIP64 : VERSION_DEFLATE;
  const madeBy = Buffer.from([version, 0]);
  const common = commonHeader(crc, packed, size, name, extra.length, version);
  // Copied out of the pool of small buffers: a kept entry would else keep the members that lie beside it there.
  return new Uint8Array(Buffer.concat([signature(0x02014b50), madeBy, common, tail, name, extra]));
}

/** The end of the archive; more than 65,534 members or 4 GiB need the ZIP64 records before it. */
function endRecords(count: number, directorySize: number, directoryOffset: number): Buffer {
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(Math.min(count, MAX_16), 8);
  end.writeUInt16LE(Math.min(count, MAX_16), 10);
  end.writeUInt32LE(Math.min(directorySize, MAX_32), 12);
  end.writeUInt32LE(Math.min(directoryOffset, MAX_32), 16);
  if (count < MAX_16 && directoryOffset + directorySize < MAX_32) return end;
  const end64 = Buffer.alloc(56);
  end64.writeUInt32LE(0x06064b50, 0);
  end64.writeBigUInt64LE(44n, 4);
  end64.writeUInt16LE(VERSION_ZIP64, 12);
  end64.writeUInt16LE(VERSION_ZIP64, 14);
  end64.writeBigUInt64LE(BigInt(count), 24);
  end64.writeBigUInt64LE(BigInt(count), 32);
  end64.writeBigUInt64LE(BigInt(directorySize), 40);
  end64.writeBigUInt64LE(BigInt(directoryOffset), 48);
  const locator = Buffer.alloc(20);
  locator.writeUInt32LE(0x07064b50, 0);
  locator.writeBigUInt64LE(BigInt(directoryOffset + directorySize), 8);
  locator.writeUInt32LE(1, 16);
  return Buffer.concat([end64, locator, end]);
}

async function* zipChunks(members: Sequence<ArchiveMember>): AsyncGenerator<Uint8Array> {
  const directory: Uint8Array[] = [];
  let offset = 0;
  for await (const { name, content } of members) {
    const bytes = typeof content === 'string' ? Buffer.from(content, 'utf8') : content;
    const packed = deflateRawSync(bytes, { level: 1 });
    const nameBytes = Buffer.from(name, 'utf8');
    const crc = crc32(bytes);
    const common = commonHeader(crc, packed.length, bytes.length, nameBytes, 0, VERSION_DEFLATE);
    const member = Buffer.concat([signature(0x04034b50), common, nameBytes, packed]);
    directory.push(centralEntry(crc, packed.length, bytes.length, nameBytes, offset));
    offset += member.length;
    yield member;
  }
  const directorySize = directory.reduce((size, entry) => size + entry.length, 0);
  yield* directory;
  yield endRecords(directory.length, directorySize, offset);
}

/**
 * Writes a ZIP archive, member by member, each of less than 4 GiB. Memory holds the central directory alone, some
 * eighty bytes for each member. It serves to make samples; the product only ever reads ZIP archives.
 */
export async function writeZip(path: string, members: Sequence<ArchiveMember>): Promise<void> {
  await pipeline(Readable.from(zipChunks(members), { objectMode: false }), createWriteStream(path));
}
