import type { CarriedDocument, DescribedDocument } from '#einvoice';
import type { ObjectStore } from '#persistence';
import { randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream, existsSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';

/** Puts in flight at once: enough to hide the disk's latency, few enough for its queue. */
const PUTS_AT_ONCE = 8;

/** Documents remembered as kept: the same terms and conditions travel with every invoice of a flow. */
const MOST_REMEMBERED = 50_000;

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

/** Moves the supporting documents of judged invoices into the object store, each content once (R20, R24). */
export class DocumentKeeper {
  readonly #kept = new Set<string>();

  constructor(
    private readonly objects: ObjectStore,
    private readonly folder: string,
  ) {}

  /** Returns once the documents of these invoices would survive a loss of power: an event may cite them then. */
  async keep(invoices: readonly { readonly supportingDocuments: readonly DescribedDocument[] }[]): Promise<void> {
    const documents = new Map(
      invoices.flatMap(({ supportingDocuments }) => supportingDocuments).map((one) => [one.sha256, one.bytes]),
    );
    const waiting = [...documents].filter(([sha256]) => !this.#kept.has(sha256));
    const next = async (): Promise<void> => {
      for (let one = waiting.pop(); one !== undefined; one = waiting.pop()) await this.#keepOne(...one);
    };
    await Promise.all(Array.from({ length: PUTS_AT_ONCE }, next));
  }

  async #keepOne(sha256: string, bytes: number): Promise<void> {
    const path = join(this.folder, sha256);
    if ((await this.objects.stat(sha256)) === null) {
      const stored = await this.objects.put(createReadStream(path) as AsyncIterable<Buffer>, { maxBytes: bytes });
      if (stored.sha256 !== sha256) throw new Error(`A supporting document changed on its way: ${sha256}`);
    }
    if (this.#kept.size < MOST_REMEMBERED) this.#kept.add(sha256);
    await rm(path, { force: true });
  }
}
