const BLOCK_BYTES = 64 * 1024;

/**
 * Joins many small pieces of text into blocks of some 64 kB of UTF-8: a file of 100,000 lines then costs its writer a
 * thousand writes and not a hundred thousand.
 */
export async function* byteBlocks(pieces: AsyncIterable<string>): AsyncGenerator<Buffer> {
  let pending = '';
  for await (const piece of pieces) {
    pending += piece;
    if (pending.length < BLOCK_BYTES) continue;
    yield Buffer.from(pending, 'utf8');
    pending = '';
  }
  if (pending !== '') yield Buffer.from(pending, 'utf8');
}
