import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readdir } from 'node:fs/promises';
import path from 'node:path';
import { createTemporaryFolder } from './temporary-folder.js';

describe('guardian', () => {
  it('stops the servers that are left and removes their folder when the process that started them is gone', async () => {
    const parent = await createTemporaryFolder('guardian');
    await mkdir(path.join(parent.path, 'left', 'data'), { recursive: true });
    const server = spawn('sleep', ['60'], { stdio: 'ignore' });
    const serverEnd = once(server, 'exit');
    const script = path.join(import.meta.dirname, 'guardian.mjs');
    const guardian = spawn(process.execPath, [script, path.join(parent.path, 'left')], {
      stdio: ['pipe', 'ignore', 'ignore'],
    });
    const guardianEnd = once(guardian, 'exit');
    guardian.stdin.end(`${server.pid}\n`);
    expect(await serverEnd).toEqual([null, 'SIGINT']);
    expect(await guardianEnd).toEqual([0, null]);
    expect(await readdir(parent.path)).toEqual([]);
    await parent.remove();
  });
});
