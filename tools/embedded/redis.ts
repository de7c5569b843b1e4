import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { accessSync, constants } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { connect } from 'node:net';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { freePort } from './free-port.js';

/** What {@link startRedisServer} is told. */
export interface RedisServerOptions {
  /** Working folder of the server. Created when missing. */
  readonly dataFolder: string;
  /** TCP port on the loopback address; a free one is chosen when none is given. */
  readonly port?: number;
  /** Keep an append-only file, written to disk every second, so that a restart finds the data again; no unless told. */
  readonly appendOnly?: boolean;
}

/** A Redis server that belongs to the current process. */
export interface RedisServer {
  readonly url: string;
  readonly port: number;
  readonly pid: number;
  /** Stops the server; with SIGTERM it finishes its writes, with SIGKILL it loses them as in a power cut. */
  stop(signal?: 'SIGTERM' | 'SIGKILL'): Promise<void>;
}

const START_DEADLINE_MS = 20_000;

/**
 * Finds `redis-server` on the PATH. No npm package ships the program, so Redis is used where the machine has it.
 *
 * @returns the path of the program, or null
 */
export function findRedisServer(): string | null {
  for (const folder of (process.env.PATH ?? '').split(path.delimiter)) {
    const program = path.join(folder, 'redis-server');
    try {
      accessSync(program, constants.X_OK);
      return program;
    } catch {
      continue;
    }
  }
  return null;
}

/**
 * Starts the machine's own `redis-server` on the loopback address, never evicting a key (BullMQ requires it), and
 * returns when it answers.
 *
 * @param options - working folder, port, persistence
 * @returns the server, or null when the machine has no `redis-server`
 * @throws Error with the server's output when it does not start
 */
export async function startRedisServer(options: RedisServerOptions): Promise<RedisServer | null> {
  const program = findRedisServer();
  if (program === null) return null;
  await mkdir(options.dataFolder, { recursive: true });
  const port = options.port ?? (await freePort());
  const settings = { bind: '127.0.0.1', port: String(port), dir: options.dataFolder, save: '' };
  const persistence = { appendonly: options.appendOnly === true ? 'yes' : 'no', 'maxmemory-policy': 'noeviction' };
  const flags = Object.entries({ ...settings, ...persistence }).flatMap(([name, value]) => [`--${name}`, value]);
  const server = spawn(program, flags, { detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  const keepTail = (chunk: Buffer): void => void (output = (output + chunk.toString()).slice(-4000));
  server.stdout.on('data', keepTail);
  server.stderr.on('data', keepTail);
  server.once('error', (error) => (output += error.message));

  const stop = async (signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM'): Promise<void> => {
    if (server.pid === undefined || server.exitCode !== null || server.signalCode !== null) return;
    const ended = once(server, 'exit');
    server.kill(signal);
    await ended;
  };
  const deadline = Date.now() + START_DEADLINE_MS;
  while (server.pid !== undefined && server.exitCode === null && server.signalCode === null) {
    if (await answers(port, server.pid)) return { url: `redis://127.0.0.1:${port}`, port, pid: server.pid, stop };
    if (Date.now() > deadline) await stop('SIGKILL');
    else await pause(30);
  }
  throw new Error(`redis-server did not start on port ${port}: ${output.trim()}`);
}

/** The answer must come from the process that was started: another Redis may hold the port. */
async function answers(port: number, pid: number): Promise<boolean> {
  const socket = connect({ host: '127.0.0.1', port });
  try {
    socket.write('INFO server\r\n');
    let answer = '';
    for await (const chunk of socket) {
      answer += String(chunk);
      const found = /process_id:(\d+)\r\n/.exec(answer);
      if (found !== null) return Number(found[1]) === pid;
    }
    return false;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}
