import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { sampleDirectoryFile } from '../../tools/samples/index.js';
import { startOwnApi, type OwnApi } from '../support/own-api.js';

const ROWS = 3_000;
const CLI = resolve('dist/tools/cli/main.js');

describe('repons directory import', () => {
  let api: OwnApi;
  let file: string;

  beforeAll(async () => {
    api = await startOwnApi();
    file = join(api.folder, 'annuaire.csv');
    await writeFile(file, [...sampleDirectoryFile({ seed: 'acceptance', rows: ROWS, badShare: 0.01 })].join(''));
  });
  afterAll(() => api.close());

  function start() {
    const environment = { ...process.env, REPONS_URL: api.url, REPONS_ADMIN_KEY: api.keys.operator };
    const child = spawn(process.execPath, [CLI, 'directory', 'import', file, '--json'], {
      env: environment,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let text = '';
    let complaints = '';
    child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (complaints += chunk.toString()));
    const ended = once(child, 'close').then(([code, signal]: unknown[]) => ({ code, signal, text, complaints }));
    return { child, ended };
  }
  async function recorded(): Promise<{ streams: number; registrations: number; events: number }> {
    const { rows } = await api.store.pool.query<{ streams: number; registrations: number; events: number }>(
      `SELECT count(DISTINCT stream_id)::int AS streams, count(*)::int AS events,
              count(*) FILTER (WHERE type IN ('StructureRegistered', 'ServiceOpened'))::int AS registrations
         FROM es.events WHERE stream_id LIKE 'structure-%' OR stream_id LIKE 'service-%'`,
    );
    return rows[0] ?? { streams: 0, registrations: 0, events: 0 };
  }

  it('R02 an import that is killed in the middle completes when it is run again, and then changes nothing', async () => {
    const killed = start();
    while ((await recorded()).registrations < ROWS / 10) await pause(10);
    killed.child.kill('SIGKILL');
    expect(await killed.ended).toMatchObject({ signal: 'SIGKILL', text: '' });
    const half = await recorded();
    expect(half.registrations).toBeGreaterThan(0);
    expect(half.registrations).toBeLessThan(ROWS / 2);

    const again = await start().ended;
    expect(again.complaints).toBe('');
    const totals = JSON.parse(again.text) as Record<string, number> & { report: string };
    expect(totals).toMatchObject({ rows: ROWS, changed: 0 });
    expect(again.code).toBe(1); // some lines are refused
    const whole = await recorded();
    expect(whole.registrations).toBe(whole.streams);
    // Whatever the killed one had under way when it died may have been recorded after it.
    expect((totals['created'] ?? 0) + (totals['unchanged'] ?? 0)).toBe(whole.registrations);
    expect((totals['refused'] ?? 0) + whole.registrations).toBe(ROWS);
    expect(totals['created']).toBeGreaterThan(0);
    expect(totals['unchanged']).toBeGreaterThanOrEqual(half.registrations);
    const report = await readFile(totals.report, 'utf8');
    expect(report.trim().split('\r\n')).toHaveLength(1 + (totals['refused'] ?? 0));
    expect(report).toMatch(/^\u{feff}"Ligne";"Identifiant";"Code";"Motif"\r\n"\d+";"\d{14}";"STR-00[23]";/u);

    await api.project();
    const third = JSON.parse((await start().ended).text) as Record<string, number>;
    expect(third).toMatchObject({ created: 0, changed: 0, unchanged: whole.registrations });
    expect(await recorded()).toEqual(whole);
  }, 120_000);

  it('says in French that a file is none', async () => {
    await writeFile(file, 'siret;nom\r\n1;A\r\n');
    const { code, complaints } = await start().ended;
    expect(code).toBe(2);
    expect(complaints).toContain('il manque la colonne « identifiant »');
  });
});
