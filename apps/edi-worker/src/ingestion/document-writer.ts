import type { CarriedDocument } from '#einvoice';
import { randomUUID } from 'node:crypto';
import { createWriteStream, existsSync } from 'node:fs';
import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';

/**
 * Writes the supporting documents of an invoice beside its flow, under their SHA-256; in the thread that has the invoice.
 *
 * @param folder of documents, which is there
 */
export async function writeDocuments(folder: string, documents: readonly CarriedDocument[]): Promise<void> {
  for (const document of documents) {
    const path = join(folder, document.sha256);
    if (existsSync(path)) continue;
    // Whole or not at all: another thread may be writing the same bytes.
    const partial = `${path}.${randomUUID()}`;
    await pipeline(document.stream(), createWriteStream(partial, { flags: 'wx' }));
    await rename(partial, path);
  }
}
