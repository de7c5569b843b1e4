import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import fc from 'fast-check';
import { daysAfter, isParisDay, parisDay } from './paris-day.js';

const HOUR = 3_600_000;
const boundaries: readonly (readonly [instant: string, day: string])[] = [
  ['2026-11-20T22:59:59.999Z', '2026-11-20'],
  ['2026-11-20T23:00:00.000Z', '2026-11-21'],
  ['2026-07-01T21:59:59.999Z', '2026-07-01'],
  ['2026-07-01T22:00:00.000Z', '2026-07-02'],
  // 25 October 2026 has 25 hours
  ['2026-10-24T21:59:59.999Z', '2026-10-24'],
  ['2026-10-24T22:00:00.000Z', '2026-10-25'],
  ['2026-10-25T00:30:00.000Z', '2026-10-25'],
  ['2026-10-25T01:30:00.000Z', '2026-10-25'],
  ['2026-10-25T22:59:59.000Z', '2026-10-25'],
  ['2026-10-25T23:00:00.000Z', '2026-10-26'],
  // 28 March 2027 has 23
  ['2027-03-27T22:59:59.999Z', '2027-03-27'],
  ['2027-03-27T23:00:00.000Z', '2027-03-28'],
  ['2027-03-28T21:59:59.999Z', '2027-03-28'],
  ['2027-03-28T22:00:00.000Z', '2027-03-29'],
  ['2026-12-31T23:00:00.000Z', '2027-01-01'],
  ['2028-02-28T23:00:00.000Z', '2028-02-29'],
];

/** The engine's own calendar, as a second witness. */
const witness = new Intl.DateTimeFormat('en-CA', {
  timeZone: 'Europe/Paris',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
});

describe('parisDay', () => {
  it.each(boundaries)('R44 %s is in the day %s', (instant, day) => {
    expect(parisDay(instant)).toBe(day);
    expect(parisDay(new Date(instant))).toBe(day);
  });

  it.each([
    ['2026-10-25', 25],
    ['2027-03-28', 23],
    ['2026-11-21', 24],
  ])('R44 %s has %i hours', (day, hours) => {
    const start = Date.parse(`${day}T00:00:00Z`) - 12 * HOUR;
    const instants = Array.from({ length: 48 * 4 }, (_, index) => new Date(start + (index * HOUR) / 4));
    expect(instants.filter((instant) => parisDay(instant) === day)).toHaveLength(hours * 4);
  });

  it('R44 is the day of the calendar of Paris, at any instant', () => {
    const anyInstant = fc.date({ min: new Date('1980-01-01Z'), max: new Date('2060-01-01Z'), noInvalidDate: true });
    const nearDst = fc
      .tuple(
        fc.constantFrom('2026-10-25T00:00Z', '2027-03-28T00:00Z', '2027-10-31T00:00Z', '2030-03-31T00:00Z'),
        fc.integer({ min: -30 * HOUR, max: 30 * HOUR }),
      )
      .map(([noon, offset]) => new Date(Date.parse(noon) + offset));
    fc.assert(
      fc.property(fc.oneof(anyInstant, nearDst), (instant) => {
        expect(parisDay(instant)).toBe(witness.format(instant));
        expect(parisDay(instant.toISOString())).toBe(parisDay(instant));
        expect(isParisDay(parisDay(instant))).toBe(true);
      }),
      { numRuns: 1_000 },
    );
  });

  it.each(['UTC', 'Pacific/Kiritimati', 'America/Los_Angeles', 'Europe/Paris'])(
    'R44 does not depend on the time zone of the process (%s)',
    (TZ) => {
      const module = path.resolve(import.meta.dirname, '../../../../dist/libs/domain/src/shared/paris-day.js');
      const script = `import { parisDay, daysAfter } from ${JSON.stringify(pathToFileURL(module).href)};
        const instants = ${JSON.stringify(boundaries.map(([instant]) => instant))};
        const days = instants.map((instant) => [parisDay(instant), parisDay(new Date(instant))]);
        console.log(JSON.stringify({ offset: new Date(0).getTimezoneOffset(), days, next: daysAfter('2026-10-25', 1) }));`;
      const answer = execFileSync(process.execPath, ['--input-type=module', '-e', script], {
        env: { TZ },
        encoding: 'utf8',
      });
      const { offset, days, next } = JSON.parse(answer) as { offset: number; days: string[][]; next: string };
      expect(days).toEqual(boundaries.map(([, day]) => [day, day]));
      expect(next).toBe('2026-10-26');
      expect(offset === 0).toBe(TZ === 'UTC'); // the process did run in that zone
    },
  );

  it('R44 refuses what is not an instant', () => {
    expect(() => parisDay('hier')).toThrow(RangeError);
    expect(() => parisDay(new Date(NaN))).toThrow(RangeError);
  });
});

describe('daysAfter', () => {
  it('R44 goes from day to day, over the changes of the clock, and back', () => {
    const day = fc.date({ min: new Date('2000-01-01Z'), max: new Date('2050-01-01Z'), noInvalidDate: true });
    fc.assert(
      fc.property(day.map(parisDay), fc.integer({ min: -800, max: 800 }), (start, count) => {
        const moved = daysAfter(start, count);
        const apart = (Date.parse(`${moved}T00:00Z`) - Date.parse(`${start}T00:00Z`)) / (24 * HOUR);
        expect(apart).toBe(count);
        expect(daysAfter(moved, -count)).toBe(start);
      }),
      { numRuns: 500 },
    );
  });

  it('refuses what is not a day', () => {
    expect(() => daysAfter('2026-02-30', 1)).toThrow(RangeError);
  });
});

describe('isParisDay', () => {
  it.each([
    ['2026-11-21', true],
    ['2028-02-29', true],
    ['2026-02-29', false],
    ['2026-13-01', false],
    ['2026-11-21T00:00', false],
    ['2026-11-21\n', false],
    [' 2026-11-21', false],
    ['21/11/2026', false],
    ['', false],
  ])('R44 %j: %s', (text, expected) => {
    expect(isParisDay(text)).toBe(expected);
  });
});
