import { openInvoice } from '../invoice/open-invoice.js';
import { ciiInvoice, ublInvoice } from '../../../../test/support/invoice-documents.js';
import { fullCii, fullUbl } from '../../../../test/support/full-documents.js';
import type { Invoice } from './invoice.js';
import { DateValue, Value } from './value.js';

async function modelOf(text: string): Promise<Invoice> {
  const { status, model, findings } = await openInvoice(Buffer.from(text), { kind: 'xml' });
  if (status !== 'read' || model === null) throw new Error(findings[0]?.message);
  return model;
}

/** The values of a model as plain text, getters read and elements left out; terms that are absent are left out. */
function plain(thing: unknown): unknown {
  if (thing instanceof Value) return thing.value;
  if (Array.isArray(thing)) return thing.map(plain);
  if (typeof thing !== 'object' || thing === null) return thing;
  const entries: [string, unknown][] = [];
  for (const name of propertiesOf(thing)) {
    const value = plain((thing as Record<string, unknown>)[name]);
    const nothing = value === null || (Array.isArray(value) && value.length === 0);
    if (!nothing) entries.push([name, value]);
  }
  return Object.fromEntries(entries);
}

function propertiesOf(thing: object): string[] {
  const inherited: object | null = Object.getPrototypeOf(thing) as object | null;
  const getters = Object.entries(Object.getOwnPropertyDescriptors(inherited ?? {}))
    .filter(([, descriptor]) => 'get' in descriptor)
    .map(([name]) => name);
  const aside = ['element', 'content', 'root', 'settlement', 'currency', 'nameKind', 'invoiceNumber', '__proto__'];
  const own = inherited === Object.prototype ? Object.keys(thing) : getters;
  return own.filter((name) => !aside.includes(name) || (name === 'currency' && 'lines' in thing));
}

const everything = {
  number: 'F-2026-1',
  issueDate: '2026-09-01',
  typeCode: '380',
  currency: 'EUR',
  vatAccountingCurrency: 'USD',
  taxPointDate: '2026-09-02',
  dueDate: '2026-10-01',
  buyerReference: 'SERVICE-1',
  projectReference: 'PROJET',
  contracts: [{ identifier: 'MARCHE-1', referenceType: 'MARCHE' }],
  purchaseOrderReference: 'EJ-1',
  salesOrderReference: 'CDE-1',
  receivingAdviceReference: 'REC-1',
  despatchAdviceReference: 'EXP-1',
  tenderReference: 'LOT-1',
  objectIdentifier: { identifier: 'COMPTEUR', referenceType: 'ABT' },
  buyerAccountingReference: 'COMPTE',
  paymentTerms: ['30 jours'],
  notes: [{ text: 'Sans objet' }, { subjectCode: 'PMT', text: 'Indemnité 40 €' }],
  businessProcess: 'S1',
  specification: 'urn:cen.eu:en16931:2017',
  precedingInvoices: [{ number: 'F-0', issueDate: '2026-08-01', typeCode: '380' }],
  seller: {
    name: 'Vendeur SARL',
    tradingName: 'Vendeur',
    identifiers: ['81034732800017'],
    registrations: ['810347328'],
    vatNumbers: ['FR60810347328'],
    taxRegistrations: ['LOCAL'],
    legalInformation: 'SARL au capital de 1 €',
    electronicAddress: '810347328_F',
    address: {
      line1: '1 rue A',
      line2: 'Bât. B',
      line3: 'Étage 3',
      city: 'Lyon',
      postCode: '69001',
      countrySubdivision: 'Rhône',
      countryCode: 'FR',
    },
    contacts: [{ name: 'Ada', telephone: '01', email: 'a@b.fr' }],
  },
  buyer: { name: 'Ville de Lyon', identifiers: ['21690123100011'] },
  payee: { name: 'Affactureur', identifiers: ['P-1'], registrations: ['P-2'] },
  taxRepresentative: { name: 'Représentant', vatNumbers: ['FR11111111111'], address: { countryCode: 'FR' } },
  buyerAgent: { name: 'Agent acheteur' },
  payer: { name: 'Payeur' },
  sellerAgent: { name: 'Agent vendeur' },
  invoicee: { name: 'Adressé à' },
  invoicer: { name: 'Facturant' },
  validator: { name: 'Adressé à' },
  delivery: {
    recipientName: 'Dépôt',
    locationIdentifiers: ['LIEU'],
    date: '2026-08-30',
    address: { city: 'Paris' },
  },
  period: { start: '2026-08-01', end: '2026-08-31' },
  payments: [
    {
      meansCode: '30',
      meansText: 'Virement',
      remittanceInformation: ['REF-1'],
      creditTransfers: [{ account: 'FR761', accountName: 'Vendeur', serviceProvider: 'BIC' }],
      card: { accountNumber: '1234', holderName: 'ADA' },
      directDebit: { mandateReference: 'MANDAT', creditorIdentifier: 'ICS', debitedAccount: 'FR762' },
    },
  ],
  allowances: [
    {
      amount: '5.00',
      baseAmount: '50.00',
      percentage: '10',
      vatCategory: 'S',
      vatRate: '20',
      reason: 'Remise',
      reasonCode: '95',
    },
  ],
  charges: [{ amount: '3.00', vatCategory: 'S', vatRate: '20', reason: 'Port' }],
  totals: {
    linesTotal: '100.00',
    allowancesTotal: '5.00',
    chargesTotal: '3.00',
    totalWithoutVat: '98.00',
    totalWithVat: '117.60',
    paidAmount: '17.60',
    roundingAmount: '0.00',
    amountDue: '100.00',
  },
  totalVat: '19.60',
  totalVatInAccountingCurrency: '21.00',
  vatBreakdown: [
    { taxableAmount: '98.00', taxAmount: '19.60', category: 'S', rate: '20', taxType: 'VAT' },
    {
      taxableAmount: '0.00',
      taxAmount: '0.00',
      category: 'E',
      rate: '0',
      taxType: 'VAT',
      exemptionReason: 'Exonéré',
      exemptionReasonCode: 'VATEX-EU-132',
    },
  ],
  supportingDocuments: [
    { reference: 'PJ-1', description: 'LISIBLE', mimeCode: 'application/pdf', fileName: 'a.pdf' },
    { reference: 'PJ-2', externalLocation: 'https://example.org/b' },
  ],
  lines: [
    {
      identifier: '1',
      notes: [{ text: 'Note de ligne' }],
      objectIdentifier: { identifier: 'OBJET', referenceType: 'AWV' },
      quantity: '2',
      unitCode: 'C62',
      netAmount: '100.00',
      orderLine: '7',
      buyerAccountingReference: 'COMPTE-1',
      period: { start: '2026-08-01', end: '2026-08-15' },
      allowances: [{ amount: '4.00', baseAmount: '40.00', percentage: '10', reason: 'Remise', reasonCode: '95' }],
      charges: [{ amount: '2.00', reason: 'Emballage' }],
      price: { net: '51.00', discount: '1.00', gross: '52.00', baseQuantity: '1', baseUnitCode: 'C62' },
      vat: { category: 'S', rate: '20' },
      item: {
        name: 'Câble',
        description: 'Rouge',
        sellerIdentifier: 'S-1',
        buyerIdentifier: 'B-1',
        standardIdentifier: '123',
        classifications: ['65434568'],
        originCountry: 'IT',
        attributes: [{ name: 'Couleur', value: 'Rouge', code: 'COL' }],
      },
      precedingInvoices: [{ number: 'F-9', issueDate: '2026-07-01', typeCode: '380' }],
      delivery: { locationIdentifiers: ['SITE'], date: '2026-08-20' },
      parentLine: '0',
      statusReason: 'DETAIL',
      seller: { name: 'Sous-vendeur', registrations: ['999999999'], address: { countryCode: 'FR' } },
      vatAmounts: ['20.00'],
      amountWithVat: '120.00',
    },
  ],
};

describe('The model of an invoice', () => {
  it('reads every term of EN 16931 and of the French extension out of UBL', async () => {
    expect(plain(await modelOf(fullUbl()))).toEqual({ ...everything, taxPointDateCode: '35' });
  });

  it('reads the same terms out of CII', async () => {
    expect(plain(await modelOf(fullCii()))).toEqual({ ...everything, taxPointDateCode: '35' });
  });

  it('says where each value stands, and what number it writes', async () => {
    const model = await modelOf(fullUbl());
    const [line] = model.lines;
    expect(line?.unitCode?.location).toBe('/ubl:Invoice[1]/cac:InvoiceLine[1]/cbc:InvoicedQuantity[1]/@unitCode');
    expect(line?.netAmount?.decimal?.toString()).toBe('100');
    expect(line?.item.name?.decimal).toBeNull();
    expect(line?.netAmount?.line).toBe(line?.netAmount?.element.line);
    expect(model.seller?.identifiers[0]?.scheme).toBe('0009');
    expect(model.seller?.name?.scheme).toBeNull();
    expect(model.totalVat?.attribute('currencyID')).toBe('EUR');
  });

  it('converts a CII date and keeps what is written', async () => {
    const { issueDate } = await modelOf(fullCii());
    expect(issueDate).toBeInstanceOf(DateValue);
    expect(issueDate).toMatchObject({ value: '2026-09-01', written: '20260901' });
  });

  it('reads a credit note of UBL: its type, its due date and its project have other places', async () => {
    const text = fullUbl()
      .replaceAll('Invoice-2', 'CreditNote-2')
      .replace(/<(\/?)Invoice(?=[ >])/g, '<$1CreditNote')
      .replaceAll('InvoiceTypeCode', 'CreditNoteTypeCode')
      .replaceAll('cac:InvoiceLine', 'cac:CreditNoteLine')
      .replaceAll('InvoicedQuantity', 'CreditedQuantity')
      .replace(/<cbc:DueDate>.*?<\/cbc:DueDate>/, '')
      .replace('<cbc:PaymentID>', '<cbc:PaymentDueDate>2026-10-01</cbc:PaymentDueDate><cbc:PaymentID>')
      .replace(/<cac:ProjectReference>.*?<\/cac:ProjectReference>/, '')
      .replace(
        '<cac:AdditionalDocumentReference>',
        '<cac:AdditionalDocumentReference><cbc:ID>PROJET</cbc:ID><cbc:DocumentTypeCode>50</cbc:DocumentTypeCode></cac:AdditionalDocumentReference>$&',
      );
    expect(plain(await modelOf(text))).toEqual({ ...everything, taxPointDateCode: '35' });
  });

  it('reads the historic UBL profile: tax layout, tax scheme, kinds of references, validator', async () => {
    const frame =
      '<ext:UBLExtensions xmlns:ext="urn:oasis:names:specification:ubl:schema:xsd:CommonExtensionComponents-2"><ext:UBLExtension><ext:ExtensionContent><a:FactureExtension xmlns:a="urn:AIFE:Facture:Extension"><a:CategoryCode>A9</a:CategoryCode></a:FactureExtension></ext:ExtensionContent></ext:UBLExtension></ext:UBLExtensions>';
    const subtotal =
      '<cac:TaxSubtotal><cbc:TaxableAmount>100.00</cbc:TaxableAmount><cbc:TaxAmount>20.00</cbc:TaxAmount><cbc:Percent>20</cbc:Percent><cac:TaxCategory><cac:TaxScheme><cbc:TaxTypeCode>TVA</cbc:TaxTypeCode></cac:TaxScheme></cac:TaxCategory></cac:TaxSubtotal>';
    const holder =
      '<cac:TaxRepresentativeParty><cac:PartyIdentification><cbc:ID schemeID="1">53514650090018</cbc:ID></cac:PartyIdentification></cac:TaxRepresentativeParty>';
    const text = ublInvoice()
      .replace(/<cbc:CustomizationID>.*<\/cbc:CustomizationID>/, frame)
      .replace('>380<', '>381<')
      .replace('<cac:TaxScheme><cbc:ID>VAT</cbc:ID>', '<cac:TaxScheme><cbc:TaxTypeCode>TVA</cbc:TaxTypeCode>')
      .replace('<cac:TaxTotal>', `${holder}$&`)
      .replace('20.00</cbc:TaxAmount>', `$&${subtotal}`);
    const model = await modelOf(text);
    expect([model.businessProcess?.value, model.typeCode?.value, model.specification]).toEqual(['A9', '381', null]);
    expect(plain(model.vatBreakdown)).toEqual([
      { taxableAmount: '100.00', taxAmount: '20.00', rate: '20', taxType: 'TVA' },
    ]);
    expect(plain(model.seller?.vatNumbers)).toEqual(['FR60810347328']);
    expect(plain(model.validator?.identifiers)).toEqual(['53514650090018']);
  });

  it('gives nothing for what an empty document does not have', async () => {
    const empty = '<Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2"/>';
    expect(plain(await modelOf(empty))).toEqual({});
    expect(
      plain(
        await modelOf(
          '<r:CrossIndustryInvoice xmlns:r="urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100"/>',
        ),
      ),
    ).toEqual({});
  });

  it('takes the only VAT total of CII whatever its currency, and of several that of the invoice', async () => {
    const one = ciiInvoice().replace('<ram:TaxTotalAmount currencyID="EUR">20.00</ram:TaxTotalAmount>', '');
    expect((await modelOf(one)).totalVat?.value).toBe('22.00');
    expect((await modelOf(ciiInvoice())).totalVat?.value).toBe('20.00');
  });

  it('reads each group once', async () => {
    for (const text of [fullUbl(), fullCii()]) {
      const model = await modelOf(text);
      expect(model.lines).toBe(model.lines);
      expect(model.seller).toBe(model.seller);
      expect(model.vatBreakdown).toBe(model.vatBreakdown);
    }
  });
});
