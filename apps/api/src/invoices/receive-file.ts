import type { Request } from 'express';
import { mkdir, mkdtemp, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Problem } from '../platform/problem.js';

/** A file for as long as a request takes. */
export interface ReceivedFile {
  readonly path: string;
  remove(): Promise<void>;
}

/**
 * Writes the body of a request to a scratch file, as it comes in.
 *
 * @param folder scratch folder; made when absent
 * @param most largest size in bytes
 * @throws Problem VAL-004 (413) when it is larger, and nothing is left behind
 */
export async function receiveFile(request: Request, folder: string, most: number): Promise<ReceivedFile> {
  const announced = Number(request.header('content-length') ?? 0);
  if (announced > most) throw tooLarge(most);
  // The refusal has still to be answered: what ends the reading early must not cut the connection.
  return scratchFile(request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>, folder, most);
}

/**
 * Writes bytes to a scratch file, as they come.
 *
 * @param folder scratch folder; made when absent
 * @param most largest size in bytes
 * @throws Problem VAL-004 (413) when there are more, and whatever the bytes throw; nothing is left behind
 */
export async function scratchFile(
  bytes: AsyncIterable<Buffer>,
  folder: string,
  most = Number.POSITIVE_INFINITY,
): Promise<ReceivedFile> {
  await mkdir(folder, { recursive: true });
  const own = await mkdtemp(join(folder, 'validate-'));
  const path = join(own, 'file');
  const remove = (): Promise<void> => rm(own, { recursive: true, force: true });
  try {
    const file = await open(path, 'w');
    try {
      let size = 0;
      for await (const chunk of bytes) {
        size += chunk.length;
        if (size > most) throw tooLarge(most);
        await file.write(chunk);
      }
    } finally {
      await file.close();
    }
    return { path, remove };
  } catch (error) {
    await remove();
    throw error;
  }
}

function tooLarge(most: number): Problem {
  return new Problem(413, 'VAL-004', `Le fichier dépasse ${most} octets : déposez-le comme un flux.`);
}
