import { compactParisTime, instantOf } from './paris-time.js';

describe('the time of Paris in files', () => {
  it.each([
    ['2026-11-20T09:00:00', '2026-11-20T08:00:00.000Z'],
    ['2026-07-20T09:00:00', '2026-07-20T07:00:00.000Z'],
    ['2026-11-20T09:00:00Z', '2026-11-20T09:00:00.000Z'],
    ['2026-11-20T09:00:00+03:00', '2026-11-20T06:00:00.000Z'],
  ])('R25 reads %s as %s', (text, instant) => {
    expect(instantOf(text).toISOString()).toBe(instant);
  });

  it('R25 writes an instant without a zone as it is in Paris, in summer and in winter', () => {
    expect(compactParisTime('2026-11-20T23:30:05.123Z')).toBe('20261121003005');
    expect(compactParisTime('2026-07-20T22:30:05Z')).toBe('20260721003005');
  });

  it('R25 refuses what is no instant', () => {
    expect(() => instantOf('hier')).toThrow(RangeError);
  });
});
