import fc from 'fast-check';
import { boundedName, claimedName, parseClaimedName, type Claim } from './claimed-name.js';

const instant = fc.integer({ min: 1_000_000_000, max: 9_999_999_999_999 });
const hostile = fc.oneof(
  fc.string({ unit: 'binary', minLength: 1, maxLength: 60 }),
  fc.constantFrom('.', '..', 'a\nb', '1700000000000.1@h.1700000000000.x', '@', 'nom.avec.points', '\u202e', ' '),
);
const claim: fc.Arbitrary<Claim> = fc.record({
  host: fc.stringMatching(/^[A-Za-z0-9-]{1,63}$/),
  pid: fc.integer({ min: 1, max: 4_194_304 }),
  claimedAt: instant,
  firstClaimedAt: instant,
  name: hostile,
});

describe('the name of a claimed file', () => {
  it('R40 tells who claimed it, when, and the partner’s own name, whatever that is', () => {
    fc.assert(
      fc.property(claim, (one) => {
        expect(parseClaimedName(claimedName(one))).toEqual(one);
      }),
      { numRuns: 1_000 },
    );
  });

  it('R40 keeps the name through claim after claim', () => {
    fc.assert(
      fc.property(claim, claim, (first, second) => {
        const again = claimedName({ ...second, name: claimedName(first) });
        expect(parseClaimedName(parseClaimedName(again)?.name ?? '')).toEqual(first);
      }),
    );
  });

  it.each([
    '',
    'flux.xml',
    '1700000000000.12@host.1700000000000.',
    '1700000000000.12@ho.st.1700000000000.x',
    '17.12@host.17.x',
    '1700000000000.-1@host.1700000000000.x',
    ' 1700000000000.1@h.1700000000000.x',
  ])('R40 %j is no claim of ours', (text) => {
    expect(parseClaimedName(text)).toBeNull();
  });
});

describe('the name under which a dropped file goes on', () => {
  it('R40 leaves room for the claim, whatever its length, and keeps different names apart', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 1, maxLength: 400 }), (name) => {
        const claim = {
          host: 'h'.repeat(63),
          pid: 4_194_304,
          claimedAt: 1,
          firstClaimedAt: 1,
          name: boundedName(name),
        };
        expect(Buffer.byteLength(claimedName(claim))).toBeLessThanOrEqual(255);
      }),
    );
    expect(boundedName('é'.repeat(127))).not.toBe(boundedName(`${'é'.repeat(126)}e`));
  });

  it('R40 leaves an envelope name as it is', () => {
    const name = 'FSO1100A_ABC123_ABC1231100000000000000001';
    expect(boundedName(name)).toBe(name);
  });
});
