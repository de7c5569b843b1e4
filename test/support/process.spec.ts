import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { killRemainingPrograms, startProgram, type TestProgram } from './process.js';
import { createTemporaryFolder, type TemporaryFolder } from './temporary-folder.js';

describe('startProgram', () => {
  let folder: TemporaryFolder;

  beforeAll(async () => {
    folder = await createTemporaryFolder('program');
  });

  afterAll(async () => {
    await killRemainingPrograms();
    await folder.remove();
  });

  async function run(code: string, env: Record<string, string> = {}): Promise<TestProgram> {
    const script = path.join(folder.path, 'program.mjs');
    await writeFile(script, code);
    return startProgram(script, { env, args: ['argument'] });
  }

  const writeReady = `console.log('plain'); console.log(JSON.stringify({ msg: 'ready', word: process.env.WORD,
    args: process.argv.slice(2), secret: process.env.REPONS_TEST_PG_URL }));`;

  it('waits for a line of the log, and ends the program with the signal that was sent', async () => {
    const program = await run(`${writeReady} setInterval(() => 0, 1000);`, { WORD: 'facture' });
    const ready = await program.whenLogged(({ msg }) => msg === 'ready');
    expect(ready).toEqual({ msg: 'ready', word: 'facture', args: ['argument'] });
    expect(await program.whenLogged(({ msg }) => msg === 'ready')).toBe(ready);
    expect(program.otherOutput).toEqual(['plain']);
    expect(await program.kill('SIGKILL')).toEqual({ code: null, signal: 'SIGKILL' });
    expect(() => process.kill(program.pid, 0)).toThrow('ESRCH');
  });

  it('says what the program wrote when it ends first', async () => {
    const program = await run(`console.error('no database'); process.exitCode = 3;`);
    await expect(program.whenLogged(({ msg }) => msg === 'ready')).rejects.toThrow(/"code":3[\s\S]*no database/);
    expect(await program.whenEnded()).toEqual({ code: 3, signal: null });
  });

  it('gives up after the time it was given', async () => {
    const program = await run('setInterval(() => 0, 1000);');
    await expect(program.whenLogged(({ msg }) => msg === 'ready', 200)).rejects.toThrow('within 200 ms');
    await killRemainingPrograms();
    expect(await program.whenEnded()).toMatchObject({ signal: 'SIGKILL' });
  });
});
