import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { hasFatal, indexContainer, judgeIdentification, readIndex, readInvoice, type InvoiceReading } from './index.js';

const data = fileURLToPath(new URL('../../../../shared/data', import.meta.url));
/** Official examples without any identifier of the buyer, which EN 16931 allows and a platform that must route does not. */
const withoutRecipient = /(?:CII_example[679]|XRechnung-O|ubl-tc434-example[679])\.xml$/;

async function readFlow(source: string): Promise<InvoiceReading[]> {
  const workFolder = await mkdtemp(join(tmpdir(), 'einvoice-'));
  try {
    const { contentPath, indexPath } = await indexContainer({ source, workFolder });
    const content = await readFile(contentPath);
    const readings: InvoiceReading[] = [];
    for await (const batch of readIndex(indexPath)) {
      for (const entry of batch)
        readings.push(await readInvoice(content.subarray(entry.offset, entry.offset + entry.length), entry));
    }
    return readings;
  } finally {
    await rm(workFolder, { recursive: true, force: true });
  }
}

const folders = ['chorus-pro/FSO1116A', 'chorus-pro/FSO1117A', 'afnor', 'en16931/examples/cii', 'en16931/examples/ubl'];
const files = folders
  .filter((folder) => existsSync(join(data, folder)))
  .flatMap((folder) => readdirSync(join(data, folder)).map((file) => join(folder, file)));

describe('R42 Official samples', () => {
  it('are told apart from a folder that is absent', () => {
    expect(files.length > 0).toBe(existsSync(data));
  });

  for (const file of files) {
    it(`${file} is read and identified`, async () => {
      const readings = await readFlow(join(data, file));
      expect(readings).toHaveLength(file.endsWith('.tar.gz') ? 2 : 1);
      for (const reading of readings) {
        expect(reading).toMatchObject({ status: 'read', findings: [] });
        expect(reading.invoice).toMatchObject({
          number: expect.anything() as unknown,
          issueDate: expect.anything() as unknown,
        });
        const findings = judgeIdentification(reading);
        if (withoutRecipient.test(file)) expect(findings.map(({ rule }) => rule)).toEqual(['ID-RECIPIENT-MISSING']);
        else expect(hasFatal(findings)).toBe(false);
      }
    });
  }

  if (files.length > 0) {
    it('of the mixed form give the SIRET of both parties and the frame', () => {
      const bytes = readFileSync(join(data, 'chorus-pro/FSO1116A/FSO1116A_P01.xml'));
      return expect(readInvoice(bytes, { kind: 'xml' })).resolves.toMatchObject({
        invoice: {
          number: { value: 'JMRPOR1116000103' },
          issueDate: { value: '2018-01-01' },
          billingFrame: { value: 'A1' },
          supplier: { identifiers: [{ kind: 'SIRET', value: '81034732800017' }] },
          recipient: { identifiers: [{ kind: 'SIRET', value: '53514650090018' }] },
          totals: { totalWithVat: { value: '120.00' } },
        },
      });
    });
  }
});
