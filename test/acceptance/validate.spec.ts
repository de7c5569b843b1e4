import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { invoiceStream, writeZip } from '../../tools/samples/index.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

interface Run {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

interface Line {
  readonly file: string;
  readonly status: string;
  readonly rules: string[];
  readonly valid: boolean;
  readonly member?: string;
  readonly rank?: number;
  readonly findings: { readonly rule: string; readonly severity: string }[];
}

/** Runs the program itself, without any platform, from a folder that has none. */
async function validate(args: readonly string[], input = '', cwd = tmpdir()): Promise<Run> {
  const child = spawn(process.execPath, [path.join(ROOT, 'bin/repons'), 'validate', ...args], {
    cwd,
    env: { PATH: process.env['PATH'] ?? '', COLUMNS: '80' },
  });
  child.stdin.end(input);
  const out: Buffer[] = [];
  const err: Buffer[] = [];
  child.stdout.on('data', (bytes: Buffer) => out.push(bytes));
  child.stderr.on('data', (bytes: Buffer) => err.push(bytes));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, out: Buffer.concat(out).toString(), err: Buffer.concat(err).toString() };
}

const linesOf = ({ out }: Run): Line[] =>
  out
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Line);

describe('R43 repons validate', () => {
  let folder: string;
  const file = (name: string): string => path.join(folder, name);
  const [good, other] = Array.from(
    invoiceStream({ seed: 'acceptance', count: 2, issueDate: '2026-09-01' }),
    ({ xml }) => xml,
  ) as [string, string];

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'validate-'));
    await writeFile(file('bonne.xml'), good);
    await writeFile(file('mauvaise.xml'), good.replace(/<cbc:ID>[^<]*<\/cbc:ID>/, ''));
    await writeFile(file('coupée.xml'), good.slice(0, 3000));
    await writeFile(file('mixte.xml'), '<CPPFactureMixte xmlns="urn:x"/>');
    await writeFile(
      file('lot.xml'),
      `<Lot>${[good, other].map((xml) => xml.replace(/^<\?xml[^>]*>/, '')).join('')}</Lot>`,
    );
    await writeZip(file('lot.zip'), [
      { name: 'a.xml', content: good },
      { name: 'b.xml', content: '<a>' },
    ]);
    await writeFile(file('vide.xml'), '');
    await writeFile(file('inconnu.bin'), gzipSync('bonjour'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('tells each file on one line of JSON, in order, and ends with 1 when one is not valid', async () => {
    const names = ['bonne.xml', 'mauvaise.xml', 'coupée.xml', 'mixte.xml', 'vide.xml', 'inconnu.bin'];
    const run = await validate(['--json', ...names.map(file)]);
    expect([run.code, run.err]).toEqual([1, '']);
    expect(linesOf(run).map(({ file: name, status, valid }) => [path.basename(name), status, valid])).toEqual([
      ['bonne.xml', 'judged', true],
      ['mauvaise.xml', 'judged', false],
      ['coupée.xml', 'unreadable', false],
      ['mixte.xml', 'unsupported', false],
      ['vide.xml', 'unreadable', false],
      ['inconnu.bin', 'unreadable', false],
    ]);
    expect(linesOf(run)[0]).toMatchObject({
      format: { syntax: 'UBL' },
      invoice: {
        number: expect.any(String) as string,
        issuer: expect.any(String) as string,
        recipient: expect.any(String) as string,
      },
    });
    expect(linesOf(run)[1]?.findings).toContainEqual(
      expect.objectContaining({ rule: 'BR-02', severity: 'fatal', layer: 'semantics', location: '/ubl:Invoice[1]' }),
    );
  });

  it('ends with 0 when all are valid', async () => {
    const run = await validate([file('bonne.xml')]);
    expect([run.code, run.err]).toEqual([0, '']);
    expect(run.out).toMatch(/^OK {2}.*bonne\.xml/);
  });

  it('tells a person the verdict, and of each finding the place and the values, in French', async () => {
    const { code, out } = await validate([file('mauvaise.xml')]);
    expect(code).toBe(1);
    expect(out).toMatch(/^rejet {2}.*mauvaise\.xml/);
    expect(out).toMatch(/\n {2}BR-02 {2}.+\n {6}\/ubl:Invoice\[1\], ligne \d+/);
  });

  it('gives one line for each invoice of an archive or a batch', async () => {
    const run = await validate(['--json', file('lot.xml'), file('lot.zip')]);
    expect(linesOf(run).map(({ rank, member, valid }) => [rank, member, valid])).toEqual([
      [0, undefined, true],
      [1, undefined, true],
      [0, 'a.xml', true],
      [1, 'b.xml', false],
    ]);
  });

  it('reads a list from a file or from standard input', async () => {
    const list = `${file('bonne.xml')}\n${file('mauvaise.xml')}\n`;
    await writeFile(file('liste.txt'), list);
    const [fromInput, fromFile] = await Promise.all([
      validate(['--batch', '-', '--json'], list),
      validate(['--batch', file('liste.txt'), '--json']),
    ]);
    expect(fromInput).toEqual(fromFile);
    expect(linesOf(fromInput).map(({ valid }) => valid)).toEqual([true, false]);
  });

  it('judges a long list in threads, and tells what it would tell of each file alone, in order', async () => {
    // Beyond the first five hundred: files of every kind, one that is not there, an archive with more to say than a thread keeps.
    const faults = 'x'.repeat(40) + '<cbc:Odd/>'.repeat(900);
    const talkative = good.replace('<cbc:CustomizationID>', (at) => `${faults}${at}`);
    await writeZip(
      file('bavard.zip'),
      Array.from({ length: 12 }, (_, rank) => ({ name: `${rank}.xml`, content: talkative })),
    );
    const kinds = ['mauvaise.xml', 'coupée.xml', 'absente.xml', 'lot.zip', 'vide.xml', 'bavard.zip', 'lot.xml'];
    const list = [...Array.from({ length: 510 }, () => 'bonne.xml'), ...kinds, ...kinds, 'bonne.xml'];
    for (const mode of [['--json'], []]) {
      const alone = await validate([...mode, ...new Set(list)], '', folder);
      const told = new Map<string, string>();
      let of = '';
      for (const line of alone.out.split('\n').slice(0, -1)) {
        of = list.find((name) => line.includes(name)) ?? of;
        told.set(of, `${told.get(of) ?? ''}${line}\n`);
      }
      const run = await validate(['--batch', '-', ...mode], list.join('\n'), folder);
      expect(run.out).toBe(list.map((name) => told.get(name) ?? '').join(''));
      expect(run.err).toBe(alone.err.repeat(2));
      expect([run.code, alone.code]).toEqual([2, 2]);
    }
    expect((await stat(file('bavard.zip'))).size).toBeLessThan(1024 ** 2);
  }, 120_000);

  it.each([
    ['without a file', []],
    ['with a rule set that does not exist', ['--rules', 'rien', 'bonne.xml']],
    ['with a list that is not there', ['--batch', 'absente.txt']],
    ['with a file that is not there', ['absente.xml', 'bonne.xml']],
    ['with a folder that has no schemas', ['--schemas', '.', 'bonne.xml']],
  ])('R60 ends with 2, and says why on standard error, %s', async (_, args) => {
    const { code, err } = await validate(args, '', folder);
    expect(code).toBe(2);
    expect(err).toMatch(/\S/);
    expect(err).not.toMatch(/\n\s+at /);
  });

  const data = path.join(ROOT, '../shared/data/en16931');
  if (existsSync(data)) {
    interface Case {
      readonly file: string;
      readonly oracle: { status: string; valid: boolean; fired: Record<string, [string, number]> };
    }
    const cases = ['unit-tests.jsonl', 'mutants.jsonl']
      .flatMap((name) => readFileSync(path.join(data, name), 'utf8').trim().split('\n'))
      .map((line) => JSON.parse(line) as Case);

    it('by EN 16931 alone, finds in each official case what the official stylesheet finds', async () => {
      const list = cases.map((one) => path.join(data, one.file)).join('\n');
      const lines = linesOf(await validate(['--rules', 'en16931', '--batch', '-', '--json'], list));
      expect(lines.map(({ file: name }) => name)).toEqual(list.split('\n'));
      const wrong = cases.filter(({ oracle }, index) => {
        const { valid, findings } = lines[index] ?? { valid: true, findings: [] };
        if (oracle.status !== 'ok') return valid;
        const counts: Record<string, number> = {};
        for (const { rule } of findings) counts[rule] = (counts[rule] ?? 0) + 1;
        const expected = Object.entries(oracle.fired).map(([rule, [, count]]) => `${rule} ${count}`);
        const found = Object.entries(counts).map(([rule, count]) => `${rule} ${count}`);
        return valid !== oracle.valid || expected.sort().join() !== found.sort().join();
      });
      expect(wrong.map((one) => one.file)).toEqual([]);
    }, 120_000);
  }
});
