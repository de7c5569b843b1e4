import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { createTemporaryFolder, type TemporaryFolder } from '../support/temporary-folder.js';
import { describeOnOneQueue } from '../support/queue-backends.js';
import { batchOf, sampleInvoices } from '../support/sample-flows.js';
import { startTestPlatform, type TestPlatform } from '../support/test-platform.js';

const ROOT = path.resolve(import.meta.dirname, '../..');

interface LoggedEvent {
  readonly stream: string;
  readonly type: string;
  readonly version: number;
  readonly position: number;
  readonly recordedAt: string;
}

describeOnOneQueue('an auditor at the log', 'PostgreSQL', (queue) => {
  let on: TestPlatform;
  let folder: TemporaryFolder;
  let flowNumber: string;

  beforeAll(async () => {
    folder = await createTemporaryFolder('audit');
    on = await startTestPlatform({ queue });
    const faults = Array.from({ length: 30 }, (_, rank) => (rank % 3 === 1 ? ('missing-total' as const) : null));
    ({ flowNumber } = await on.run(await batchOf(sampleInvoices(on.directory, 'audited', 30, faults))));
    await on.eventually('the report', async () => (await on.client.flow(flowNumber)).reportName);
    // What is not sealed yet is protected by rights alone: the auditor comes after the sealer.
    await on.eventually('the seals', async () => (await on.store.verify()).unsealed === 0);
  }, 120_000);

  afterAll(async () => {
    await on.stop();
    await folder.remove();
  });

  /** Runs the command line, or a program of Node, as an auditor does. */
  const run = async (...args: readonly string[]): Promise<{ code: number; out: string; errors: string }> => {
    const { PATH = '', HOME = '' } = process.env;
    const program = spawn(process.execPath, args, {
      cwd: folder.path,
      env: { PATH, HOME, DATABASE_URL: on.platform.databaseUrl, NO_COLOR: '1' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const [out, errors, [code]] = await Promise.all([
      text(program.stdout),
      text(program.stderr),
      once(program, 'close') as Promise<[number]>,
    ]);
    return { code, out, errors };
  };
  const repons = (...args: readonly string[]) => run(path.join(ROOT, 'bin/repons'), ...args);
  const listed = async (...args: readonly string[]): Promise<LoggedEvent[]> => {
    const { code, out, errors } = await repons('events', ...args, '--json');
    expect({ code, errors }).toEqual({ code: 0, errors: '' });
    return out
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as LoggedEvent);
  };

  it('R49 lists the log in its order, by type and by stream', async () => {
    const rejected = await listed('list', '--type', 'InvoiceRejected', '--limit', '100');
    expect(rejected).toHaveLength(10);
    expect(new Set(rejected.map(({ stream }) => stream))).toEqual(new Set([`flow-${flowNumber}`]));
    const flow = await listed('show', `flow-${flowNumber}`);
    expect(flow.map(({ version }) => version)).toEqual(flow.map((_, index) => index + 1));
    expect(flow.map(({ type }) => type)).toEqual(
      expect.arrayContaining(['FlowDeposited', 'FlowSplit', 'FlowCompleted']),
    );
  });

  it('R49 rebuilds a flow as it was at a position and at a moment', async () => {
    const flow = await listed('show', `flow-${flowNumber}`);
    const split = flow.find(({ type }) => type === 'FlowSplit');
    const replay = async (...until: readonly string[]): Promise<unknown> => {
      const { code, out } = await repons('events', 'replay', '--stream', `flow-${flowNumber}`, ...until, '--json');
      expect(code).toBe(0);
      return JSON.parse(out);
    };
    expect(await replay('--position', String(split?.position))).toMatchObject({
      position: split?.position,
      state: { status: 'processing', invoices: 30, upToRank: 0, integrated: 0, rejected: 0 },
    });
    expect(await replay()).toMatchObject({
      version: flow.length,
      state: { status: 'completed', counts: { integrated: 20, rejected: 10 }, reportDelivered: true },
    });
    const before = new Date(Date.parse(flow[0]?.recordedAt ?? '') - 1_000).toISOString();
    const nothing = await repons('events', 'replay', '--stream', `flow-${flowNumber}`, '--at', before);
    expect(nothing).toMatchObject({ code: 2, out: '' });
  });

  it('R49 verifies the log, and an export of it without code of the platform', async () => {
    const { code, out } = await repons('events', 'verify', '--json');
    expect(code).toBe(0);
    const report = JSON.parse(out) as { ok: boolean; events: number; seals: number };
    expect(report).toMatchObject({ ok: true });
    expect(report.seals).toBeGreaterThan(0);

    const exported = await repons('events', 'export');
    expect(exported.code).toBe(0);
    const file = path.join(folder.path, 'export.jsonl');
    await writeFile(file, exported.out);
    const checked = await run(path.join(ROOT, 'tools/verify-export.mjs'), file);
    expect(checked).toMatchObject({
      code: 0,
      out: expect.stringMatching(new RegExp(`^whole: ${report.events} events`)) as string,
    });

    const lines = exported.out.split('\n');
    const at = lines.findIndex((line) => line.includes('"InvoiceRejected"'));
    const changed = lines.with(at, (lines[at] ?? '').replace('BR-14', 'BR-15'));
    expect(changed[at]).not.toBe(lines[at]);
    for (const [what, forged] of [
      ['event-changed', changed],
      ['event-missing', lines.toSpliced(at, 1)],
      ['file-cut', lines.slice(0, at)],
    ] as const) {
      await writeFile(file, forged.join('\n'));
      const found = await run(path.join(ROOT, 'tools/verify-export.mjs'), file);
      expect(found.code).toBe(1);
      expect(found.out).toContain(what);
    }
  });

  it('R49 says where the log was changed behind its back, with exit code 1', async () => {
    const { pool } = on.store;
    const { rows } = await pool.query<{ position: string; data: string }>(
      "SELECT position, data::text AS data FROM es.events WHERE type = 'InvoiceRejected' ORDER BY position LIMIT 1",
    );
    const [row] = rows;
    const tamper = async (data: string): Promise<void> => {
      const client = await pool.connect();
      try {
        // The rules of the table refuse it: only who owns the server can, and that must show.
        await expect(
          client.query('UPDATE es.events SET data = $2 WHERE position = $1', [row?.position, data]),
        ).rejects.toThrow();
        await client.query("SET session_replication_role = 'replica'");
        await client.query('UPDATE es.events SET data = $2 WHERE position = $1', [row?.position, data]);
        await client.query('RESET session_replication_role');
      } finally {
        client.release();
      }
    };
    await tamper((row?.data ?? '').replace('BR-14', 'BR-15'));
    const altered = await repons('events', 'verify', '--json');
    expect(altered.code).toBe(1);
    expect(JSON.parse(altered.out)).toMatchObject({ ok: false, first: { position: Number(row?.position) } });
    await tamper(row?.data ?? '');
    expect(await repons('events', 'verify')).toMatchObject({
      code: 0,
      out: expect.stringContaining('journal intact') as string,
    });
  });

  it('R49 answers with exit code 2 and a sentence when there is no log to look at', async () => {
    const { PATH = '', HOME = '' } = process.env;
    const program = spawn(process.execPath, [path.join(ROOT, 'bin/repons'), 'events', 'list'], {
      cwd: folder.path,
      env: { PATH, HOME },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    const [errors, [code]] = await Promise.all([text(program.stderr), once(program, 'close') as Promise<[number]>]);
    expect(code).toBe(2);
    expect(errors).toContain('DATABASE_URL');
  });
});
