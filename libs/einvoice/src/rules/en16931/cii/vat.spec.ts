import { readDocument } from '../../../xml/read-document.js';
import { en16931Cii } from './en16931-cii.js';
import { brokenBy, inCategory, judgeSample, sampleInvoice, violationOf, type Edit } from './testing/sample-invoice.js';

const reason: Edit = ['<ram:BasisAmount>', '<ram:ExemptionReason>motif</ram:ExemptionReason><ram:BasisAmount>'];

/** The sample in another category, without VAT to pay. */
function brokenIn(category: string, rate: string, ...edits: readonly Edit[]): string[] {
  let source = inCategory(sampleInvoice, category, rate)
    .replace('CalculatedAmount>20.00', 'CalculatedAmount>0')
    .replace('currencyID="EUR">20.00', 'currencyID="EUR">0')
    .replace('GrandTotalAmount>120.00', 'GrandTotalAmount>100.00')
    .replace('DuePayableAmount>120.00', 'DuePayableAmount>100.00');
  for (const [written, replacement] of edits) {
    if (!source.includes(written)) throw new Error(`Not in the sample: ${written}`);
    source = source.replaceAll(written, () => replacement);
  }
  const { root } = readDocument(source, null);
  if (root === null) throw new Error('The sample is not read');
  const { violations } = en16931Cii.judge(root);
  return [...new Set(violations.map(({ rule }) => rule))].sort();
}

describe('R42 EN 16931 on CII: VAT', () => {
  it('BR-CO-17 and BR-S-09 want the amount that the rate gives, within one unit', () => {
    expect(brokenBy(['BasisAmount>100.00', 'BasisAmount>100.00'])).toEqual([]);
    const wrong = violationOf('BR-CO-17', ['CalculatedAmount>20.00', 'CalculatedAmount>21.01']);
    expect(wrong).toMatchObject({ found: '21.01', expected: '20' });
    expect(violationOf('BR-S-09', ['CalculatedAmount>20.00', 'CalculatedAmount>21.00'])).toBeDefined();
    expect(violationOf('BR-CO-17', ['CalculatedAmount>20.00', 'CalculatedAmount>21.00'])).toBeUndefined();
  });

  it('BR-S-08 sums lines, charges and allowances of one rate', () => {
    expect(violationOf('BR-S-08', ['BasisAmount>100.00', 'BasisAmount>99.00'])).toMatchObject({
      found: '99.00',
      expected: '100',
    });
    const rate: Edit = ['<ram:RateApplicablePercent>20<', '<ram:RateApplicablePercent>10<'];
    expect(violationOf('BR-S-08', rate)?.expected).toBe('20');
  });

  it('BR-S-01 to BR-S-07 want a breakdown, a registration and a rate', () => {
    expect(brokenBy(['schemeID="VA"', 'schemeID="XX"'])).toEqual(['BR-S-02', 'BR-S-02', 'BR-S-03', 'BR-S-04']);
    expect(brokenBy(['<ram:RateApplicablePercent>20<', '<ram:RateApplicablePercent>0<'])).toContain('BR-S-05');
  });

  it('BR-48 and BR-47 want a rate and a category in every breakdown', () => {
    expect(brokenBy(['<ram:RateApplicablePercent>20.00</ram:RateApplicablePercent>', ''])).toContain('BR-48');
  });

  it.each([
    ['Z', '0', []],
    ['E', '0', ['BR-E-10']],
    ['G', '0', ['BR-G-10']],
    ['AE', '0', ['BR-AE-02', 'BR-AE-03', 'BR-AE-04', 'BR-AE-10']],
    ['K', '0', ['BR-IC-02', 'BR-IC-03', 'BR-IC-04', 'BR-IC-10', 'BR-IC-11', 'BR-IC-12']],
    ['O', '0', ['BR-O-02', 'BR-O-03', 'BR-O-04', 'BR-O-05', 'BR-O-06', 'BR-O-07', 'BR-O-10']],
    ['L', '0', ['BR-AF-05', 'BR-AF-06', 'BR-AF-07']],
    ['M', '0', []],
    ['E', '5', ['BR-CO-17', 'BR-E-05', 'BR-E-06', 'BR-E-07', 'BR-E-10']],
  ])('category %s at %s %% without a reason or a known buyer breaks %j', (category, rate, expected) => {
    expect(brokenIn(category, rate)).toEqual(expected);
  });

  it('takes a minus zero for no zero, as the official rules do', () => {
    expect(brokenIn('Z', '-0.00')).toEqual(['BR-Z-05', 'BR-Z-06', 'BR-Z-07']);
    expect(brokenIn('Z', '-0')).toEqual([]);
  });

  it('wants no reason where VAT is paid or its rate is zero, and none of L and M either', () => {
    expect(brokenIn('Z', '0', reason)).toEqual(['BR-Z-10']);
    expect(brokenIn('M', '0', reason)).toEqual(['BR-AG-10']);
    expect(brokenIn('E', '0', reason)).toEqual([]);
    expect(brokenBy(reason)).toEqual(['BR-S-10']);
  });

  it('BR-E-08 leaves one unit of currency, BR-O-08 none', () => {
    const near: Edit = ['BasisAmount>100.00', 'BasisAmount>100.99'];
    expect(brokenIn('E', '0', reason, near)).toEqual([]);
    expect(brokenIn('E', '0', reason, ['BasisAmount>100.00', 'BasisAmount>101.00'])).toEqual(['BR-E-08']);
    expect(brokenIn('O', '0', near)).toContain('BR-O-08');
  });

  it('BR-B-01 and BR-B-02 keep the split payment in Italy and away from the standard rate', () => {
    const split: Edit = ['<ram:CategoryCode>S<', '<ram:CategoryCode>B<'];
    expect(brokenBy(split)).toEqual(expect.arrayContaining(['BR-B-01', 'BR-B-02']));
    expect(violationOf('BR-B-01', split)).toMatchObject({ found: 'FR', expected: 'IT' });
  });

  it('gives no verdict when an indicator says neither', () => {
    const { notComputable } = judgeSample(['<udt:Indicator>false<', '<udt:Indicator>non<']);
    expect(notComputable.map(({ localName }) => localName)).toEqual(['Indicator']);
  });

  it('reads 1 and 0 as booleans for the sums, not for the rules about the indicator', () => {
    const numeric: Edit = ['<udt:Indicator>false<', '<udt:Indicator>0<'];
    expect(brokenBy(numeric)).toEqual([]);
    expect(brokenBy(numeric, ['<ram:Reason>Remise</ram:Reason>', ''])).toEqual([]);
    expect(brokenBy(['<ram:Reason>Remise</ram:Reason>', ''])).toEqual(['BR-33', 'BR-CO-21']);
  });
});
