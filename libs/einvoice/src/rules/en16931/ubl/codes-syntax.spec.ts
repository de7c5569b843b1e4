import {
  amount,
  broken,
  document,
  judge,
  line,
  subtotal,
  totals,
  vatTotal,
  type Parts,
} from './testing/ubl-documents.js';
import { forbiddenAnywhere, forbiddenAttributes } from './forbidden/anywhere.js';
import { forbiddenInBuyer } from './forbidden/buyer.js';
import { forbiddenInDelivery } from './forbidden/delivery.js';
import { forbiddenInDocument } from './forbidden/document.js';
import type { ForbiddenPath } from './forbidden/forbidden-path.js';
import { forbiddenInLines } from './forbidden/lines.js';
import { forbiddenInPayeeAndRepresentative } from './forbidden/payee-and-representative.js';
import { forbiddenInPayment } from './forbidden/payment.js';
import { forbiddenInReferences } from './forbidden/references.js';
import { forbiddenInSeller } from './forbidden/seller.js';
import { forbiddenInTotals } from './forbidden/totals.js';
import { en16931Ubl, neverFires } from './index.js';

const reference = (content: string): string =>
  `<cac:AdditionalDocumentReference>${content}</cac:AdditionalDocumentReference>`;
const item = (content: string): Parts => ({ lines: line({ item: content }) });
const attached = (attributes: string): string =>
  reference(
    `<cbc:ID>1</cbc:ID><cac:Attachment><cbc:EmbeddedDocumentBinaryObject ${attributes}>AA==</cbc:EmbeddedDocumentBinaryObject></cac:Attachment>`,
  );

/** An element or attribute at the end of a path, with all that stands around it. */
function planted(path: string): string {
  const [elements = '', attribute] = path.replace(/\((cac:\w+)\|cac:\w+\)/, '$1').split('/@');
  const names = elements.split('/');
  const set = attribute === undefined ? '' : ` ${attribute}="x"`;
  return names.reduceRight((inner, name, at) => `<${name}${at === names.length - 1 ? set : ''}>${inner}</${name}>`, '');
}

describe('R42 EN 16931 on UBL: codes and syntax', () => {
  it.each<[string, Parts, string[]]>([
    [
      'an unknown type',
      {
        header:
          '<cbc:CustomizationID>x</cbc:CustomizationID><cbc:ID>1</cbc:ID><cbc:IssueDate>2026-09-01</cbc:IssueDate><cbc:InvoiceTypeCode>381</cbc:InvoiceTypeCode>',
      },
      ['BR-CL-01'],
    ],
    ['an unknown currency', { totals: totals({}).replace('currencyID="EUR"', 'currencyID="FRF"') }, ['BR-CL-03']],
    ['an amount without currency', { totals: totals({}).replace(' currencyID="EUR"', '') }, ['BR-CL-03']],
    ['a currency with blanks', { totals: totals({}).replace('"EUR"', '" EUR "') }, []],
    [
      'a tax point of CII',
      { period: '<cac:InvoicePeriod><cbc:DescriptionCode>5</cbc:DescriptionCode></cac:InvoicePeriod>' },
      ['BR-CL-06'],
    ],
    [
      'an invoiced object of an unknown kind',
      { references: reference('<cbc:ID schemeID="QQQ">1</cbc:ID><cbc:DocumentTypeCode>130</cbc:DocumentTypeCode>') },
      ['BR-CL-07'],
    ],
    [
      'two invoiced objects',
      { references: reference('<cbc:ID>1</cbc:ID><cbc:DocumentTypeCode>130</cbc:DocumentTypeCode>').repeat(2) },
      ['UBL-SR-04'],
    ],
    [
      'an invoiced object with a file',
      {
        references: reference(
          '<cbc:ID>1</cbc:ID><cbc:DocumentTypeCode>130</cbc:DocumentTypeCode><cbc:DocumentDescription>x</cbc:DocumentDescription><cac:Attachment/>',
        ),
      },
      ['UBL-CR-666', 'UBL-CR-673'],
    ],
    [
      'a supporting document of another kind',
      { references: reference('<cbc:ID schemeID="AAA">1</cbc:ID><cbc:DocumentTypeCode>50</cbc:DocumentTypeCode>') },
      ['UBL-CR-665', 'UBL-SR-43'],
    ],
    [
      'a supporting document with two descriptions and no number',
      {
        references: reference(
          '<cbc:DocumentDescription>a</cbc:DocumentDescription><cbc:DocumentDescription>b</cbc:DocumentDescription>',
        ),
      },
      ['BR-52', 'UBL-SR-33'],
    ],
    ['a file of an unknown type', { references: attached('mimeCode="text/xml" filename="a.xml"') }, ['BR-CL-24']],
    ['a file whose type has a blank', { references: attached('mimeCode="text/csv " filename="a.csv"') }, ['BR-CL-24']],
    ['a file without type and name', { references: attached('') }, ['UBL-DT-06', 'UBL-DT-07']],
    ['a preceding invoice without number', { references: '<cac:BillingReference/>' }, ['BR-55', 'UBL-SR-07']],
    [
      'two preceding invoices in one',
      {
        references:
          '<cac:BillingReference><cac:InvoiceDocumentReference><cbc:ID>1</cbc:ID></cac:InvoiceDocumentReference><cac:InvoiceDocumentReference/></cac:BillingReference>',
      },
      ['UBL-SR-06'],
    ],
    [
      'two receipts, two despatches, two contracts',
      {
        references: ['Receipt', 'Despatch', 'Contract']
          .map((name) => `<cac:${name}DocumentReference><cbc:ID>1</cbc:ID></cac:${name}DocumentReference>`.repeat(2))
          .join(''),
      },
      ['UBL-SR-01', 'UBL-SR-02', 'UBL-SR-03'],
    ],
    [
      'an item of an unknown class',
      item(
        '<cac:CommodityClassification><cbc:ItemClassificationCode listID="CPV">1</cbc:ItemClassificationCode></cac:CommodityClassification>',
      ),
      ['BR-CL-13'],
    ],
    [
      'a class without list',
      item(
        '<cac:CommodityClassification><cbc:ItemClassificationCode>1</cbc:ItemClassificationCode></cac:CommodityClassification>',
      ),
      ['BR-65'],
    ],
    [
      'an item number without scheme',
      item('<cac:StandardItemIdentification><cbc:ID>1</cbc:ID></cac:StandardItemIdentification>'),
      ['BR-64'],
    ],
    [
      'an item number of an unknown scheme',
      item('<cac:StandardItemIdentification><cbc:ID schemeID="x">1</cbc:ID></cac:StandardItemIdentification>'),
      ['BR-CL-21'],
    ],
    [
      'an origin that is no country',
      item('<cac:OriginCountry><cbc:IdentificationCode>UK</cbc:IdentificationCode></cac:OriginCountry>'),
      ['BR-CL-15'],
    ],
    [
      'a property without value',
      item('<cac:AdditionalItemProperty><cbc:Name>x</cbc:Name></cac:AdditionalItemProperty>'),
      ['BR-54'],
    ],
    [
      'two descriptions of an item',
      item('<cbc:Description>a</cbc:Description><cbc:Description>b</cbc:Description>'),
      ['UBL-SR-50'],
    ],
    ['two notes of a line', { lines: line({ more: '<cbc:Note>a</cbc:Note><cbc:Note>b</cbc:Note>' }) }, ['UBL-SR-34']],
    ['an unknown unit', { lines: line({}).replace('C62', 'PCE') }, ['BR-CL-23']],
    ['no unit', { lines: line({}).replace(' unitCode="C62"', '') }, ['BR-23']],
    ['a price below zero', { lines: line({ price: amount('PriceAmount', '-1') }) }, ['BR-27']],
    ['a price with an exponent', { lines: line({ price: amount('PriceAmount', '1E2') }) }, []],
    [
      'a gross price below zero',
      {
        lines: line({
          price: `${amount('PriceAmount', '1.2345')}<cac:AllowanceCharge><cbc:ChargeIndicator>false</cbc:ChargeIndicator>${amount('Amount', '0.1234')}${amount('BaseAmount', '-1.1234')}</cac:AllowanceCharge>`,
        }),
      },
      ['BR-28'],
    ],
    [
      'two categories of a line',
      item(
        '<cac:ClassifiedTaxCategory><cbc:ID>S</cbc:ID><cbc:Percent>20</cbc:Percent><cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme></cac:ClassifiedTaxCategory>',
      ),
      ['UBL-SR-48'],
    ],
    [
      'an unknown category',
      { lines: line({ code: 'X' }), vat: vatTotal('20.00', subtotal('100.00', '20.00', 'X', '20')) },
      ['BR-CL-17', 'BR-CL-18'],
    ],
    [
      'an exemption in lower case',
      {
        vat: vatTotal(
          '20.00',
          subtotal(
            '100.00',
            '20.00',
            'S',
            '20',
            '<cbc:TaxExemptionReasonCode>vatex-eu-ae</cbc:TaxExemptionReasonCode>',
          ),
        ),
      },
      ['BR-S-10'],
    ],
    [
      'an unknown exemption, given twice',
      {
        vat: vatTotal(
          '20.00',
          subtotal(
            '100.00',
            '20.00',
            'S',
            '20',
            '<cbc:TaxExemptionReasonCode>x</cbc:TaxExemptionReasonCode><cbc:TaxExemptionReason>a</cbc:TaxExemptionReason><cbc:TaxExemptionReason>b</cbc:TaxExemptionReason>',
          ),
        ),
      },
      ['BR-CL-22', 'BR-S-10', 'UBL-SR-32'],
    ],
    ['UBL of another version', { note: '<cbc:UBLVersionID>2.3</cbc:UBLVersionID>' }, ['UBL-CR-002']],
    [
      'names of payment means',
      {
        payment: '<cac:PaymentMeans><cbc:PaymentMeansCode name="a">10</cbc:PaymentMeansCode></cac:PaymentMeans>'.repeat(
          2,
        ),
      },
      ['UBL-SR-46'],
    ],
    ['a name elsewhere', { note: '<cbc:Note name="a">x</cbc:Note>' }, ['UBL-DT-18']],
  ])('with %s', (_, parts, rules) => {
    expect(broken(parts)).toEqual(rules);
  });

  it('leaves the due date of a credit note in its payment means', () => {
    const payment =
      '<cac:PaymentMeans><cbc:PaymentMeansCode>10</cbc:PaymentMeansCode><cbc:PaymentDueDate>2026-10-01</cbc:PaymentDueDate></cac:PaymentMeans>';
    expect(broken({ payment })).toEqual(['UBL-CR-412']);
    expect(broken({ payment }, 'CreditNote')).not.toContain('UBL-CR-412');
  });

  const tables: readonly ForbiddenPath[] = [
    ...forbiddenInBuyer,
    ...forbiddenInDelivery,
    ...forbiddenInDocument,
    ...forbiddenInLines,
    ...forbiddenInPayeeAndRepresentative,
    ...forbiddenInPayment,
    ...forbiddenInReferences,
    ...forbiddenInSeller,
    ...forbiddenInTotals,
    ...forbiddenAnywhere,
  ];

  it.each(tables)('%s wants %s to be absent', (rule, path) => {
    expect(broken()).not.toContain(rule);
    const found = judge(document({ note: planted(path) })).violations.filter((violation) => violation.rule === rule);
    expect(found.map(({ severity }) => severity)).toEqual(['warning']);
    const last = /(\w+:\w+)\)?(?:\/@\w+)?$/.exec(path)?.[1] ?? '';
    expect(found[0]?.at.location).toContain(`/${last}[`);
  });

  it.each(forbiddenAttributes)(
    '%s wants the attribute %s to be absent everywhere, and says so once',
    (rule, attribute) => {
      expect(broken({ note: `<cbc:Note ${attribute}="x">x</cbc:Note>`.repeat(2) })).toEqual([rule]);
      expect(broken({ note: `<cbc:Note xmlns:x="urn:x" x:${attribute}="x">x</cbc:Note>` })).toEqual([]);
    },
  );

  it('has every rule once, and knows which never fire', () => {
    const rules = en16931Ubl.patterns.flatMap(({ contexts }) =>
      contexts.flatMap(({ assertions }) => assertions.map(({ rule }) => rule)),
    );
    const all = [...rules, ...tables.slice(0, -forbiddenAnywhere.length).map(([rule]) => rule), ...neverFires];
    expect(new Set(all).size).toBe(all.length);
    expect(all).toHaveLength(979);
  });
});
