import { createHash } from 'node:crypto';
import { crc32, createInflateRaw, inflateRawSync } from 'node:zlib';
import { Readable } from 'node:stream';
import type { Entry } from 'yauzl';
import { chunkBytes, readHead, readRange, type ByteRange } from './byte-range.js';
import { ContainerRefused, refused } from './container-refused.js';
import type { IndexTask } from './index-task.js';
import { MemberIntake, type MemberHeader } from './member-intake.js';
import { openZip, zipEntries, zipEntryName } from './zip-directory.js';

const localHeaderBytes = 30;
const stored = 0;
const deflated = 8;
/** Larger members are inflated in a stream; smaller ones in one call, which is several times faster. */
const streamFrom = 4 * 1024 ** 2;

/**
 * Indexes a zip archive; its members go to the spool. The directory is read twice: first to judge the archive as a whole
 * (encryption, sizes, overlaps) without keeping its entries, then to unpack them.
 *
 * @returns the SHA-256 of the source
 * @throws ContainerRefused when the archive is truncated, corrupt, encrypted, a bomb, or has no member
 */
export async function indexZip(task: IndexTask, range: ByteRange): Promise<string> {
  const extents = await judgeDirectory(task, range);
  const intake = await MemberIntake.start(task);
  let packed = 0;
  let nextPause = 0;
  for await (const entry of zipEntries(await openZip(range.file, range.length))) {
    const header = headerOf(entry);
    packed += entry.compressedSize;
    if (!intake.wants(header)) continue;
    task.countUnpacked(entry.uncompressedSize, packed);
    const data = await locate(range, entry, header.name, extents);
    await intake.take(header.name, unpack(data, entry, header.name));
    if (packed >= nextPause) {
      await task.pause(packed);
      nextPause = packed + chunkBytes / 4;
    }
  }
  if (intake.isEmpty) throw refused('FILE-ARCHIVE-EMPTY');
  return digestOf(task, range);
}

/** Judges the archive by its directory; gives the sorted starts of its members, eight bytes each. */
async function judgeDirectory(task: IndexTask, range: ByteRange): Promise<Float64Array> {
  const { limits } = task;
  const zip = await openZip(range.file, range.length);
  if (zip.entryCount > limits.members) throw refused('FILE-ARCHIVE-MEMBERS', { expected: limits.members });
  const starts = new Float64Array(zip.entryCount);
  let count = 0;
  let packed = 0;
  let unpacked = 0;
  for await (const entry of zipEntries(zip)) {
    if (entry.isEncrypted()) throw refused('FILE-ARCHIVE-ENCRYPTED', { member: zipEntryName(entry) });
    starts[count++] = entry.relativeOffsetOfLocalHeader;
    packed += entry.compressedSize;
    unpacked += entry.uncompressedSize;
  }
  if (unpacked > limits.unpackedBytes) {
    throw refused('FILE-ARCHIVE-UNPACKED-SIZE', { found: unpacked, expected: limits.unpackedBytes });
  }
  if (unpacked > limits.ratioAfterBytes && unpacked > limits.ratio * Math.max(packed, 1)) {
    throw refused('FILE-ARCHIVE-RATIO', { expected: limits.ratio });
  }
  return starts.sort();
}

/** The packed bytes of an entry: where they are, and themselves when they are few. */
interface PackedData extends ByteRange {
  readonly bytes: Buffer | null;
}

/** Finds the packed bytes of an entry behind its local header, and makes sure that no other entry claims them. */
async function locate(range: ByteRange, entry: Entry, member: string, starts: Float64Array): Promise<PackedData> {
  const start = entry.relativeOffsetOfLocalHeader;
  const length = entry.compressedSize;
  // Header and data of a small member in one read: the local extra field may differ a little from the directory's.
  const names = entry.fileNameLength + entry.extraFieldLength + 64;
  const wanted = localHeaderBytes + (length <= streamFrom ? names + length : 0);
  const head = await readHead({ ...range, offset: start, length: Math.max(range.length - start, 0) }, wanted);
  if (head.length < localHeaderBytes || head.readUInt32LE(0) !== 0x04034b50) {
    throw refused('FILE-ARCHIVE-CORRUPT', { found: 'en-tête local invalide', offset: start, member });
  }
  const before = localHeaderBytes + head.readUInt16LE(26) + head.readUInt16LE(28);
  const offset = start + before;
  const end = offset + length;
  if (end > range.length) throw refused('FILE-ARCHIVE-TRUNCATED', { offset: range.length, member });
  const next = firstAfter(starts, start);
  if (countOf(starts, start) > 1 || (next !== null && end > next)) {
    throw refused('FILE-ARCHIVE-OVERLAP', { offset: start, member });
  }
  const bytes = before + length <= head.length ? head.subarray(before, before + length) : null;
  return { file: range.file, offset, length, bytes };
}

async function* unpack(data: PackedData, entry: Entry, member: string): AsyncGenerator<Buffer, void, undefined> {
  const { compressionMethod, uncompressedSize } = entry;
  if (compressionMethod !== stored && compressionMethod !== deflated) {
    throw refused('FILE-ARCHIVE-METHOD', { found: compressionMethod, member, offset: data.offset });
  }
  const corrupt = (found: string): ContainerRefused =>
    refused('FILE-ARCHIVE-CORRUPT', { found, member, offset: data.offset });
  let length = 0;
  let sum = 0;
  try {
    for await (const chunk of inflated(data, compressionMethod, uncompressedSize)) {
      length += chunk.length;
      if (length > uncompressedSize) throw corrupt('fichier plus grand qu’annoncé');
      sum = crc32(chunk, sum);
      yield chunk;
    }
  } catch (error) {
    if (error instanceof ContainerRefused) throw error;
    const { code } = error as { code?: unknown };
    if (code === 'ERR_BUFFER_TOO_LARGE') throw corrupt('fichier plus grand qu’annoncé');
    if (typeof code === 'string' && code.startsWith('Z_')) throw corrupt('compression invalide');
    throw error;
  }
  if (length !== uncompressedSize) throw corrupt('fichier plus petit qu’annoncé');
  if (sum !== entry.crc32) throw corrupt('somme de contrôle fausse');
}

async function* inflated(data: PackedData, method: number, size: number): AsyncGenerator<Buffer, void, undefined> {
  if (Math.max(size, data.length) <= streamFrom) {
    const packed = data.bytes ?? (await readHead(data, data.length));
    yield method === stored ? packed : inflateRawSync(packed, { maxOutputLength: Math.max(size, 1) });
    return;
  }
  const packed = copied(readRange(data));
  if (method === stored) yield* packed;
  else yield* Readable.from(packed).pipe(createInflateRaw({ chunkSize: 256 * 1024 })) as AsyncIterable<Buffer>;
}

/** The reader uses its buffer again while a decompressor or the spool may still hold the chunk. */
async function* copied(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer, void, undefined> {
  for await (const chunk of chunks) yield Buffer.from(chunk);
}

const unixFileType = 0o170000;
const unixSymlink = 0o120000;
const madeByUnix = 3;

function headerOf(entry: Entry): MemberHeader {
  const name = zipEntryName(entry);
  const size = entry.uncompressedSize;
  if (/[/\\]$/.test(name)) return { name, type: 'folder', size: 0 };
  const mode = entry.versionMadeBy >>> 8 === madeByUnix ? (entry.externalFileAttributes >>> 16) & unixFileType : 0;
  if (mode === unixSymlink) return { name, type: 'other', otherType: 'lien symbolique', size };
  return { name, type: 'file', size };
}

function firstAfter(starts: Float64Array, start: number): number | null {
  return starts[lowerBound(starts, start + 1)] ?? null;
}

function countOf(starts: Float64Array, start: number): number {
  return lowerBound(starts, start + 1) - lowerBound(starts, start);
}

function lowerBound(sorted: Float64Array, wanted: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? Infinity) < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}

async function digestOf(task: IndexTask, range: ByteRange): Promise<string> {
  const digest = createHash('sha256');
  let done = 0;
  for await (const chunk of readRange(range)) {
    digest.update(chunk);
    done += chunk.length;
    await task.pause(done);
  }
  return digest.digest('hex');
}
