import { broken, changed, judged, type Change } from '../testing/judging.js';
import { ciiReform } from '../testing/cii-reform.js';
import { afnor202511 } from './afnor-rule-set.js';

const note = (subject: string, text: string): Change => [
  '<!--notes-->',
  `<ram:IncludedNote><ram:Content>${text}</ram:Content><ram:SubjectCode>${subject}</ram:SubjectCode></ram:IncludedNote>`,
];
const earlier = (extra = '', date = '20260901'): string =>
  `<ram:InvoiceReferencedDocument><ram:IssuerAssignedID>F-0</ram:IssuerAssignedID>${extra}<ram:FormattedIssueDateTime><qdt:DateTimeString format="102">${date}</qdt:DateTimeString></ram:FormattedIssueDateTime></ram:InvoiceReferencedDocument>`;
const object = (scheme: string, identifier: string): string =>
  `<ram:AdditionalReferencedDocument><ram:IssuerAssignedID>${identifier}</ram:IssuerAssignedID><ram:TypeCode>130</ram:TypeCode><ram:ReferenceTypeCode>${scheme}</ram:ReferenceTypeCode></ram:AdditionalReferencedDocument>`;
const type = (code: string): Change => ['<ram:TypeCode>380</ram:TypeCode>', `<ram:TypeCode>${code}</ram:TypeCode>`];
const frame = (code: string): Change => ['<ram:ID>B1</ram:ID>', `<ram:ID>${code}</ram:ID>`];
const unique = '<ram:GlobalID schemeID="0231">810347328</ram:GlobalID><ram:GlobalID schemeID="0009">8';
const singleEntity: Change = ['<ram:GlobalID schemeID="0009">8', unique];
const represented = (vat: string): Change => [
  '<!--agreement parties-->',
  `<ram:SellerTaxRepresentativeTradeParty><ram:Name>AU</ram:Name>${vat}</ram:SellerTaxRepresentativeTradeParty>`,
];
const vatOfEntity =
  '<ram:SpecifiedTaxRegistration><ram:ID schemeID="VA">FR60810347328</ram:ID></ram:SpecifiedTaxRegistration>';
const exempt: Change = [
  '<ram:CategoryCode>S</ram:CategoryCode><ram:RateApplicablePercent>20.00</ram:RateApplicablePercent></ram:ApplicableTradeTax>\n      <!--allowances-->',
  '<ram:ExemptionReason>Exonéré</ram:ExemptionReason><ram:CategoryCode>E</ram:CategoryCode><!--code--><ram:RateApplicablePercent>0</ram:RateApplicablePercent></ram:ApplicableTradeTax>',
];
const dear: Change = ['<ram:GrandTotalAmount>120.00', '<ram:GrandTotalAmount>1200.00'];

/** For each rule, changes that break it and no other of the set. */
const breaking: readonly (readonly [rule: string, ...changes: Change[]])[] = [
  ['BR-FR-01', ['F-2026/1', 'F'.repeat(36)]],
  ['BR-FR-01', ['<!--references-->', earlier().replace('F-0', 'G'.repeat(36))]],
  ['BR-FR-02', ['F-2026/1', 'F 2026']],
  ['BR-FR-02', ['<!--line references-->', earlier().replace('F-0', 'é')]],
  ['BR-FR-03', ['20261001', '19991001']],
  ['BR-FR-03', ['<!--references-->', earlier('', '21000101')]],
  ['BR-FR-04', type('326')],
  ['BR-FR-05', ['PMT', 'AAI']],
  ['BR-FR-06', note('AAB', 'bis')],
  ['BR-FR-08', frame('A1')],
  ['BR-FR-08', ['<ram:ID>B1</ram:ID>', '']],
  ['BR-FR-09', ['"0009">81034732800017', '"0009">81034732900017']],
  ['BR-FR-09', ['"0009">53514650090018</ram:GlobalID></ram:ShipTo', '"0009">5351465009001</ram:GlobalID></ram:ShipTo']],
  ['BR-FR-10', ['<ram:ID schemeID="0002">810347328</ram:ID>', '']],
  ['BR-FR-11', ['<ram:ID schemeID="0002">535146500</ram:ID>', '']],
  ['BR-FR-12', ['<ram:URIID schemeID="0225">535146500</ram:URIID>', ''], ['B2B', 'B2C']],
  ['BR-FR-13', ['<ram:URIID schemeID="0225">810347328</ram:URIID>', '']],
  ['BR-FR-15', ['<ram:CategoryCode>S', '<ram:CategoryCode>L']],
  ['BR-FR-16', ['<ram:RateApplicablePercent>20.00', '<ram:RateApplicablePercent>21']],
  ['BR-FR-17', ['<ram:Name>LISIBLE', '<ram:Name>PLAN']],
  [
    'BR-FR-18',
    [
      '<!--documents-->',
      '<ram:AdditionalReferencedDocument><ram:IssuerAssignedID>2</ram:IssuerAssignedID><ram:TypeCode>916</ram:TypeCode><ram:Name>LISIBLE</ram:Name></ram:AdditionalReferencedDocument>',
    ],
  ],
  ['BR-FR-20', ['B2B', 'B2G']],
  ['BR-FR-21', ['schemeID="0225">535146500', 'schemeID="0088">535146500']],
  ['BR-FR-22', type('389'), ['schemeID="0225">810347328', 'schemeID="0225">910347328']],
  ['BR-FR-23', ['"0225">535146500', '"0225">535146500 A']],
  ['BR-FR-24', ['"0224">SERVICE-1', '"0224">SERVICE 1']],
  ['BR-FR-25', ['"0225">810347328', `"0225">810347328${'A'.repeat(120)}`]],
  ['BR-FR-26', ['"0224">SERVICE-1', `"0224">${'S'.repeat(101)}`]],
  ['BR-FR-27', ['<ram:Description>Couleur</ram:Description>', '']],
  [
    'BR-FR-28',
    ['<ram:Value>Noir</ram:Value>', '<ram:Value>Noir</ram:Value><ram:ValueMeasure unitCode="MTR">1</ram:ValueMeasure>'],
  ],
  ['BR-FR-28', ['<ram:Value>Noir</ram:Value>', '<ram:ValueMeasure>1</ram:ValueMeasure>']],
  ['BR-FR-29', ['<!--documents-->', object('AFL', 'A') + object('AFL', 'B')]],
  ['BR-FR-29', ['<!--documents-->', object('AVV', ' ')]],
  ['BR-FR-30', ['<!--line references-->', object('AVV', 'A') + object('AVV', 'B')]],
  ['BR-FR-31', note('BAR', 'ARCHIVEONLY')],
  [
    'BR-FR-32',
    [
      '<!--settlement parties-->',
      '<ram:PayeeTradeParty><ram:Name>P</ram:Name><ram:SpecifiedLegalOrganization><ram:ID schemeID="0002">12</ram:ID></ram:SpecifiedLegalOrganization></ram:PayeeTradeParty>',
    ],
  ],
  ['BR-FR-CO-01', ['20261001', '20261016']],
  ['BR-FR-CO-03', type('262')],
  ['BR-FR-CO-04', type('384')],
  ['BR-FR-CO-05', type('381')],
  ['BR-FR-CO-07', ['20261031', '20260930']],
  ['BR-FR-CO-08', type('386'), frame('B4')],
  ['BR-FR-CO-09', frame('S2')],
  ['BR-FR-CO-10', ['schemeID="0224"', '']],
  ['BR-FR-CO-10', ['schemeID="0224"', 'schemeID="0009"']],
  ['BR-FR-CO-12', ['>EUR<', '>USD<']],
  ['BR-FR-CO-14', singleEntity, represented(vatOfEntity)],
  ['BR-FR-CO-15', singleEntity, note('TXD', 'MEMBRE_ASSUJETTI_UNIQUE')],
  ['BR-FR-DEC-01', ['<ram:DuePayableAmount>120.00', '<ram:DuePayableAmount>120.000']],
  ['BR-FR-DEC-02', ['>2</ram:BilledQuantity>', '>2.00000</ram:BilledQuantity>']],
  ['BR-FR-DEC-03', ['<ram:ChargeAmount>50.00', '<ram:ChargeAmount>50.0000000']],
  ['BR-FR-DEC-04', ['<ram:RateApplicablePercent>20.00', '<ram:RateApplicablePercent>20.000']],
  ['G1.41', exempt, dear],
  ['G1.47', exempt, ['<ram:ID schemeID="VA">FR60810347328</ram:ID>', '']],
  ['G1.55', ['<ram:ChargeAmount>50.00', '<ram:ChargeAmount>50.02']],
  ['G6.21', exempt, ['<!--code-->', '<ram:ExemptionReasonCode>VATEX-FR-CNWVAT</ram:ExemptionReasonCode>']],
];

/** Changes that break no rule: what the rules above do not forbid. */
const harmless: readonly (readonly [what: string, ...changes: Change[]])[] = [
  ['a number of 35 characters', ['F-2026/1', 'A'.repeat(35)]],
  ['a credit note that names the earlier invoice', type('381'), ['<!--references-->', earlier()]],
  ['a credit note that names it on every line', type('381'), ['<!--line references-->', earlier()]],
  ['a corrected invoice with one earlier invoice', type('384'), ['<!--references-->', earlier()]],
  ['an advance that is due before it is issued', type('386'), ['20261031', '20260930']],
  [
    'an invoice already paid',
    frame('S2'),
    [
      '<ram:DuePayableAmount>120.00',
      '<ram:TotalPrepaidAmount>120.00</ram:TotalPrepaidAmount><ram:DuePayableAmount>0.00',
    ],
  ],
  [
    'a foreign currency with the VAT in euros',
    ['>EUR<', '>USD<'],
    ['<ram:InvoiceCurrencyCode>', '<ram:TaxCurrencyCode>EUR</ram:TaxCurrencyCode><ram:InvoiceCurrencyCode>'],
  ],
  [
    'a member of a single taxable entity',
    singleEntity,
    note('TXD', 'MEMBRE_ASSUJETTI_UNIQUE'),
    represented(vatOfEntity),
  ],
  ['self-billing by the buyer', type('389')],
  ['a measure with its unit', ['<ram:Value>Noir</ram:Value>', '<ram:ValueMeasure unitCode="MTR">1</ram:ValueMeasure>']],
  ['one object of each scheme', ['<!--documents-->', object('AFL', 'A') + object('AVV', 'B')]],
  [
    'an exemption with its code',
    exempt,
    dear,
    ['<!--code-->', '<ram:ExemptionReasonCode>VATEX-EU-132</ram:ExemptionReasonCode>'],
  ],
  [
    'an identifier without scheme in its own element',
    ['<ram:GlobalID schemeID="0009">8', '<ram:ID>A</ram:ID><ram:GlobalID schemeID="0009">8'],
  ],
  ['a negative amount', ['<ram:DuePayableAmount>120.00', '<ram:DuePayableAmount>-120.00']],
];

describe('R43 The rules of the reform (afnor-2025-11)', () => {
  it('find nothing in an invoice that keeps them all', () => {
    expect(judged(afnor202511, ciiReform)).toEqual([]);
  });

  it.each(breaking.map(([rule, ...changes], index) => [rule, index, changes] as const))(
    '%s is broken, and alone (case %i)',
    (rule, _, changes) => {
      expect(broken(afnor202511, ciiReform, changes)).toEqual([rule]);
    },
  );

  it.each(harmless.map(([what, ...changes]) => [what, changes] as const))('%s is let in', (_, changes) => {
    expect(broken(afnor202511, ciiReform, changes)).toEqual([]);
  });

  it('have a case each, but for those of invoices of several sellers', () => {
    const own = afnor202511.rules.map(({ rule }) => rule).filter((rule) => !/-(?:MV|BD)-/.test(rule));
    expect(new Set(breaking.map(([rule]) => rule))).toEqual(new Set(own));
  });

  it('say where, what was found and what was expected (G7.29)', () => {
    const [violation] = judged(afnor202511, ciiReform, [['20261031', '20260930']]);
    expect(violation).toEqual({
      rule: 'BR-FR-CO-07',
      severity: 'fatal',
      location:
        '/rsm:CrossIndustryInvoice[1]/rsm:SupplyChainTradeTransaction[1]/ram:ApplicableHeaderTradeSettlement[1]/ram:SpecifiedTradePaymentTerms[1]/ram:DueDateDateTime[1]/udt:DateTimeString[1]',
      line:
        changed(ciiReform, [['20261031', '20260930']])
          .split('\n')
          .findIndex((line) => line.includes('20260930')) + 1,
      found: '2026-09-30',
      expected: 'à partir du 2026-10-01',
      values: {},
    });
  });

  it('report every place, with its term', () => {
    const violations = judged(afnor202511, ciiReform, [
      [/20\.00<\/ram:RateApplicablePercent>/g, '21</ram:RateApplicablePercent>'],
    ]);
    expect(violations.map(({ rule, values }) => [rule, values['term']])).toEqual([
      ['BR-FR-16', 'Taux de TVA (BT-119)'],
      ['BR-FR-16', 'Taux de TVA de la ligne (BT-152)'],
    ]);
  });

  it('say the three faults of an invoice that is said to be paid and is not', () => {
    const violations = judged(afnor202511, ciiReform, [
      frame('M2'),
      [/<ram:DueDateDateTime>.*<\/ram:DueDateDateTime>/, ''],
    ]);
    expect(violations.map(({ values }) => values['term'])).toEqual([
      'Montant déjà payé (BT-113)',
      'Montant à payer (BT-115)',
      'Date d’échéance (BT-9)',
    ]);
  });
});
