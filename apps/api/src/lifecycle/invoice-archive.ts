import { storableName, supportingLimits } from '#einvoice';
import { createHash } from 'node:crypto';
import { Transform, type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { ZipFile } from 'yazl';

/** One file of an archive: opened when its turn has come, and no earlier. */
export interface ArchivedFile {
  readonly name: string;
  /** What it is of the invoice. */
  readonly role: 'invoice' | 'supporting-document';
  readonly open: () => Promise<Readable>;
}

/** What the archive says of a file in it. */
interface ManifestLine {
  readonly name: string;
  /** Name that it had, where it could not keep it. */
  readonly originalName?: string;
  readonly role: ArchivedFile['role'];
  readonly size: number;
  readonly sha256: string;
}

const MANIFEST = 'manifest.json';

/**
 * Writes a zip of files as a stream, with a manifest of their names, sizes and digests at its end. One file is open at a time, and
 * memory does not grow with any of them. Whoever destroys the stream ends the file that is open; a file that fails destroys the
 * stream, so that nobody takes half an archive for a whole one.
 *
 * @param about what the manifest says besides
 */
export function archiveOf(files: readonly ArchivedFile[], about: Readonly<Record<string, unknown>>): Readable {
  const zip = new ZipFile();
  const output = zip.outputStream as Readable;
  let current: Readable | null = null;
  const fail = (error: unknown): void => {
    output.destroy(error instanceof Error ? error : new Error(String(error)));
  };
  output.once('close', () => current?.destroy());
  zip.on('error', fail);
  const add = async (): Promise<void> => {
    const lines: ManifestLine[] = [];
    const names = uniqueNames(files.map(({ name }) => name));
    for (const [index, { role, name: originalName, open }] of files.entries()) {
      if (output.destroyed) return;
      const name = names[index] ?? originalName;
      current = await open();
      if (isGone(output)) return void current.destroy();
      const { size, sha256 } = await addOne(zip, current, name);
      lines.push({ name, ...(name === originalName ? {} : { originalName }), role, size, sha256 });
    }
    zip.addBuffer(Buffer.from(`${JSON.stringify({ ...about, files: lines }, null, 2)}\n`), MANIFEST);
    zip.end();
  };
  add().catch(fail);
  return output;
}

/** Adds a stream, and resolves once all of it has gone into the archive, which sets the pace. */
async function addOne(zip: ZipFile, stream: Readable, name: string): Promise<{ size: number; sha256: string }> {
  const digest = createHash('sha256');
  let size = 0;
  const counted = new Transform({
    transform: (chunk: Buffer, _, done) => {
      digest.update(chunk);
      size += chunk.length;
      done(null, chunk);
    },
  });
  zip.addReadStream(counted, name);
  await pipeline(stream, counted);
  return { size, sha256: digest.digest('hex') };
}

/** Asked again after waiting: a stream may have been destroyed meanwhile. */
function isGone(stream: Readable): boolean {
  return stream.destroyed;
}

/** Names that lead out of no folder and of which none is there twice, whatever the case, on any system. */
export function uniqueNames(wanted: readonly string[]): string[] {
  const taken = new Set([MANIFEST]);
  return wanted.map((name) => {
    const safe = storableName(name, supportingLimits);
    const point = safe.lastIndexOf('.');
    const [stem, extension] = point > 0 ? [safe.slice(0, point), safe.slice(point)] : [safe, ''];
    let unique = safe;
    for (let count = 2; taken.has(keyOf(unique)); count += 1) unique = `${stem} (${count})${extension}`;
    taken.add(keyOf(unique));
    return unique;
  });
}

function keyOf(name: string): string {
  return name.normalize('NFC').toLowerCase();
}
