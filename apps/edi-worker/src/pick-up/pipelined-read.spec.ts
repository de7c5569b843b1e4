import fc from 'fast-check';
import type { SFTPWrapper } from 'ssh2';
import { pipelinedRead } from './pipelined-read.js';

const CHUNK = 261_120;

interface RemoteFile {
  readonly sftp: SFTPWrapper;
  readonly seen: { opened: number; closed: number; reads: number; inFlight: number; mostInFlight: number };
}

/** A server that answers each READ as `answer` says: with fewer bytes than asked, late, or with an error. */
function remoteFile(
  bytes: Buffer,
  options: { readonly size?: number; readonly answer?: (asked: number, read: number) => number | Error } = {},
): RemoteFile {
  const seen = { opened: 0, closed: 0, reads: 0, inFlight: 0, mostInFlight: 0 };
  const { size = bytes.length, answer = (asked: number) => asked } = options;
  const sftp = {
    open: (_path: string, _mode: string, done: (error: Error | undefined, handle: Buffer) => void) => {
      seen.opened += 1;
      done(undefined, Buffer.from('h'));
    },
    fstat: (_handle: Buffer, done: (error: undefined, stats: { size: number }) => void) => done(undefined, { size }),
    close: (_handle: Buffer, done: (error: null) => void) => {
      seen.closed += 1;
      done(null);
    },
    read: (
      _handle: Buffer,
      into: Buffer,
      offset: number,
      length: number,
      position: number,
      done: (error: Error | undefined, read: number) => void,
    ) => {
      seen.reads += 1;
      seen.inFlight += 1;
      seen.mostInFlight = Math.max(seen.mostInFlight, seen.inFlight);
      const given = answer(length, seen.reads);
      // Out of order: what was asked last is answered first.
      setTimeout(() => {
        seen.inFlight -= 1;
        if (given instanceof Error) return done(given, 0);
        done(undefined, bytes.copy(into, offset, position, Math.min(position + Math.min(given, length), bytes.length)));
      }, seen.reads % 2);
    },
  };
  return { sftp: sftp as unknown as SFTPWrapper, seen };
}

async function readAll({ sftp }: RemoteFile): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of pipelinedRead(sftp, '/f')) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}

const patterned = (size: number): Buffer =>
  Buffer.from(Uint8Array.from({ length: size }, (_, index) => (index * 31 + (index >> 8)) % 256));

describe('pipelinedRead', () => {
  it.each([0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 5 * CHUNK + 7])(
    'R41 gives the %i bytes of a file in order',
    async (size) => {
      const bytes = patterned(size);
      const file = remoteFile(bytes);
      expect((await readAll(file)).equals(bytes)).toBe(true);
      expect(file.seen).toMatchObject({ opened: 1, closed: 1, reads: Math.ceil(size / CHUNK) });
    },
  );

  it('R41 gives every byte once, however short the answers of the server are', async () => {
    const bytes = patterned(2 * CHUNK + 11);
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 1, max: CHUNK }), { minLength: 1, maxLength: 20 }), async (sizes) => {
        const shortest = Math.max(...sizes) < 20_000 ? 20_000 : 1; // keeps the number of reads within reason
        const file = remoteFile(bytes, { answer: (_, read) => Math.max(shortest, sizes[read % sizes.length] ?? 1) });
        expect((await readAll(file)).equals(bytes)).toBe(true);
        expect(file.seen.closed).toBe(1);
      }),
      { numRuns: 15 },
    );
  });

  it('R41 keeps no more than 9 MB in flight, whatever the size of the file', async () => {
    const file = remoteFile(patterned(100 * CHUNK));
    await readAll(file);
    expect(file.seen.mostInFlight).toBeGreaterThan(8);
    expect(file.seen.mostInFlight).toBeLessThanOrEqual(32);
  });

  it('R41 takes as many buffers as are in flight, whatever the size of the file', async () => {
    const bytes = patterned(100 * CHUNK);
    const file = remoteFile(bytes);
    const buffers = new Set<ArrayBufferLike>();
    let position = 0;
    for await (const chunk of pipelinedRead(file.sftp, '/f')) {
      buffers.add(chunk.buffer);
      expect(chunk.equals(bytes.subarray(position, position + chunk.length))).toBe(true);
      position += chunk.length;
    }
    expect(position).toBe(bytes.length);
    expect(buffers.size).toBeLessThanOrEqual(33);
  });

  it('R41 reads no further than its reader does', async () => {
    const file = remoteFile(patterned(100 * CHUNK));
    for await (const chunk of pipelinedRead(file.sftp, '/f')) {
      expect(chunk).toHaveLength(CHUNK);
      break;
    }
    expect(file.seen.reads).toBeLessThanOrEqual(33);
    expect(file.seen.closed).toBe(1);
  });

  it('R40 fails when the file shrinks under it, and closes it', async () => {
    const file = remoteFile(patterned(CHUNK + 5), { size: 2 * CHUNK });
    await expect(readAll(file)).rejects.toThrow(`ends at ${CHUNK + 5} bytes`);
    expect(file.seen.closed).toBe(1);
  });

  it('R40 fails when the server does, in the middle and at the first byte, and closes the file', async () => {
    for (const failing of [1, 3]) {
      const answer = (asked: number, read: number) => (read === failing ? new Error('coupure') : asked);
      const file = remoteFile(patterned(4 * CHUNK), { answer });
      await expect(readAll(file)).rejects.toThrow('coupure');
      expect(file.seen.closed).toBe(1);
    }
  });
});
