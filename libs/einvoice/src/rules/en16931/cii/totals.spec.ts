import { brokenBy, judgeSample, violationOf } from './testing/sample-invoice.js';

describe('R42 EN 16931 on CII: totals', () => {
  it('breaks no rule in the sample', () => {
    expect(brokenBy()).toEqual([]);
  });

  it('BR-CO-10 names the sum of the lines and what stands instead', () => {
    const found = violationOf('BR-CO-10', ['105.00</ram:LineTotalAmount>', '105.01</ram:LineTotalAmount>']);
    expect(found).toMatchObject({ severity: 'fatal', found: '105.01', expected: '105' });
    expect(found?.at.localName).toBe('LineTotalAmount');
  });

  it('BR-CO-11 and BR-CO-12 tell allowances from charges', () => {
    expect(violationOf('BR-CO-11', ['<ram:ActualAmount>10.00<', '<ram:ActualAmount>9.00<'])).toMatchObject({
      found: '10.00',
      expected: '9',
    });
    expect(violationOf('BR-CO-12', ['<ram:ActualAmount>5.00<', '<ram:ActualAmount>6.00<'])).toMatchObject({
      found: '5.00',
      expected: '6',
    });
  });

  it('BR-CO-13, BR-CO-15 and BR-CO-16 say what was to be expected', () => {
    expect(violationOf('BR-CO-13', ['TaxBasisTotalAmount>100.00', 'TaxBasisTotalAmount>90.00'])?.expected).toBe('100');
    expect(violationOf('BR-CO-15', ['GrandTotalAmount>120.00', 'GrandTotalAmount>119.00'])?.expected).toBe('120');
    expect(violationOf('BR-CO-16', ['DuePayableAmount>120.00', 'DuePayableAmount>1.00'])?.expected).toBe('120');
  });

  it('BR-CO-16 takes what is paid off and adds the rounding', () => {
    const more = '<ram:TotalPrepaidAmount>20.00</ram:TotalPrepaidAmount><ram:RoundingAmount>0.50</ram:RoundingAmount>';
    expect(brokenBy(['<ram:DuePayableAmount>120.00', `${more}<ram:DuePayableAmount>100.50`])).toEqual([]);
  });

  it('BR-CO-14 is about the invoice currency alone', () => {
    const other = '<ram:TaxTotalAmount currencyID="USD">1.00</ram:TaxTotalAmount><ram:GrandTotalAmount>';
    expect(brokenBy(['<ram:GrandTotalAmount>', other])).toEqual([]);
    expect(violationOf('BR-CO-14', ['CalculatedAmount>20.00', 'CalculatedAmount>20.01'])?.expected).toBe('20.01');
  });

  it('BR-53 wants a total VAT amount in the accounting currency', () => {
    const currency = '<ram:TaxCurrencyCode>SEK</ram:TaxCurrencyCode><ram:InvoiceCurrencyCode>';
    expect(brokenBy(['<ram:InvoiceCurrencyCode>', currency])).toEqual(['BR-53', 'BR-DEC-15']);
    const amount = '<ram:TaxTotalAmount currencyID="SEK">210.00</ram:TaxTotalAmount><ram:GrandTotalAmount>';
    expect(brokenBy(['<ram:InvoiceCurrencyCode>', currency], ['<ram:GrandTotalAmount>', amount])).toEqual([]);
  });

  it('BR-DEC counts a blank behind the decimals, as the official rules do', () => {
    expect(violationOf('BR-DEC-14', ['GrandTotalAmount>120.00', 'GrandTotalAmount>120.00 '])).toMatchObject({
      found: '120.00 ',
      expected: '≤ 2',
    });
    expect(brokenBy(['GrandTotalAmount>120.00', 'GrandTotalAmount>120.000'])).toEqual(['BR-DEC-14']);
  });

  it('gives no verdict on an amount that is none, or that stands twice', () => {
    for (const amount of ['', 'abc', '12,50', '1E2', '120.00\u00a0']) {
      const { notComputable } = judgeSample(['GrandTotalAmount>120.00', `GrandTotalAmount>${amount}`]);
      expect(notComputable.map(({ localName }) => localName)).toEqual(['GrandTotalAmount']);
    }
    const twice = '<ram:LineTotalAmount>105.00</ram:LineTotalAmount>';
    expect(judgeSample([twice, twice + twice]).notComputable).toHaveLength(1);
  });
});
