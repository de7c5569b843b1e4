import { broken, judged, type Change } from '../testing/judging.js';
import { bothWaysInvoice, severalSellersInvoice } from '../testing/several-sellers.js';
import { afnor202511 } from './afnor-rule-set.js';

const type = (from: string, to: string): Change => [
  `<ram:TypeCode>${from}</ram:TypeCode>`,
  `<ram:TypeCode>${to}</ram:TypeCode>`,
];
const reference = (date: string): string =>
  `<ram:InvoiceReferencedDocument><ram:IssuerAssignedID>F-0</ram:IssuerAssignedID>${date}</ram:InvoiceReferencedDocument>`;
const dated = reference(
  '<ram:FormattedIssueDateTime><qdt:DateTimeString format="102">20260901</qdt:DateTimeString></ram:FormattedIssueDateTime>',
);
const onGroups = (first: string, second: string): Change[] => [
  ['<!--references of G1-->', first],
  ['<!--references of G2-->', second],
];
const header: Change = ['<!--references-->', dated];
const noGroups: Change[] = [[/<ram:LineStatusReasonCode>GROUP/g, '<ram:LineStatusReasonCode>INFORMATION']];

/** For each rule, changes of the invoice of two sellers that break it and no other. */
const ofSeveral: readonly (readonly [rule: string, ...changes: Change[]])[] = [
  [
    'BR-FR-MV-01',
    [/(<ram:LineID>2<\/ram:LineID>.*)<ram:LineStatusReasonCode>DETAIL<\/ram:LineStatusReasonCode>/, '$1'],
    ['<ram:LineTotalAmount>40.00', '<ram:LineTotalAmount>0.00'],
    ['<ram:LineTotalAmount>60.00', '<ram:LineTotalAmount>100.00'],
  ],
  ['BR-FR-MV-02', ...noGroups],
  [
    'BR-FR-MV-03',
    [
      '<ram:CountryID>FR</ram:CountryID></ram:PostalTradeAddress></ram:ItemSeller',
      '</ram:PostalTradeAddress></ram:ItemSeller',
    ],
  ],
  ['BR-FR-MV-03', ['B1</ram:IssuerAssignedID>', 'B8</ram:IssuerAssignedID>']],
  ['BR-FR-MV-05', ['<ram:LineTotalAmount>60.00', '<ram:LineTotalAmount>60.03']],
  ['BR-FR-MV-06', [/(<ram:Name>Part 3[\s\S]*?"0002">)535146500/, '$1810347328']],
  [
    'BR-FR-MV-07',
    [/(references of 3-->\s*<ram:AdditionalReferencedDocument><ram:IssuerAssignedID>)F-2026\/1-B/, '$1F-2026/1-C'],
    [/(<ram:Name>Part 3[\s\S]*?#)F-2026\/1-B#/, '$1F-2026/1-C#'],
  ],
  ['BR-FR-MV-08', [/(<ram:Name>Part 3[\s\S]*?<ram:ExemptionReason>)#F-2026\/1-B#/, '$1F-2026/1-B']],
  ['BR-FR-MV-09', ['<ram:CalculatedAmount>10.00', '<ram:CalculatedAmount>10.02']],
  [
    'BR-FR-MV-10',
    ['<ram:GrandTotalAmount>120</ram:GrandTotalAmount>', '<ram:GrandTotalAmount>120.03</ram:GrandTotalAmount>'],
  ],
  ['BR-FR-MV-11', ['<ram:ID>F-2026/1</ram:ID>', '<ram:ID>F-2026/2</ram:ID>']],
  ['BR-FR-MV-13', type('380', '389')],
  ['BR-FR-MV-14', type('380', '381'), header, ...onGroups(dated, reference(''))],
];

/** The same for the invoice that goes both ways. */
const ofBothWays: readonly (readonly [rule: string, ...changes: Change[]])[] = [
  ['BR-FR-BD-02', ...noGroups],
  ['BR-FR-BD-13', type('389', '380')],
  ['BR-FR-BD-14', type('389', '261'), header, ...onGroups(dated, '')],
];

describe('R43 The rules of invoices of several sellers, and of those that go both ways', () => {
  it('find nothing in invoices that keep them all', () => {
    expect(judged(afnor202511, severalSellersInvoice)).toEqual([]);
    expect(judged(afnor202511, bothWaysInvoice)).toEqual([]);
  });

  it.each(ofSeveral.map(([rule, ...changes], index) => [rule, index, changes] as const))(
    '%s is broken, and alone (case %i)',
    (rule, _, changes) => {
      expect(broken(afnor202511, severalSellersInvoice, changes)).toEqual([rule]);
    },
  );

  it.each(ofBothWays.map(([rule, ...changes]) => [rule, changes] as const))(
    '%s is broken, and alone',
    (rule, changes) => {
      expect(broken(afnor202511, bothWaysInvoice, changes)).toEqual([rule]);
    },
  );

  it('BR-FR-MV-12 is broken by a number that two groups carry', () => {
    const same: Change[] = [[/F-2026\/1-B/g, 'F-2026/1']];
    expect(broken(afnor202511, severalSellersInvoice, same)).toContain('BR-FR-MV-12');
  });

  it('let a correction in that names the earlier invoice on every group', () => {
    const changes = [type('380', '384'), header, ...onGroups(dated, dated)];
    expect(broken(afnor202511, severalSellersInvoice, changes)).toEqual([]);
  });

  it('allow a price below zero to the invoice that goes both ways only', () => {
    const negative: Change[] = [['<ram:ChargeAmount>60.00', '<ram:ChargeAmount>-60.00']];
    expect(broken(afnor202511, bothWaysInvoice, negative)).toEqual([]);
    expect(broken(afnor202511, severalSellersInvoice, negative)).toEqual(['BR-FR-DEC-03']);
  });

  it('leave an ordinary invoice alone', () => {
    const ordinary: Change[] = [
      ['<ram:ID>B8</ram:ID>', '<ram:ID>B1</ram:ID>'],
      [/<ram:LineStatusReasonCode>\w+<\/ram:LineStatusReasonCode>/g, ''],
    ];
    expect(broken(afnor202511, severalSellersInvoice, ordinary)).toEqual([]);
  });

  it('have a case each', () => {
    const rules = afnor202511.rules.map(({ rule }) => rule).filter((rule) => /-(?:MV|BD)-/.test(rule));
    const shown = [...ofSeveral, ...ofBothWays].map(([rule]) => rule);
    expect(new Set([...shown, 'BR-FR-MV-12'])).toEqual(new Set(rules));
  });
});
