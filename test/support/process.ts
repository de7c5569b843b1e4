import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';

/** One line of a program's JSON-lines log. */
export type LogLine = Readonly<Record<string, unknown>>;

/** How a program ended. */
export interface ProgramEnd {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** A compiled program of the repository, running as a process of its own. */
export interface TestProgram {
  readonly pid: number;
  /** Lines of standard output that are JSON objects, in order. */
  readonly log: readonly LogLine[];
  /** Every other line the program wrote, on either stream. */
  readonly otherOutput: readonly string[];
  /**
   * Waits for a line of the log, already written or to come.
   *
   * @param predicate - tells the line
   * @param timeoutMs - 20 s unless told
   * @returns the first line that matches
   * @throws Error with the end of the output when the program ends or the time is over first
   */
  whenLogged(predicate: (line: LogLine) => boolean, timeoutMs?: number): Promise<LogLine>;
  /** Sends a signal and waits for the end; returns at once when the program had ended. */
  kill(signal?: NodeJS.Signals): Promise<ProgramEnd>;
  /** Waits for the program to end by itself. */
  whenEnded(): Promise<ProgramEnd>;
}

/** What {@link startProgram} may be told. */
export interface ProgramOptions {
  readonly args?: readonly string[];
  /** Environment of the program, on top of PATH and HOME alone: what a test needs stands in the test. */
  readonly env?: Readonly<Record<string, string>>;
  /** Flags of Node itself, such as `--max-old-space-size=256`. */
  readonly nodeFlags?: readonly string[];
}

const ROOT = path.resolve(import.meta.dirname, '../..');
const running = new Set<TestProgram>();

/**
 * Starts a compiled program, such as `dist/apps/edi-worker/src/main.js`, as a real process.
 *
 * @param script - path of the program from the root of the repository
 * @param options - arguments, environment, flags of Node
 * @returns the program, which {@link killRemainingPrograms} ends if the test does not
 */
export function startProgram(script: string, options: ProgramOptions = {}): TestProgram {
  const { PATH = '', HOME = '' } = process.env;
  const command = [...(options.nodeFlags ?? []), path.resolve(ROOT, script), ...(options.args ?? [])];
  const child = spawn(process.execPath, command, {
    cwd: ROOT,
    env: { PATH, HOME, ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  if (child.pid === undefined) throw new Error(`${script} could not be started`);

  const log: LogLine[] = [];
  const otherOutput: string[] = [];
  const listeners = new Set<() => void>();
  let end: ProgramEnd | undefined;
  const notify = (): void => listeners.forEach((listener) => listener());
  createInterface({ input: child.stdout }).on('line', (text) => {
    const line = parseObject(text);
    if (line === undefined) otherOutput.push(text);
    else log.push(line);
    notify();
  });
  createInterface({ input: child.stderr }).on('line', (text) => otherOutput.push(text));
  // 'close' comes after the last line of both streams, 'exit' may come before.
  const ended = once(child, 'close').then(([code, signal]: (ProgramEnd['code'] | ProgramEnd['signal'])[]) => {
    end = { code: code as number | null, signal: signal as NodeJS.Signals | null };
    running.delete(program);
    notify();
    return end;
  });

  const tail = (): string =>
    [...log.slice(-20).map((line) => JSON.stringify(line)), ...otherOutput.slice(-20)].join('\n');
  const program: TestProgram = {
    pid: child.pid,
    log,
    otherOutput,
    whenEnded: () => ended,
    async kill(signal = 'SIGTERM') {
      if (end === undefined) child.kill(signal);
      return ended;
    },
    whenLogged: (predicate, timeoutMs = 20_000) =>
      new Promise((resolve, reject) => {
        let seen = 0;
        const settle = (act: () => void): void => {
          clearTimeout(timer);
          listeners.delete(look);
          act();
        };
        const look = (): void => {
          const found = log.slice(seen).find(predicate);
          seen = log.length;
          if (found !== undefined) settle(() => resolve(found));
          else if (end !== undefined)
            settle(() => reject(new Error(`${script} ended (${JSON.stringify(end)}) without logging it:\n${tail()}`)));
        };
        const timer = setTimeout(
          () => settle(() => reject(new Error(`${script} did not log it within ${timeoutMs} ms:\n${tail()}`))),
          timeoutMs,
        );
        listeners.add(look);
        look();
      }),
  };
  running.add(program);
  return program;
}

/** Ends (SIGKILL) every program this test file started and did not end; for `afterEach` or `afterAll`. */
export async function killRemainingPrograms(): Promise<void> {
  await Promise.all([...running].map((program) => program.kill('SIGKILL')));
}

// The last resort, when a test file is interrupted: a program must not outlive the tests.
process.once('exit', () => {
  for (const { pid } of running) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      continue; // it ended meanwhile
    }
  }
});

function parseObject(text: string): LogLine | undefined {
  if (!text.startsWith('{')) return undefined;
  try {
    return JSON.parse(text) as LogLine;
  } catch {
    return undefined;
  }
}
