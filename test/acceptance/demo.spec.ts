import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const ROOT = resolve(import.meta.dirname, '../..');
const SAMPLES = resolve(ROOT, '../shared/data/chorus-pro');
const TIMEOUT_MS = 150_000;

interface DemoResult {
  flows: number;
  invoices: { total: number; integrated: number; rejected: number };
  rejectFiles: { day: string; sender: string; lines: number }[];
  log: { events: number; verified: boolean };
  seconds: number;
}

async function demo(...args: string[]): Promise<{ result: DemoResult; talk: string }> {
  const { stdout, stderr } = await run(process.execPath, ['dist/tools/demo/main.js', '--json', ...args], {
    cwd: ROOT,
    maxBuffer: 16 * 1024 * 1024,
    timeout: TIMEOUT_MS,
  });
  return { result: JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as DemoResult, talk: stderr };
}

describe('the demo', () => {
  it(
    'R62 does the main job from nothing to the end, and accounts for every invoice',
    async () => {
      const { result, talk } = await demo();
      expect(result.flows).toBe(8);
      expect(result.invoices.total).toBe(1 + 1 + 1 + 64 + 20 + 500);
      expect(result.invoices.integrated + result.invoices.rejected).toBe(result.invoices.total);
      expect(result.invoices.rejected).toBeGreaterThan(200);
      expect(result.log.verified).toBe(true);
      expect(result.rejectFiles.length).toBeGreaterThan(1);
      expect(talk).toContain('IRR_VIDE');
      expect(talk).toContain('Comptes rendus déposés dans out/ : 8');
    },
    TIMEOUT_MS,
  );

  if (existsSync(SAMPLES))
    it(
      'R42 reads the official samples of Chorus Pro: the only rejects are numbers that the samples share',
      async () => {
        const folders = await readdir(SAMPLES);
        const files = (
          await Promise.all(
            folders.map(async (folder) =>
              (await readdir(join(SAMPLES, folder))).map((name) => join(SAMPLES, folder, name)),
            ),
          )
        ).flat();
        const { result, talk } = await demo(...files.flatMap((file) => ['--flow', file]));
        expect(result.flows).toBeGreaterThan(15);
        expect(result.invoices.integrated).toBeGreaterThan(5);
        expect(result.log.verified).toBe(true);
        const reasons = [...talk.matchAll(/^ {4}(IRR_\w+|REJ_\w+|DEST_INC) (\S+)/gm)].map(([, , rule]) => rule);
        expect(new Set(reasons)).toEqual(new Set(['DUPLICATE']));
      },
      TIMEOUT_MS,
    );
});
