import { createHash, randomBytes } from 'node:crypto';
import {
  mkdir,
  mkdtemp,
  open,
  readdir,
  readFile,
  rm,
  stat,
  utimes,
  writeFile,
  type FileHandle,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { jest } from '@jest/globals';
import { LocalObjectStore } from './local-object-store.js';
import { ObjectDamaged, ObjectMissing, ObjectTooLarge, type ObjectStore } from './object-store.js';
import { openObjectStore } from './open-object-store.js';
import { S3ObjectStore, type S3Settings } from './s3-object-store.js';
import { startS3Double, type S3Double } from '../testing/s3-double.js';

const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');
const streamOf = (bytes: Buffer, pieceSize = 4096): AsyncIterable<Buffer> => {
  const pieces: Buffer[] = [];
  for (let offset = 0; offset < bytes.length; offset += pieceSize)
    pieces.push(bytes.subarray(offset, offset + pieceSize));
  return Readable.from(pieces) as AsyncIterable<Buffer>;
};
const put = (store: ObjectStore, bytes: Buffer) => store.put(streamOf(bytes), { maxBytes: bytes.length });
const UNKNOWN = 'f'.repeat(64);
const HOSTILE_NAMES = [
  '',
  '../../etc/passwd',
  'F'.repeat(64),
  `${'a'.repeat(63)}/`,
  'a'.repeat(65),
  `${'a'.repeat(64)}\n`,
];

/** All files below a folder that are not empty folders, relative to it. */
async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1));
}

let folder: string;
let double: S3Double;
beforeAll(async () => {
  double = await startS3Double('depots');
});
afterAll(() => double.close());
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'object-store-'));
});
afterEach(async () => {
  jest.restoreAllMocks();
  double.reset();
  await rm(folder, { recursive: true, force: true });
});

const s3Settings = (): S3Settings => ({
  endpoint: double.endpoint,
  bucket: 'depots',
  accessKey: 'key',
  secretKey: 'secret',
  region: 'eu-west-3',
  pathStyle: true,
  spoolFolder: join(folder, 'spool'),
  partSize: 5 * 1024 * 1024,
});

describe.each([
  ['a folder', () => new LocalObjectStore(join(folder, 'objects'))],
  ['a bucket', () => new S3ObjectStore(s3Settings())],
])('an object store in %s', (kind, openStore) => {
  it('gives back what was put, under the SHA-256 of its content', async () => {
    const store: ObjectStore = openStore();
    const bytes = randomBytes(100_000);
    const stored = await put(store, bytes);
    expect(stored).toEqual({ sha256: sha256(bytes), size: 100_000 });
    expect((await buffer(await store.open(stored.sha256))).equals(bytes)).toBe(true);
    expect(await store.stat(stored.sha256)).toEqual(stored);
    expect(await store.verify(stored.sha256)).toEqual(stored);
  });

  it('keeps an object of no bytes', async () => {
    const store: ObjectStore = openStore();
    const stored = await put(store, Buffer.alloc(0));
    expect((await buffer(await store.open(stored.sha256))).length).toBe(0);
    expect(await store.verify(stored.sha256)).toEqual({ sha256: sha256(Buffer.alloc(0)), size: 0 });
  });

  it('R41 takes exactly the allowed size and refuses one byte more, leaving nothing behind', async () => {
    const store: ObjectStore = openStore();
    const bytes = randomBytes(10_001);
    const source = streamOf(bytes, 1000) as Readable;
    await expect(store.put(source, { maxBytes: 10_000 })).rejects.toThrow(ObjectTooLarge);
    expect(source.destroyed).toBe(true);
    expect(await filesIn(folder)).toEqual([]);
    expect(await store.stat(sha256(bytes))).toBeNull();
    await expect(store.put(streamOf(bytes.subarray(1)), { maxBytes: 10_000 })).resolves.toMatchObject({ size: 10_000 });
  });

  it('leaves nothing behind when the source breaks off', async () => {
    const store: ObjectStore = openStore();
    const breaking = (async function* () {
      yield await Promise.resolve(Buffer.from('half'));
      throw new Error('connection lost');
    })();
    await expect(store.put(breaking, { maxBytes: 100 })).rejects.toThrow('connection lost');
    expect(await filesIn(folder)).toEqual([]);
  });

  it('takes the same bytes many times at once and keeps them once', async () => {
    const store: ObjectStore = openStore();
    const bytes = randomBytes(200_000);
    const stored = await Promise.all(Array.from({ length: 8 }, () => put(store, bytes)));
    expect(new Set(stored.map((one) => one.sha256))).toEqual(new Set([sha256(bytes)]));
    expect((await buffer(await store.open(sha256(bytes)))).equals(bytes)).toBe(true);
    expect(await filesIn(folder)).toHaveLength(kind === 'a folder' ? 1 : 0);
  });

  it.each([
    [0, 1],
    [0, 5000],
    [4999, 1],
    [1234, 777],
    [5000, 0],
    [0, 0],
  ])('reads the part at %d of length %d', async (offset, length) => {
    const store: ObjectStore = openStore();
    const bytes = randomBytes(5000);
    const { sha256: name } = await put(store, bytes);
    const part = await buffer(await store.open(name, { offset, length }));
    expect(part.equals(bytes.subarray(offset, offset + length))).toBe(true);
  });

  it.each([
    [0, 5001],
    [5000, 1],
    [-1, 2],
    [0.5, 1],
    [3, -1],
  ])('refuses the part at %d of length %d, which is not inside', async (offset, length) => {
    const store: ObjectStore = openStore();
    const { sha256: name } = await put(store, randomBytes(5000));
    await expect(store.open(name, { offset, length })).rejects.toThrow(RangeError);
  });

  it('tells that an object is missing', async () => {
    const store: ObjectStore = openStore();
    expect(await store.stat(UNKNOWN)).toBeNull();
    await expect(store.open(UNKNOWN)).rejects.toThrow(ObjectMissing);
    await expect(store.open(UNKNOWN, { offset: 0, length: 1 })).rejects.toThrow(ObjectMissing);
    await expect(store.localCopy(UNKNOWN, folder)).rejects.toThrow(ObjectMissing);
    await expect(store.verify(UNKNOWN)).rejects.toThrow(ObjectMissing);
  });

  it.each(HOSTILE_NAMES)('makes no path of the name %j', async (name) => {
    const store: ObjectStore = openStore();
    await expect(store.open(name)).rejects.toThrow(TypeError);
    await expect(store.stat(name)).rejects.toThrow(TypeError);
    await expect(store.localCopy(name, folder)).rejects.toThrow(TypeError);
  });

  it('gives a local file with the bytes', async () => {
    const store: ObjectStore = openStore();
    const bytes = randomBytes(30_000);
    const { sha256: name } = await put(store, bytes);
    const scratch = join(folder, 'scratch');
    const path = await store.localCopy(name, scratch);
    expect((await readFile(path)).equals(bytes)).toBe(true);
    expect(await store.localCopy(name, scratch)).toBe(path);
    expect((await filesIn(folder)).filter((file) => file.endsWith('.part'))).toEqual([]);
  });

  it('ignores what a crash left, and sweeps it after a day', async () => {
    const store: ObjectStore = openStore();
    const incoming = kind === 'a folder' ? join(folder, 'objects', 'incoming') : join(folder, 'spool');
    await mkdir(incoming, { recursive: true });
    const [old, recent] = [join(incoming, 'old.part'), join(incoming, 'recent.part')];
    const now = new Date('2026-09-14T12:00:00Z');
    for (const path of [old, recent]) await writeFile(path, 'half a flow');
    await utimes(old, now, new Date(now.getTime() - 86_400_001));
    await utimes(recent, now, new Date(now.getTime() - 86_400_000));
    const { sha256: name } = await put(store, Buffer.from('whole'));
    expect(await store.sweepLeftovers(now)).toBe(1);
    expect(await store.sweepLeftovers(now)).toBe(0);
    await expect(stat(old)).rejects.toThrow('ENOENT');
    expect((await stat(recent)).isFile()).toBe(true);
    expect(await store.verify(name)).toMatchObject({ size: 5 });
  });

  it('has nothing to sweep before its first object', async () => {
    expect(await openStore().sweepLeftovers(new Date())).toBe(0);
  });

  it.each(['sync', 'appendFile'] as const)(
    'surfaces a disk that fails to %s, and leaves nothing behind',
    async (step) => {
      const store: ObjectStore = openStore();
      const bytes = Buffer.from('a flow');
      const handle = await open(join(folder, 'probe'), 'w');
      const prototype = Object.getPrototypeOf(handle) as FileHandle;
      await handle.close();
      await rm(join(folder, 'probe'));
      const failing = jest.spyOn(prototype, step).mockRejectedValueOnce(new Error('ENOSPC: no space left on device'));
      await expect(put(store, bytes)).rejects.toThrow('ENOSPC');
      expect(failing).toHaveBeenCalledTimes(1);
      expect(await filesIn(folder)).toEqual([]);
      expect(await store.stat(sha256(bytes))).toBeNull();
      await expect(put(store, bytes)).resolves.toEqual({ sha256: sha256(bytes), size: 6 });
    },
  );
});

describe('an object store in a folder', () => {
  it('surfaces a folder that cannot be used', async () => {
    await writeFile(join(folder, 'taken'), 'a file');
    const store = new LocalObjectStore(join(folder, 'taken'));
    await expect(put(store, Buffer.from('x'))).rejects.toThrow(/ENOTDIR|EEXIST/);
    await expect(openObjectStore({ kind: 'local', folder: join(folder, 'taken') })).rejects.toThrow(/EEXIST/);
    await expect(store.stat(UNKNOWN)).rejects.toThrow('ENOTDIR');
  });

  it('finds out by verify that a byte was changed, and a new deposit of the bytes mends it', async () => {
    const store = await openObjectStore({ kind: 'local', folder: join(folder, 'objects') });
    const bytes = Buffer.from('an invoice of 12.00 euros');
    const { sha256: name } = await put(store, bytes);
    await writeFile(await store.localCopy(name, folder), 'an invoice of 92.00 euros');
    await expect(store.verify(name)).rejects.toThrow(ObjectDamaged);
    await put(store, bytes);
    expect(await store.verify(name)).toEqual({ sha256: name, size: bytes.length });
  });

  it('forces the file, its folder and the folder above to the disk before it returns', async () => {
    const handle = await open(folder, 'r');
    const sync = jest.spyOn(Object.getPrototypeOf(handle) as FileHandle, 'sync');
    await handle.close();
    await put(new LocalObjectStore(join(folder, 'objects')), Buffer.from('x'));
    expect(sync).toHaveBeenCalledTimes(3);
  });
});

describe('an object store in a bucket', () => {
  it('signs every request', async () => {
    const store = await openObjectStore({ kind: 's3', ...s3Settings() });
    await put(store, Buffer.from('signed'));
    expect(double.requests.length).toBeGreaterThan(2);
    expect(double.requests.filter(({ authorization }) => !authorization?.startsWith('AWS4-HMAC-SHA256 '))).toEqual([]);
  });

  it('does not open without its bucket', async () => {
    const settings = { kind: 's3' as const, ...s3Settings(), bucket: 'elsewhere' };
    await expect(openObjectStore(settings)).rejects.toThrow('no bucket elsewhere');
  });

  it('sends a large object in parts', async () => {
    const store = new S3ObjectStore(s3Settings());
    const bytes = randomBytes(11 * 1024 * 1024);
    const stored = await put(store, bytes);
    expect(double.requests.filter(({ method, url }) => method === 'PUT' && url.includes('partNumber'))).toHaveLength(3);
    expect(await store.verify(stored.sha256)).toEqual(stored);
  });

  it('does not send bytes that are already there', async () => {
    const store = new S3ObjectStore(s3Settings());
    await put(store, Buffer.from('once'));
    await put(store, Buffer.from('once'));
    expect(double.requests.filter(({ method }) => method === 'PUT')).toHaveLength(1);
  });

  it('does not believe an upload of which a part was kept', async () => {
    const store = new S3ObjectStore(s3Settings());
    double.truncateNextUpload();
    await expect(put(store, Buffer.from('a whole flow'))).rejects.toThrow(ObjectDamaged);
    await expect(put(store, Buffer.from('a whole flow'))).resolves.toMatchObject({ size: 12 });
  });

  it('refuses a copy whose bytes are not those of its name', async () => {
    const store = new S3ObjectStore(s3Settings());
    const { sha256: name } = await put(store, Buffer.from('true'));
    double.replace(name, Buffer.from('fake'));
    await expect(store.localCopy(name, join(folder, 'scratch'))).rejects.toThrow(ObjectDamaged);
    await expect(store.verify(name)).rejects.toThrow(ObjectDamaged);
    expect(await filesIn(folder)).toEqual([]);
  });

  it('surfaces a refusal of the service, and keeps no spooled bytes', async () => {
    const store = new S3ObjectStore(s3Settings());
    double.refuseUploads();
    await expect(put(store, Buffer.from('x'))).rejects.toThrow('Access Denied');
    expect(await filesIn(folder)).toEqual([]);
  });
});
