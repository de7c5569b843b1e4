/**
 * Ends the servers of the tests when the process that started them was killed and could not.
 *
 *   node guardian.mjs FOLDER
 *
 * Standard input is a pipe from that process: one process number per line. When it closes, whatever is left of these
 * processes is stopped and the folder removed. After an ordinary teardown nothing is left to do.
 */
import { rmSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';

const folder = process.argv[2];
const pids = [];
for await (const line of createInterface({ input: process.stdin })) pids.push(Number(line));

function signal(pid, name) {
  try {
    return process.kill(pid, name);
  } catch {
    return false; // it has ended
  }
}

const left = pids.filter((pid) => signal(pid, 'SIGINT'));
for (let wait = 0; wait < 100 && left.some((pid) => signal(pid, 0)); wait += 1) await pause(100);
for (const pid of left) signal(pid, 'SIGKILL');
rmSync(folder, { recursive: true, force: true });
