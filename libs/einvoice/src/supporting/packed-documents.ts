import { Readable } from 'node:stream';
import yauzl, { RandomAccessReader, type Entry, type ZipFile } from 'yauzl';
import { ContainerRefused } from '../container/container-refused.js';
import { zipEntries, zipEntryName } from '../container/zip-directory.js';
import type { Base64Text } from './base64-text.js';

/** A document in an archive. */
export interface PackedDocument {
  /** Name in the archive, folders included. */
  readonly path: string;
  /** Size as the archive says; a stream of another size fails. */
  readonly bytes: number;
  readonly crc32: number;
  stream(): Promise<Readable>;
}

/** What an archive turned out to be. */
export type PackedContent =
  | { readonly kind: 'documents'; readonly documents: readonly PackedDocument[] }
  /** A document of an office suite: those are zip archives by their bytes. */
  | { readonly kind: 'office' }
  | { readonly kind: 'too-many' };

/** An archive that cannot be unpacked; the message is a French clause. */
export class UnreadableArchive extends Error {
  constructor(reason: string) {
    super(reason);
    this.name = 'UnreadableArchive';
  }
}

/** Names that only a document of an office suite has: Office Open XML (ECMA-376, part 2) and OpenDocument (part 3). */
const officeNames: ReadonlySet<string> = new Set(['[Content_Types].xml', 'mimetype', 'META-INF/manifest.xml']);

/**
 * Lists the documents of a zip in base64. Nothing is unpacked before it is asked for.
 *
 * @param most how many documents are listed at most
 * @throws UnreadableArchive when the archive is truncated, corrupt or encrypted
 */
export async function packedDocuments(text: Base64Text, most: number): Promise<PackedContent> {
  try {
    const zip = await yauzl.fromRandomAccessReaderPromise(new TextReader(text), text.bytes, {
      lazyEntries: true,
      autoClose: false,
      decodeStrings: false, // names are ours to judge
    });
    const documents: PackedDocument[] = [];
    for await (const entry of zipEntries(zip)) {
      const path = zipEntryName(entry);
      if (path.endsWith('/')) continue;
      if (officeNames.has(path)) return { kind: 'office' };
      if (entry.isEncrypted()) throw new UnreadableArchive('elle est chiffrée');
      if (documents.length === most) return { kind: 'too-many' };
      documents.push(packedDocument(zip, entry, path));
    }
    return { kind: 'documents', documents };
  } catch (error) {
    if (error instanceof UnreadableArchive) throw error;
    if (error instanceof ContainerRefused && error.finding.rule === 'FILE-ARCHIVE-ENCRYPTED') {
      throw new UnreadableArchive('elle est chiffrée');
    }
    throw new UnreadableArchive('son répertoire est illisible');
  }
}

function packedDocument(zip: ZipFile, entry: Entry, path: string): PackedDocument {
  return {
    path,
    bytes: entry.uncompressedSize,
    crc32: entry.crc32,
    stream: () => zip.openReadStreamPromise(entry),
  };
}

/** Lets the zip library read in the text, wherever it wants. */
class TextReader extends RandomAccessReader {
  constructor(private readonly text: Base64Text) {
    super();
  }

  override _readStreamForRange(start: number, end: number): Readable {
    return Readable.from(this.text.slices(start, end), { objectMode: false });
  }

  override read(
    buffer: Buffer,
    offset: number,
    length: number,
    position: number,
    callback: (error: Error | null) => void,
  ): void {
    const found = this.text.read(position, length);
    found.copy(buffer, offset);
    process.nextTick(callback, found.length < length ? new Error('unexpected EOF') : null);
  }
}
