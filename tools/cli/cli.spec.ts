import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import pg from 'pg';
import {
  endedFlow,
  OPERATOR_KEY,
  PERSONAL_DATA_KEY,
  REJECT_DAY,
  startTestApi,
  type TestApi,
} from '../../apps/api/src/testing/test-api.js';
import { createTestDatabase, type TestDatabase } from '../../test/support/database.js';
import { createTemporaryFolder, type TemporaryFolder } from '../../test/support/temporary-folder.js';

const BIN = path.resolve(import.meta.dirname, '../../bin/repons');

interface Run {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

describe('the command line', () => {
  let database: TestDatabase;
  let folder: TemporaryFolder;
  let api: TestApi;

  beforeAll(async () => {
    [database, folder] = await Promise.all([createTestDatabase(), createTemporaryFolder('cli')]);
    process.env['DATABASE_URL'] = database.connectionString;
    process.env['OBJECTS_FOLDER'] = path.join(folder.path, 'objects');
    process.env['API_ADMIN_KEY'] = OPERATOR_KEY;
    process.env['PERSONAL_DATA_KEY'] = PERSONAL_DATA_KEY;
    process.env['LOG_LEVEL'] = 'silent';
    api = await startTestApi();
  });

  afterAll(async () => {
    await api.close();
    await Promise.all([database.drop(), folder.remove()]);
  });

  /** Runs the program itself, from a folder without a platform, with nothing but this environment. */
  async function repons(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Run> {
    const child = spawn(process.execPath, [BIN, ...args], {
      cwd: folder.path,
      env: { PATH: process.env['PATH'] ?? '', HOME: folder.path, COLUMNS: '80', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let [out, err] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
    const [code] = (await once(child, 'close')) as [number | null];
    return { code, out, err };
  }
  const asPartner = (...args: readonly string[]) =>
    repons(args, {
      REPONS_URL: api.url,
      REPONS_API_KEY: api.keys.own,
      REPONS_APPLICATION_CODE: api.own.applicationCode,
    });
  const asOperator = (...args: readonly string[]) =>
    repons(args, { REPONS_URL: api.url, REPONS_ADMIN_KEY: OPERATOR_KEY });
  const asAuditor = (...args: readonly string[]) => repons(args, { DATABASE_URL: database.connectionString });
  const jsonLines = ({ out }: Run): Record<string, unknown>[] => {
    expect(out.endsWith('\n')).toBe(true);
    return out
      .slice(0, -1)
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
  };

  it('R60 the help of every command fits a terminal of 80 by 24', async () => {
    const commands = ['', 'deposit', 'flow', 'rejects', 'events', 'directory', 'directory connect', 'directory import'];
    const runs = await Promise.all(
      commands.map((command) => repons([...command.split(' '), '--help'].filter(Boolean))),
    );
    for (const { code, out, err } of runs) {
      expect([code, err]).toEqual([0, '']);
      const lines = out.trimEnd().split('\n');
      expect(lines.length).toBeLessThanOrEqual(24);
      for (const line of lines) expect([...line].length).toBeLessThanOrEqual(80);
    }
  });

  it('R60 ends without a word when its reader stops, as head does', async () => {
    const child = spawn(process.execPath, [BIN, '--help'], { cwd: folder.path, stdio: ['ignore', 'pipe', 'pipe'] });
    child.stdout.destroy();
    let err = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
    const [code] = (await once(child, 'close')) as [number | null];
    expect([code, err]).toEqual([0, '']);
  });

  it.each([
    [['nothing']],
    [['flow']],
    [['flow', 'X', '--nothing']],
    [['rejects', '--format', 'pdf']],
    [['events', 'list', '--limit', 'beaucoup']],
    [['events', 'replay']],
    [['deposit', 'a', 'b', '--name', 'N']],
    [['deposit']],
  ])('R60 wrong use ends with 2, and talks on standard error alone: %j', async (args) => {
    const { code, out, err } = await repons(args);
    expect([code, out]).toEqual([2, '']);
    expect(err).not.toBe('');
    expect(err).not.toMatch(/\n\s+at /);
  });

  it.each([
    [['flow', 'X']],
    [['deposit', 'x.xml']],
    [['rejects', '--json']],
    [['directory', 'add', '13002526500013', 'Commune']],
  ])('R60 without a platform, %j says what to do and ends with 2', async (args) => {
    const { code, out, err } = await repons(args);
    expect([code, out]).toEqual([2, '']);
    expect(err).toBe(
      'repons : Aucune plateforme connue : lancez « npm start » dans ce dossier, ou donnez REPONS_URL et REPONS_API_KEY.\n',
    );
  });

  it('R60 without a log, says what to do and ends with 2', async () => {
    const { code, out, err } = await repons(['events', 'list', '--json']);
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain('DATABASE_URL');
  });

  it('R60 a platform that does not answer ends with 2 and its address', async () => {
    const { code, out, err } = await repons(['flow', 'X', '--json'], {
      REPONS_URL: 'http://127.0.0.1:9',
      REPONS_API_KEY: 'x'.repeat(20),
    });
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain('http://127.0.0.1:9');
    expect(err).not.toContain('x'.repeat(20));
  });

  it('R60 a key that is not known ends with 1 and the code of the problem', async () => {
    const { code, out, err } = await repons(['flow', 'X'], {
      REPONS_URL: api.url,
      REPONS_API_KEY: 'canari-canari-canari',
    });
    expect([code, out]).toEqual([1, '']);
    expect(err).toContain('(AUTH-001)');
    expect(err).not.toContain('canari');
  });

  it('R40 deposits files and says each number, one line of JSON for each', async () => {
    const files = ['un.xml', 'deux.xml'].map((name) => path.join(folder.path, name));
    for (const file of files) await writeFile(file, `<CrossIndustryInvoice>${file}</CrossIndustryInvoice>`);
    const run = await asPartner('deposit', ...files, '--json');
    expect([run.code, run.err]).toEqual([0, '']);
    expect(jsonLines(run)).toEqual(
      files.map((file) => ({
        file,
        flowNumber: expect.stringMatching(/^CPP0011156\d{15}$/) as string,
        name: expect.stringMatching(/^FSO1156A_OWN001_OWN0011156\d{15}$/) as string,
        repeated: false,
      })),
    );
    const [again] = jsonLines(await asPartner('deposit', files[0] ?? '', '--json'));
    expect(again).toMatchObject({ repeated: true });
    expect((await asPartner('deposit', files[0] ?? '')).out).toContain('déjà déposé');
  });

  it('R40 a deposit that is refused ends with 1 and the reason', async () => {
    const file = path.join(folder.path, 'trois.xml');
    await writeFile(file, '<Invoice/>');
    const { code, out, err } = await asPartner('deposit', file, '--name', 'trois.xml');
    expect([code, out]).toEqual([1, '']);
    expect(err).toContain('(IRR_FORM)');
  });

  it('R40 a file that is not there ends with 2', async () => {
    const { code, out, err } = await asPartner('deposit', 'rien.xml', '--json');
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain('rien.xml');
  });

  it.each([
    [2, 0, 0],
    [1, 1, 1],
    [0, 2, 1],
  ])('R45 the report of a flow with %i in and %i rejected ends with %i', async (integrated, rejected, expected) => {
    const flow = await endedFlow(api, integrated, rejected);
    const run = await asPartner('flow', flow, '--json');
    expect([run.code, run.err]).toEqual([expected, '']);
    expect(jsonLines(run)).toMatchObject([{ flowNumber: flow, invoices: { integrated, rejected } }]);
    const { code, out } = await asPartner('flow', flow, '--watch');
    expect(code).toBe(expected);
    expect(out).toContain(`${integrated} intégrées, ${rejected} rejetées`);
  });

  it('R44 lists the files of rejects and writes one, byte for byte, on standard output', async () => {
    await endedFlow(api, 0, 1);
    const listed = await asPartner('rejects', '--day', REJECT_DAY, '--json');
    expect(listed.err).toBe('');
    expect(jsonLines(listed)).toMatchObject([{ day: REJECT_DAY, sender: api.own.structure, closed: false }]);
    const { code, out } = await asPartner('rejects', '--day', REJECT_DAY, '--format', 'csv');
    const headers = { authorization: `Bearer ${api.keys.own}` };
    const served = await fetch(`${api.url}/api/rejects/${REJECT_DAY}/${api.own.structure}`, { headers });
    expect(code).toBe(0);
    expect(Buffer.from(out).equals(Buffer.from(await served.arrayBuffer()))).toBe(true);
    const none = await asPartner('rejects', '--day', '2020-01-01', '--json');
    expect([none.code, none.out]).toEqual([0, '']);
  });

  it('R02 R50 an operator registers a structure and opens a connection; a second time ends with 1', async () => {
    const added = await asOperator('directory', 'add', '13002526500013', 'Commune', '--json');
    expect([added.code, jsonLines(added)]).toEqual([0, [{ identifier: '13002526500013', name: 'Commune' }]]);
    const again = await asOperator('directory', 'add', '13002526500013', 'Commune');
    expect([again.code, again.out]).toEqual([1, '']);
    expect(again.err).toContain('(STR-001)');
    const opened = await asOperator('directory', 'connect', 'CLI001', '13002526500013', 'Commune', '--json');
    expect(jsonLines(opened)).toEqual([
      { applicationCode: 'CLI001', apiKey: expect.stringMatching(/^rep_/) as string },
    ]);
  });

  it('R49 an auditor reads the log, one line of JSON for each event, and verifies it', async () => {
    await api.project();
    const listed = await asAuditor('events', 'list', '--type', 'FlowDeposited', '--limit', '2', '--json');
    expect([listed.code, listed.err]).toEqual([0, '']);
    const events = jsonLines(listed);
    expect(events.map(({ type }) => type)).toEqual(['FlowDeposited', 'FlowDeposited']);
    const stream = String(events[0]?.['stream']);
    const shown = jsonLines(await asAuditor('events', 'show', stream, '--json'));
    expect(shown[0]).toEqual(events[0]);
    const exported = await asAuditor('events', 'export');
    expect(jsonLines(exported).length).toBeGreaterThan(shown.length);
    const verified = await asAuditor('events', 'verify', '--json');
    expect([verified.code, verified.err]).toEqual([0, '']);
    expect(jsonLines(verified)).toMatchObject([{ ok: true }]);
  });

  it('R49 a log that was changed ends the verification with 1, and the place', async () => {
    const client = new pg.Client({ connectionString: database.connectionString });
    await client.connect();
    try {
      await client.query(`SET session_replication_role = replica`); // past the triggers, as an intruder would
      const { rowCount } = await client.query(
        `UPDATE es.events SET data = replace(data::text, 'OWN001', 'OTH001')::json
          WHERE position = (SELECT min(position) FROM es.events WHERE data::text LIKE '%OWN001%')`,
      );
      expect(rowCount).toBe(1);
    } finally {
      await client.end();
    }
    const { code, out } = await asAuditor('events', 'verify', '--json');
    expect(code).toBe(1);
    expect(jsonLines({ code, out, err: '' })).toMatchObject([{ ok: false }]);
    expect((await asAuditor('events', 'verify')).out).toMatch(/journal altéré\n {2}position \d+/);
  });
});
