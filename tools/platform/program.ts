import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const STARTS_WITHIN_MS = 60_000;

/** A program of the platform running as a process of its own. */
export interface RunningProgram {
  readonly name: string;
  readonly pid: number;
  /** The signal that ended it, or null when it ended by itself. */
  readonly ended: Promise<NodeJS.Signals | null>;
  isRunning(): boolean;
  /** Sends the signal and waits for the end. */
  stop(signal?: NodeJS.Signals): Promise<void>;
}

/** What to start and how. */
export interface ProgramToStart {
  readonly name: string;
  /** Compiled entry below `dist/`. */
  readonly entry: string;
  readonly env: Readonly<Record<string, string>>;
  readonly nodeFlags?: readonly string[];
  /** File that takes its log. */
  readonly logFile: string;
  /** Message of the log line that says that it is ready. */
  readonly readyMessage: string;
}

/**
 * Starts a program and waits until its log says that it is ready.
 *
 * @throws Error with the last lines of its log when it ends or stays silent instead
 */
export async function startProgram(program: ProgramToStart): Promise<RunningProgram> {
  const { name, entry, env, nodeFlags = [], logFile, readyMessage } = program;
  const script = fileURLToPath(new URL(`../../${entry}`, import.meta.url));
  const { PATH = '', HOME = '', TZ } = process.env;
  const child = spawn(process.execPath, [...nodeFlags, script], {
    env: { PATH, HOME, ...(TZ === undefined ? {} : { TZ }), ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const ended = once(child, 'exit').then(([, signal]: unknown[]) => (signal ?? null) as NodeJS.Signals | null);
  const log = createWriteStream(logFile, { flags: 'a', mode: 0o600 });
  child.stderr.pipe(log);
  await ready(child, name, readyMessage);
  const isRunning = (): boolean => child.exitCode === null && child.signalCode === null;
  return {
    name,
    pid: child.pid ?? 0,
    ended,
    isRunning,
    stop: async (signal = 'SIGTERM') => {
      if (isRunning()) child.kill(signal);
      await ended;
    },
  };
}

async function ready(child: ChildProcess, name: string, message: string): Promise<void> {
  if (child.stderr === null) throw new Error(`${name}: no log`);
  const last: string[] = [];
  const lines = createInterface({ input: child.stderr });
  const outcome = await new Promise<'ready' | 'ended' | 'silent'>((resolve) => {
    const timer = setTimeout(() => resolve('silent'), STARTS_WITHIN_MS);
    const end = (result: 'ready' | 'ended'): void => {
      clearTimeout(timer);
      resolve(result);
    };
    child.once('exit', () => end('ended'));
    lines.on('line', (line) => {
      last.push(line);
      if (last.length > 20) last.shift();
      if (line.includes(`"msg":"${message}"`)) end('ready');
    });
  });
  lines.removeAllListeners('line');
  lines.on('line', () => undefined); // keeps the pipe flowing
  if (outcome === 'ready') return;
  if (outcome === 'silent') child.kill('SIGKILL');
  throw new Error(`${name} : démarrage impossible.\n${last.join('\n')}`);
}
