/** Documents up to this size are parsed as they stand. */
const smallDocument = 4 * 1024 ** 2;
/** Shortest content that is worth leaving out. */
const longContent = 64 * 1024;
const lessThan = 0x3c;
const greaterThan = 0x3e;
const lineFeed = 0x0a;

const base64Bytes = new Uint8Array(256);
for (const character of 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/= \t\r\n')
  base64Bytes[character.charCodeAt(0)] = 1;

/**
 * A large document without its supporting documents, for a parser that holds three times what it is given: between a `>` and a
 * `<`, characters of base64 and white space change nothing of whether a document is well formed. Line feeds stay, so that
 * every line keeps its number.
 *
 * @param bytes a document in UTF-8
 * @returns the same bytes when there is nothing long in it
 */
export function withoutLongBase64(bytes: Buffer): Buffer {
  if (bytes.length <= smallDocument) return bytes;
  const kept: Buffer[] = [];
  let from = 0;
  let behind = 0;
  for (let open = bytes.indexOf(lessThan); open >= 0; open = bytes.indexOf(lessThan, behind)) {
    if (open - behind > longContent) {
      const start = bytes.lastIndexOf(greaterThan, open) + 1;
      const lines = start > behind && open - start > longContent ? linesOfBase64(bytes, start, open) : null;
      if (lines !== null) {
        kept.push(bytes.subarray(from, start), Buffer.alloc(lines, lineFeed));
        from = open;
      }
    }
    behind = open + 1;
  }
  return from === 0 ? bytes : Buffer.concat([...kept, bytes.subarray(from)]);
}

/** Line feeds in a part that holds base64 alone; null for any other. */
function linesOfBase64(bytes: Buffer, start: number, end: number): number | null {
  let lines = 0;
  for (let at = start; at < end; at++) {
    const byte = bytes[at] ?? 0;
    if (base64Bytes[byte] === 0) return null;
    if (byte === lineFeed) lines++;
  }
  return lines;
}
