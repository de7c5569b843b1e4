import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createWriteStream } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { once } from 'node:events';
import { createTestDatabase, type TestDatabase } from '../../../../test/support/database.js';
import { migrateEventStore } from '../database/migrate.js';
import { openEventStore, type EventStore } from '../event-store.js';
import { hashOfEnvelope } from '../envelope.js';
import { readStoredPage } from '../read/log.js';
import { settled, someCommand, someEvents } from '../testing/fixtures.js';
import type { ExportOptions } from './export.js';

const verifier = path.resolve('tools/verify-export.mjs');
const BLOCK = 10;

describe('seals, verification and export', () => {
  let database: TestDatabase;
  let store: EventStore;
  let folder: string;

  beforeEach(async () => {
    database = await createTestDatabase();
    await migrateEventStore(database.connectionString);
    store = await openEventStore({ connectionString: database.connectionString, poolSize: 4 });
    folder = await mkdtemp(path.join(tmpdir(), 'es-export-'));
  });

  afterEach(async () => {
    await store.close();
    await database.drop();
    await rm(folder, { recursive: true });
  });

  /** 35 events in 15 streams: three sealed blocks of ten and five events that no seal covers. */
  async function recordLog(): Promise<void> {
    for (let index = 0; index < 10; index++) await store.append(`note-${index}`, 'none', someEvents(1), someCommand());
    for (let index = 0; index < 10; index++) await store.append(`note-${index}`, 1, someEvents(1), someCommand());
    for (let index = 10; index < 15; index++) await store.append(`note-${index}`, 'none', someEvents(2), someCommand());
    await settled(store);
    await store.sealer({ blockSize: BLOCK }).sealNow();
    await store.append('note-0', 2, someEvents(5), someCommand());
    await settled(store);
  }

  /** The events in the order of the log, as stored. */
  async function log(): Promise<Awaited<ReturnType<typeof readStoredPage>>['events']> {
    return (await readStoredPage(store.pool, {})).events;
  }

  /** Runs statements as an owner of the database would who gets around the triggers. */
  async function tamper(statement: string, values: unknown[] = []): Promise<void> {
    const client = await store.pool.connect();
    try {
      await client.query('SET session_replication_role = replica');
      const { rowCount } = await client.query(statement, values);
      expect(rowCount).toBeGreaterThan(0);
    } finally {
      client.release(true);
    }
  }

  async function exported(options: ExportOptions = {}): Promise<string> {
    const file = path.join(folder, `${randomUUID()}.jsonl`);
    const target = createWriteStream(file);
    await store.exportLog(target, options);
    target.end();
    await once(target, 'close');
    return file;
  }

  async function verifyFile(file: string, ...seals: string[]): Promise<{ code: number; output: string }> {
    return new Promise((resolve) =>
      execFile(process.execPath, [verifier, file, ...seals], (error, stdout, stderr) =>
        resolve({ code: typeof error?.code === 'number' ? error.code : 0, output: stdout + stderr }),
      ),
    );
  }

  it('verifies what was recorded, sealed or not, in the database and as a file', async () => {
    await recordLog();
    expect(await store.verify()).toEqual({ ok: true, events: 35, seals: 3, unsealed: 5, problems: [], first: null });
    const { code, output } = await verifyFile(await exported());
    expect(output).toContain('whole: 35 events, 3 seals, 5 events not sealed');
    expect(code).toBe(0);
  });

  it('numbers seals without gaps, also when two sealers work at once', async () => {
    for (let index = 0; index < 40; index++) await store.append(`note-${index}`, 'none', someEvents(1), someCommand());
    await settled(store);
    const made = await Promise.all([1, 2, 3].map(() => store.sealer({ blockSize: 4 }).sealNow()));
    const numbers = made
      .flat()
      .map(({ number }) => number)
      .sort((left, right) => left - right);
    expect(numbers).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect(await store.verify()).toMatchObject({ ok: true, seals: 10, unsealed: 0 });
  });

  it('seals in the background and hands each seal over to be published', async () => {
    const published: string[] = [];
    const sealer = store.sealer({
      interval: 5,
      onSeal: ({ number, hash }) => void published.push(`${number}:${hash}`),
    });
    sealer.start();
    await store.append('note-1', 'none', someEvents(3), someCommand());
    while (published.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    await sealer.stop();
    const seals = await store.pool.query<{ text: string }>(
      "SELECT number || ':' || encode(hash, 'hex') AS text FROM es.seals ORDER BY number",
    );
    expect(published).toEqual(seals.rows.map(({ text }) => text));
  });

  it('does not seal beyond a transaction that is still open', async () => {
    await store.append('note-1', 'none', someEvents(1), someCommand());
    await settled(store);
    await store.transaction(async (tx) => {
      await store.append('note-2', 'none', someEvents(1), someCommand(), { tx });
      await store.append('note-3', 'none', someEvents(1), someCommand());
      const [seal] = await store.sealer().sealNow();
      expect(seal).toMatchObject({ number: 1, events: 1 });
    });
    await settled(store);
    expect(await store.sealer().sealNow()).toMatchObject([{ number: 2, events: 2 }]);
  });

  // Index of the event in the log: 13 stands in the second block, so does its neighbour.
  const tamperings: [string, string, number, (events: Awaited<ReturnType<typeof log>>) => Promise<void>][] = [
    [
      'a changed byte',
      'event-changed',
      13,
      (events) => tamper(`UPDATE es.events SET data = '{"rank":2}' WHERE position = $1`, [events[13]?.position]),
    ],
    [
      'a changed byte with a hash made anew',
      'event-changed',
      13,
      async (events) => {
        const event = events[13];
        if (!event) throw new Error('no such event');
        const hash = hashOfEnvelope({ ...event, data: '{"rank":2}' });
        await tamper(`UPDATE es.events SET data = '{"rank":2}', hash = $2 WHERE position = $1`, [
          event.position,
          Buffer.from(hash, 'hex'),
        ]);
      },
    ],
    [
      'a deleted event',
      'event-missing',
      13,
      (events) => tamper('DELETE FROM es.events WHERE position = $1', [events[13]?.position]),
    ],
    [
      'the newest sealed events deleted',
      'event-missing',
      29,
      (events) => tamper('DELETE FROM es.events WHERE position = ANY ($1)', [events.slice(29).map((e) => e.position)]),
    ],
    [
      'two events swapped',
      'events-moved',
      13,
      async (events) => {
        const [left, right] = [events[13], events[16]];
        const swap = 'UPDATE es.events SET position = $2, xid = $3::xid8 WHERE position = $1';
        await tamper(swap, [left?.position, 1_000_000, right?.transaction]);
        await tamper(swap, [right?.position, left?.position, left?.transaction]);
        await tamper(swap, [1_000_000, right?.position, right?.transaction]);
      },
    ],
    [
      'an inserted event',
      'event-inserted',
      13,
      async (events) => {
        const [before, after] = [events[12], events[13]];
        await store.append('note-x', 'none', someEvents(1), someCommand());
        // Between two sealed events: in the transaction of the one before, at a position that was left free.
        await tamper("UPDATE es.events SET xid = $1::xid8 WHERE stream_id = 'note-x'", [before?.transaction]);
        expect(Number(after?.transaction)).toBeGreaterThan(Number(before?.transaction));
      },
    ],
    [
      'a seal changed',
      'seal-changed',
      10,
      () => tamper("UPDATE es.seals SET sealed_at = sealed_at + interval '1 day' WHERE number = 2"),
    ],
  ];
  it.each(tamperings)('names %s', async (_, kind, index, change) => {
    await recordLog();
    await change(await log());
    const position =
      (await log())[index]?.position ??
      (await store.pool.query<{ last: string }>('SELECT max(last_position) AS last FROM es.seals')).rows[0]?.last;
    const report = await store.verify();
    expect(report.ok).toBe(false);
    expect(report.first).toMatchObject({ kind, position: Number(position) });
    const { code, output } = await verifyFile(await exported());
    expect(output).toContain(`${kind} position=${position}`);
    expect(code).toBe(1);
  });

  it('names the stream when events that no seal covers are deleted', async () => {
    await recordLog();
    await tamper('DELETE FROM es.events WHERE position = $1', [(await log()).at(-1)?.position]);
    expect(await store.verify()).toMatchObject({ ok: false, first: { kind: 'stream-broken', stream: 'note-0' } });
    await tamper('DELETE FROM es.events WHERE position = $1', [(await log()).at(-2)?.position]);
    const { code, output } = await verifyFile(await exported());
    expect(output).toContain('stream-broken');
    expect(code).toBe(1);
  });

  it('names the stream of an event that its readers would no longer find', async () => {
    await recordLog();
    const [first] = await log();
    await tamper('UPDATE es.events SET stream_number = 1000000 WHERE position = $1', [first?.position]);
    expect(await store.verify()).toMatchObject({
      ok: false,
      first: { kind: 'stream-broken', stream: first?.stream, detail: expect.stringContaining('number') as string },
    });
  });

  it('names a removed seal, and a chain cut at its end when the seals were published', async () => {
    await recordLog();
    const { rows } = await store.pool.query<{ number: string; hash: string }>(
      "SELECT number, encode(hash, 'hex') AS hash FROM es.seals ORDER BY number",
    );
    const published = rows.map(({ number, hash }) => ({ number: Number(number), hash }));
    expect(await store.verify({ published })).toMatchObject({ ok: true });
    await tamper('DELETE FROM es.seals WHERE number = 3');
    expect(await store.verify()).toMatchObject({ ok: true, unsealed: 15 });
    expect(await store.verify({ published })).toMatchObject({ first: { kind: 'seal-not-as-published', seal: 3 } });
    const arguments_ = published.map(({ number, hash }) => `${number}:${hash}`);
    expect(await verifyFile(await exported(), ...arguments_)).toMatchObject({ code: 1 });
    await tamper('DELETE FROM es.seals WHERE number = 1');
    expect(await store.verify()).toMatchObject({ first: { kind: 'seal-chain-broken', seal: 2 } });
    expect((await verifyFile(await exported())).output).toContain('seal-chain-broken');
  });

  it('exports a part, which verifies as far as a part can', async () => {
    await recordLog();
    const events = await log();
    const [middle] = events.slice(14);
    for (const [options, expected] of [
      [{ after: middle ?? null }, 'whole: 20 events, 1 seals, 5 events not sealed'],
      [{ stream: 'note-0' }, 'whole: 7 events, 0 seals, 7 events not sealed'],
      [{ types: ['Noted'] }, 'whole: 35 events, 0 seals'],
      [{ types: ['Unknown'] }, 'whole: 0 events, 0 seals'],
    ] as const) {
      const { code, output } = await verifyFile(await exported(options));
      expect(output).toContain(expected);
      expect(code).toBe(0);
    }
  });

  it('answers 1 for a file that was cut or changed and 2 for one that is no export', async () => {
    await recordLog();
    const lines = (await readFile(await exported(), 'utf8')).trimEnd().split('\n');
    const written = async (content: string[]): Promise<string> => {
      const file = path.join(folder, `${randomUUID()}.jsonl`);
      await writeFile(file, content.join('\n'));
      return file;
    };
    expect(await verifyFile(await written(lines.slice(0, -3)))).toMatchObject({ code: 1 });
    const changed = lines.map((line, index) => (index === 5 ? line.replace('tester', 'taster') : line));
    expect((await verifyFile(await written(changed))).output).toMatch(/^event-changed/);
    expect(await verifyFile(await written(['{"kind":"other"}']))).toMatchObject({ code: 2 });
    expect(await verifyFile(path.join(folder, 'absent'))).toMatchObject({ code: 2 });
  });
});
