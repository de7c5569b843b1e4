import { spawnSync } from 'node:child_process';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { createTemporaryFolder, type TemporaryFolder } from '../../../../test/support/temporary-folder.js';
import { isAlive, thisWorker } from '../worker-identity.js';
import { sweepAbandonedWork } from './abandoned-work.js';

/** The process id of a program that has just ended. */
const deadPid = (): number => spawnSync(process.execPath, ['-e', '']).pid;

describe('sweepAbandonedWork', () => {
  let folder: TemporaryFolder;
  beforeEach(async () => (folder = await createTemporaryFolder('work')));
  afterEach(() => folder.remove());

  it('R46 removes what the dead workers of this machine left, and nothing else', async () => {
    const dead = deadPid();
    const kept = [
      `CPP0011100000000000000001.3.here-${process.pid}`,
      `CPP0011100000000000000002.3.there-${dead}`,
      `CPP0011100000000000000003.3.not-here-${dead}x`,
      'incoming',
      `here-${dead}`,
    ];
    for (const name of [
      ...kept,
      `CPP0011100000000000000004.3.here-${dead}`,
      `CPP0011100000000000000004.9.here-${dead}`,
    ]) {
      await mkdir(path.join(folder.path, name));
      await writeFile(path.join(folder.path, name, 'content'), 'x');
    }
    await sweepAbandonedWork(folder.path, 'here');
    expect((await readdir(folder.path)).sort()).toEqual(kept.sort());
  });

  it('R62 has nothing to do where there is no folder yet', async () => {
    await expect(sweepAbandonedWork(path.join(folder.path, 'none'), 'here')).resolves.toBeUndefined();
  });
});

describe('a worker', () => {
  it('R46 knows its machine and itself, and who is still alive', () => {
    expect(thisWorker()).toEqual({ host: expect.stringMatching(/^[A-Za-z0-9-]+$/) as string, pid: process.pid });
    expect(isAlive(process.pid)).toBe(true);
    expect(isAlive(1)).toBe(true); // another account's, maybe
    expect(isAlive(deadPid())).toBe(false);
  });
});
