import { createReadStream } from 'node:fs';
import { rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { Client } from 'minio';
import {
  ObjectDamaged,
  ObjectMissing,
  requireRangeInside,
  requireSha256,
  type ByteRange,
  type ObjectStore,
  type StoredObject,
} from './object-store.js';
import { isNotFound, measure, spool, sweepSpool } from './spool.js';

/** How to reach a bucket of an S3-compatible service. */
export interface S3Settings {
  /** `https://host[:port]` or `http://host[:port]`. */
  readonly endpoint: string;
  readonly bucket: string;
  readonly accessKey: string;
  readonly secretKey: string;
  readonly region: string;
  /** True for `endpoint/bucket/key`, false for `bucket.endpoint/key`. */
  readonly pathStyle: boolean;
  /** Local folder for bytes on their way: their key is known only when all have come. */
  readonly spoolFolder: string;
  /** Size of the parts in which large objects are sent, 5 MiB at least; one part at a time is in memory. */
  readonly partSize?: number;
}

const DEFAULT_PART_SIZE = 16 * 1024 * 1024;
const NOT_FOUND_CODES: readonly unknown[] = ['NotFound', 'NoSuchKey'];

function isNoSuchKey(error: unknown): boolean {
  return NOT_FOUND_CODES.includes((error as { code?: unknown } | null)?.code);
}

/**
 * Objects in a bucket, keyed by their SHA-256. The service is one that operators run; this class keeps no state but its
 * spool folder, so any number of processes may share a bucket.
 */
export class S3ObjectStore implements ObjectStore {
  readonly #client: Client;
  readonly #bucket: string;
  readonly #spoolFolder: string;

  /** @throws TypeError when the endpoint is not an address */
  constructor(settings: S3Settings) {
    const endpoint = new URL(settings.endpoint);
    const useSSL = endpoint.protocol === 'https:';
    this.#client = new Client({
      endPoint: endpoint.hostname,
      port: endpoint.port ? Number(endpoint.port) : useSSL ? 443 : 80,
      useSSL,
      accessKey: settings.accessKey,
      secretKey: settings.secretKey,
      region: settings.region,
      pathStyle: settings.pathStyle,
      partSize: settings.partSize ?? DEFAULT_PART_SIZE,
    });
    this.#bucket = settings.bucket;
    this.#spoolFolder = settings.spoolFolder;
  }

  /** Whether the bucket is there and may be used with these keys. */
  bucketExists(): Promise<boolean> {
    return this.#client.bucketExists(this.#bucket);
  }

  async put(bytes: AsyncIterable<Buffer>, options: { readonly maxBytes: number }): Promise<StoredObject> {
    const { path, sha256, size } = await spool(bytes, this.#spoolFolder, options.maxBytes);
    try {
      if ((await this.stat(sha256))?.size !== size) await this.#upload(path, sha256, size);
    } finally {
      await rm(path, { force: true });
    }
    return { sha256, size };
  }

  async open(sha256: string, range?: ByteRange): Promise<Readable> {
    const key = requireSha256(sha256);
    try {
      if (!range) return await this.#client.getObject(this.#bucket, key);
      // S3 silently shortens a range that runs past the end, so the size is asked for first.
      requireRangeInside(range, (await this.#require(sha256)).size);
      if (range.length === 0) return Readable.from([]);
      return await this.#client.getPartialObject(this.#bucket, key, range.offset, range.length);
    } catch (error) {
      throw isNoSuchKey(error) ? new ObjectMissing(sha256) : error;
    }
  }

  async stat(sha256: string): Promise<StoredObject | null> {
    try {
      const { size } = await this.#client.statObject(this.#bucket, requireSha256(sha256));
      return { sha256, size };
    } catch (error) {
      if (isNoSuchKey(error)) return null;
      throw error;
    }
  }

  async localCopy(sha256: string, scratchFolder: string): Promise<string> {
    const { size } = await this.#require(sha256);
    const target = join(scratchFolder, sha256);
    // The name is given only to complete copies, so one of the right size was made by an earlier call.
    if ((await fileSize(target)) === size) return target;
    const copy = await spool((await this.open(sha256)) as AsyncIterable<Buffer>, scratchFolder, size);
    if (copy.sha256 !== sha256) {
      await rm(copy.path, { force: true });
      throw new ObjectDamaged(sha256, `the copy hashes to ${copy.sha256}`);
    }
    await rename(copy.path, target);
    return target;
  }

  async verify(sha256: string): Promise<StoredObject> {
    const found = await measure((await this.open(sha256)) as AsyncIterable<Buffer>);
    if (found.sha256 !== sha256) throw new ObjectDamaged(sha256, `its bytes hash to ${found.sha256}`);
    return found;
  }

  sweepLeftovers(now: Date): Promise<number> {
    return sweepSpool(this.#spoolFolder, now);
  }

  async #upload(path: string, sha256: string, size: number): Promise<void> {
    try {
      await this.#client.putObject(this.#bucket, sha256, createReadStream(path), size);
    } catch (error) {
      // Two senders of the same large bytes share one multipart upload in this client, and the slower one finds it
      // completed under its hands. The bytes are then there all the same.
      if ((await this.stat(sha256))?.size === size) return;
      throw error;
    }
    const stored = await this.stat(sha256);
    if (stored?.size !== size) throw new ObjectDamaged(sha256, `${stored?.size ?? 0} of ${size} bytes were kept`);
  }

  async #require(sha256: string): Promise<StoredObject> {
    const found = await this.stat(sha256);
    if (!found) throw new ObjectMissing(sha256);
    return found;
  }
}

async function fileSize(path: string): Promise<number | null> {
  try {
    return (await stat(path)).size;
  } catch (error) {
    if (isNotFound(error)) return null;
    throw error;
  }
}
