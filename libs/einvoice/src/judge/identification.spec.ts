import fc from 'fast-check';
import { DateTime } from 'luxon';
import { readInvoice } from '../invoice/read-invoice.js';
import { ciiInvoice, ublInvoice, type SampleOptions } from '../../../../test/support/invoice-documents.js';
import { isCalendarDate, judgeIdentification } from './identification.js';

async function judge(text: string): Promise<string[]> {
  return judgeIdentification(await readInvoice(Buffer.from(text), { kind: 'xml' })).map(({ rule }) => rule);
}

describe('R43 Judging what identifies an invoice', () => {
  it('finds nothing wrong with a good one', async () => {
    expect(await judge(ublInvoice())).toEqual([]);
    expect(await judge(ciiInvoice())).toEqual([]);
  });

  it.each<[string, SampleOptions, string]>([
    ['no number', { number: ' ' }, 'BR-02'],
    ['a number without end', { number: '1'.repeat(101) }, 'ID-NUMBER-SHAPE'],
    ['no date', { issueDate: '' }, 'BR-03'],
    ['a date that does not exist', { issueDate: '2026-02-29' }, 'ID-DATE-SHAPE'],
    ['a date in another form', { issueDate: '01/09/2026' }, 'ID-DATE-SHAPE'],
    ['a date of another century', { issueDate: '1999-12-31' }, 'ID-DATE-RANGE'],
    ['no supplier identifier', { supplier: '' }, 'none: the VAT number stands'],
    ['no recipient identifier', { recipient: '' }, 'ID-RECIPIENT-MISSING'],
    ['a short SIRET', { recipient: '123' }, 'ID-SIRET-SHAPE'],
    ['an amount with a comma', { total: '120,00' }, 'ID-AMOUNT-SHAPE'],
    ['an amount with an exponent', { total: '1.2e2' }, 'ID-AMOUNT-SHAPE'],
    ['no total', { total: '' }, 'BR-14'],
  ])('with %s', async (_, options, rule) => {
    expect(await judge(ublInvoice(options))).toEqual(rule.startsWith('none') ? [] : [rule]);
  });

  it('reports every violated rule, with the place of each', async () => {
    const reading = await readInvoice(
      Buffer.from(ublInvoice({ number: '', issueDate: '2026-13-01', recipient: '12', total: 'x' })),
      { kind: 'xml' },
    );
    const findings = judgeIdentification(reading);
    expect(findings.map(({ rule, location, line, found }) => [rule, location, line, found])).toEqual([
      ['BR-02', null, null, null],
      ['ID-DATE-SHAPE', '/ubl:Invoice[1]/cbc:IssueDate[1]', 5, '2026-13-01'],
      [
        'ID-SIRET-SHAPE',
        '/ubl:Invoice[1]/cac:AccountingCustomerParty[1]/cac:Party[1]/cac:PartyIdentification[1]/cbc:ID[1]',
        17,
        '12',
      ],
      ['ID-AMOUNT-SHAPE', '/ubl:Invoice[1]/cac:LegalMonetaryTotal[1]/cbc:TaxInclusiveAmount[1]', 25, 'x'],
    ]);
    expect(findings[3]?.message).toMatch(/^Montant total TTC : « x »/);
  });

  it('asks a historic document for one of the two totals only', async () => {
    const without = ciiInvoice().replace(/<ram:GrandTotalAmount>.*?<\/ram:GrandTotalAmount>/, '');
    expect(await judge(without)).toEqual([]);
    expect(await judge(without.replace(/<ram:DuePayableAmount>.*?<\/ram:DuePayableAmount>/, ''))).toEqual(['BR-14']);
  });

  it('says nothing of an invoice that could not be read', async () => {
    expect(await judge('<Invoice')).toEqual([]);
  });

  it('knows every day of the calendar', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1900, max: 2200 }), fc.nat(14), fc.nat(33), (year, month, day) => {
        const text = `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
        expect(isCalendarDate(text)).toBe(DateTime.fromISO(text).isValid && /^\d{4}-\d\d-\d\d$/.test(text));
      }),
    );
  });
});
