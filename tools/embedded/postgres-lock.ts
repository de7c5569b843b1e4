import { execFileSync } from 'node:child_process';
import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';

/** A server that is running on a cluster, as its lock file tells. */
export interface RunningServer {
  readonly pid: number;
  readonly port: number;
}

/**
 * Reads `postmaster.pid` and finds out whether the server it names is still there.
 *
 * After a `kill -9` the file stays. PostgreSQL replaces it by itself when no process has that number any more, but
 * refuses to start when the number now belongs to another process of the same account, which is frequent in containers:
 * a file proven stale that way is removed.
 *
 * @param clusterFolder - PGDATA of the server
 * @returns the server that runs on this cluster, or undefined when none does
 */
export async function findRunningServer(clusterFolder: string): Promise<RunningServer | undefined> {
  const lockFile = path.join(clusterFolder, 'postmaster.pid');
  const text = await readFile(lockFile, 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  // Line 1 is the process, line 4 the port (PostgreSQL, src/include/utils/pidfile.h).
  const lines = text.split('\n');
  const server = { pid: Number(lines[0]), port: Number(lines[3] ?? 0) };
  if (!Number.isInteger(server.pid) || server.pid <= 0 || !isAlive(server.pid)) return undefined;
  const command = await commandLineOf(server.pid);
  if (command === undefined || command.includes(clusterFolder)) return server;
  await rm(lockFile, { force: true });
  return undefined;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Undefined when the system does not tell: the process is then taken for the server, the safe side. */
async function commandLineOf(pid: number): Promise<string | undefined> {
  if (process.platform === 'linux') {
    const text = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => undefined);
    return text?.replaceAll('\0', ' ');
  }
  try {
    return execFileSync('ps', ['-ww', '-o', 'command=', '-p', String(pid)], { encoding: 'utf8' });
  } catch {
    return undefined;
  }
}
