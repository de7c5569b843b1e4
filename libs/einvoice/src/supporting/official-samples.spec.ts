import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { openInvoice } from '../invoice/open-invoice.js';
import type { ReadableInvoice } from '../invoice/opened.js';
import { extractSupportingDocuments } from './extract.js';

const samples = '../shared/data';
const folder = `${samples}/chorus-pro/FSO1116A`;

async function readable(path: string): Promise<ReadableInvoice> {
  const invoice = await openInvoice(readFileSync(path), { kind: path.endsWith('.pdf') ? 'pdf' : 'xml' });
  if (invoice.status !== 'read') throw new Error(invoice.findings[0]?.message);
  return invoice;
}

if (existsSync(folder)) {
  const files = readdirSync(folder).filter((name) => name.endsWith('.xml'));

  describe('R24 The supporting documents of the official mixed CII samples', () => {
    it.each(files)('%s carries one PDF, in a zip that is declared as a PDF', async (name) => {
      const { documents, findings } = await extractSupportingDocuments((await readable(`${folder}/${name}`)).model);
      expect(findings).toEqual([]);
      expect(documents).toHaveLength(1);
      expect(documents[0]).toMatchObject({
        name: 'aa.pdf',
        declaredType: 'application/pdf',
        type: { mime: 'application/pdf' },
        description: 'ZZZ',
        bytes: name === 'FSO1116A_P02.xml' ? 80_939 : 218_916,
        unpacked: true,
      });
    });
  });
}

if (existsSync(samples)) {
  describe('The model of the official samples', () => {
    it('reads the mixed CII form of the portal', async () => {
      const { model, format } = await readable(`${folder}/FSO1116A_P02.xml`);
      expect(format).toMatchObject({ syntax: 'CII', conformance: null, profile: 'A9' });
      expect(model.validator?.registrations[0]?.scheme).toBe('1');
      expect(model.contracts.map(({ referenceType }) => referenceType?.value)).toEqual(['CT']);
      expect(model.lines[0]?.delivery?.date?.value).toBe('2018-02-02');
    });

    it('reads a Factur-X of the portal', async () => {
      const { model, format } = await readable(`${samples}/chorus-pro/FSO1117A/FSO1117A_EN16931_P01.pdf`);
      expect(format).toMatchObject({ syntax: 'CII', conformance: 'EN 16931', embeddedInPdf: true });
      expect(model.lines.length).toBeGreaterThan(0);
      expect(model.seller?.name).not.toBeNull();
    });

    it('reads the extended invoice of the norm', async () => {
      const path = `${samples}/afnor/F202500001_INV_20250201_CII_Commentee_EXTENDED.xml`;
      const { model, format } = await readable(path);
      expect(format.conformance).toBe('EXTENDED');
      expect(model.notes.map(({ subjectCode }) => subjectCode?.value)).toEqual(
        expect.arrayContaining(['PMD', 'PMT', 'AAB', 'TXD']),
      );
      expect(model.projectReference).not.toBeNull();
      expect(model.lines[1]?.notes[0]?.subjectCode?.value).toBe('BLU');
      expect(model.lines[1]?.item.standardIdentifier).toMatchObject({ value: '598785412598745', scheme: '0160' });
      expect(model.payments[0]?.creditTransfers[0]?.serviceProvider).not.toBeNull();
    });

    it('reads the UBL examples of EN 16931', async () => {
      const { model } = await readable(`${samples}/en16931/examples/ubl/ubl-tc434-example1.xml`);
      expect(
        model.lines.every(({ netAmount, price }) => netAmount?.decimal != null && price.net?.decimal != null),
      ).toBe(true);
      expect(model.vatBreakdown.every(({ category, rate }) => category !== null && rate !== null)).toBe(true);
      expect(model.totals?.amountDue?.decimal).not.toBeNull();
    });
  });
}
