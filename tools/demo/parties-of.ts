import { STRUCTURE_IDENTIFIER } from '#domain';
import { indexContainer, readEntry, readIndex, ContainerRefused } from '#einvoice';
import { open } from 'node:fs/promises';

/** A structure that a file names. */
export interface NamedParty {
  readonly identifier: string;
  readonly name: string;
  readonly publicEntity: boolean;
}

/**
 * The suppliers and recipients that a file of invoices names, so that the demo can put them into its directory and the
 * documents themselves are judged. A file that cannot be read names nobody.
 */
export async function partiesOf(source: string, workFolder: string): Promise<NamedParty[]> {
  const parties = new Map<string, NamedParty>();
  try {
    const index = await indexContainer({ source, workFolder });
    const content = await open(index.contentPath);
    try {
      for await (const entries of readIndex(index.indexPath)) {
        for (const entry of entries) {
          const bytes = Buffer.alloc(entry.length);
          await content.read(bytes, 0, entry.length, entry.offset);
          const { invoice } = await readEntry(entry, bytes);
          for (const [party, publicEntity] of [
            [invoice.supplier, false],
            [invoice.recipient, true],
          ] as const)
            for (const { value } of party.identifiers)
              if (STRUCTURE_IDENTIFIER.test(value) && (publicEntity || !parties.has(value)))
                parties.set(value, { identifier: value, name: party.name?.value.slice(0, 99) || value, publicEntity });
        }
      }
    } finally {
      await content.close();
    }
  } catch (error) {
    if (!(error instanceof ContainerRefused)) throw error;
  }
  return [...parties.values()];
}
