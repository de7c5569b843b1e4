import {
  allowanceCharge,
  amount,
  broken,
  document,
  judge,
  line,
  subtotal,
  totals,
  vatTotal,
} from './testing/ubl-documents.js';
import type { Parts } from './testing/ubl-documents.js';

const header = (more: string): string => `<cbc:CustomizationID>x</cbc:CustomizationID>${more}`;
const period = (content: string): string => `<cac:InvoicePeriod>${content}</cac:InvoicePeriod>`;
const creditNoteHeader = `<cbc:CustomizationID>x</cbc:CustomizationID><cbc:ID>A-1</cbc:ID><cbc:IssueDate>2026-09-01</cbc:IssueDate><cbc:CreditNoteTypeCode>381</cbc:CreditNoteTypeCode>`;

describe('R42 EN 16931 on UBL: the document and its totals', () => {
  it('finds nothing wrong with a good invoice, nor with a good credit note', () => {
    expect(broken()).toEqual([]);
    expect(broken({ header: creditNoteHeader, lines: line({ kind: 'CreditNote' }) }, 'CreditNote')).toEqual([]);
  });

  it.each<[string, Parts, string[]]>([
    ['an identifier of blanks', { header: header('<cbc:ID> </cbc:ID>') }, ['BR-02', 'BR-03', 'BR-04']],
    ['no specification', { header: '' }, ['BR-01', 'BR-02', 'BR-03', 'BR-04']],
    ['no currency', { currency: '' }, ['BR-05']],
    ['no parties', { seller: '', buyer: '' }, ['BR-06', 'BR-07', 'BR-08', 'BR-10', 'BR-S-02']],
    [
      'no lines',
      { lines: '', totals: totals({ net: '0', without: '0', with: '20', due: '20' }) },
      ['BR-16', 'BR-S-01', 'BR-S-08'],
    ],
    [
      'a VAT currency without its VAT total',
      {
        currency:
          '<cbc:DocumentCurrencyCode>EUR</cbc:DocumentCurrencyCode><cbc:TaxCurrencyCode>CHF</cbc:TaxCurrencyCode>',
      },
      ['BR-53'],
    ],
    [
      'a tax point date beside its code',
      {
        taxPoint: '<cbc:TaxPointDate>2026-09-01</cbc:TaxPointDate>',
        period: period('<cbc:DescriptionCode>35</cbc:DescriptionCode>'),
      },
      ['BR-CO-03'],
    ],
    ['an empty period', { period: period('') }, ['BR-CO-19']],
    [
      'a period that ends before it starts',
      { period: period('<cbc:StartDate>2026-09-02</cbc:StartDate><cbc:EndDate>2026-09-01</cbc:EndDate>') },
      ['BR-29'],
    ],
    [
      'time zones that turn two dates round',
      { period: period('<cbc:StartDate>2026-09-01-11:00</cbc:StartDate><cbc:EndDate>2026-09-01+11:00</cbc:EndDate>') },
      ['BR-29'],
    ],
    ['no breakdown', { vat: vatTotal('20.00') }, ['BR-CO-18', 'BR-S-01']],
    ['a total without VAT that is not the sum', { totals: totals({ net: '99.99' }) }, ['BR-CO-10', 'BR-CO-13']],
    [
      'no sum of lines at all',
      { totals: totals({}).replace(/<cbc:LineExtensionAmount.*?<\/cbc:LineExtensionAmount>/, '') },
      ['BR-12', 'BR-CO-10', 'BR-CO-13'],
    ],
    ['a total with VAT that is not the sum', { totals: totals({ with: '120.01', due: '120.01' }) }, ['BR-CO-15']],
    ['three decimals', { totals: totals({ due: '120.000' }) }, ['BR-DEC-18', 'UBL-DT-01']],
    ['white space behind two decimals', { totals: totals({ due: '120.00 ' }) }, ['BR-DEC-18', 'UBL-DT-01']],
    [
      'a prepaid amount that is not taken off',
      { totals: totals({ more: amount('PrepaidAmount', '20') }) },
      ['BR-CO-16'],
    ],
    ['a prepaid amount that is', { totals: totals({ more: amount('PrepaidAmount', '20'), due: '100.00' }) }, []],
    [
      'a rounding that is not added',
      { totals: totals({ more: amount('PayableRoundingAmount', '0.4') }) },
      ['BR-CO-16'],
    ],
    [
      'a rounding that is',
      {
        totals: totals({ more: amount('PrepaidAmount', '20') + amount('PayableRoundingAmount', '0.4'), due: '100.40' }),
      },
      [],
    ],
    [
      'a total of allowances without allowances',
      { totals: totals({ more: amount('AllowanceTotalAmount', '5') }) },
      ['BR-CO-11', 'BR-CO-13'],
    ],
    ['a charge without its total', { allowances: allowanceCharge('true', '5.00') }, ['BR-CO-12', 'BR-S-08']],
  ])('with %s', (_, parts, rules) => {
    expect(broken(parts)).toEqual(rules);
  });

  it('says where a sum is wrong, what stands there and what should', () => {
    const [violation, ...others] = judge(document({ totals: totals({ due: '100' }) })).violations;
    expect(others).toEqual([]);
    expect(violation).toMatchObject({ rule: 'BR-CO-16', severity: 'fatal', found: '100', expected: '120.00' });
    expect(violation?.at.location).toBe('/ubl:Invoice[1]/cac:LegalMonetaryTotal[1]/cbc:PayableAmount[1]');
  });

  it('rounds a half towards plus infinity', () => {
    const half = (net: string): Parts => ({
      lines: line({ net: '100.005' }) + line({ net: '-200.00' }),
      vat: vatTotal('-20.00', subtotal(net, '-20.00', 'S', '20')),
      totals: totals({ net, without: net, with: '-119.99', due: '-119.99' }),
    });
    // The sum is -99.995: it rounds to -99.99, not to -100.00.
    expect(broken(half('-99.99'))).not.toContain('BR-CO-10');
    expect(broken(half('-100.00'))).toContain('BR-CO-10');
  });

  it('takes the subject of a note from between two hash signs', () => {
    const note = (text: string): Parts => ({ note: `<cbc:Note>${text}</cbc:Note>` });
    expect(broken(note('#REG#Mentions'))).toEqual([]);
    expect(broken(note('Lot #QQ9# Mentions'))).toEqual(['BR-CL-08']);
    expect(broken(note('#QQ9 sans fin'))).toEqual([]);
    expect(broken(note('#TOOLONG# Mentions'))).toEqual([]);
  });

  it.each<[string, Parts]>([
    ['an amount with a comma', { totals: totals({ due: '120,00' }) }],
    ['an amount with an exponent', { totals: totals({ due: '1.2E2' }) }],
    ['an empty amount', { totals: totals({ due: '' }) }],
    ['two totals where one is computed with', { totals: totals({ more: amount('PayableAmount', '120.00') }) }],
    [
      'a date that does not exist',
      { period: period('<cbc:StartDate>2026-02-30</cbc:StartDate><cbc:EndDate>2026-03-01</cbc:EndDate>') },
    ],
    ['an indicator that is no boolean', { allowances: allowanceCharge('non', '5.00') }],
    [
      'a category with two codes',
      { lines: line({}).replace('<cbc:ID>S</cbc:ID>', '<cbc:ID>S</cbc:ID><cbc:ID>S</cbc:ID>') },
    ],
    ['a rate that is no number', { lines: line({ rate: 'vingt' }) }],
    ['a price that is no number', { lines: line({ price: amount('PriceAmount', '12,5') }) }],
    ['two identifiers of the document', { taxPoint: '<cbc:ID>F-2</cbc:ID>' }],
  ])('has no verdict on %s, where the official stylesheet stops', (_, parts) => {
    expect(judge(document(parts)).unreadable).not.toEqual([]);
  });

  it('reads an indicator with white space and as a digit', () => {
    const parts = (indicator: string): Parts => ({
      allowances: allowanceCharge(indicator, '10.00'),
      vat: vatTotal('18.00', subtotal('90.00', '18.00', 'S', '20')),
      totals: totals({
        without: '90.00',
        with: '108.00',
        more: amount('AllowanceTotalAmount', '10.00'),
        due: '108.00',
      }),
    });
    expect(broken(parts(' false '))).toEqual([]);
    expect(broken(parts('0'))).toEqual([]);
    expect(broken(parts('1'))).toEqual(['BR-CO-11', 'BR-CO-12', 'BR-S-08']);
  });
});
