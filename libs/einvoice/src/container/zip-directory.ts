import type { FileHandle } from 'node:fs/promises';
import yauzl, { type Entry, type ZipFile } from 'yauzl';
import { refused } from './container-refused.js';
import { chunkBytes } from './byte-range.js';

/**
 * Opens the central directory of a zip.
 *
 * @throws ContainerRefused when there is none: the file is truncated or is not a zip
 */
export async function openZip(file: FileHandle, size: number): Promise<ZipFile> {
  try {
    return await yauzl.fromRandomAccessReaderPromise(new WindowReader(file), size, {
      lazyEntries: true,
      autoClose: false,
      decodeStrings: false, // names are checked member by member: one bad name must not refuse the others
    });
  } catch (error) {
    throw directoryFailure(error);
  }
}

/** The entries of a zip, in the order of its directory. @throws ContainerRefused when the directory is corrupt. */
export async function* zipEntries(zip: ZipFile): AsyncGenerator<Entry, void, undefined> {
  for (;;) {
    const entry = await nextEntry(zip);
    if (entry === null) return;
    yield entry;
  }
}

/** Name of an entry as its flags and extra fields say; `\` stays as it is. */
export function zipEntryName(entry: Entry): string {
  return yauzl.getFileNameLowLevel(entry.generalPurposeBitFlag, entry.fileNameRaw, entry.extraFields, true);
}

async function nextEntry(zip: ZipFile): Promise<Entry | null> {
  try {
    return await new Promise<Entry | null>((resolve, reject) => {
      const settle = (end: () => void): void => {
        zip.removeAllListeners('entry').removeAllListeners('end').removeAllListeners('error');
        end();
      };
      zip.once('entry', (entry: Entry) => settle(() => resolve(entry)));
      zip.once('end', () => settle(() => resolve(null)));
      zip.once('error', (error: Error) => settle(() => reject(error)));
      zip.readEntry();
    });
  } catch (error) {
    throw directoryFailure(error);
  }
}

function directoryFailure(error: unknown): Error {
  const message = error instanceof Error ? error.message : String(error);
  const truncated = /end of central directory|unexpected eof/i.test(message) && !/comment length/i.test(message);
  if (/strong encryption/.test(message)) return refused('FILE-ARCHIVE-ENCRYPTED');
  return truncated
    ? refused('FILE-ARCHIVE-TRUNCATED')
    : refused('FILE-ARCHIVE-CORRUPT', { found: 'répertoire zip invalide' });
}

/** Reads through a window of the file: the directory is read in small pieces, one after the other. */
class WindowReader extends yauzl.RandomAccessReader {
  #window = Buffer.alloc(0);
  #start = 0;

  constructor(private readonly file: FileHandle) {
    super();
  }

  override read(
    buffer: Buffer,
    offset: number,
    length: number,
    position: number,
    callback: (error: Error | null) => void,
  ): void {
    this.#fill(position, length).then(
      () => {
        const from = position - this.#start;
        if (from + length > this.#window.length) return callback(new Error('unexpected EOF'));
        this.#window.copy(buffer, offset, from, from + length);
        callback(null);
      },
      (error: unknown) => callback(error instanceof Error ? error : new Error(String(error))),
    );
  }

  override close(callback: (error: Error | null) => void): void {
    callback(null); // the file belongs to the caller
  }

  async #fill(position: number, length: number): Promise<void> {
    if (position >= this.#start && position + length <= this.#start + this.#window.length) return;
    const window = Buffer.allocUnsafe(Math.max(length, chunkBytes));
    const { bytesRead } = await this.file.read(window, 0, window.length, position);
    this.#window = window.subarray(0, bytesRead);
    this.#start = position;
  }
}
