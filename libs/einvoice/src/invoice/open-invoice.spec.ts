import { ciiInvoice, ublInvoice } from '../../../../test/support/invoice-documents.js';
import { conformanceOf } from './conformance.js';
import { openInvoice } from './open-invoice.js';
import type { ReadableInvoice } from './opened.js';
import { plainTerms } from './plain-terms.js';
import { readInvoice, readingOf } from './read-invoice.js';

async function readable(text: string): Promise<ReadableInvoice> {
  const invoice = await openInvoice(Buffer.from(text), { kind: 'xml' });
  if (invoice.status !== 'read') throw new Error(invoice.findings[0]?.message);
  return invoice;
}

describe('Opening an invoice for its rules', () => {
  it('gives the document, the model and the terms of the same elements', async () => {
    const { root, model, terms, format } = await readable(ublInvoice());
    expect(root.localName).toBe('Invoice');
    expect(model.element).toBe(root);
    expect(model.number?.element.parent).toBe(root);
    expect(plainTerms(terms).number).toEqual({
      value: 'F-1',
      location: model.number?.location,
      line: model.number?.line,
    });
    expect(format).toMatchObject({ syntax: 'UBL', conformance: 'EN 16931' });
  });

  it('gives the XML in UTF-8, without byte order mark, whatever it came in', async () => {
    const text = `<?xml version="1.0" encoding="ISO-8859-1"?>${ublInvoice()}`;
    const invoice = await openInvoice(Buffer.from(text, 'latin1'), { kind: 'xml' });
    expect(invoice.status === 'read' && invoice.xml.toString()).toContain('Câblage du Rhône');
    const marked = await readable(`\ufeff${ublInvoice()}`);
    expect(marked.xml.subarray(0, 8).toString()).toBe('<Invoice');
  });

  it('says what reading says', async () => {
    for (const text of [ublInvoice(), ciiInvoice(), '<Invoice', '<CPPFacturePivot/>']) {
      const bytes = Buffer.from(text);
      const reading = await readInvoice(bytes, { kind: 'xml' });
      const opened = readingOf(await openInvoice(bytes, { kind: 'xml' }));
      expect({ ...opened, invoice: plainTerms(opened.invoice) }).toEqual(reading);
      expect(JSON.parse(JSON.stringify(opened))).toMatchObject(structuredClone(reading));
      expect(structuredClone(reading)).toEqual(reading); // it can be sent to another thread
    }
  });

  it('R44 keeps what can be read of a broken document', async () => {
    const broken = await openInvoice(Buffer.from(ublInvoice().replace('&amp;', '&')), { kind: 'xml' });
    expect(broken).toMatchObject({ status: 'unreadable', format: null, terms: { number: { value: 'F-1' } } });
    expect(broken.model?.seller?.name?.value).toBe('Câblage du Rhône');
    expect(broken.root?.localName).toBe('Invoice');
  });
});

describe('The profile that an invoice names (BT-24)', () => {
  it.each([
    ['urn:factur-x.eu:1p0:minimum', 'MINIMUM'],
    ['urn:zugferd.de:2p0:minimum', 'MINIMUM'],
    ['urn:factur-x.eu:1p0:basicwl', 'BASIC WL'],
    ['urn:cen.eu:en16931:2017#compliant#urn:factur-x.eu:1p0:basic', 'BASIC'],
    ['urn:cen.eu:en16931:2017:compliant:factur-x.eu:1p0:basic', 'BASIC'],
    ['urn:cen.eu:en16931:2017', 'EN 16931'],
    ['urn:cen.eu:en16931:2017#conformant#urn:factur-x.eu:1p0:extended', 'EXTENDED'],
    ['urn:cen.eu:en16931:2017#conformant#urn:zugferd.de:2p0:extended', 'EXTENDED'],
    ['urn:cen.eu:en16931:2017#conformant#urn.cpro.gouv.fr:1p0:extended-ctc-fr', 'EXTENDED-CTC-FR'],
    ['urn:cen.eu:en16931:2017#compliant#urn:xoev-de:kosit:standard:xrechnung_2.0', 'XRECHNUNG'],
    ['urn:cen.eu:en16931:2017#compliant#urn:xeinkauf.de:kosit:xrechnung_3.0', 'XRECHNUNG'],
    ['urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0', 'PEPPOL'],
    ['urn:ferd:CrossIndustryDocument:invoice:1p0:comfort', null],
    [null, null],
  ])('%s is %s', (specification, conformance) => {
    expect(conformanceOf(specification)).toBe(conformance);
  });
});
