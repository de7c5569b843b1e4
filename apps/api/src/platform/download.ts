import { StreamableFile } from '@nestjs/common';
import type { Readable } from 'node:stream';
import { attachmentNamed } from './attachment-named.js';

/**
 * Gives a file that somebody joined. The browser is told to save it and never to show it itself: what others joined is not ours
 * to run (RFC 6266, RFC 8187).
 *
 * @param file its name, and its size in bytes
 */
export function download(file: { readonly name: string; readonly size: number }, bytes: Readable): StreamableFile {
  return new StreamableFile(bytes, {
    type: 'application/octet-stream',
    length: file.size,
    disposition: attachmentNamed(file.name),
  });
}
