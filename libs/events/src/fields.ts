import { hash } from 'node:crypto';

let scratch = Buffer.allocUnsafe(64 * 1024);

/**
 * SHA-256, 32 bytes, of several texts: each is written as its length in bytes (unsigned, 4 bytes, big endian) and its
 * UTF-8 bytes. A length before each field leaves one reading only, whatever the fields hold.
 */
export function hashOfFields(...fields: string[]): Buffer {
  // UTF-8 takes at most three bytes for one UTF-16 unit. The buffer is kept, since every event passes here.
  const most = fields.reduce((sum, field) => sum + 4 + 3 * field.length, 0);
  if (scratch.length < most) scratch = Buffer.allocUnsafe(most);
  let end = 0;
  for (const field of fields) {
    const length = scratch.write(field, end + 4, 'utf8');
    scratch.writeUInt32BE(length, end);
    end += 4 + length;
  }
  return hash('sha256', scratch.subarray(0, end), 'buffer');
}
