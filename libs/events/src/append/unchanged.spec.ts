import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import fc from 'fast-check';
import { createTestDatabase, type TestDatabase } from '../../../../test/support/database.js';
import { migrateEventStore } from '../database/migrate.js';
import { ConcurrencyConflict, InvalidRequest, TransientFailure } from '../errors.js';
import { openEventStore, type AppendManyOptions, type EventStore } from '../event-store.js';
import { sqlState } from '../failures.js';
import { someCommand, someEvents } from '../testing/fixtures.js';

describe('appending while other streams are unchanged', () => {
  let database: TestDatabase;
  let store: EventStore;

  beforeAll(async () => {
    database = await createTestDatabase();
    await migrateEventStore(database.connectionString);
    store = await openEventStore({ connectionString: database.connectionString, poolSize: 12 });
  });

  afterAll(async () => {
    await store.close();
    await database.drop();
  });

  async function streamAt(version: number): Promise<string> {
    const stream = `read-${randomUUID()}`;
    if (version > 0) await store.append(stream, 'none', someEvents(version), someCommand());
    return stream;
  }

  const versionOf = async (stream: string): Promise<number> => (await store.streamVersions([stream])).get(stream) ?? 0;

  /** Puts one event behind a stream at a version, resting on others. */
  function appendOn(stream: string, version: number, options: AppendManyOptions, command = someCommand()) {
    return store.appendMany({ stream, expected: version, events: someEvents(1) }, command, options);
  }

  /** A transaction left open after its work, and how to end it. */
  async function holding(work: (options: AppendManyOptions) => Promise<unknown>) {
    let commit = (): void => undefined;
    let rollBack = (): void => undefined;
    const ended = new Promise<void>((resolve, reject) => {
      commit = resolve;
      rollBack = () => reject(new Error('rolled back on purpose'));
    });
    let reached = (): void => undefined;
    const worked = new Promise<void>((resolve) => (reached = resolve));
    const transaction = store.transaction(async (tx) => {
      await work({ tx });
      reached();
      await ended;
    });
    transaction.catch(() => undefined);
    await Promise.race([worked, transaction]);
    return { transaction, commit, rollBack };
  }

  /** Until so many sessions of this database wait for a lock. */
  async function waiting(count: number): Promise<void> {
    for (;;) {
      const { rows } = await store.pool.query(
        "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'",
      );
      if (rows.length >= count) return;
      await pause(5);
    }
  }

  it('writes when the streams it read stand where it read them, be it that they do not exist', async () => {
    const [written, read, absent] = [await streamAt(0), await streamAt(2), await streamAt(0)];
    const unchanged = [
      { stream: read, version: 2 },
      { stream: absent, version: 0 },
    ];
    expect(await appendOn(written, 0, { unchanged })).toMatchObject([{ stream: written, version: 1 }]);
    expect(await appendOn(written, 1, { unchanged })).toMatchObject([{ stream: written, version: 2 }]);
    expect(await versionOf(read)).toBe(2);
    const { rows } = await store.pool.query('SELECT * FROM es.streams WHERE stream_id = $1', [absent]);
    expect(rows).toEqual([]);
    expect(await store.append(absent, 'none', someEvents(1), someCommand())).toMatchObject({ version: 1 });
  });

  it('names every stream that is not as it was read, and writes nothing', async () => {
    const [written, moved, gone, come] = [await streamAt(0), await streamAt(3), await streamAt(0), await streamAt(1)];
    const unchanged = [
      { stream: moved, version: 2 },
      { stream: gone, version: 1 },
      { stream: come, version: 0 },
    ];
    await expect(appendOn(written, 0, { unchanged })).rejects.toMatchObject({
      code: 'ES-CONFLICT',
      conflicts: [
        { stream: moved, expected: 2, actual: 3 },
        { stream: gone, expected: 1, actual: null },
        { stream: come, expected: 'none', actual: 1 },
      ],
    });
    await expect(appendOn(written, 0, { unchanged: unchanged.slice(2) })).rejects.toMatchObject({
      conflicts: [{ stream: come, expected: 'none', actual: 1 }],
    });
    expect(await versionOf(written)).toBe(0);
  });

  it('leaves no trace of an absent stream when its caller commits in spite of a conflict', async () => {
    const [written, absent, come] = [await streamAt(0), await streamAt(0), await streamAt(1)];
    const unchanged = [absent, come].map((stream) => ({ stream, version: 0 }));
    await store.transaction(async (tx) => {
      await expect(appendOn(written, 0, { unchanged, tx })).rejects.toBeInstanceOf(ConcurrencyConflict);
    });
    const { rows } = await store.pool.query('SELECT * FROM es.streams WHERE stream_id = $1', [absent]);
    expect(rows).toEqual([]);
  });

  it.each([1, 'any'] as const)(
    'answers a retry of the same command though an unchanged stream has moved since (expecting %s)',
    async (expected) => {
      const [written, read, absent] = [await streamAt(1), await streamAt(1), await streamAt(0)];
      const command = someCommand();
      const unchanged = [
        { stream: read, version: 1 },
        { stream: absent, version: 0 },
      ];
      const append = { stream: written, expected, events: someEvents(1) };
      const [first] = await store.appendMany(append, command, { unchanged });
      for (const stream of [read, absent]) await store.append(stream, 'any', someEvents(1), someCommand());
      expect(await store.appendMany(append, command, { unchanged })).toEqual([{ ...first, alreadyRecorded: true }]);
      await expect(store.appendMany({ ...append, expected: 2 }, someCommand(), { unchanged })).rejects.toMatchObject({
        conflicts: [
          { stream: read, expected: 1, actual: 2 },
          { stream: absent, expected: 'none', actual: 1 },
        ],
      });
    },
  );

  it.each([
    ['a stream that is written and unchanged', (stream: string) => [{ stream, version: 1 }]],
    ['a stream that is unchanged twice', () => [1, 1].map((version) => ({ stream: 'twice', version }))],
    ['a version that cannot be', () => [{ stream: 'negative', version: -1 }]],
  ])('refuses %s', async (_, unchangedFor) => {
    const stream = await streamAt(1);
    await expect(appendOn(stream, 1, { unchanged: unchangedFor(stream) })).rejects.toBeInstanceOf(InvalidRequest);
  });

  it('lets those who rest on the same existing stream pass together', async () => {
    const unchanged = [{ stream: await streamAt(1), version: 1 }];
    const first = await holding(async (options) => appendOn(await streamAt(0), 0, { ...options, unchanged }));
    expect(await appendOn(await streamAt(0), 0, { unchanged })).toMatchObject([{ alreadyRecorded: false }]);
    first.commit();
    await first.transaction;
  });

  it('makes those who rest on the absence of the same stream wait, and refuses none', async () => {
    const unchanged = [{ stream: await streamAt(0), version: 0 }];
    const first = await holding(async (options) => appendOn(await streamAt(0), 0, { ...options, unchanged }));
    const second = appendOn(await streamAt(0), 0, { unchanged });
    await waiting(1);
    first.commit();
    await first.transaction;
    expect(await second).toMatchObject([{ alreadyRecorded: false }]);
  });

  it.each([0, 1, 2])(
    'makes the writer of a stream at %i that another rests on wait, then lets it write',
    async (at) => {
      const read = await streamAt(at);
      const reader = await holding(async (options) =>
        appendOn(await streamAt(0), 0, { ...options, unchanged: [{ stream: read, version: at }] }),
      );
      // One statement (one event at a version), and a transaction (any version).
      const single = store.append(read, at, someEvents(1), someCommand());
      await waiting(1);
      const several = store.append(read, 'any', someEvents(2), someCommand());
      await waiting(2);
      expect(await versionOf(read)).toBe(at);
      reader.commit();
      await reader.transaction;
      const [one, two] = await Promise.allSettled([single, several]);
      // Whichever comes first: only the one that names a version can lose.
      expect(two.status).toBe('fulfilled');
      expect(await versionOf(read)).toBe(one.status === 'fulfilled' ? at + 3 : at + 2);
      if (one.status === 'rejected') expect(one.reason).toBeInstanceOf(ConcurrencyConflict);
    },
  );

  it.each([0, 1])(
    'waits for an open writer of a stream at %i: a rollback changes nothing, a commit does',
    async (at) => {
      const read = await streamAt(at);
      const unchanged = [{ stream: read, version: at }];
      for (const ending of ['rollBack', 'commit'] as const) {
        const writer = await holding((options) => store.append(read, at, someEvents(1), someCommand(), options));
        const resting = appendOn(await streamAt(0), 0, { unchanged });
        resting.catch(() => undefined);
        await waiting(1);
        writer[ending]();
        await writer.transaction.catch(() => undefined);
        if (ending === 'rollBack') expect(await resting).toMatchObject([{ version: 1 }]);
        else
          await expect(resting).rejects.toMatchObject({
            conflicts: [{ stream: read, expected: at || 'none', actual: at + 1 }],
          });
      }
    },
  );

  it.each([
    [1, 1],
    [0, 0],
    [0, 1],
  ])('write skew of streams at %i and %i: of two that each write what the other read, one wins', async (a, b) => {
    for (let round = 0; round < 30; round++) {
      const [left, right] = [
        { stream: await streamAt(a), version: a },
        { stream: await streamAt(b), version: b },
      ];
      const results = await Promise.allSettled([
        appendOn(left.stream, left.version, { unchanged: [right] }),
        appendOn(right.stream, right.version, { unchanged: [left] }),
      ]);
      expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
      const lost = results.find(({ status }) => status === 'rejected') as PromiseRejectedResult;
      expect(lost.reason).toBeInstanceOf(ConcurrencyConflict);
      expect((await versionOf(left.stream)) + (await versionOf(right.stream))).toBe(a + b + 1);
    }
  });

  it('whatever reads and writes whatever, the accepted ones have an order, and nobody waits in a circle', async () => {
    const STREAMS = 5;
    const someStreams = fc.uniqueArray(fc.nat({ max: STREAMS - 1 }), { minLength: 1, maxLength: 3 });
    const decision = fc.record({ reads: someStreams, writes: someStreams });
    let refusals = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.boolean(), { minLength: STREAMS, maxLength: STREAMS }),
        fc.array(decision, { minLength: 2, maxLength: 8 }),
        async (existing, decisions) => {
          const streams = await Promise.all(
            existing.map(async (exists) => ({ stream: await streamAt(exists ? 1 : 0), version: exists ? 1 : 0 })),
          );
          const named = (indices: number[]) => streams.filter((_, index) => indices.includes(index));
          const accepted: { reads: number[]; writes: number[] }[] = [];
          const failures: unknown[] = [];
          await Promise.all(
            decisions.map(async ({ reads, writes }) => {
              const unchanged = named(reads.filter((index) => !writes.includes(index)));
              const appends = named(writes).map(({ stream, version }) => ({
                stream,
                expected: version,
                events: someEvents(1),
              }));
              // One try only: a deadlock must not be hidden by the one after it.
              await store
                .transaction((tx) => store.appendMany(appends, someCommand(), { unchanged, tx }))
                .then(() => accepted.push({ reads: unchanged.map((one) => streams.indexOf(one)), writes }))
                .catch((error: unknown) => failures.push(error));
            }),
          );
          refusals += failures.length;
          expect(failures.filter((error) => sqlState((error as Error).cause) === '40P01')).toEqual([]);
          expect(
            failures.every((error) => error instanceof ConcurrencyConflict || error instanceof TransientFailure),
          ).toBe(true);
          expect(accepted.length).toBeGreaterThan(0);
          // All read the same state: each stream was written once at most, and who read it comes before who wrote it.
          const written = accepted.flatMap(({ writes }) => writes);
          expect(new Set(written).size).toBe(written.length);
          expect(hasOrder(accepted)).toBe(true);
        },
      ),
      { numRuns: 60 },
    );
    expect(refusals).toBeGreaterThan(0);
  });

  /** Whether the decisions can be put in an order in which nobody reads what an earlier one wrote. */
  function hasOrder(decisions: { reads: number[]; writes: number[] }[]): boolean {
    let left = decisions;
    while (left.length > 0) {
      const first = left.find(({ writes }) => !left.some((other) => other.reads.some((read) => writes.includes(read))));
      // `first` is read by nobody who is left: it comes after all of them.
      if (!first) return false;
      left = left.filter((one) => one !== first);
    }
    return true;
  }
});
