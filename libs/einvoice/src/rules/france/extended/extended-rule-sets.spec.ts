import { ciiExtended, ublExtended } from '../testing/extended.js';
import { ciiReform } from '../testing/cii-reform.js';
import { broken, judged, type Change } from '../testing/judging.js';
import { severalSellersInvoice } from '../testing/several-sellers.js';
import { ublReform } from '../testing/ubl-reform.js';
import { extendedCtcFr, facturXExtended } from './extended-rule-sets.js';

const total = (name: string, from: string, to: string): Change => [
  `<ram:${name}>${from}</ram:${name}>`,
  to === '' ? '' : `<ram:${name}>${to}</ram:${name}>`,
];
const ublTotal = (name: string, from: string, to: string): Change => [
  `<cbc:${name} currencyID="EUR">${from}`,
  `<cbc:${name} currencyID="EUR">${to}`,
];
const netOfLine = (id: string, to: string): Change => [
  new RegExp(`(<ram:LineID>${id}</ram:LineID>[\\s\\S]*?<ram:LineTotalAmount>)[^<]*`),
  `$1${to}`,
];
const inLine = (id: string, from: string, to: string): Change => [
  new RegExp(`(<ram:LineID>${id}</ram:LineID>[\\s\\S]*?)${from}`),
  `$1${to}`,
];
const paidLess: Change = total('TotalPrepaidAmount', '61.00', '61.05');

/** Changes of the CII invoice that break one rule, named without its prefix, and no other. */
const alone: readonly (readonly [rule: string, ...changes: Change[]])[] = [
  [
    '06',
    inLine('G', '<ram:LineStatusReasonCode>GROUP</ram:LineStatusReasonCode>', ''),
    netOfLine('G', '0.00'),
    inLine(
      'G',
      '</ram:SpecifiedLineTradeDelivery>\\s*<ram:SpecifiedLineTradeSettlement>',
      '</ram:SpecifiedLineTradeDelivery><ram:SpecifiedLineTradeSettlement><ram:ApplicableTradeTax><ram:TypeCode>VAT</ram:TypeCode><ram:CategoryCode>E</ram:CategoryCode><ram:RateApplicablePercent>0</ram:RateApplicablePercent></ram:ApplicableTradeTax>',
    ),
    inLine('G', '<ram:ChargeAmount>100.00', '<ram:ChargeAmount>0'),
  ],
  ['08', netOfLine('G', '100.03')],
  [
    '11',
    [
      /<ram:ParentLineID>G<\/ram:ParentLineID>(<ram:LineStatusReasonCode>INFORMATION)/,
      '<ram:ParentLineID>H</ram:ParentLineID>$1',
    ],
  ],
  ['CO-10', total('LineTotalAmount', '140.00', '140.04')],
  ['CO-11', total('AllowanceTotalAmount', '10.00', '10.02')],
  ['CO-11', total('AllowanceTotalAmount', '10.00', '')],
  ['CO-12', total('ChargeTotalAmount', '11.00', '11.03')],
  ['CO-12', total('ChargeTotalAmount', '11.00', '')],
  ['CO-15', total('GrandTotalAmount', '161.20', '161.27'), total('TotalPrepaidAmount', '61.00', '61.07')],
  [
    'S-09',
    total('CalculatedAmount', '20.20', '20.26'),
    [/(<ram:TaxTotalAmount currencyID="EUR">)20\.20/, '$120.26'],
    total('GrandTotalAmount', '161.20', '161.26'),
    total('TotalPrepaidAmount', '61.00', '61.06'),
  ],
  ['S-08', total('BasisAmount', '101.00', '101.06')],
  ['E-08', total('BasisAmount', '40.00', '40.02')],
];

/** The same for rules that both editions have from EN 16931. */
const ofTheStandard: readonly (readonly [rules: readonly string[], ...changes: Change[]])[] = [
  [['BR-12'], total('LineTotalAmount', '140.00', '')],
  [['BR-13'], total('TaxBasisTotalAmount', '141.00', '')],
  [['BR-14'], total('GrandTotalAmount', '161.20', '')],
  [['BR-15'], total('DuePayableAmount', '100.00', '')],
  [['BR-45'], total('BasisAmount', '40.00', '')],
  [['BR-46'], total('CalculatedAmount', '0.00', '')],
  [['BR-CO-14'], [/(<ram:TaxTotalAmount currencyID="EUR">)20\.20/, '$120.21']],
  [['BR-CO-14', 'BR-E-09'], total('CalculatedAmount', '0.00', '0.01')],
  [['VALUE-NOT-COMPUTABLE'], total('BasisAmount', '40.00', '40,00'), total('LineTotalAmount', '140.00', '999')],
  [['VALUE-NOT-COMPUTABLE'], netOfLine('G', '1E2')],
];

describe.each([
  ['extended-ctc-fr-1.4.0', extendedCtcFr, 'BR-FREXT', 'BR-FREXT', 'BR-CO-16'],
  ['factur-x-extended-1.09', facturXExtended, 'BR-FXEXT', 'BR-FXEXT-BR', 'BR-FXEXT-CO-16'],
] as const)('R43 The sums of an extended invoice, by %s', (name, set, prefix, presence, amountDue) => {
  it('are found right in invoices that keep them, in both syntaxes', () => {
    expect(set.name).toBe(name);
    for (const document of [ciiExtended, ublExtended, ciiReform, ublReform, severalSellersInvoice]) {
      expect(judged(set, document)).toEqual([]);
    }
  });

  it.each(alone.map(([rule, ...changes], index) => [`${prefix}-${rule}`, index, changes] as const))(
    '%s is broken, and alone (case %i)',
    (rule, _, changes) => {
      const warned = broken(set, ciiExtended, changes).filter((one) => one !== 'REPONS-LINE-NET');
      expect(warned).toEqual([rule]);
    },
  );

  it.each(ofTheStandard.map(([rules, ...changes]) => [rules.join(' and '), rules, changes] as const))(
    '%s of EN 16931 is broken as well',
    (_, rules, changes) => {
      expect(broken(set, ciiExtended, changes)).toEqual(rules);
    },
  );

  it('want the amount due to be what is left, to the cent', () => {
    expect(broken(set, ciiExtended, [paidLess])).toEqual([amountDue]);
    expect(broken(set, ublExtended, [ublTotal('PayableAmount', '100.00', '100.01')])).toEqual([amountDue]);
  });

  it.each([
    ['22', [/(<ram:LineID>2<\/ram:LineID>[\s\S]*?)<ram:BilledQuantity.*?<\/ram:BilledQuantity>/, '$1'], ['22', '23']],
    ['23', inLine('2', ' unitCode="C62"', ''), ['23']],
    ['26', inLine('2', '<ram:ChargeAmount>40.00</ram:ChargeAmount>', ''), ['26']],
  ] as const)('want a line that counts to have what %s asks for', (_, change, rules) => {
    expect(broken(set, ciiExtended, [change])).toEqual(rules.map((rule) => `${presence}-${rule}`));
  });

  it('ask for nothing of a group or of information', () => {
    const bare: Change[] = ['G', 'G.3'].flatMap((id): Change[] => [
      inLine(id, '<ram:BilledQuantity unitCode="C62">1</ram:BilledQuantity>', ''),
      inLine(id, '<ram:LineTotalAmount>[^<]*</ram:LineTotalAmount>', ''),
    ]);
    expect(broken(set, ciiExtended, bare)).toEqual([]);
  });

  it('miss the amount and the category of a line that counts', () => {
    expect(broken(set, ciiExtended, [inLine('2', '<ram:LineTotalAmount>40.00</ram:LineTotalAmount>', '')])).toEqual(
      expect.arrayContaining([`${presence}-24`, `${prefix}-CO-10`]),
    );
    const uncategorised = inLine('2', '<ram:CategoryCode>E</ram:CategoryCode>', '');
    expect(broken(set, ciiExtended, [uncategorised])).toEqual([`${prefix}-CO-04`, `${prefix}-E-01`, `${prefix}-E-08`]);
  });

  it('allow a cent for each part, and not one more', () => {
    // Three lines count; with an allowance, a charge and logistics there are six parts.
    const within: Change[] = [
      total('LineTotalAmount', '140.00', '140.03'),
      total('TaxBasisTotalAmount', '141.00', '141.06'),
      total('GrandTotalAmount', '161.20', '161.32'),
      total('TotalPrepaidAmount', '61.00', '61.12'),
      total('BasisAmount', '101.00', '101.05'),
    ];
    expect(broken(set, ciiExtended, within)).toEqual([]);
    const beyond: Change[] = [...within, total('TaxBasisTotalAmount', '141.06', '141.07')];
    expect(broken(set, ciiExtended, beyond)).toEqual([`${prefix}-CO-13`]);
  });

  it('want no VAT in the total when there is none', () => {
    const without: Change = [/<ram:TaxTotalAmount.*?<\/ram:TaxTotalAmount>/, ''];
    expect(broken(set, ciiExtended, [without])).toEqual([`${prefix}-CO-15`]);
  });

  it('want a category in the breakdown exactly when something bears it', () => {
    const unborne: Change = inLine('2', '<ram:CategoryCode>E', '<ram:CategoryCode>Z');
    expect(broken(set, ciiExtended, [unborne])).toEqual([`${prefix}-Z-01`, `${prefix}-E-01`, `${prefix}-E-08`]);
  });

  it('keep the tolerance of EN 16931 for the taxes of the islands', () => {
    const island = (tax: string): Change[] => [
      [/<ram:CategoryCode>S/g, '<ram:CategoryCode>L'],
      total('CalculatedAmount', '20.20', tax),
    ];
    expect(broken(set, ciiExtended, island('21.19'))).toEqual(['BR-CO-14']);
    expect(broken(set, ciiExtended, island('21.20'))).toEqual(['BR-CO-14', 'BR-AF-09']);
  });

  it('tell breakdowns of one rate apart by their reasons, when they give some', () => {
    const shifted: Change[] = [
      [/<ram:BasisAmount>100\.00/, '<ram:BasisAmount>90.00'],
      [/<ram:BasisAmount>50\.00/, '<ram:BasisAmount>60.00'],
    ];
    expect(broken(set, severalSellersInvoice, shifted)).toEqual([`${prefix}-S-08`, `${prefix}-S-09`]);
  });

  it('find the same faults in UBL', () => {
    expect(broken(set, ublExtended, [ublTotal('LineExtensionAmount', '140.00', '140.04')])).toEqual([
      `${prefix}-CO-10`,
    ]);
    expect(broken(set, ublExtended, [ublTotal('LineExtensionAmount', '100.00', '100.03')])).toEqual([`${prefix}-08`]);
    expect(broken(set, ublExtended, [ublTotal('TaxableAmount', '101.00', '101.06')])).toEqual([`${prefix}-S-08`]);
  });

  it('judge the VAT total of UBL by its own breakdown, not by that in another currency', () => {
    const other =
      '</cac:TaxTotal><cac:TaxTotal><cbc:TaxAmount currencyID="USD">24.00</cbc:TaxAmount><cac:TaxSubtotal><cbc:TaxableAmount currencyID="EUR">40.00</cbc:TaxableAmount><cbc:TaxAmount currencyID="USD">0</cbc:TaxAmount><cac:TaxCategory><cbc:ID>E</cbc:ID><cbc:Percent>0</cbc:Percent></cac:TaxCategory></cac:TaxSubtotal></cac:TaxTotal>';
    expect(broken(set, ublExtended, [['</cac:TaxTotal>', other]])).toEqual([]);
  });

  it('warn of a line whose amount is not its price by its quantity', () => {
    const warned = judged(set, ciiExtended, [inLine('2', '<ram:ChargeAmount>40.00', '<ram:ChargeAmount>40.02')]);
    expect(warned).toMatchObject([{ rule: 'REPONS-LINE-NET', severity: 'warning', found: '40.00', expected: '40.02' }]);
  });

  it('say where, what was found and what was expected', () => {
    expect(judged(set, ciiExtended, [total('LineTotalAmount', '140.00', '140.04')])).toMatchObject([
      {
        severity: 'fatal',
        found: '140.04',
        expected: '140',
        location: expect.stringMatching(/LineTotalAmount\[1\]$/) as string,
      },
    ]);
  });
});

describe('What tells the two extensions apart', () => {
  const overACent: Change = netOfLine('G', '100.02');
  const collected: Change[] = [
    [
      '<ram:SpecifiedTradePaymentTerms>',
      '<ram:SpecifiedFinancialAdjustment><ram:Reason>Tiers</ram:Reason><ram:ActualAmount>7.00</ram:ActualAmount></ram:SpecifiedFinancialAdjustment><ram:SpecifiedTradePaymentTerms>',
    ],
    total('DuePayableAmount', '100.00', '107.00'),
  ];

  it('is the cent for each part of a group', () => {
    expect(broken(extendedCtcFr, ciiExtended, [overACent])).toEqual([]);
    expect(broken(facturXExtended, ciiExtended, [overACent])).toEqual(['BR-FXEXT-08']);
  });

  it('is what is collected for third parties', () => {
    expect(broken(extendedCtcFr, ciiExtended, collected)).toEqual(['BR-CO-16']);
    expect(broken(facturXExtended, ciiExtended, collected)).toEqual([]);
  });
});
