import fc from 'fast-check';
import { draftAmounts } from './draft-amounts.js';
import type { DraftLine } from './draft-content.js';

const line = (rest: Partial<DraftLine>): DraftLine => ({
  name: 'Papier',
  quantity: '1',
  price: '10',
  vatCategory: 'S',
  vatRate: '20',
  ...rest,
});

describe('draftAmounts', () => {
  it('R22 computes lines, VAT by rate and totals', () => {
    const amounts = draftAmounts({
      lines: [
        line({ quantity: '3', price: '19.995' }),
        line({ vatRate: '5.5', adjustments: [{ kind: 'allowance', amount: '1.50', reason: 'Remise' }] }),
        line({ quantity: '250', price: '12', baseQuantity: '100', vatCategory: 'E' }),
      ],
      adjustments: [{ kind: 'charge', amount: '4', reason: 'Port', vatCategory: 'S', vatRate: '20.00' }],
      prepaid: '20',
    });
    expect(amounts.lines).toEqual(['59.99', '8.50', '30.00']);
    expect(amounts.vat).toEqual([
      { category: 'S', rate: '20', taxableAmount: '63.99', taxAmount: '12.80' },
      { category: 'S', rate: '5.5', taxableAmount: '8.50', taxAmount: '0.47' },
      { category: 'E', rate: '0', taxableAmount: '30.00', taxAmount: '0.00' },
    ]);
    expect(amounts.totals).toEqual({
      linesTotal: '98.49',
      allowancesTotal: '0.00',
      chargesTotal: '4.00',
      totalWithoutVat: '102.49',
      totalVat: '13.27',
      totalWithVat: '115.76',
      prepaid: '20.00',
      amountDue: '95.76',
    });
  });

  it.each<readonly [string, Partial<DraftLine>]>([
    ['quantity', { quantity: '' }],
    ['price', { price: 'dix' }],
    ['base quantity', { baseQuantity: '0' }],
    ['allowance', { adjustments: [{ kind: 'allowance' }] }],
  ])('R22 has no total as long as a line lacks its %s', (_, change) => {
    const amounts = draftAmounts({ lines: [line({}), line(change)] });
    expect(amounts).toEqual({ lines: ['10.00', null], totals: null, vat: [] });
  });

  it('R22 has the amount of a line whose VAT is not known yet, and no total', () => {
    const { vatRate: _rate, ...untaxed } = line({});
    expect(draftAmounts({ lines: [untaxed] })).toEqual({ lines: ['10.00'], totals: null, vat: [] });
  });

  it('R22 loses no cent, whatever the numbers: the total is the sum of the lines and of the VAT that it shows', () => {
    const cents = (text: string): bigint => BigInt(text.replace('.', ''));
    const number = fc.tuple(fc.integer({ min: 0, max: 999_999 }), fc.integer({ min: 0, max: 999_999 }));
    const lines = fc.array(fc.tuple(number, number, fc.constantFrom('20', '10', '5.5', '2.1')), {
      minLength: 1,
      maxLength: 8,
    });
    const written = ([whole, part]: readonly [number, number]): string => `${whole}.${String(part).padStart(6, '0')}`;
    fc.assert(
      fc.property(lines, (all) => {
        const content = all.map(([quantity, price, vatRate]) =>
          line({ quantity: written(quantity), price: written(price), vatRate }),
        );
        const { lines: nets, vat, totals } = draftAmounts({ lines: content });
        const sum = (texts: readonly (string | null)[]) =>
          texts.reduce((total, text) => total + cents(text ?? '0.00'), 0n);
        expect(totals).not.toBeNull();
        expect(cents(totals?.totalWithoutVat ?? '')).toBe(sum(nets));
        expect(sum(vat.map(({ taxableAmount }) => taxableAmount))).toBe(sum(nets));
        expect(cents(totals?.amountDue ?? '')).toBe(sum(nets) + sum(vat.map(({ taxAmount }) => taxAmount)));
      }),
      { numRuns: 200 },
    );
  });
});
