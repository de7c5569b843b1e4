import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const MEGABYTE = 1024 ** 2;
/** Judges the files in a process of its own, which tells what it held at most before and after. */
const PROGRAM = `
  import { judgeFile } from './dist/libs/einvoice/src/index.js';
  const peak = () => process.resourceUsage().maxRSS * 1024;
  const [first, file] = process.argv.slice(1);
  for await (const _ of judgeFile(first, {})) continue;
  const before = peak();
  const rules = [];
  for await (const { status, findings } of judgeFile(file, {})) rules.push([status, findings[0]?.rule]);
  console.log(JSON.stringify({ rules, grown: peak() - before }));`;

/** Judges a file in a thread with as much memory as the worker gives to its own. */
const IN_A_THREAD = `
  import { Worker } from 'node:worker_threads';
  const program = "import { parentPort, workerData } from 'node:worker_threads';" +
    "import { judgeFile } from '" + process.argv[2] + "';" +
    "for await (const { status, findings } of judgeFile(workerData, {})) parentPort.postMessage([status, findings.map(({ rule }) => rule)]);";
  const thread = new Worker(new URL('data:text/javascript,' + encodeURIComponent(program)), {
    workerData: process.argv[1],
    resourceLimits: { maxOldGenerationSizeMb: 512, maxYoungGenerationSizeMb: 8 },
  });
  thread.on('message', (said) => console.log(JSON.stringify(said)));
  thread.on('error', ({ code }) => console.log(JSON.stringify(code)));`;

const ubl = 'xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2"';
const entities = Array.from({ length: 10 }, (_, level) => `<!ENTITY l${level + 1} "${`&l${level};`.repeat(10)}">`).join(
  '',
);

describe('R42 Hostile documents', () => {
  let folder: string;
  beforeAll(async () => (folder = await mkdtemp(path.join(tmpdir(), 'hostile-documents-'))));
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it.each([
    ['an entity bomb', `<!DOCTYPE a [<!ENTITY l0 "lol">${entities}]><Invoice ${ubl}>&l10;</Invoice>`, 'FILE-DOCTYPE'],
    ['deep nesting', `<Invoice ${ubl}>${'<a>'.repeat(1_000_000)}`, 'FILE-XML-TOO-DEEP'],
    [
      'a million attributes',
      `<Invoice ${ubl}${Array.from({ length: 1_000_000 }, (_, n) => ` a${n}=""`).join('')}/>`,
      'FILE-XML-TAG-TOO-LONG',
    ],
    [
      'a declared encoding that is another',
      Buffer.from(`\ufeff<?xml version="1.0" encoding="utf-8"?><Invoice ${ubl}/>`, 'utf16le'),
      'FILE-ENCODING-UNSUPPORTED',
    ],
    [
      'bytes that are not of the encoding',
      Buffer.from(`<Invoice ${ubl}>\u00e9</Invoice>`, 'latin1'),
      'FILE-ENCODING-BROKEN',
    ],
    [
      'long names around each other, of which an XPath would be made',
      `<Invoice ${ubl}>${`<${'a'.repeat(60_000)}>`.repeat(100)}`,
      'FILE-XML-NAME-TOO-LONG',
    ],
    ['NUL bytes', `<Invoice ${ubl}>\0</Invoice>`, 'SYNTAX-MALFORMED'],
  ])('are refused by their own code, and take no memory: %s', async (name, content, rule) => {
    const [first, file] = [path.join(folder, 'first.xml'), path.join(folder, `${name}.xml`)];
    await writeFile(first, `<Invoice ${ubl}/>`);
    await writeFile(file, content);
    const args = ['--input-type=module', '-e', PROGRAM, first, file];
    const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: ROOT });
    const { rules, grown } = JSON.parse(stdout) as { rules: [string, string][]; grown: number };
    expect(rules).toEqual([['unreadable', rule]]);
    expect(grown).toBeLessThan(100 * MEGABYTE);
  });

  it('are refused by a code before millions of elements end the thread that judges them', async () => {
    const file = path.join(folder, 'elements.xml');
    await writeFile(file, `<Invoice ${ubl}>${'<a/>'.repeat(4_000_000)}</Invoice>`);
    const library = pathToFileURL(path.join(ROOT, 'dist/libs/einvoice/src/index.js')).href;
    const args = ['--input-type=module', '-e', IN_A_THREAD, file, library];
    const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: ROOT });
    expect(JSON.parse(stdout)).toEqual(['unreadable', ['FILE-XML-TOO-MANY-ELEMENTS']]);
  });
});
