import type { FileHandle } from 'node:fs/promises';

/** Size of the chunks in which files are read: large enough for the disk, small enough to yield often. */
export const chunkBytes = 1024 ** 2;

/** A part of a file that holds one document. */
export interface ByteRange {
  readonly file: FileHandle;
  readonly offset: number;
  readonly length: number;
}

/**
 * Reads a part of a file in chunks. The buffer is used again: a chunk is valid until the next one is asked for.
 *
 * @throws Error when the file ends before the range does
 */
export async function* readRange({ file, offset, length }: ByteRange): AsyncGenerator<Buffer, void, undefined> {
  const buffer = Buffer.allocUnsafe(Math.min(chunkBytes, Math.max(length, 1)));
  let done = 0;
  while (done < length) {
    const { bytesRead } = await file.read(buffer, 0, Math.min(buffer.length, length - done), offset + done);
    if (bytesRead === 0) throw new Error(`File ends at ${offset + done}, before the range that was asked for`);
    done += bytesRead;
    yield buffer.subarray(0, bytesRead);
  }
}

/** The first bytes of a range, at most `length` of them. */
export async function readHead({ file, offset, length }: ByteRange, wanted: number): Promise<Buffer> {
  const head = Buffer.alloc(Math.min(wanted, length));
  let done = 0;
  while (done < head.length) {
    const { bytesRead } = await file.read(head, done, head.length - done, offset + done);
    if (bytesRead === 0) break;
    done += bytesRead;
  }
  return head.subarray(0, done);
}
