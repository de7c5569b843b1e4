import { createHash } from 'node:crypto';
import { pipeline } from 'node:stream/promises';
import { createGunzip, type Gunzip } from 'node:zlib';
import { extract, type Header } from 'tar-stream';
import { readRange, type ByteRange } from './byte-range.js';
import { ContainerRefused, refused } from './container-refused.js';
import type { IndexTask } from './index-task.js';
import { MemberIntake, type MemberHeader } from './member-intake.js';

const tarBlock = 512;
const inflateChunk = 256 * 1024;
/** Old tars have no `ustar` magic: their checksum vouches for them. The option is missing from the library's own types. */
const oldFormats: object = { allowUnknownFormat: true };

/**
 * Indexes a tar or tar.gz archive; its members go to the spool.
 *
 * @returns the SHA-256 of the source
 * @throws ContainerRefused when the archive is truncated, corrupt, a bomb, or has no member
 */
export async function indexTar(task: IndexTask, range: ByteRange, compressed: boolean): Promise<string> {
  const passage = new TarPassage(task, range);
  const intake = await MemberIntake.start(task);
  const archive = extract(oldFormats);
  const gunzip = compressed ? createGunzip({ chunkSize: inflateChunk }) : null;
  const feeding =
    gunzip === null
      ? pipeline(passage.packed(), (bytes: AsyncIterable<Buffer>) => passage.unpacked(bytes), archive)
      : pipeline(passage.packed(), gunzip, (bytes: AsyncIterable<Buffer>) => passage.unpacked(bytes), archive);
  const taking = takeMembers(task, archive, intake, passage);
  // Whichever side fails ends the other; the first reason that was decided, not the broken pipe, is the one to tell.
  const outcomes = await Promise.allSettled([feeding, taking]);
  const failures = outcomes.flatMap((one) => (one.status === 'rejected' ? [one.reason as unknown] : []));
  if (failures.length > 0) throw archiveFailure(failures, passage);
  if (gunzip !== null) await checkTrailingBytes(range, gunzip);
  else if (!passage.endsWithZeros) throw refused('FILE-ARCHIVE-TRUNCATED', { offset: range.length });
  if (intake.isEmpty) throw refused('FILE-ARCHIVE-EMPTY');
  return passage.sha256();
}

async function takeMembers(
  task: IndexTask,
  archive: ReturnType<typeof extract>,
  intake: MemberIntake,
  passage: TarPassage,
): Promise<void> {
  for await (const entry of archive) {
    const header = headerOf(entry.header);
    passage.member = header.name;
    if (intake.wants(header)) await intake.take(header.name, entry as AsyncIterable<Buffer>);
    else entry.resume();
    await task.writer.flush();
  }
}

/** The bytes of one tar on their way: hashed as they come, counted as they unpack. */
class TarPassage {
  /** Bytes of the source read so far. */
  read = 0;
  /** The member that is being read, to tell where reading stopped. */
  member: string | null = null;
  /** A tar ends with blocks of zeros: one cut between two members does not, and nothing else would show it. */
  endsWithZeros = false;
  readonly #digest = createHash('sha256');

  constructor(
    private readonly task: IndexTask,
    private readonly range: ByteRange,
  ) {}

  async *packed(): AsyncGenerator<Buffer, void, undefined> {
    for await (const chunk of readRange(this.range)) {
      this.#digest.update(chunk);
      this.read += chunk.length;
      // The reader uses its buffer again while the decompressor or the spool may still hold this chunk.
      yield Buffer.from(chunk);
      await this.task.pause(this.read);
    }
  }

  async *unpacked(bytes: AsyncIterable<Buffer>): AsyncGenerator<Buffer, void, undefined> {
    for await (const chunk of bytes) {
      this.task.countUnpacked(chunk.length, this.read);
      const tail = chunk.subarray(Math.max(0, chunk.length - tarBlock));
      this.endsWithZeros = tail.every((byte) => byte === 0);
      yield chunk;
    }
  }

  sha256(): string {
    return this.#digest.digest('hex');
  }
}

const otherTypes: Readonly<Partial<Record<Header['type'], string>>> = {
  link: 'lien physique',
  symlink: 'lien symbolique',
  'character-device': 'périphérique',
  'block-device': 'périphérique',
  fifo: 'tube nommé',
};

function headerOf({ name, type, size }: Header): MemberHeader {
  if (type === 'directory') return { name, type: 'folder', size: 0 };
  if (type === 'file' || type === 'contiguous-file') return { name, type: 'file', size };
  return { name, type: 'other', otherType: otherTypes[type] ?? 'type inconnu', size };
}

function archiveFailure(failures: readonly unknown[], passage: TarPassage): unknown {
  const decided = failures.find((one) => one instanceof ContainerRefused);
  if (decided !== undefined) return decided;
  const where = { offset: passage.read, member: passage.member };
  for (const failure of failures) {
    const { code, message } = failure as { code?: unknown; message?: unknown };
    const text = typeof message === 'string' ? message : '';
    if (code === 'Z_BUF_ERROR' || text === 'Unexpected end of data') return refused('FILE-ARCHIVE-TRUNCATED', where);
    if (typeof code === 'string' && code.startsWith('Z_')) {
      return refused('FILE-ARCHIVE-CORRUPT', { ...where, found: 'compression gzip invalide' });
    }
    if (/^(Invalid|Exceeded|Header)/.test(text) || /tar/.test(text)) {
      return refused('FILE-ARCHIVE-CORRUPT', { ...where, found: 'en-tête tar invalide' });
    }
  }
  return failures[0];
}

/** Tapes and some tools pad a gzip with zeros; anything else behind it is not what the sender meant to send. */
async function checkTrailingBytes(range: ByteRange, gunzip: Gunzip): Promise<void> {
  const used = gunzip.bytesWritten;
  if (used >= range.length) return;
  for await (const chunk of readRange({ ...range, offset: range.offset + used, length: range.length - used })) {
    if (chunk.some((byte) => byte !== 0)) {
      throw refused('FILE-ARCHIVE-CORRUPT', { found: 'octets en trop après la fin de l’archive', offset: used });
    }
  }
}
