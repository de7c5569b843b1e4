import fc from 'fast-check';
import { Base64Text } from './base64-text.js';

const open = (text: string): Base64Text | null =>
  Base64Text.open({ source: `<<${text}>>`, start: 2, end: text.length + 2 });

function opened(text: string): Base64Text {
  const found = open(text);
  if (found === null) throw new Error('not base64');
  return found;
}

/** Base64 with white space put in wherever the numbers say. */
function spaced(bytes: Uint8Array, every: number, space: string): string {
  const text = Buffer.from(bytes).toString('base64');
  return every === 0 ? text : text.replace(new RegExp(`(.{${every}})`, 'g'), `$1${space}`);
}

describe('A text in base64', () => {
  it('gives any part as decoding all of it at once would', () => {
    const space = fc.constantFrom('\n', '\r\n', '\t ', '   ');
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 400 }),
        fc.nat(80),
        space,
        fc.nat(420),
        fc.nat(420),
        (bytes, every, gap, from, length) => {
          const text = opened(`\n  ${spaced(bytes, every, gap)}\n`);
          expect(text.bytes).toBe(bytes.length);
          expect(text.read(from, length)).toEqual(Buffer.from(bytes.slice(from, from + length)));
          expect(Buffer.concat([...text.slices()])).toEqual(Buffer.from(bytes));
          const to = Math.min(from + length, bytes.length);
          expect(Buffer.concat([...text.slices(from, to)])).toEqual(Buffer.from(bytes.slice(from, from + length)));
        },
      ),
    );
  });

  it('finds its way in a long text with lines of any length', () => {
    const bytes = Buffer.from(Uint8Array.from({ length: 500_000 }, (_, at) => (at * 31) % 251));
    for (const every of [0, 76, 1000]) {
      const text = opened(spaced(bytes, every, '\r\n'));
      for (const from of [0, 1, 98_303, 98_304, 250_001, 499_999]) {
        expect(text.read(from, 5)).toEqual(bytes.subarray(from, from + 5));
      }
      expect(Buffer.concat([...text.slices()]).equals(bytes)).toBe(true);
      expect([...text.slices()].every(({ length }) => length <= 48 * 1024)).toBe(true);
    }
  });

  it('reads a text whose padding was left out', () => {
    expect(opened('QUI').read(0, 9).toString()).toBe('AB');
  });

  it.each([
    ['a foreign character', 'QUJD*A=='],
    ['a letter outside of ASCII', 'QUJé'],
    ['the alphabet for file names', 'QU-_'],
    ['padding in the middle', 'QQ==QQ=='],
    ['too much padding', 'QUJD='],
    ['three signs of padding', 'Q==='],
    ['a lonely character', 'QUJDQ'],
  ])('refuses %s', (_, text) => {
    expect(open(text)).toBeNull();
  });

  it('takes nothing, or white space alone, for no bytes', () => {
    expect(opened('').bytes).toBe(0);
    expect([...opened(' \n ').slices()]).toEqual([]);
  });
});
