import fc from 'fast-check';
import { InvalidRequest } from '../errors.js';
import { someCommand } from '../testing/fixtures.js';
import { UpcasterChain } from '../upcasting.js';
import { Preparation } from './preparation.js';

const digits = (length: number, most: number) =>
  fc.nat(most).map((number) => String(number).padStart(length, '0').slice(-length));

/** Texts that look like instants; months, days and hours that there are not among them. */
const instantLike = fc
  .tuple(digits(4, 2_100), digits(2, 13), digits(2, 32), digits(2, 25), digits(2, 61), digits(2, 61), digits(3, 999))
  .chain(([year, month, day, hour, minute, second, milliseconds]) => {
    const date = `${year}-${month}-${day}`;
    const canonical = `${date}T${hour}:${minute}:${second}.${milliseconds}Z`;
    return fc.oneof(
      { weight: 6, arbitrary: fc.constant(canonical) },
      fc.constantFrom(date, canonical.replace('Z', '+02:00'), canonical.replace(/\.\d+/, ''), `${canonical} `, 'hier'),
    );
  });

function occurredAt(given: string | Date): string | undefined {
  const preparation = new Preparation(someCommand(), { upcasters: new UpcasterChain(), clock: () => new Date(0) });
  const [event] = preparation.prepare({
    stream: 'note',
    expected: 'none',
    events: [{ type: 'Noted', data: {}, occurredAt: given }],
  }).events;
  return event?.occurredAt;
}

describe('an event that is made ready', () => {
  it('happened at the instant given, written in one way, or is refused', () => {
    let known = 0;
    let unknown = 0;
    fc.assert(
      fc.property(instantLike, (given) => {
        const instant = new Date(given);
        const isRecordable = !Number.isNaN(instant.getTime()) && instant.getUTCFullYear() >= 1;
        if (isRecordable) expect(occurredAt(given)).toBe(instant.toISOString());
        else expect(() => occurredAt(given)).toThrow(InvalidRequest);
        if (isRecordable) known += 1;
        else unknown += 1;
      }),
      { numRuns: 2_000 },
    );
    expect(known).toBeGreaterThan(200);
    expect(unknown).toBeGreaterThan(200);
  });

  it.each([
    ['2026-02-30T10:00:00.000Z', '2026-03-02T10:00:00.000Z'],
    ['2026-02-28T24:00:00.000Z', '2026-03-01T00:00:00.000Z'],
    ['2026-06-15T10:00:00.000Z', '2026-06-15T10:00:00.000Z'],
    ['0001-01-01T00:00:00.000Z', '0001-01-01T00:00:00.000Z'],
  ])('that happened at %s is written %s', (given, written) => {
    expect(occurredAt(given)).toBe(written);
  });

  it.each([
    '0000-06-15T10:00:00.000Z',
    '2026-13-15T10:00:00.000Z',
    '2026-06-15T10:60:00.000Z',
    '2026-06-15T10:00:60.000Z',
  ])('is refused when it happened at %s', (given) => {
    expect(() => occurredAt(given)).toThrow(InvalidRequest);
  });
});
