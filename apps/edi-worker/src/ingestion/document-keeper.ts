import { VirusFound, virusIn, type VirusScanner } from '#application';
import type { DescribedDocument } from '#einvoice';
import type { ObjectStore } from '#persistence';
import { createReadStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';

/** Puts in flight at once: enough to hide the disk's latency, few enough for its queue. */
const PUTS_AT_ONCE = 8;

/** Documents remembered as kept: the same terms and conditions travel with every invoice of a flow. */
const MOST_REMEMBERED = 50_000;

/**
 * Moves the supporting documents of judged invoices into the object store, each content once and none that the virus scanner has
 * not passed (R20, R24).
 */
export class DocumentKeeper {
  readonly #kept = new Set<string>();

  constructor(
    private readonly objects: ObjectStore,
    private readonly folder: string,
    private readonly scanner: VirusScanner,
  ) {}

  /**
   * Returns once the documents of these invoices would survive a loss of power: an event may cite them then, except the infected.
   *
   * @returns the infected documents, by their SHA-256, each with the name of its virus
   * @throws ScannerAway, ScannerFailed when there is no verdict
   */
  async keep(
    invoices: readonly { readonly supportingDocuments: readonly DescribedDocument[] }[],
  ): Promise<ReadonlyMap<string, string>> {
    const documents = new Map(
      invoices.flatMap(({ supportingDocuments }) => supportingDocuments).map((one) => [one.sha256, one.bytes]),
    );
    const infected = new Map<string, string>();
    const waiting = [...documents].filter(([sha256]) => !this.#kept.has(sha256));
    const next = async (): Promise<void> => {
      for (let one = waiting.pop(); one !== undefined; one = waiting.pop()) {
        const signature = await this.#keepOne(...one);
        if (signature !== null) infected.set(one[0], signature);
      }
    };
    await Promise.all(Array.from({ length: PUTS_AT_ONCE }, next));
    return infected;
  }

  /** What is kept already was kept by somebody else, perhaps before there was a scanner: it is scanned all the same. */
  async #keepOne(sha256: string, bytes: number): Promise<string | null> {
    const path = join(this.folder, sha256);
    const isThere = (await this.objects.stat(sha256)) !== null;
    if (!isThere || this.scanner.scans) {
      const read = createReadStream(path) as AsyncIterable<Buffer>;
      const signature = isThere ? await virusIn(this.scanner, read) : await this.#put(read, sha256, bytes);
      if (signature !== null) return signature;
    }
    if (this.#kept.size < MOST_REMEMBERED) this.#kept.add(sha256);
    await rm(path, { force: true });
    return null;
  }

  async #put(read: AsyncIterable<Buffer>, sha256: string, bytes: number): Promise<string | null> {
    try {
      const stored = await this.objects.put(this.scanner.checked(read), { maxBytes: bytes });
      if (stored.sha256 !== sha256) throw new Error(`A supporting document changed on its way: ${sha256}`);
      return null;
    } catch (error) {
      if (error instanceof VirusFound) return error.signature;
      throw error;
    }
  }
}
