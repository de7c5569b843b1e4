import fc from 'fast-check';
import { Decimal, parseDecimal, roundToCents } from './decimal.js';
import {
  absolute,
  compare,
  decimal,
  double,
  inCents,
  minus,
  parseExact,
  percentOf,
  plus,
  roundsToZero,
} from './exact.js';

/** Numbers as invoices write them, and as they might: huge, long, of white space, of one sign or none. */
const written = fc.oneof(
  fc.integer({ min: -10_000_000, max: 10_000_000 }).map((cents) => (cents / 100).toFixed(2)),
  fc
    .tuple(
      fc.constantFrom('', '-', '+', ' '),
      fc.bigInt({ min: 0n, max: 10n ** 16n }),
      fc.stringMatching(/^(\.\d{0,5})?$/),
    )
    .map(([sign, whole, decimals]) => `${sign}${whole}${decimals}`),
);
const exact = (text: string): NonNullable<ReturnType<typeof parseExact>> => parseExact(text) ?? 0;
const text = (value: ReturnType<typeof exact>): string => decimal(value).toFixed();

describe('Exact numbers', () => {
  it('are read as decimals are, and as none where a decimal is none', () => {
    fc.assert(
      fc.property(fc.oneof(written, fc.string(), fc.stringMatching(/^[-+. 0-9]{0,6}$/)), (one) => {
        const value = parseExact(one);
        expect(value === null ? null : text(value)).toEqual(parseDecimal(one)?.toFixed() ?? null);
      }),
    );
  });

  it('are integers where they have two decimals', () => {
    expect(parseExact('-12.5')).toBe(-1250);
    expect(parseExact('1')).toBe(100);
    expect(parseExact('1.005')).toBeInstanceOf(Decimal);
    expect(parseExact('-0.00')).toBeInstanceOf(Decimal);
  });

  it('give what decimals give', () => {
    fc.assert(
      fc.property(written, written, (first, second) => {
        const [a, b] = [exact(first), exact(second)];
        const [x, y] = [decimal(a), decimal(b)];
        expect(text(plus(a, b))).toBe(x.plus(y).toFixed());
        expect(text(minus(a, b))).toBe(x.minus(y).toFixed());
        expect(text(absolute(a))).toBe(x.abs().toFixed());
        expect(Math.sign(compare(a, b))).toBe(x.comparedTo(y) + 0);
        expect(text(inCents(a))).toBe(roundToCents(x).toFixed());
        expect(decimal(percentOf(a, b)).equals(roundToCents(x.times(y).div(100)))).toBe(true);
        expect(double(a)).toBe(x.toNumber());
        expect(roundsToZero(a)).toBe(x.toDecimalPlaces(0, Decimal.ROUND_HALF_CEIL).isZero());
      }),
    );
  });

  it('round a half of a cent of VAT up', () => {
    expect(percentOf(250, 2000)).toBe(50);
    expect(percentOf(50, 100)).toBe(1);
    expect(percentOf(-50, 100)).toBe(0);
  });
});
