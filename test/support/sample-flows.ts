import { createTemporaryFolder } from './temporary-folder.js';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  invoiceStream,
  makeFacturX,
  writeBatchXml,
  writeTarGz,
  writeZip,
  type ArchiveMember,
  type FaultKind,
  type InvoiceStreamRequest,
  type SampleDirectory,
  type SampleInvoice,
} from '../../tools/samples/index.js';

/** Issue date of every sample of the tests: the sample is the same on every day it is run. */
export const ISSUE_DATE = '2026-11-02';

/**
 * Small invoices of a seed, one line each. Different seeds give different numbers, so that tests on one platform do not
 * meet as duplicates.
 *
 * @param faults for each rank, what is wrong with it; ranks beyond are good
 */
export function sampleInvoices(
  directory: SampleDirectory,
  seed: string,
  count: number,
  faults: readonly (FaultKind | null)[] = [],
  more: Partial<InvoiceStreamRequest> = {},
): SampleInvoice[] {
  return [
    ...invoiceStream({
      seed,
      count,
      directory,
      issueDate: ISSUE_DATE,
      formats: ['UBL'],
      lineCount: 1,
      templateCount: Math.min(count, 8),
      faultAt: (rank) => faults[rank] ?? null,
      ...more,
    }),
  ];
}

/** The bytes of one XML batch of invoices. */
export async function batchOf(invoices: readonly { readonly xml: string }[]): Promise<Buffer> {
  return written((path) =>
    writeBatchXml(
      path,
      invoices.map(({ xml }) => xml),
    ),
  );
}

/** The bytes of a tar.gz of these members. */
export async function tarGzOf(members: readonly ArchiveMember[]): Promise<Buffer> {
  return written((path) => writeTarGz(path, members));
}

/** The bytes of a zip of these members. */
export async function zipOf(members: readonly ArchiveMember[]): Promise<Buffer> {
  return written((path) => writeZip(path, members));
}

/** Invoices as the members of an archive, under the names of the field. */
export function membersOf(invoices: readonly SampleInvoice[]): ArchiveMember[] {
  return invoices.map(({ rank, xml }) => ({ name: memberName(rank), content: xml }));
}

/** Name in its archive of the invoice of a rank, which counts from 0. */
export function memberName(rank: number): string {
  return `facture-${String(rank + 1).padStart(4, '0')}.xml`;
}

/** The bytes of a Factur-X that holds this invoice, which must be CII. */
export async function facturXOf({ xml, number, supplier, recipient }: SampleInvoice): Promise<Buffer> {
  const parties = { supplierName: supplier.name, recipientName: recipient.name };
  return Buffer.from(await makeFacturX({ xml, number, issueDate: ISSUE_DATE, ...parties }));
}

async function written(write: (path: string) => Promise<void>): Promise<Buffer> {
  const folder = await createTemporaryFolder('sample');
  try {
    const path = join(folder.path, 'flow');
    await write(path);
    return await readFile(path);
  } finally {
    await folder.remove();
  }
}
