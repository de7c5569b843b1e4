import { ciiInvoice, ublInvoice } from '../../../../test/support/invoice-documents.js';
import { readInvoice } from './read-invoice.js';
import type { InvoiceReading } from './reading.js';

const read = (document: string | Buffer): Promise<InvoiceReading> =>
  readInvoice(Buffer.isBuffer(document) ? document : Buffer.from(document), { kind: 'xml' });

describe('Reading a UBL invoice', () => {
  it('gives each business term with its XPath and line', async () => {
    const reading = await read(ublInvoice());
    expect(reading).toMatchObject({
      status: 'read',
      format: {
        syntax: 'UBL',
        document: 'Invoice',
        customization: 'urn:cen.eu:en16931:2017',
        profile: 'S1',
        embeddedInPdf: false,
      },
      invoice: {
        number: { value: 'F-1', location: '/ubl:Invoice[1]/cbc:ID[1]', line: 4 },
        issueDate: { value: '2026-09-01' },
        typeCode: { value: '380' },
        currency: { value: 'EUR' },
        buyerReference: { value: 'SERVICE-1' },
        commitmentNumber: { value: 'EJ-1' },
        contractNumber: null,
        supplier: { name: { value: 'Câblage du Rhône' } },
        recipient: { name: { value: 'Ville de Lyon' }, serviceCode: { value: 'SERVICE-1' } },
        totals: {
          linesTotal: { value: '100.00' },
          totalWithoutVat: { value: '100.00' },
          totalVat: { value: '20.00', location: '/ubl:Invoice[1]/cac:TaxTotal[2]/cbc:TaxAmount[1]' },
          totalWithVat: { value: '120.00' },
          amountDue: { value: '120.00' },
          prepaid: null,
        },
      },
      findings: [],
    });
    expect(reading.invoice.supplier.identifiers).toMatchObject([
      { term: 'BT-29', scheme: '0009', kind: 'SIRET', value: '81034732800017', assumed: false },
      { term: 'BT-31', scheme: 'VAT', kind: 'EU-VAT', value: 'FR60810347328', assumed: false },
    ]);
  });

  it('takes the billing frame of the historic profile from its extension', async () => {
    const extension =
      '<ext:UBLExtensions xmlns:ext="urn:oasis:names:specification:ubl:schema:xsd:CommonExtensionComponents-2"><ext:UBLExtension><ext:ExtensionContent><a:FactureExtension xmlns:a="urn:AIFE:Facture:Extension"><a:CategoryCode>A9</a:CategoryCode></a:FactureExtension></ext:ExtensionContent></ext:UBLExtension></ext:UBLExtensions>';
    const reading = await read(ublInvoice().replace('<cbc:CustomizationID>', `${extension}<cbc:CustomizationID>`));
    expect(reading.invoice.billingFrame?.value).toBe('A9');
  });

  it('R25 gives the invoices that it refers to: of the document, or of the lines of a credit note', async () => {
    const reference = (wrapper: string, number: string) =>
      `<cac:BillingReference><cac:${wrapper}><cbc:ID>${number}</cbc:ID><cbc:IssueDate>2026-08-01</cbc:IssueDate></cac:${wrapper}></cac:BillingReference>`;
    const line = `<cac:InvoiceLine><cbc:ID>1</cbc:ID>${reference('InvoiceDocumentReference', 'F-0')}</cac:InvoiceLine>`;
    const onDocument = ublInvoice().replace(
      '<cac:OrderReference>',
      `${reference('InvoiceDocumentReference', 'F-00')}<cac:OrderReference>`,
    );
    const onLine = ublInvoice().replace('</Invoice>', `${line}</Invoice>`);
    const numbers = async (text: string) =>
      (await read(text)).invoice.precedingInvoices.map(({ number, issueDate }) => [number?.value, issueDate?.value]);
    expect(await numbers(onDocument)).toEqual([['F-00', '2026-08-01']]);
    expect(await numbers(onLine.replace('>380<', '>381<'))).toEqual([['F-0', '2026-08-01']]);
    expect(await numbers(onLine)).toEqual([]);
  });

  it('gives the same for any prefixes and without any', async () => {
    const renamed = ublInvoice().replaceAll('cbc:', 'x:').replaceAll('xmlns:cbc', 'xmlns:x');
    expect((await read(renamed)).invoice.number).toEqual((await read(ublInvoice())).invoice.number);
  });

  it('joins text around comments and CDATA sections, and resolves references', async () => {
    const reading = await read(ublInvoice({ number: 'A<!-- x -->B<![CDATA[&amp;]]>&#67;&lt;' }));
    expect(reading.invoice.number?.value).toBe('AB&amp;C<');
  });

  it.each([
    ['14 digits without a scheme', ['81034732800017', null], { kind: 'SIRET', assumed: true }],
    ['9 digits without a scheme', ['810347328', null], { kind: 'SIREN', assumed: true }],
    ['a SIRET under the scheme of a SIREN', ['81034732800017', '0002'], { kind: 'SIRET', assumed: true }],
    ['type code 3 of the portal', ['KRSAMSUNG', '3'], { kind: 'NON-EU', assumed: false }],
    ['RIDET by its scheme', ['1234567890', '0228'], { kind: 'RIDET', assumed: false }],
    ['a scheme of elsewhere', ['X', '0088'], { kind: 'OTHER', assumed: false }],
    ['a bare name', ['X', null], { kind: 'OTHER', assumed: false }],
  ])('sees %s', async (_, [value, scheme], expected) => {
    const id = `<cbc:ID${scheme === null ? '' : ` schemeID="${scheme}"`}>${value}</cbc:ID>`;
    const reading = await read(ublInvoice().replace(/<cbc:ID schemeID="0009">53514650090018<\/cbc:ID>/, id));
    expect(reading.invoice.recipient.identifiers).toMatchObject([{ term: 'BT-46', value, scheme, ...expected }]);
  });

  it('takes the service code from the identifier of scheme 0224 first', async () => {
    const service = '<cac:PartyIdentification><cbc:ID schemeID="0224">CODE-9</cbc:ID></cac:PartyIdentification>';
    const text = ublInvoice().replace('<cac:AccountingCustomerParty><cac:Party>', (start) => start + service);
    expect((await read(text)).invoice.recipient.serviceCode?.value).toBe('CODE-9');
  });
});

describe('Reading a CII invoice', () => {
  it('gives each business term, dates in ISO form', async () => {
    expect(await read(ciiInvoice())).toMatchObject({
      status: 'read',
      format: { syntax: 'CII', document: 'Invoice', customization: null, profile: 'A1' },
      invoice: {
        number: { value: 'C-1', location: '/rsm:CrossIndustryInvoice[1]/rsm:ExchangedDocument[1]/ram:ID[1]', line: 3 },
        issueDate: { value: '2026-09-01' },
        commitmentNumber: { value: 'EJ-2' },
        supplier: {
          name: { value: 'PRO SHOP' },
          identifiers: [{ term: 'BT-30', scheme: '1', kind: 'SIRET', assumed: false }],
        },
        totals: { totalVat: { value: '20.00' }, totalWithVat: { value: '120.00' }, amountDue: { value: '120.00' } },
      },
    });
  });

  it('leaves a date of another format as it is written', async () => {
    expect((await read(ciiInvoice({ issueDate: '2026-09-01T00:00' }))).invoice.issueDate?.value).toBe(
      '2026-09-01T00:00',
    );
  });
});

describe('Reading what is wrong', () => {
  const good = ublInvoice({ number: 'KNOWN' });
  it.each<[string, string | Buffer, string]>([
    ['a missing closing tag', good.replace('</cac:LegalMonetaryTotal>', ''), 'SYNTAX-MALFORMED'],
    ['a bare ampersand', good.replace('&amp;', '&'), 'SYNTAX-MALFORMED'],
    ['a duplicate attribute', good.replace('schemeID="0009"', 'schemeID="1" schemeID="2"'), 'SYNTAX-MALFORMED'],
    ['a control character', good.replace('pièces', 'pi\u0001ces'), 'SYNTAX-MALFORMED'],
    ['a NUL', good.replace('pièces', 'pi\u0000ces'), 'SYNTAX-MALFORMED'],
    ['text after the end', `${good}junk`, 'SYNTAX-MALFORMED'],
    ['an undeclared prefix', good.replace('<cbc:Note>', '<zz:Note/><cbc:Note>'), 'SYNTAX-PREFIX-UNBOUND'],
    ['an undeclared prefix of an attribute', good.replace('schemeID="0009"', 'zz:schemeID="0009"'), 'SYNTAX-MALFORMED'],
    ['bytes that are not UTF-8', Buffer.from(good, 'latin1'), 'FILE-ENCODING-BROKEN'],
  ])('R44 rejects %s and still names the invoice', async (_, document, rule) => {
    const reading = await read(document);
    expect(reading).toMatchObject({ status: 'unreadable', findings: [{ rule, code: 'IRR_SYNTAX' }] });
    expect(reading.invoice.number?.value).toBe('KNOWN');
  });

  it('says the line of a fault', async () => {
    expect((await read(good.replace('&amp;', '&'))).findings[0]?.line).toBe(7);
  });

  it.each([
    ['an unknown root', '<html xmlns="urn:x"/>', 'unreadable', 'SYNTAX-ROOT-UNKNOWN'],
    ['an invoice of no namespace', '<Invoice/>', 'unreadable', 'SYNTAX-NAMESPACE-UNKNOWN'],
    [
      'a credit note in the namespace of invoices',
      good.replaceAll('Invoice', 'CreditNote').replace('xsd:CreditNote-2', 'xsd:Invoice-2'),
      'unreadable',
      'SYNTAX-NAMESPACE-UNKNOWN',
    ],
    ['CPPFacturePivot', '<CPPFacturePivot/>', 'unsupported', 'SYNTAX-FORMAT-UNSUPPORTED'],
    ['PES', '<n:PES_Facture xmlns:n="urn:p"/>', 'unsupported', 'SYNTAX-FORMAT-UNSUPPORTED'],
    [
      'xCBL',
      '<Invoice xmlns="rrn:org.xcbl:schemas/xcbl/v4_0/financial/v1_0/financial.xsd"/>',
      'unsupported',
      'SYNTAX-FORMAT-UNSUPPORTED',
    ],
    [
      'UBL 1.0',
      '<Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-1.0"/>',
      'unsupported',
      'SYNTAX-FORMAT-UNSUPPORTED',
    ],
    [
      'an older CII',
      '<CrossIndustryInvoice xmlns="urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:2"/>',
      'unsupported',
      'SYNTAX-FORMAT-UNSUPPORTED',
    ],
    [
      'CPPFactureMixte under its usual root',
      '<CPPFactures xmlns="urn:cpp:factures" NbFactures="2"/>',
      'unsupported',
      'SYNTAX-FORMAT-UNSUPPORTED',
    ],
    [
      'PES under its namespace',
      '<n:PES_Aller xmlns:n="http://www.minefi.gouv.fr/cp/helios/pes_v2/Rev0/aller"/>',
      'unsupported',
      'SYNTAX-FORMAT-UNSUPPORTED',
    ],
    ['nothing', '', 'unreadable', 'SYNTAX-MALFORMED'],
    [
      'a declared encoding that we do not read',
      '<?xml version="1.0" encoding="EBCDIC-FR"?><a/>',
      'unreadable',
      'FILE-ENCODING-UNSUPPORTED',
    ],
  ])('refuses %s', async (_, document, status, rule) => {
    expect(await read(document)).toMatchObject({ status, findings: [{ rule }] });
  });

  it('keeps the refusal of pass one first', async () => {
    const reading = await readInvoice(Buffer.from(good), { kind: 'refused' });
    expect(reading).toMatchObject({ status: 'unreadable', findings: [] });
  });
});

describe('Reading what is hostile', () => {
  const entities = Array.from({ length: 9 }, (_, at) => `<!ENTITY l${at + 1} "${`&l${at};`.repeat(10)}">`).join('');

  it.each<[string, string, string]>([
    ['an entity bomb', `<!DOCTYPE a [<!ENTITY l0 "lol">${entities}]><a>&l9;</a>`, 'FILE-DOCTYPE'],
    ['an external entity', '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]><a>&x;</a>', 'FILE-DOCTYPE'],
    ['a DOCTYPE after the root', '<a/><!DOCTYPE a>', 'FILE-DOCTYPE'],
    ['deep nesting', '<a>'.repeat(100_000), 'FILE-XML-TOO-DEEP'],
    [
      'a million attributes',
      `<a ${Array.from({ length: 1_000_000 }, (_, at) => `a${at}=""`).join(' ')}/>`,
      'FILE-XML-TAG-TOO-LONG',
    ],
    [
      'many attributes in a tag of allowed length',
      `<a ${Array.from({ length: 5000 }, (_, at) => `a${at}=""`).join(' ')}/>`,
      'SYNTAX-ATTRIBUTES',
    ],
    ['a tag that never ends', `<a b="${'x'.repeat(200_000)}`, 'FILE-XML-TAG-TOO-LONG'],
    ['openings that never close', '<'.repeat(200_000), 'SYNTAX-MALFORMED'],
    ['comments that never close', '<!--'.repeat(100_000), 'SYNTAX-MALFORMED'],
    ['quotes that never close', '<a b="'.repeat(50_000), 'SYNTAX-MALFORMED'],
  ])('refuses %s', async (_, document, rule) => {
    expect((await read(document)).findings.map((one) => one.rule)).toContain(rule);
  });

  it('takes a DOCTYPE in a comment or a CDATA section for the text that it is', async () => {
    expect((await read(ublInvoice({ note: '<!-- <!DOCTYPE a> --><![CDATA[<!DOCTYPE a>]]>' }))).status).toBe('read');
  });

  it('reads a text of more than 10 MB', async () => {
    expect((await read(ublInvoice({ note: 'A'.repeat(11_000_000) }))).status).toBe('read');
  });
});
