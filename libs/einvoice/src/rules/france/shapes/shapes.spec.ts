import fc from 'fast-check';
import { historicFrames } from './codes.js';
import { isDateOfTheCentury, isRealDate } from './dates.js';
import {
  hasValidCheckDigit,
  isFrenchVatNumber,
  isHistoricNumber,
  isIban,
  isReformNumber,
  isSiren,
  isSiret,
  isVatNumber,
} from './identifiers.js';
import { amountShape, hasNumberShape, isFrenchVatRate, priceShape } from './numbers.js';

const numberCharacters = [...'ABCXYZabcxyz0123456789+-_/'];
const word = fc.string({ unit: fc.constantFrom(...numberCharacters), minLength: 1, maxLength: 12 });
const digits = (length: number): fc.Arbitrary<string> =>
  fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: length, maxLength: length });

/** The digit that makes digits satisfy Luhn, by trying them all. */
const withCheckDigit = (root: string): string[] =>
  [...'0123456789'].map((digit) => root + digit).filter(hasValidCheckDigit);

describe('Numbers of invoices', () => {
  it('are made of letters, digits and four signs (BR-FR-02)', () => {
    fc.assert(fc.property(word, (text) => isReformNumber(text) && isHistoricNumber(text)));
  });

  it('have no other character', () => {
    const other = fc
      .string({ minLength: 1, maxLength: 1, unit: 'grapheme' })
      .filter((one) => !numberCharacters.includes(one) && !/[A-Za-z0-9 ]/.test(one));
    fc.assert(
      fc.property(
        word,
        other,
        word,
        (before, sign, after) => !isReformNumber(before + sign + after) && !isHistoricNumber(before + sign + after),
      ),
    );
  });

  it('have single spaces inside in the portal’s own formats, and none elsewhere (G1.05)', () => {
    fc.assert(
      fc.property(fc.array(word, { minLength: 2, maxLength: 4 }), (words) => {
        const spaced = words.join(' ');
        expect(isHistoricNumber(spaced)).toBe(true);
        expect(isReformNumber(spaced)).toBe(false);
        for (const wrong of [` ${spaced}`, `${spaced} `, words.join('  '), words.join('\t')])
          expect(isHistoricNumber(wrong)).toBe(false);
      }),
    );
  });

  it('take long hostile texts in their stride', () => {
    expect(isHistoricNumber(`${'a '.repeat(100_000)}!`)).toBe(false);
  });
});

describe('SIREN and SIRET', () => {
  it('have 9 and 14 digits', () => {
    fc.assert(
      fc.property(
        fc.nat({ max: 20 }).chain(digits),
        (text) => isSiren(text) === (text.length === 9) && isSiret(text) === (text.length === 14),
      ),
    );
  });

  it('have one check digit in ten', () => {
    fc.assert(
      fc.property(
        digits(13).filter((root) => !root.startsWith('356000000')),
        (root) => withCheckDigit(root).length === 1,
      ),
    );
  });

  it('of La Poste follow their own sum', () => {
    expect(hasValidCheckDigit('35600000000048')).toBe(true);
    expect(hasValidCheckDigit('35600000049837')).toBe(true);
    expect(hasValidCheckDigit('35600000049838')).toBe(false);
  });

  it.each(['81034732800017', '53514650090018', '11000201100044', '810347328'])('%s is right', (identifier) => {
    expect(hasValidCheckDigit(identifier)).toBe(true);
  });
});

describe('Dates', () => {
  it('exist, and are told from those that do not', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('2000-01-01'), max: new Date('2099-12-31T23:59:59Z'), noInvalidDate: true }),
        (date) => {
          const text = date.toISOString().slice(0, 10);
          return isDateOfTheCentury(text) && isRealDate(text);
        },
      ),
    );
    for (const text of ['2026-02-29', '2026-04-31', '2100-02-29']) expect(isRealDate(text)).toBe(false);
    expect(isDateOfTheCentury('2026-02-30')).toBe(true);
  });

  it.each(['1999-12-31', '2100-01-01', '2026-13-01', '2026-00-10', '20261001', '2026-1-1', ''])(
    '« %s » is not of the century',
    (text) => {
      expect(isDateOfTheCentury(text)).toBe(false);
    },
  );
});

describe('Numbers', () => {
  it('count the minus sign and not the point (G1.14)', () => {
    expect(hasNumberShape('12345678901234567.89', amountShape)).toBe(true);
    expect(hasNumberShape('-12345678901234567.89', amountShape)).toBe(false);
    expect(hasNumberShape('-1234567890123456.89', amountShape)).toBe(true);
  });

  it.each(['', '.5', '5.', '+5', '1e3', '1,5', ' 1', '1 000', '--1', '١'])('« %s » is no amount', (text) => {
    expect(hasNumberShape(text, amountShape)).toBe(false);
  });

  it('are read back as they were written, whatever the sum', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e12, max: 1e12 }), fc.nat({ max: 99 }), (whole, cents) => {
        const text = `${whole}.${String(cents).padStart(2, '0')}`;
        return hasNumberShape(text, amountShape) && hasNumberShape(text, priceShape) === !text.startsWith('-');
      }),
    );
  });

  it('have the shape that a regular expression says, whatever is written', () => {
    const text = fc.string({ unit: fc.constantFrom('0', '9', '.', '-', '+', ' '), maxLength: 24 });
    fc.assert(
      fc.property(text, (written) => {
        const parts = /^(-?)(\d+)(?:\.(\d+))?$/.exec(written);
        const [, sign = '', whole = '', fraction = ''] = parts ?? [];
        const right = parts !== null && fraction.length <= 2 && (sign + whole + fraction).length <= 19;
        expect(hasNumberShape(written, amountShape)).toBe(right);
      }),
    );
  });

  it('are French VAT rates however many zeros follow them', () => {
    for (const rate of ['20', '20.0', '20.00', '5.5', '5.50', '0', '00.00', '2.1', '8.5'])
      expect(isFrenchVatRate(rate)).toBe(true);
    for (const rate of ['19', '20 %', '20,0', '', '21', '-20']) expect(isFrenchVatRate(rate)).toBe(false);
  });
});

describe('Accounts and VAT numbers', () => {
  it.each([
    'FR7630006000011234567890189',
    'FR76 3000 6000 0112 3456 7890 189',
    'DE89370400440532013000',
    'MT84MALT011000012345MTLCAST001S',
  ])('%s is an IBAN', (iban) => {
    expect(isIban(iban)).toBe(true);
  });

  it('an IBAN with one digit changed is none', () => {
    const iban = 'FR7630006000011234567890189';
    fc.assert(
      fc.property(fc.integer({ min: 2, max: iban.length - 1 }), fc.constantFrom(...'0123456789'), (at, digit) => {
        const wrong = iban.slice(0, at) + digit + iban.slice(at + 1);
        return wrong === iban || !isIban(wrong);
      }),
    );
  });

  it('know the key of a French VAT number', () => {
    expect(isFrenchVatNumber('FR60810347328')).toBe(true);
    expect(isFrenchVatNumber('FRK7399859412')).toBe(true);
    expect(isFrenchVatNumber('FR61810347328')).toBe(false);
    expect(isVatNumber('ATU12345678')).toBe(true);
    expect(isVatNumber('Identifiant TVA')).toBe(false);
  });
});

describe('Billing frames of the portal’s own formats', () => {
  it('are A1 to A25 without A11', () => {
    expect(historicFrames.size).toBe(24);
    expect(historicFrames.has('A11')).toBe(false);
  });
});
