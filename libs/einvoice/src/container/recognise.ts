import { gunzipSync, constants } from 'node:zlib';
import { detectEncoding, type XmlEncoding } from '../xml/encoding.js';

/** What a file is, by its content alone: names and MIME types are hints that senders get wrong. */
export type Recognition =
  | { readonly kind: 'empty' }
  | { readonly kind: 'xml'; readonly encoding: XmlEncoding }
  | { readonly kind: 'gzip'; readonly inside: 'tar' | 'other' | 'unreadable' }
  | { readonly kind: 'tar' }
  | { readonly kind: 'zip' }
  | { readonly kind: 'pdf' }
  | { readonly kind: 'unknown'; readonly description: string };

/** How many bytes {@link recognise} wants to see; fewer are fine when the file is shorter. */
export const recogniseHeadBytes = 64 * 1024;

/** Readers accept `%PDF-` within the first 1,024 bytes (ISO 32000-1, annex H, note 13). */
const pdfSignatureWindow = 1024;
const tarBlock = 512;

/**
 * Recognises a file by its first bytes (R42).
 *
 * @param head the first {@link recogniseHeadBytes} bytes of the file, or all of it when it is shorter
 */
export function recognise(head: Buffer): Recognition {
  if (head.length === 0) return { kind: 'empty' };
  if (head[0] === 0x1f && head[1] === 0x8b) return { kind: 'gzip', inside: insideGzip(head) };
  if (startsWith(head, 'PK\x03\x04') || startsWith(head, 'PK\x05\x06')) return { kind: 'zip' };
  if (isTar(head)) return { kind: 'tar' };
  // A PDF may have bytes before its signature; an XML that merely mentions `%PDF-` early still begins with `<`.
  const encoding = detectEncoding(head);
  if (encoding !== null) return { kind: 'xml', encoding };
  if (head.subarray(0, pdfSignatureWindow + 5).includes('%PDF-', 0, 'latin1')) return { kind: 'pdf' };
  return { kind: 'unknown', description: describe(head) };
}

/** Whether the bytes begin with a tar header: the `ustar` magic, or an old-style header with a right checksum. */
export function isTar(head: Buffer): boolean {
  if (head.length < tarBlock) return false;
  if (head.toString('latin1', 257, 262) === 'ustar') return true;
  const stored = Number.parseInt(head.toString('latin1', 148, 156).replace(/[\0 ]+$/, ''), 8);
  if (!Number.isInteger(stored) || head[0] === 0) return false;
  let sum = 8 * 0x20; // the checksum field itself counts as spaces
  for (let at = 0; at < tarBlock; at++) if (at < 148 || at >= 156) sum += head[at] ?? 0;
  return sum === stored;
}

function insideGzip(head: Buffer): 'tar' | 'other' | 'unreadable' {
  try {
    // A few bytes are enough for one tar header, and deflate cannot make more than some 4 MiB of them (1,032 to 1).
    const start = gunzipSync(head.subarray(0, 4096), {
      finishFlush: constants.Z_SYNC_FLUSH,
      maxOutputLength: 8 * 1024 ** 2,
    });
    const block = start.subarray(0, tarBlock);
    const endOfArchive = block.length === tarBlock && block.every((byte) => byte === 0);
    return isTar(block) || endOfArchive ? 'tar' : 'other';
  } catch {
    return 'unreadable';
  }
}

function startsWith(head: Buffer, signature: string): boolean {
  return head.toString('latin1', 0, signature.length) === signature;
}

const knownBinaries: readonly (readonly [signature: string, name: string])[] = [
  ['7z\xbc\xaf', 'une archive 7z'],
  ['Rar!', 'une archive rar'],
  ['BZh', 'une archive bzip2'],
  ['\xfd7zXZ', 'une archive xz'],
  ['\x28\xb5\x2f\xfd', 'une archive zstd'],
  ['\x89PNG', 'une image PNG'],
  ['\xff\xd8\xff', 'une image JPEG'],
  ['\xd0\xcf\x11\xe0', 'un document bureautique'],
  ['MZ', 'un programme'],
  ['\x7fELF', 'un programme'],
];

function describe(head: Buffer): string {
  return knownBinaries.find(([signature]) => startsWith(head, signature))?.[1] ?? 'un contenu inconnu';
}
