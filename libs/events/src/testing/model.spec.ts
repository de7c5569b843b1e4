import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { createTestDatabase, type TestDatabase } from '../../../../test/support/database.js';
import { migrateEventStore } from '../database/migrate.js';
import { ConcurrencyConflict } from '../errors.js';
import { openEventStore, type EventStore } from '../event-store.js';
import type { ExpectedVersion, StreamAppend } from '../types.js';
import { collected, settled, someCommand } from './fixtures.js';

/** What a command of the model may expect: a fixed word, or the version it last saw of the stream plus an error. */
type Belief = 'none' | 'exists' | 'any' | { off: number };

interface Attempt {
  parts: { stream: number; belief: Belief; count: number }[];
  retried: boolean;
}

const STREAMS = 4;
const belief: fc.Arbitrary<Belief> = fc.oneof(
  fc.constantFrom('none' as const, 'exists' as const, 'any' as const),
  fc.constantFrom({ off: 0 }, { off: 0 }, { off: 0 }, { off: -1 }, { off: 1 }),
);
const attempt: fc.Arbitrary<Attempt> = fc.record({
  parts: fc.uniqueArray(
    fc.record({
      stream: fc.nat({ max: STREAMS - 1 }),
      belief,
      count: fc.oneof(fc.constantFrom(1, 1, 2, 3), fc.constant(60)),
    }),
    { selector: ({ stream }) => stream, minLength: 1, maxLength: 3 },
  ),
  retried: fc.boolean(),
});

describe('the store against a model', () => {
  let database: TestDatabase;
  let store: EventStore;

  beforeAll(async () => {
    database = await createTestDatabase();
    await migrateEventStore(database.connectionString);
    store = await openEventStore({ connectionString: database.connectionString, poolSize: 9 });
  });

  afterAll(async () => {
    await store.close();
    await database.drop();
  });

  /** What an append does to versions, written once more and as plainly as possible. */
  function accepts(version: number, expected: ExpectedVersion): boolean {
    if (expected === 'any') return true;
    if (expected === 'exists') return version > 0;
    return version === (expected === 'none' ? 0 : expected);
  }

  function expectedOf(version: number, wanted: Belief): ExpectedVersion {
    return typeof wanted === 'string' ? wanted : Math.max(0, version + wanted.off);
  }

  function appendsOf(parts: Attempt['parts'], names: string[], versions: Map<string, number>): StreamAppend[] {
    return parts.map(({ stream, belief: wanted, count }) => {
      const name = names[stream] ?? '';
      return {
        stream: name,
        expected: expectedOf(versions.get(name) ?? 0, wanted),
        events: Array.from({ length: count }, () => ({ type: 'Noted', data: { mark: randomUUID() } })),
      };
    });
  }

  async function append(appends: StreamAppend[], command = someCommand()): Promise<boolean> {
    try {
      const [only] = appends;
      if (appends.length === 1 && only) await store.append(only.stream, only.expected, only.events, command);
      else await store.appendMany(appends, command);
      return true;
    } catch (error) {
      if (error instanceof ConcurrencyConflict && error.conflicts.length > 0) return false;
      throw error;
    }
  }

  it('one writer: every answer is the model’s, and what is recorded is what was accepted', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(attempt, { minLength: 1, maxLength: 12 }), async (attempts) => {
        const names = Array.from({ length: STREAMS }, () => `model-${randomUUID()}`);
        const model = new Map<string, unknown[]>();
        for (const { parts, retried } of attempts) {
          const versions = new Map([...model].map(([name, data]) => [name, data.length]));
          const appends = appendsOf(parts, names, versions);
          const accepted = appends.every(({ stream, expected }) => accepts(versions.get(stream) ?? 0, expected));
          const command = someCommand();
          expect(await append(appends, command)).toBe(accepted);
          if (retried && accepted) expect(await append(appends, command)).toBe(true);
          if (!accepted) continue;
          for (const { stream, events } of appends)
            model.set(stream, [...(model.get(stream) ?? []), ...events.map(({ data }) => data)]);
        }
        for (const name of names) {
          const recorded = await collected(store.readStream(name));
          expect(recorded.map(({ data }) => data)).toEqual(model.get(name) ?? []);
          expect(recorded.map(({ version }) => version)).toEqual(recorded.map((_, index) => index + 1));
        }
      }),
      { numRuns: 40 },
    );
  });

  it('eight writers: no update is lost, none is doubled, versions have no gap, the log verifies', async () => {
    let conflicts = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(attempt, { maxLength: 6 }), { minLength: 8, maxLength: 8 }),
        async (writers) => {
          const names = Array.from({ length: STREAMS }, () => `race-${randomUUID()}`);
          const accepted = new Set<string>();
          const refused = new Set<string>();
          await Promise.all(
            writers.map(async (attempts) => {
              for (const { parts, retried } of attempts) {
                const appends = appendsOf(parts, names, await store.streamVersions(names));
                const command = someCommand();
                const isAccepted = await append(appends, command);
                if (retried && isAccepted) await append(appends, command);
                if (!isAccepted) conflicts += 1;
                const marks = appends.flatMap(({ events }) =>
                  events.map(({ data }) => (data as { mark: string }).mark),
                );
                for (const mark of marks) (isAccepted ? accepted : refused).add(mark);
              }
            }),
          );
          const recorded = (await Promise.all(names.map((name) => collected(store.readStream(name))))).map((events) => {
            expect(events.map(({ version }) => version)).toEqual(events.map((_, index) => index + 1));
            return events.map(({ data }) => (data as { mark: string }).mark);
          });
          expect(recorded.flat().sort()).toEqual([...accepted].sort());
          expect(recorded.flat().some((mark) => refused.has(mark))).toBe(false);
        },
      ),
      { numRuns: 25 },
    );
    expect(conflicts).toBeGreaterThan(0);
    await settled(store);
    await store.sealer({ blockSize: 64 }).sealNow();
    expect(await store.verify()).toMatchObject({ ok: true, unsealed: 0 });
  });
});
