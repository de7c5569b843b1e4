import { mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import {
  ObjectDamaged,
  ObjectMissing,
  requireRangeInside,
  requireSha256,
  type ByteRange,
  type ObjectStore,
  type StoredObject,
} from './object-store.js';
import { isNotFound, measure, spool, sweepSpool, syncFolder } from './spool.js';

/**
 * Objects as files of a folder of this machine, or of one mounted by all: `<first two digits>/<SHA-256>`, with unfinished
 * ones in `incoming/`. `incoming` is inside the folder because a rename must not cross file systems.
 */
export class LocalObjectStore implements ObjectStore {
  readonly #folder: string;
  readonly #incoming: string;

  /** @param folder made when it is not there */
  constructor(folder: string) {
    this.#folder = folder;
    this.#incoming = join(folder, 'incoming');
  }

  async put(bytes: AsyncIterable<Buffer>, options: { readonly maxBytes: number }): Promise<StoredObject> {
    const { path, sha256, size } = await spool(bytes, this.#incoming, options.maxBytes);
    try {
      const shard = join(this.#folder, sha256.slice(0, 2));
      await mkdir(shard, { recursive: true });
      // A rename over an object that is already there changes nothing, or mends it: both files hold the same bytes.
      await rename(path, this.#pathOf(sha256));
      await syncFolder(shard);
      await syncFolder(this.#folder);
    } catch (error) {
      await rm(path, { force: true });
      throw error;
    }
    return { sha256, size };
  }

  async open(sha256: string, range?: ByteRange): Promise<Readable> {
    const path = this.#pathOf(sha256);
    const file = await open(path, 'r').catch((error: unknown) => {
      throw isNotFound(error) ? new ObjectMissing(sha256) : error;
    });
    try {
      if (!range) return file.createReadStream();
      requireRangeInside(range, (await file.stat()).size);
      if (range.length > 0) {
        return file.createReadStream({ start: range.offset, end: range.offset + range.length - 1 });
      }
    } catch (error) {
      await file.close();
      throw error;
    }
    await file.close();
    return Readable.from([]);
  }

  async stat(sha256: string): Promise<StoredObject | null> {
    try {
      return { sha256, size: (await stat(this.#pathOf(sha256))).size };
    } catch (error) {
      if (isNotFound(error)) return null;
      throw error;
    }
  }

  /** Gives the store's own file: nothing is copied. */
  async localCopy(sha256: string): Promise<string> {
    if (!(await this.stat(sha256))) throw new ObjectMissing(sha256);
    return this.#pathOf(sha256);
  }

  async verify(sha256: string): Promise<StoredObject> {
    const found = await measure((await this.open(sha256)) as AsyncIterable<Buffer>);
    if (found.sha256 !== sha256) throw new ObjectDamaged(sha256, `its bytes hash to ${found.sha256}`);
    return found;
  }

  sweepLeftovers(now: Date): Promise<number> {
    return sweepSpool(this.#incoming, now);
  }

  #pathOf(sha256: string): string {
    return join(this.#folder, requireSha256(sha256).slice(0, 2), sha256);
  }
}
