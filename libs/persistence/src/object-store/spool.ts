import { createHash, randomUUID } from 'node:crypto';
import { mkdir, open, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { ObjectTooLarge, type StoredObject } from './object-store.js';

const SUFFIX = '.part';
const DAY_IN_MILLISECONDS = 86_400_000;

/** Bytes in a temporary file, on the disk for good, with the name that their content gives them. */
export interface SpooledBytes extends StoredObject {
  readonly path: string;
}

/**
 * Writes a stream to a new temporary file of a folder while counting and hashing it, and forces it to the disk.
 *
 * @throws ObjectTooLarge one byte past `maxBytes`; the source is told to stop
 * @throws whatever the source or the disk throws; in every case the temporary file is removed
 */
export async function spool(bytes: AsyncIterable<Buffer>, folder: string, maxBytes: number): Promise<SpooledBytes> {
  await mkdir(folder, { recursive: true });
  const path = join(folder, `${randomUUID()}${SUFFIX}`);
  const hash = createHash('sha256');
  let size = 0;
  try {
    const file = await open(path, 'wx', 0o640);
    try {
      for await (const chunk of bytes) {
        size += chunk.length;
        if (size > maxBytes) throw new ObjectTooLarge(maxBytes);
        hash.update(chunk);
        await file.appendFile(chunk);
      }
      await file.sync();
    } finally {
      await file.close();
    }
  } catch (error) {
    await rm(path, { force: true });
    throw error;
  }
  return { path, sha256: hash.digest('hex'), size };
}

/**
 * Forces the entries of a folder to the disk, without which a renamed file may be gone after a loss of power. Windows
 * cannot open a folder for that and keeps the order of its metadata itself.
 */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/**
 * Removes temporary files that nobody has written to for a day: what a crash left. A deposit of a day and more has long
 * been cut off by the limits of its channel.
 *
 * @returns how many were removed
 */
export async function sweepSpool(folder: string, now: Date): Promise<number> {
  let removed = 0;
  let names: string[];
  try {
    names = await readdir(folder);
  } catch (error) {
    if (isNotFound(error)) return 0;
    throw error;
  }
  for (const name of names.filter((one) => one.endsWith(SUFFIX))) {
    const path = join(folder, name);
    try {
      if (now.getTime() - (await stat(path)).mtimeMs <= DAY_IN_MILLISECONDS) continue;
      await rm(path);
      removed++;
    } catch (error) {
      // Another process may be sweeping the same folder.
      if (!isNotFound(error)) throw error;
    }
  }
  return removed;
}

/** Whether a call of the file system failed because the file is not there. */
export function isNotFound(error: unknown): boolean {
  return (error as NodeJS.ErrnoException | null)?.code === 'ENOENT';
}

/** Reads a stream to its end and gives size and SHA-256 of what it held. */
export async function measure(bytes: AsyncIterable<Buffer>): Promise<StoredObject> {
  const hash = createHash('sha256');
  let size = 0;
  for await (const chunk of bytes) {
    hash.update(chunk);
    size += chunk.length;
  }
  return { sha256: hash.digest('hex'), size };
}
