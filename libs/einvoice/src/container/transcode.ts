import { blankDeclaration } from '../xml/declaration.js';
import { strictDecoder, type XmlEncoding } from '../xml/encoding.js';
import { readRange, type ByteRange } from './byte-range.js';
import { refused } from './container-refused.js';
import type { IndexTask } from './index-task.js';

/**
 * Writes an XML document into the spool as UTF-8. Its XML declaration, which names the old encoding, becomes spaces.
 *
 * @param onBytes told the bytes as they were, byte order mark excepted
 * @returns where the UTF-8 document stands
 * @throws ContainerRefused when bytes are not valid in the encoding
 */
export async function transcode(
  task: IndexTask,
  range: ByteRange,
  encoding: XmlEncoding,
  onBytes: ((bytes: Buffer) => void) | undefined,
): Promise<ByteRange> {
  const spool = await task.spool();
  const offset = spool.length;
  const decoder = strictDecoder(encoding.name);
  const decode = (bytes: Buffer | null, at: number): string => {
    try {
      // Always in stream mode: in one call Node decodes windows-1252 as ISO-8859-1.
      return bytes === null ? decoder.decode() : decoder.decode(bytes, { stream: true });
    } catch {
      throw refused('FILE-ENCODING-BROKEN', { expected: encoding.declared ?? encoding.name, offset: at });
    }
  };
  const body = { ...range, offset: range.offset + encoding.bomBytes, length: range.length - encoding.bomBytes };
  let done = 0;
  for await (const chunk of readRange(body)) {
    onBytes?.(chunk);
    const text = decode(chunk, done);
    // A declaration fits in the first chunk: the encoding was read from the first 256 characters.
    await spool.append(Buffer.from(done === 0 ? blankDeclaration(text) : text));
    done += chunk.length;
    await task.pause(done);
  }
  await spool.append(Buffer.from(decode(null, done)));
  await spool.flush();
  return { file: spool.file, offset, length: spool.length - offset };
}
