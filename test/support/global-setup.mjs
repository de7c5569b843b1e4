import { spawn, spawnSync } from 'node:child_process';
import { chmod, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import stopSharedServers from './global-teardown.mjs';

/**
 * Runs once before all the tests: compiles the programs that tests start as real processes, then starts the PostgreSQL
 * and, where the machine has `redis-server`, the Redis that all the tests share. The workers learn their addresses from
 * REPONS_TEST_PG_URL and REPONS_TEST_REDIS_URL (empty when there is no Redis).
 */
export default async function startSharedServers() {
  build();
  const { startEmbeddedPostgres } = await import('../../dist/tools/embedded/postgres.js');
  const { startRedisServer } = await import('../../dist/tools/embedded/redis.js');
  const folder = await mkdtemp(path.join(tmpdir(), 'repons-test-'));
  // As root, the server runs under another account, which must be able to cross this folder.
  await chmod(folder, 0o711);
  const shared = { folder, servers: [], guardian: startGuardian(folder) };
  globalThis.reponsSharedServers = shared;
  try {
    const postgres = await startEmbeddedPostgres({
      dataFolder: path.join(folder, 'postgres'),
      // No test takes the power away: a killed program leaves its writes with the operating system. Some thousand databases
      // are made in a run, and each would wait for the disk.
      settings: { fsync: 'off', full_page_writes: 'off' },
    });
    keep(shared, postgres);
    await makeTemplate(postgres);
    const redis = await startRedisServer({ dataFolder: path.join(folder, 'redis') });
    if (redis !== null) keep(shared, redis);
    process.env.REPONS_TEST_PG_URL = postgres.connectionString;
    process.env.REPONS_TEST_REDIS_URL = redis?.url ?? '';
  } catch (error) {
    // Jest does not call the teardown after a setup that failed.
    await stopSharedServers();
    throw error;
  }
}

/** A database with all migrations, for `createTestDatabase({ migrated: true })`: a copy of it is made faster than they run. */
async function makeTemplate(postgres) {
  const { migrate } = await import('../../dist/libs/application/src/shared/migrate.js');
  process.env.REPONS_TEST_PG_TEMPLATE = 'repons_migrated';
  await migrate(await postgres.createDatabase(process.env.REPONS_TEST_PG_TEMPLATE));
}

function keep(shared, server) {
  shared.servers.push(server);
  shared.guardian.stdin.write(`${server.pid}\n`);
}

/** Outlives this process by design, when this process is killed: see `guardian.mjs`. */
function startGuardian(folder) {
  const script = path.join(import.meta.dirname, 'guardian.mjs');
  const guardian = spawn(process.execPath, [script, folder], { detached: true, stdio: ['pipe', 'ignore', 'ignore'] });
  guardian.stdin.on('error', () => undefined);
  guardian.unref();
  guardian.stdin.unref();
  return guardian;
}

/**
 * `npm test` has just built, and stops there when the compiler complains. A direct `npx jest` builds here; what the
 * compiler says is shown, and the tests run on what it could emit.
 */
function build() {
  if (process.env.npm_lifecycle_event === 'test') return;
  const root = path.resolve(import.meta.dirname, '../..');
  const { status } = spawnSync('npm', ['run', '-s', 'build'], { cwd: root, stdio: ['ignore', 2, 2] });
  if (status !== 0) process.stderr.write('warning: the build failed, tests of whole programs may run stale code\n');
}
