import { broken, document, judge, line, type Parts } from './testing/ubl-documents.js';

const party = (role: string, names: string): string =>
  `<cac:${role}><cac:Party>
<cac:PostalAddress><cac:Country><cbc:IdentificationCode>FR</cbc:IdentificationCode></cac:Country></cac:PostalAddress>
<cac:PartyTaxScheme><cbc:CompanyID>FR60810347328</cbc:CompanyID><cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme></cac:PartyTaxScheme>
<cac:PartyLegalEntity>${names}</cac:PartyLegalEntity></cac:Party></cac:${role}>`;
const name = '<cbc:RegistrationName>Câblage du Rhône</cbc:RegistrationName>';
const creditor = '<cac:PartyIdentification><cbc:ID schemeID="SEPA">FR98ZZZ123</cbc:ID></cac:PartyIdentification>';
const payment = (content: string): string =>
  `<cac:PaymentMeans><cbc:PaymentMeansCode>48</cbc:PaymentMeansCode>${content}</cac:PaymentMeans>`;
const dueDate = '<cbc:PaymentDueDate>2026-10-01</cbc:PaymentDueDate>';
const card =
  '<cac:CardAccount><cbc:PrimaryAccountNumberID>1234</cbc:PrimaryAccountNumberID><cbc:NetworkID>N</cbc:NetworkID></cac:CardAccount>';
const tender = '<cac:OriginatorDocumentReference><cbc:ID>AO-1</cbc:ID></cac:OriginatorDocumentReference>';
/** The published test looks for the currency within the amount, where no document has it. */
const vatOfLine = (currency: string): string =>
  `<cac:TaxTotal><cbc:TaxAmount currencyID="EUR">1.234<cbc:${currency}>EUR</cbc:${currency}></cbc:TaxAmount></cac:TaxTotal>`;

/** Documents of our own for rules that no official test case and no mutant breaks. */
const cases: readonly (readonly [what: string, parts: Parts, rules: readonly string[]])[] = [
  [
    'BR-DEC-13: VAT with three decimals',
    { lines: line({ more: vatOfLine('DocumentCurrencyCode') }) },
    ['BR-DEC-13', 'UBL-CR-561', 'UBL-DT-01'],
  ],
  [
    'BR-DEC-15: VAT in accounting currency',
    { lines: line({ more: vatOfLine('TaxCurrencyCode') }) },
    ['BR-DEC-15', 'UBL-CR-561', 'UBL-DT-01'],
  ],
  ['UBL-SR-24: two deliveries', { delivery: '<cac:Delivery/>'.repeat(2) }, ['UBL-SR-24']],
  [
    'UBL-SR-29: two creditor references',
    {
      payee: `<cac:PayeeParty>${creditor}${creditor}<cac:PartyName><cbc:Name>Affactureur</cbc:Name></cac:PartyName></cac:PayeeParty>`,
    },
    ['UBL-SR-29'],
  ],
  ['UBL-SR-45: two due dates of payment', { payment: payment(dueDate + dueDate) }, ['UBL-CR-412', 'UBL-SR-45']],
  ['UBL-SR-54: two cards', { payment: payment(card) + payment(card) }, ['UBL-SR-54']],
  ['UBL-SR-56: two tenders', { references: tender + tender }, ['UBL-SR-56']],
];

/** The same for rules on something repeated of which other rules ask the text: the official stylesheet stops at it as well. */
const withoutVerdict: readonly (readonly [what: string, parts: Parts, rule: string, at: string])[] = [
  [
    'UBL-SR-09: two names of the seller',
    { seller: party('AccountingSupplierParty', name + name) },
    'UBL-SR-09',
    'cac:AccountingSupplierParty[1]/cac:Party[1]/cac:PartyLegalEntity[1]/cbc:RegistrationName[2]',
  ],
  [
    'UBL-SR-15: two names of the buyer',
    { buyer: party('AccountingCustomerParty', name + name) },
    'UBL-SR-15',
    'cac:AccountingCustomerParty[1]/cac:Party[1]/cac:PartyLegalEntity[1]/cbc:RegistrationName[2]',
  ],
  [
    'UBL-SR-27: two means of one payment',
    { payment: payment('<cbc:PaymentMeansCode>48</cbc:PaymentMeansCode>') },
    'UBL-SR-27',
    'cac:PaymentMeans[1]/cbc:PaymentMeansCode[2]',
  ],
];

describe('R43 EN 16931 on UBL: rules that are rarely broken', () => {
  it.each(cases)('%s', (_, parts, rules) => {
    expect(broken(parts)).toEqual(rules);
  });

  it.each(withoutVerdict)('%s, and the value has no verdict', (_, parts, rule, at) => {
    const { violations, unreadable } = judge(document(parts));
    expect(violations.map((one) => one.rule)).toEqual([rule]);
    expect(unreadable).toEqual([`/ubl:Invoice[1]/${at}`]);
  });

  it('find nothing in the same documents with one of each', () => {
    const { seller, buyer } = {
      seller: party('AccountingSupplierParty', name),
      buyer: party('AccountingCustomerParty', name),
    };
    const payee = `<cac:PayeeParty>${creditor}<cac:PartyName><cbc:Name>Affactureur</cbc:Name></cac:PartyName></cac:PayeeParty>`;
    expect(broken({ seller, buyer, payee, delivery: '<cac:Delivery/>', references: tender })).toEqual([]);
    expect(broken({ payment: payment(card) })).toEqual([]);
  });
});
