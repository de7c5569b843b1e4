import { spawn } from 'node:child_process';
import { chmod, mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { createTemporaryFolder, type TemporaryFolder } from '../../test/support/temporary-folder.js';
import { chooseServerAccount } from './postgres-account.js';
import { findRunningServer } from './postgres-lock.js';
import { startEmbeddedPostgres, type EmbeddedPostgres } from './postgres.js';

async function query(connectionString: string, statement: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(statement)).rows;
  } finally {
    await client.end();
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

describe('startEmbeddedPostgres', () => {
  let folder: TemporaryFolder;
  const servers: EmbeddedPostgres[] = [];
  const start = async (name: string, more: { port?: number } = {}): Promise<EmbeddedPostgres> => {
    const server = await startEmbeddedPostgres({ dataFolder: path.join(folder.path, name), ...more });
    servers.push(server);
    return server;
  };

  beforeEach(async () => {
    folder = await createTemporaryFolder('postgres');
  });

  afterEach(async () => {
    for (const server of servers.splice(0)) await server.stop();
    await folder.remove();
  });

  it('serves a UTF-8 cluster on the loopback address only, with SCRAM passwords and durable commits', async () => {
    const server = await start('data');
    const settings = await query(
      server.connectionString,
      `select name, setting from pg_settings where name in ('listen_addresses', 'unix_socket_directories',
         'password_encryption', 'server_encoding', 'fsync', 'max_connections', 'shared_buffers') order by name`,
    );
    expect(settings).toEqual([
      { name: 'fsync', setting: 'on' },
      { name: 'listen_addresses', setting: '127.0.0.1' },
      { name: 'max_connections', setting: '200' },
      { name: 'password_encryption', setting: 'scram-sha-256' },
      { name: 'server_encoding', setting: 'UTF8' },
      { name: 'shared_buffers', setting: '8192' },
      { name: 'unix_socket_directories', setting: '' },
    ]);
    const wrongPassword = server.connectionString.replace(/:[0-9a-f]{48}@/, ':wrong@');
    expect(wrongPassword).not.toBe(server.connectionString);
    await expect(query(wrongPassword, 'select 1')).rejects.toMatchObject({ code: '28P01' });
    const secret = await stat(path.join(server.dataFolder, 'superuser-password'));
    expect(secret.mode & 0o777).toBe(0o600);
  });

  it('creates a database once, whatever its name', async () => {
    const server = await start('data');
    const first = await server.createDatabase('Répons "essai"');
    expect(await server.createDatabase('Répons "essai"')).toBe(first);
    expect(await query(first, 'select current_database() as name')).toEqual([{ name: 'Répons "essai"' }]);
  });

  it('stops, and finds its data and its password again at the next start', async () => {
    const first = await start('data');
    const database = await first.createDatabase('kept');
    await query(database, 'create table invoice as select 42 as number');
    await first.stop();
    expect(isAlive(first.pid)).toBe(false);
    const second = await start('data', { port: first.port });
    expect(second.pid).not.toBe(first.pid);
    expect(second.connectionString).toBe(first.connectionString);
    expect(await query(database, 'select number from invoice')).toEqual([{ number: 42 }]);
  });

  it('starts again after kill -9 with everything that was committed', async () => {
    const first = await start('data');
    await query(first.connectionString, 'create table invoice as select 42 as number');
    process.kill(first.pid, 'SIGKILL');
    while (isAlive(first.pid)) await pause(10);
    expect(await readFile(path.join(first.dataFolder, 'cluster', 'postmaster.pid'), 'utf8')).toMatch(`${first.pid}\n`);
    const second = await start('data');
    expect(await query(second.connectionString, 'select number from invoice')).toEqual([{ number: 42 }]);
    expect(await readFile(path.join(first.dataFolder, 'server.log'), 'utf8')).toContain('was not properly shut down');
  });

  it('starts again when the process number in a stale lock file belongs to another program by now', async () => {
    const first = await start('data');
    const lockFile = path.join(first.dataFolder, 'cluster', 'postmaster.pid');
    const lock = await readFile(lockFile, 'utf8');
    await first.stop();
    const stranger = spawn('sleep', ['60'], { ...(await chooseServerAccount()), cwd: '/', stdio: 'ignore' });
    try {
      await writeFile(lockFile, lock.replace(String(first.pid), String(stranger.pid)));
      const second = await start('data');
      expect(await query(second.connectionString, 'select 1 as one')).toEqual([{ one: 1 }]);
    } finally {
      stranger.kill();
    }
  });

  it('says in French that a server already runs on the folder, and what to do', async () => {
    const first = await start('data');
    expect(await findRunningServer(path.join(first.dataFolder, 'cluster'))).toEqual({
      pid: first.pid,
      port: first.port,
    });
    await expect(start('data')).rejects.toMatchObject({
      code: 'EMBEDDED_POSTGRES_ALREADY_RUNNING',
      message: expect.stringMatching(
        new RegExp(`tourne déjà .*processus ${first.pid}, port ${first.port}.*arrêtez`),
      ) as string,
    });
  });

  it('starts two servers at once on different folders', async () => {
    const [first, second] = await Promise.all([start('first'), start('second')]);
    expect(first.port).not.toBe(second.port);
    expect(await query(first.connectionString, 'select 1 as one')).toEqual([{ one: 1 }]);
    expect(await query(second.connectionString, 'select 2 as two')).toEqual([{ two: 2 }]);
  });

  it('lets one of two starts at once on the same folder win', async () => {
    const outcomes = await Promise.allSettled([start('data'), start('data')]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const refused = outcomes.find((outcome) => outcome.status === 'rejected');
    expect(refused?.reason).toMatchObject({ code: 'EMBEDDED_POSTGRES_ALREADY_RUNNING' });
  });

  it('gives the end of the log when the server refuses its settings', async () => {
    const attempt = startEmbeddedPostgres({
      dataFolder: path.join(folder.path, 'data'),
      settings: { max_connections: 'beaucoup' },
    });
    await expect(attempt).rejects.toMatchObject({
      code: 'EMBEDDED_POSTGRES_START_FAILED',
      message: expect.stringContaining('max_connections') as string,
    });
  });

  it('refuses existing data whose password is lost', async () => {
    await (await start('data')).stop();
    await rm(path.join(folder.path, 'data', 'superuser-password'));
    await expect(start('data')).rejects.toMatchObject({ code: 'EMBEDDED_POSTGRES_PASSWORD_LOST' });
  });

  // Root is the only one whose server runs under another account than its own.
  if (process.getuid?.() === 0) {
    it('puts the data where its account can reach them when root has a closed home, and finds them again', async () => {
      const home = path.join(folder.path, 'home');
      await mkdir(home);
      await chmod(home, 0o700);
      const first = await start('home/data');
      const location = (await readFile(path.join(home, 'data', 'cluster-location'), 'utf8')).trim();
      try {
        expect(location).toMatch(/^\/var\/tmp\/repons-postgres-data-/);
        await query(first.connectionString, 'create table invoice as select 42 as number');
        await first.stop();
        const second = await start('home/data');
        expect(await query(second.connectionString, 'select number from invoice')).toEqual([{ number: 42 }]);
        await second.stop();
      } finally {
        await rm(location, { recursive: true, force: true });
      }
    });
  }
});
