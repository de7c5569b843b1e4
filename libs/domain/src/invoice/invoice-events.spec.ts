import fc from 'fast-check';
import { sirenOf } from '../shared/party.js';
import { invoiceStream } from './invoice-events.js';

const digits = (length: number) => fc.stringMatching(new RegExp(`^[0-9]{${length}}$`));
/** What people and attackers write: separators of the stream's own name, escapes, other scripts. */
const hostile = fc
  .array(fc.oneof(fc.constantFrom('-', '%', '/', '%2D', '2026', '-2026-', ' ', '\n', 'é', '😀', '..'), digits(2)), {
    minLength: 1,
    maxLength: 6,
  })
  .map((parts) => parts.join(''));
const invoice = fc.record({
  issuer: fc.oneof(digits(9), digits(14), hostile),
  year: fc.constantFrom('2025', '2026', '2027'),
  number: fc.oneof(hostile, fc.string({ unit: 'binary', minLength: 1, maxLength: 8 })),
});
const streamOf = ({ issuer, number, year }: { issuer: string; number: string; year: string }) =>
  invoiceStream(issuer, number, `${year}-05-04`);

describe('invoiceStream', () => {
  it('R42 is one for the issuer’s SIREN, the number and the year of issue', () => {
    expect(invoiceStream('11000201100044', 'F1', '2026-05-04')).toBe('invoice-110002011-2026-F1');
    expect(invoiceStream('110002011', 'F1', '2026-12-31')).toBe('invoice-110002011-2026-F1');
  });

  it('R46 two invoices share a stream only when they are the same, whatever their numbers and issuers are made of', () => {
    const keyOf = ({ issuer, number, year }: { issuer: string; number: string; year: string }) =>
      JSON.stringify([sirenOf(issuer), number, year]);
    fc.assert(
      fc.property(invoice, invoice, (one, other) => {
        expect(streamOf(one) === streamOf(other)).toBe(keyOf(one) === keyOf(other));
      }),
      { numRuns: 2_000 },
    );
  });

  it.each([
    [
      { issuer: 'A-2026', year: '2027', number: 'x' },
      { issuer: 'A', year: '2026', number: '2027-x' },
    ],
    [
      { issuer: '110002011', year: '2026', number: 'a%2Fb' },
      { issuer: '110002011', year: '2026', number: 'a/b' },
    ],
    [
      { issuer: 'A%2D1', year: '2026', number: 'x' },
      { issuer: 'A-1', year: '2026', number: 'x' },
    ],
  ])('R46 tells %j from %j', (one, other) => {
    expect(streamOf(one)).not.toBe(streamOf(other));
  });

  it('R42 stays a name that the event store takes, however long the number and the issuer are, and tells them apart', () => {
    const long = (last: string) => `${'商'.repeat(99)}${last}`;
    const one = invoiceStream(long('a'), long('b'), '2026-05-04');
    expect(one.length).toBeLessThanOrEqual(400);
    const others = [
      invoiceStream(long('a'), long('c'), '2026-05-04'),
      invoiceStream(long('c'), long('b'), '2026-05-04'),
      invoiceStream(one.split('-')[1] ?? '', long('b'), '2026-05-04'),
    ];
    expect(new Set([one, ...others]).size).toBe(4);
  });

  it('R46 can be read back: nothing of the three parts is lost', () => {
    fc.assert(
      fc.property(invoice, (one) => {
        const [, issuer = '', year, number = ''] = /^invoice-([^-]*)-(\d{4})-([^-]*)$/.exec(streamOf(one)) ?? [];
        expect([decodeURIComponent(issuer), year, decodeURIComponent(number)]).toEqual([
          sirenOf(one.issuer),
          one.year,
          one.number,
        ]);
      }),
      { numRuns: 1_000 },
    );
  });
});

describe('sirenOf', () => {
  it.each([
    ['11000201100044', '110002011'],
    ['110002011', '110002011'],
    ['FR32110002011', 'FR32110002011'],
    ['1100020110004', '1100020110004'],
    ['11000201100044 ', '11000201100044 '],
  ])('R02 of %j is %j', (identifier, root) => {
    expect(sirenOf(identifier)).toBe(root);
  });
});
