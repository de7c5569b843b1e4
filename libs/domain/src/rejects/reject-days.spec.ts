import fc from 'fast-check';
import { daysAfter } from '../shared/paris-day.js';
import { specification } from '../testing/given.js';
import {
  closeDay,
  evolveRejectDays,
  noDayClosed,
  openDay,
  rejectDayStream,
  rejectFileStream,
  type RejectDays,
  type RejectDaysEvent,
} from './reject-days.js';

const { given } = specification<RejectDays, RejectDaysEvent>(noDayClosed, evolveRejectDays);
const closed = (day: string): RejectDaysEvent => ({ type: 'RejectDayClosed', data: { day } });

describe('closeDay', () => {
  it('R44 closes a day that has ended', () =>
    given()
      .when((days) => closeDay(days, '2026-11-20', '2026-11-21'))
      .then(closed('2026-11-20')));

  it('R44 closes the days of an absence one after the other', () =>
    given(closed('2026-11-17'))
      .when((days) => closeDay(days, '2026-11-18', '2026-11-21'))
      .then(closed('2026-11-18')));

  it.each([
    ['2026-10-24', '2026-10-25'],
    ['2026-10-25', '2026-10-26'],
    ['2027-03-27', '2027-03-28'],
    ['2027-03-28', '2027-03-29'],
    ['2026-12-31', '2027-01-01'],
    ['2028-02-28', '2028-02-29'],
  ])('R44 knows that after %s comes %s', (before, next) =>
    given(closed(before))
      .when((days) => closeDay(days, next, '2030-01-01'))
      .then(closed(next)),
  );

  it.each(['2026-11-21', '2026-11-22'])('R44 REJ-001 does not close %s on the 21st: it is not over', (day) =>
    given(closed('2026-11-20'))
      .when((days) => closeDay(days, day, '2026-11-21'))
      .refused('REJ-001'),
  );

  it.each([
    ['again', '2026-11-17'],
    ['out of its turn', '2026-11-19'],
    ['from the past', '2026-11-01'],
  ])('R44 REJ-002 does not close a day %s', (_, day) =>
    given(closed('2026-11-17'))
      .when((days) => closeDay(days, day, '2026-11-21'))
      .refused('REJ-002'),
  );
});

describe('openDay', () => {
  it.each([
    ['today, when no day was ever closed', null, '2026-11-21', '2026-11-21'],
    ['today, when yesterday is closed', '2026-11-20', '2026-11-21', '2026-11-21'],
    ['the first open day, when the clock is behind', '2026-11-20', '2026-11-20', '2026-11-21'],
    ['the first open day, when the clock is far behind', '2026-11-20', '1999-12-31', '2026-11-21'],
  ])('R44 a reject goes to %s', (_, lastClosed, today, expected) => {
    expect(openDay({ lastClosed }, today)).toBe(expected);
  });

  it('R44 no reject ever goes to a closed day, whatever the clocks of the machines say', () => {
    const start = '2026-10-20';
    const step = fc.record({ close: fc.boolean(), today: fc.integer({ min: -3, max: 12 }) });
    let closings = 0;
    let late = 0;
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        let days: RejectDays = noDayClosed;
        const closedDays: string[] = [];
        for (const { close, today: offset } of steps) {
          const today = daysAfter(start, offset);
          if (!close) {
            expect(closedDays).not.toContain(openDay(days, today));
            if (openDay(days, today) !== today) late += 1;
            continue;
          }
          const next = days.lastClosed === null ? start : daysAfter(days.lastClosed, 1);
          const decided = closeDay(days, next, today);
          expect(decided.accepted).toBe(next < today);
          if (!decided.accepted) continue;
          days = decided.events.reduce(evolveRejectDays, days);
          closedDays.push(next);
        }
        expect(closedDays).toEqual(closedDays.map((_, index) => daysAfter(start, index))); // each day once, in order
        closings += closedDays.length;
      }),
      { numRuns: 900 },
    );
    expect(closings).toBeGreaterThan(100);
    expect(late).toBeGreaterThan(100); // clocks were behind often enough for this to prove something
  });
});

describe('the streams of reject files', () => {
  it('R44 are one for each day and party, whatever its identifier', () => {
    expect(rejectFileStream('2026-11-21', '11000201100044')).toBe('reject-file-2026-11-21-11000201100044');
    expect(rejectFileStream('2026-11-21', 'a/b c')).toBe('reject-file-2026-11-21-a%2Fb%20c');
    expect(rejectFileStream('2026-11-21', '商'.repeat(100)).length).toBeLessThanOrEqual(200);
    expect(rejectDayStream('2026-11-21')).toBe('reject-day-2026-11-21');
  });
});
