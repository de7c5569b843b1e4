import type { SFTPWrapper } from 'ssh2';

/** What OpenSSH returns at most for one READ. */
const CHUNK = 261_120;

/** READs in flight: hides the round trip, bounds the memory to 9 MB. */
const IN_FLIGHT = 32;

/**
 * Bytes of a remote file, in order, with several READs in flight. A stream of the library has one, which made 71 MB/s of
 * 250; its `fastGet` writes out of order and trusts that no read is short, which other servers do not keep.
 *
 * A chunk is good until the next one is asked for: the same few buffers serve the whole file. Fresh ones press the collector
 * into marking the whole heap every few megabytes, which took more processor time than all the rest of a deposit.
 *
 * @throws when the file shrinks while it is being read, or the server fails
 */
export async function* pipelinedRead(sftp: SFTPWrapper, path: string): AsyncGenerator<Buffer> {
  const handle = await call<Buffer>((done) => sftp.open(path, 'r', done));
  try {
    const { size } = await call<{ size: number }>((done) => sftp.fstat(handle, done));
    const free: Buffer[] = [];
    const window: { readonly buffer: Buffer; readonly length: number; readonly filled: Promise<void> }[] = [];
    let next = 0;
    const readOn = (): void => {
      while (window.length < IN_FLIGHT && next < size) {
        const length = Math.min(CHUNK, size - next);
        const buffer = free.pop() ?? Buffer.allocUnsafeSlow(Math.min(CHUNK, size));
        const filled = readFully(sftp, handle, buffer, next, length);
        filled.catch(() => undefined); // thrown when its turn comes
        window.push({ buffer, length, filled });
        next += length;
      }
    };
    for (readOn(); window.length > 0; readOn()) {
      const chunk = window.shift();
      if (chunk === undefined) break;
      await chunk.filled;
      yield chunk.buffer.subarray(0, chunk.length);
      free.push(chunk.buffer);
    }
  } finally {
    await call<void>((done) => sftp.close(handle, (error) => done(error ?? undefined, undefined))).catch(
      () => undefined,
    );
  }
}

/** A server may answer a READ with less than was asked: the rest is asked again. */
async function readFully(
  sftp: SFTPWrapper,
  handle: Buffer,
  bytes: Buffer,
  position: number,
  length: number,
): Promise<void> {
  let got = 0;
  while (got < length) {
    const read = await call<number>((done) =>
      sftp.read(handle, bytes, got, length - got, position + got, (error, bytesRead) => done(error, bytesRead)),
    );
    if (read === 0) throw new Error(`The file ends at ${position + got} bytes: it shrank while it was being read`);
    got += read;
  }
}

function call<T>(start: (done: (error: Error | undefined, value: T) => void) => void): Promise<T> {
  return new Promise((resolve, reject) => {
    start((error, value) => (error ? reject(error) : resolve(value)));
  });
}
