import { SERVICE_CODE, serviceStream, STRUCTURE_IDENTIFIER, type ServiceKey } from '#domain';
import {
  ContainerRefused,
  identifierInDirectory,
  indexContainer,
  readEntry,
  readIndex,
  serviceCodeOf,
  type InvoiceTerms,
} from '#einvoice';
import { open } from 'node:fs/promises';

/** A structure that a file names. */
export interface NamedParty {
  readonly identifier: string;
  readonly name: string;
  readonly publicEntity: boolean;
}

/** What a file of invoices names. */
export interface NamedParties {
  readonly structures: readonly NamedParty[];
  readonly services: readonly ServiceKey[];
}

/**
 * The suppliers, recipients and services that a file of invoices names, so that the demo can put them into its directory and
 * the documents themselves are judged. A file that cannot be read names nobody.
 */
export async function partiesOf(source: string, workFolder: string): Promise<NamedParties> {
  const structures = new Map<string, NamedParty>();
  const services = new Map<string, ServiceKey>();
  try {
    const index = await indexContainer({ source, workFolder });
    const content = await open(index.contentPath);
    try {
      for await (const entries of readIndex(index.indexPath)) {
        for (const entry of entries) {
          const bytes = Buffer.alloc(entry.length);
          await content.read(bytes, 0, entry.length, entry.offset);
          const { invoice } = await readEntry(entry, bytes);
          for (const structure of structuresOf(invoice))
            if (structure.publicEntity || !structures.has(structure.identifier))
              structures.set(structure.identifier, structure);
          const service = serviceOf(invoice);
          if (service !== null) services.set(serviceStream(service), service);
        }
      }
    } finally {
      await content.close();
    }
  } catch (error) {
    if (!(error instanceof ContainerRefused)) throw error;
  }
  return { structures: [...structures.values()], services: [...services.values()] };
}

function structuresOf({ supplier, recipient, sellerAgent }: InvoiceTerms): NamedParty[] {
  const parties = [
    { party: supplier, publicEntity: false },
    { party: sellerAgent, publicEntity: false },
    { party: recipient, publicEntity: true },
  ];
  return parties.flatMap(({ party, publicEntity }) =>
    (party?.identifiers ?? [])
      .filter(({ value }) => STRUCTURE_IDENTIFIER.test(value))
      .map(({ value }) => ({ identifier: value, name: party?.name?.value.slice(0, 99) || value, publicEntity })),
  );
}

function serviceOf(invoice: InvoiceTerms): ServiceKey | null {
  const structure = identifierInDirectory(invoice.recipient)?.value;
  const code = serviceCodeOf(invoice)?.value;
  if (structure === undefined || code === undefined) return null;
  return STRUCTURE_IDENTIFIER.test(structure) && SERVICE_CODE.test(code) ? { structure, code } : null;
}
