import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  flowName,
  invoiceStream,
  makeFacturX,
  writeBatchXml,
  writeTarGz,
  writeZip,
  type FaultKind,
  type SampleDirectory,
  type SampleFormat,
  type SampleInvoice,
} from '../samples/index.js';

/** A file to drop. */
export interface DemoFlow {
  readonly path: string;
  readonly name: string;
  /** What it shows, in French. */
  readonly shows: string;
}

const MIXED: readonly (FaultKind | null)[] = [
  null,
  null,
  'missing-number',
  null,
  'recipient-unknown',
  null,
  'not-well-formed',
  null,
  'duplicate',
  null,
  'recipient-inactive',
  null,
  'impossible-date',
  null,
  'missing-total',
  null,
];

/** Writes the demo's flows into a folder: good, mixed, unreadable, archives, a batch. All made by the sample generator. */
export async function makeDemoFlows(
  folder: string,
  directory: SampleDirectory,
  applicationCode: string,
  issueDate: string,
): Promise<DemoFlow[]> {
  const flows: DemoFlow[] = [];
  const add = (file: string, interfaceCode: string, shows: string): string => {
    const path = join(folder, file);
    flows.push({ path, name: flowName(interfaceCode, applicationCode, flows.length + 1), shows });
    return path;
  };
  const invoices = (seed: string, count: number, formats: readonly SampleFormat[], faults: typeof MIXED = [null]) =>
    invoiceStream({
      seed,
      count,
      issueDate,
      directory,
      formats,
      templateCount: Math.min(count, 40),
      faultAt: (rank) => faults[rank % faults.length] ?? null,
    });
  const one = (seed: string, format: SampleFormat): SampleInvoice => {
    const [invoice] = invoices(seed, 1, [format]);
    if (invoice === undefined) throw new Error('The generator gave no invoice');
    return invoice;
  };
  const members = function* (seed: string, count: number, faults?: typeof MIXED) {
    for (const { rank, xml } of invoices(seed, count, ['CII'], faults))
      yield { name: `FSO1156A_${applicationCode}_${String(rank + 1).padStart(6, '0')}.xml`, content: xml };
  };

  await writeFile(add('facture-ubl', 'FSO1150A', 'une facture UBL'), one('demo-ubl', 'UBL').xml);
  await writeFile(add('facture-cii', 'FSO1156A', 'une facture CII'), one('demo-cii', 'CII').xml);
  const { xml, number, supplier, recipient } = one('demo-factur-x', 'CII');
  const parties = { supplierName: supplier.name, recipientName: recipient.name };
  const facturX = await makeFacturX({ xml, number, issueDate, ...parties });
  await writeFile(add('factur-x', 'FSO1157A', 'une Factur-X : PDF avec son XML'), facturX);
  await writeTarGz(
    add('archive', 'FSO1156A', 'une archive tar.gz, bonnes et mauvaises factures mêlées'),
    members('demo-tar', 64, MIXED),
  );
  await writeZip(add('zip', 'FSO1156A', 'une archive zip'), members('demo-zip', 20));
  const batch = function* () {
    for (const { xml } of invoices('demo-batch', 500, ['UBL'], MIXED)) yield xml;
  };
  await writeBatchXml(add('lot', 'FSO1150A', 'un lot XML de 500 factures, dont des mauvaises'), batch());
  await writeFile(add('vide', 'FSO1150A', 'un fichier vide'), '');
  const archive = await readFile(join(folder, 'archive'));
  await writeFile(add('tronquee', 'FSO1156A', 'une archive tronquée'), archive.subarray(0, archive.length >> 1));
  return flows;
}
