import { broken, type Parts } from './testing/ubl-documents.js';

const country =
  '<cac:PostalAddress><cac:Country><cbc:IdentificationCode>FR</cbc:IdentificationCode></cac:Country></cac:PostalAddress>';
const legal = (more = ''): string =>
  `<cac:PartyLegalEntity><cbc:RegistrationName>Câblage</cbc:RegistrationName>${more}</cac:PartyLegalEntity>`;
const registration = (number: string, scheme = '<cbc:ID>VAT</cbc:ID>'): string =>
  `<cac:PartyTaxScheme>${number === '' ? '' : `<cbc:CompanyID>${number}</cbc:CompanyID>`}<cac:TaxScheme>${scheme}</cac:TaxScheme></cac:PartyTaxScheme>`;
const seller = (content: string): Parts => ({
  seller: `<cac:AccountingSupplierParty><cac:Party>${content}</cac:Party></cac:AccountingSupplierParty>`,
});
const buyer = (content: string): Parts => ({
  buyer: `<cac:AccountingCustomerParty><cac:Party>${content}</cac:Party></cac:AccountingCustomerParty>`,
});
const payee = (content: string): Parts => ({ payee: `<cac:PayeeParty>${content}</cac:PayeeParty>` });
const payeeName = '<cac:PartyName><cbc:Name>Affacturage</cbc:Name></cac:PartyName>';
const representative = (content: string): Parts => ({
  representative: `<cac:TaxRepresentativeParty>${content}</cac:TaxRepresentativeParty>`,
});
const means = (content: string): Parts => ({ payment: `<cac:PaymentMeans>${content}</cac:PaymentMeans>` });
const code = (value: string): string => `<cbc:PaymentMeansCode>${value}</cbc:PaymentMeansCode>`;
const account = (id: string): string => `<cac:PayeeFinancialAccount><cbc:ID>${id}</cbc:ID></cac:PayeeFinancialAccount>`;
const delivery = (content: string): Parts => ({ delivery: `<cac:Delivery>${content}</cac:Delivery>` });

describe('R42 EN 16931 on UBL: parties, delivery and payment', () => {
  it.each<[string, Parts, string[]]>([
    ['a seller without identifiers', seller(country + legal()), ['BR-CO-26', 'BR-S-02']],
    [
      'a seller identified by a creditor reference alone',
      seller(
        `<cac:PartyIdentification><cbc:ID schemeID="SEPA">FR1</cbc:ID></cac:PartyIdentification>${country}${registration('1', '<cbc:ID>LOC</cbc:ID>')}${legal()}`,
      ),
      ['BR-CO-26'],
    ],
    ['a seller without country', seller(`<cac:PostalAddress/>${registration('FR1')}${legal()}`), ['BR-09']],
    [
      'a seller address without scheme',
      seller(`<cbc:EndpointID>x</cbc:EndpointID>${country}${registration('FR1')}${legal()}`),
      ['BR-62'],
    ],
    ['a VAT identifier without country', seller(country + registration('1FR') + legal()), ['BR-CO-09']],
    ['a Greek VAT identifier', seller(country + registration('EL1') + legal()), []],
    [
      'VAT in lower case with blanks',
      seller(country + registration('1FR', '<cbc:ID> vat </cbc:ID>') + legal()),
      ['BR-CO-09'],
    ],
    [
      'a registration without identifier',
      seller(country + registration('FR1') + registration('') + legal()),
      ['UBL-SR-53'],
    ],
    ['two VAT registrations', seller(country + registration('FR1') + registration('FR2') + legal()), ['UBL-SR-12']],
    [
      'two other registrations',
      seller(
        country +
          registration('1', '<cbc:ID>A</cbc:ID>') +
          registration('2', '<cbc:ID>B</cbc:ID>') +
          legal('<cbc:CompanyID>1</cbc:CompanyID>'),
      ),
      ['UBL-SR-13'],
    ],
    [
      'three registrations',
      seller(country + registration('FR1') + registration('FR2') + registration('FR3') + legal()),
      ['UBL-SR-12', 'UBL-SR-42'],
    ],
    [
      'a seller with two legal names',
      seller(
        country +
          registration('FR1') +
          legal('<cbc:CompanyLegalForm>a</cbc:CompanyLegalForm><cbc:CompanyLegalForm>b</cbc:CompanyLegalForm>'),
      ),
      ['UBL-SR-14'],
    ],
    ['a buyer without country', buyer(`<cac:PostalAddress/>${legal()}`), ['BR-11']],
    ['a buyer address without scheme', buyer(`<cbc:EndpointID>x</cbc:EndpointID>${country}${legal()}`), ['BR-63']],
    [
      'a buyer with two identifiers',
      buyer(
        `<cac:PartyIdentification><cbc:ID>1</cbc:ID></cac:PartyIdentification><cac:PartyIdentification><cbc:ID>2</cbc:ID></cac:PartyIdentification>${country}${legal()}`,
      ),
      ['UBL-SR-16'],
    ],
    [
      'a buyer with two trading names',
      buyer(
        `<cac:PartyName><cbc:Name>a</cbc:Name></cac:PartyName><cac:PartyName><cbc:Name>b</cbc:Name></cac:PartyName>${country}${legal()}`,
      ),
      ['UBL-SR-40'],
    ],
    [
      'two VAT registrations of the buyer',
      buyer(country + registration('FR1') + registration('FR2') + legal()),
      ['UBL-SR-18'],
    ],
    ['a payee without name', payee(''), ['BR-17', 'UBL-SR-19', 'UBL-SR-20', 'UBL-SR-21']],
    ['a payee of another name', payee(payeeName), []],
    [
      'a payee of the name of the seller',
      payee('<cac:PartyName><cbc:Name>Câblage du Rhône</cbc:Name></cac:PartyName>'),
      ['UBL-SR-19', 'UBL-SR-20', 'UBL-SR-21'],
    ],
    [
      'a payee with two identifiers',
      payee(
        `<cac:PartyIdentification><cbc:ID>1</cbc:ID></cac:PartyIdentification><cac:PartyIdentification><cbc:ID>2</cbc:ID></cac:PartyIdentification>${payeeName}`,
      ),
      ['UBL-SR-20'],
    ],
    [
      'a payee with a creditor reference',
      payee(
        `<cac:PartyIdentification><cbc:ID>1</cbc:ID></cac:PartyIdentification><cac:PartyIdentification><cbc:ID schemeID="SEPA">2</cbc:ID></cac:PartyIdentification>${payeeName}`,
      ),
      [],
    ],
    ['a nameless representative', representative(''), ['BR-18', 'BR-19', 'BR-56']],
    [
      'a good representative',
      representative(`<cac:PartyName><cbc:Name>R</cbc:Name></cac:PartyName>${country}${registration('FR9')}`),
      [],
    ],
    [
      'a representative without country and with two registrations',
      representative(
        `<cac:PartyName><cbc:Name>R</cbc:Name></cac:PartyName><cac:PostalAddress/>${registration('FR9')}${registration('FR8')}`,
      ),
      ['BR-20', 'UBL-SR-23'],
    ],
    [
      'a place of delivery without country',
      delivery('<cac:DeliveryLocation><cbc:ID schemeID="9999">1</cbc:ID><cac:Address/></cac:DeliveryLocation>'),
      ['BR-57', 'BR-CL-26'],
    ],
    [
      'two names of the one who receives',
      delivery(
        '<cac:DeliveryParty><cac:PartyName><cbc:Name>a</cbc:Name></cac:PartyName><cac:PartyName><cbc:Name>b</cbc:Name></cac:PartyName></cac:DeliveryParty>',
      ),
      ['UBL-SR-25'],
    ],
    ['payment without code', means(''), ['BR-49']],
    ['a transfer without account', means(code('30')), ['BR-61']],
    ['a transfer to a blank account', means(code('58') + account(' ')), ['BR-50']],
    ['cash to no account', means(code('10')), []],
    [
      'a whole card number',
      means(
        `${code('48')}<cac:CardAccount><cbc:PrimaryAccountNumberID>12345678901</cbc:PrimaryAccountNumberID></cac:CardAccount>`,
      ),
      ['BR-51'],
    ],
    [
      'two payment references',
      means(`${code('10')}<cbc:PaymentID>1</cbc:PaymentID><cbc:PaymentID>2</cbc:PaymentID>`),
      ['UBL-SR-26', 'UBL-SR-44'],
    ],
    [
      'the same payment reference twice',
      means(`${code('10')}<cbc:PaymentID>1</cbc:PaymentID><cbc:PaymentID>1</cbc:PaymentID>`),
      ['UBL-SR-26'],
    ],
    [
      'two mandates of two payments',
      {
        payment: `<cac:PaymentMeans>${code('59')}<cac:PaymentMandate/></cac:PaymentMeans><cac:PaymentMeans>${code('49')}<cac:PaymentMandate/></cac:PaymentMeans>`,
      },
      ['UBL-SR-47', 'UBL-SR-55'],
    ],
    [
      'two identifiers of a mandate',
      means(`${code('59')}<cac:PaymentMandate><cbc:ID>1</cbc:ID><cbc:ID>2</cbc:ID></cac:PaymentMandate>`),
      ['UBL-SR-28'],
    ],
    [
      'two notes of payment terms',
      { terms: '<cac:PaymentTerms><cbc:Note>a</cbc:Note><cbc:Note>b</cbc:Note></cac:PaymentTerms>' },
      ['UBL-SR-05'],
    ],
    [
      'two addresses of lines',
      delivery(
        '<cac:DeliveryLocation><cac:Address><cac:AddressLine/><cac:AddressLine/><cac:Country><cbc:IdentificationCode>FR</cbc:IdentificationCode></cac:Country></cac:Address></cac:DeliveryLocation>',
      ),
      ['UBL-SR-51'],
    ],
  ])('with %s', (_, parts, rules) => {
    expect(broken(parts)).toEqual(rules);
  });
});
