import { randomUUID } from 'node:crypto';
import { createTestDatabase, type TestDatabase } from '../../../../test/support/database.js';
import { ConcurrencyConflict, CommandReused, InvalidRequest, TransientFailure } from '../errors.js';
import { openEventStore, type EventStore } from '../event-store.js';
import { migrateEventStore } from '../database/migrate.js';
import { collected, someCommand, someEvents } from '../testing/fixtures.js';
import type { ExpectedVersion } from '../types.js';

describe('appending', () => {
  let database: TestDatabase;
  let store: EventStore;

  beforeAll(async () => {
    database = await createTestDatabase();
    await migrateEventStore(database.connectionString);
    store = await openEventStore({ connectionString: database.connectionString });
  });

  afterAll(async () => {
    await store.close();
    await database.drop();
  });

  async function streamAt(version: number): Promise<string> {
    const stream = `note-${randomUUID()}`;
    if (version > 0) await store.append(stream, 'none', someEvents(version), someCommand());
    return stream;
  }

  // Each expectation against a stream that is absent and one at version 3, by one event and by two (two code paths).
  const cases: [ExpectedVersion, number, boolean][] = [
    ['none', 0, true],
    ['none', 3, false],
    [0, 0, true],
    [0, 3, false],
    [3, 0, false],
    [3, 3, true],
    [2, 3, false],
    [4, 3, false],
    ['exists', 0, false],
    ['exists', 3, true],
    ['any', 0, true],
    ['any', 3, true],
  ];
  for (const count of [1, 2]) {
    it.each(cases)(
      `${count} event(s), expecting %s of a stream at %i: accepted is %s`,
      async (expected, version, accepted) => {
        const stream = await streamAt(version);
        const appending = store.append(stream, expected, someEvents(count), someCommand());
        if (accepted) {
          await expect(appending).resolves.toMatchObject({
            stream,
            firstVersion: version + 1,
            version: version + count,
            alreadyRecorded: false,
          });
        } else {
          const error: unknown = await appending.catch((reason: unknown) => reason);
          expect(error).toBeInstanceOf(ConcurrencyConflict);
          expect((error as ConcurrencyConflict).conflicts).toEqual([
            { stream, expected: expected === 0 ? 'none' : expected, actual: version === 0 ? null : version },
          ]);
        }
        const events = await collected(store.readStream(stream));
        expect(events.map((event) => event.version)).toEqual(
          Array.from({ length: version + (accepted ? count : 0) }, (_, index) => index + 1),
        );
      },
    );

    it(`${count} event(s) tried again by the same command are recorded once, whatever was expected`, async () => {
      for (const [expected, version] of cases.filter(([, , accepted]) => accepted)) {
        const stream = await streamAt(version);
        const command = someCommand();
        const first = await store.append(stream, expected, someEvents(count), command);
        const second = await store.append(stream, expected, someEvents(count), command);
        expect(second).toEqual({ ...first, alreadyRecorded: true });
        expect(await store.streamVersions([stream])).toEqual(new Map([[stream, version + count]]));
      }
    });
  }

  it('gives back what was recorded, byte for byte and with its context', async () => {
    const stream = await streamAt(0);
    const command = { ...someCommand(), causationId: 'cause-1', channel: 'sftp' };
    const data = { amount: '10.10', text: 'é\u2028\u0000\\"\ud800 \n\t', list: [1.5, null, { a: {} }] };
    await store.append(stream, 'none', [{ type: 'Noted', data, occurredAt: '2026-03-01T10:00:00.5+01:00' }], command);
    expect(await store.readLast(stream)).toMatchObject({
      stream,
      version: 1,
      type: 'Noted',
      schemaVersion: 1,
      data,
      metadata: command,
      occurredAt: '2026-03-01T09:00:00.500Z',
    });
    const stored = await store.pool.query('SELECT data::text AS data FROM es.events WHERE stream_id = $1', [stream]);
    expect(stored.rows).toEqual([{ data: JSON.stringify(data) }]);
  });

  it('writes into new and existing streams together, or into none', async () => {
    const [fresh, grown, lost] = [await streamAt(0), await streamAt(2), await streamAt(1)];
    const results = await store.appendMany(
      [
        { stream: grown, expected: 2, events: someEvents(2) },
        { stream: fresh, expected: 'none', events: someEvents(3) },
      ],
      someCommand(),
    );
    expect(results.map(({ stream, firstVersion, version }) => [stream, firstVersion, version])).toEqual([
      [grown, 3, 4],
      [fresh, 1, 3],
    ]);
    const other = await streamAt(0);
    const refused = store.appendMany(
      [
        { stream: other, expected: 'none', events: someEvents(1) },
        { stream: grown, expected: 1, events: someEvents(1) },
        { stream: lost, expected: 'none', events: someEvents(1) },
      ],
      someCommand(),
    );
    await expect(refused).rejects.toMatchObject({
      conflicts: [
        { stream: grown, expected: 1, actual: 4 },
        { stream: lost, expected: 'none', actual: 1 },
      ],
    });
    expect(await store.streamVersions([fresh, grown, lost, other])).toEqual(
      new Map([
        [fresh, 3],
        [grown, 4],
        [lost, 1],
      ]),
    );
  });

  it('writes 5,000 events in one append and refuses 5,001', async () => {
    const streams = Array.from({ length: 1_000 }, (_, index) => `many-${randomUUID()}-${index}`);
    const appends = streams.map((stream) => ({ stream, expected: 'none' as const, events: someEvents(5) }));
    const command = someCommand();
    const results = await store.appendMany(appends, command);
    expect(results).toHaveLength(1_000);
    expect(await store.appendMany(appends, command)).toEqual(
      results.map((result) => ({ ...result, alreadyRecorded: true })),
    );
    await expect(
      store.appendMany([...appends, { stream: 'one-more', expected: 'none', events: someEvents(1) }], someCommand()),
    ).rejects.toBeInstanceOf(InvalidRequest);
  });

  it('refuses a command id that comes back with something else', async () => {
    const stream = await streamAt(1);
    const command = someCommand();
    await store.append(stream, 'any', someEvents(1), command);
    await expect(store.append(stream, 'any', someEvents(2), command)).rejects.toBeInstanceOf(CommandReused);
  });

  it('lives and dies with the transaction of its caller', async () => {
    const [kept, dropped] = [await streamAt(0), await streamAt(0)];
    await store.transaction((tx) => store.append(kept, 'none', someEvents(1), someCommand(), { tx }));
    await expect(
      store.transaction(async (tx) => {
        await store.append(dropped, 'none', someEvents(1), someCommand(), { tx });
        expect(await store.streamVersions([dropped], { tx })).toEqual(new Map([[dropped, 1]]));
        throw new Error('changed my mind');
      }),
    ).rejects.toThrow('changed my mind');
    expect(await store.streamVersions([kept, dropped])).toEqual(new Map([[kept, 1]]));
  });

  it('refuses to put an event before one of a later transaction', async () => {
    const stream = await streamAt(1);
    for (const expected of [2, 'any'] as const) {
      const tooOld = store.transaction(async (tx) => {
        await tx.query('SELECT pg_current_xact_id()');
        const { version } = await store.append(stream, 'any', someEvents(1), someCommand());
        await store.append(stream, expected === 'any' ? 'any' : version, someEvents(1), someCommand(), { tx });
      });
      await expect(tooOld).rejects.toBeInstanceOf(TransientFailure);
    }
  });

  it.each([
    ['a stream without a name', '', {}],
    ['a control character in a name', 'a\u0000b', {}],
    ['half a character in a name', 'a\ud800', {}],
    ['an endless name', 'x'.repeat(501), {}],
    ['an event id that is no UUID', 'note-1', { id: 'nothing' }],
    ['data that is not JSON', 'note-1', { data: undefined }],
    ['an instant that does not exist', 'note-1', { occurredAt: 'yesterday' }],
    ['a version that could not be read back', 'note-1', { schemaVersion: 2 }],
  ])('refuses %s', async (_, stream, change) => {
    const event = { type: 'Noted', data: {}, ...change };
    await expect(store.append(stream, 'none', [event], someCommand())).rejects.toBeInstanceOf(InvalidRequest);
  });

  it.each([
    'UPDATE es.events SET type = type',
    'DELETE FROM es.events',
    'TRUNCATE es.events',
    'TRUNCATE es.events_p000000',
  ])('refuses %s', async (statement) => {
    await streamAt(1);
    await expect(store.pool.query(statement)).rejects.toThrow('only grows');
  });
});
