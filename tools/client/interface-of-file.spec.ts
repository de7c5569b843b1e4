import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createTemporaryFolder, type TemporaryFolder } from '../../test/support/temporary-folder.js';
import { invoiceStream, makeFacturX, type SampleFormat } from '../samples/index.js';
import { interfaceOfFile } from './interface-of-file.js';

describe('interfaceOfFile', () => {
  let folder: TemporaryFolder;
  beforeEach(async () => (folder = await createTemporaryFolder('interface')));
  afterEach(() => folder.remove());

  const sample = (format: SampleFormat, frame: string): string => {
    const [invoice] = invoiceStream({ seed: 'interface', count: 1, issueDate: '2026-11-02', formats: [format] });
    return (invoice?.xml ?? '').replace(/>S1</, `>${frame}<`);
  };
  const facturX = async (frame: string): Promise<Uint8Array> => {
    const xml = sample('CII', frame);
    return makeFacturX({ xml, number: 'F-1', issueDate: '2026-11-02', supplierName: 'A', recipientName: 'B' });
  };
  const interfaceOf = async (name: string, content: string | Uint8Array): Promise<string> => {
    const path = join(folder.path, name);
    await writeFile(path, content);
    return interfaceOfFile(path);
  };

  it('R21 R40 goes by syntax and billing frame', async () => {
    expect(await interfaceOf('facture', sample('UBL', 'S1'))).toBe('FSO1150A');
    expect(await interfaceOf('facture', sample('UBL', 'A1'))).toBe('FSO1100A');
    expect(await interfaceOf('facture', sample('CII', 'S1'))).toBe('FSO1156A');
    expect(await interfaceOf('facture', sample('CII', 'A12'))).toBe('FSO1106A');
    expect(await interfaceOf('facture', await facturX('S1'))).toBe('FSO1157A');
    expect(await interfaceOf('facture', await facturX('A1'))).toBe('FSO1117A');
  });

  it('R40 takes the interface that the name begins with, when there is such a one', async () => {
    expect(await interfaceOf('FSO1116A_P01.xml', sample('CII', 'A1'))).toBe('FSO1116A');
    expect(await interfaceOf('FSO9999A_P01.xml', sample('CII', 'A1'))).toBe('FSO1106A');
  });

  it('R40 has a name for what it cannot read', async () => {
    expect(await interfaceOf('vide', '')).toBe('FSO1150A');
    expect(await interfaceOf('bruit.pdf', '%PDF-1.7 bruit')).toBe('FSO1157A');
  });
});
