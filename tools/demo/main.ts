import { openEventStore, type VerifyReport } from '#events';
import { Command } from 'commander';
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { chmod, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { colours } from '../cli/colours.js';
import { describeReport, firstRejected } from '../cli/flow-report.js';
import { plain, statusLabel } from '../cli/output.js';
import type { FlowReport } from '../client/api-client.js';
import { interfaceOfFile } from '../client/interface-of-file.js';
import { dropFlow, openBox } from '../client/sftp-drop.js';
import { hasEnded } from '../client/watch-flow.js';
import { embeddedSftp, startPlatform, type Platform } from '../platform/platform.js';
import { openSandbox, openService, registerOnce, type Sandbox } from '../platform/sandbox.js';
import { flowName } from '../samples/index.js';
import { makeDemoFlows, type DemoFlow } from './demo-flows.js';
import { partiesOf } from './parties-of.js';
import { setTimeout as pause } from 'node:timers/promises';

/** Long enough for large files given by `--flow`; the demo's own flows take some seconds. */
const ENDS_WITHIN_MS = 15 * 60_000;

const program = new Command('demo')
  .description('le travail principal, de rien jusqu’au bout, sur des ports libres et un dossier temporaire')
  .option(
    '--flow <fichier>',
    'dépose ce fichier à la place (répétable)',
    (file, files: string[]) => [...files, file],
    [],
  )
  .option('--json', 'une dernière ligne de JSON')
  .parse();
const options = program.opts<{ flow: string[]; json?: boolean }>();

const say = (line: string): void => void (options.json ? process.stderr : process.stdout).write(`${line}\n`);

async function main(): Promise<void> {
  const startedAt = Date.now();
  const folder = await mkdtemp(join(tmpdir(), 'repons-demo-'));
  await chmod(folder, 0o711); // PostgreSQL, which gives up root, has to pass through it
  let platform: Platform | null = null;
  const interrupted = (): void => {
    void (platform?.stop() ?? Promise.resolve()).then(() => rm(folder, { recursive: true, force: true }));
  };
  process.once('SIGINT', interrupted).once('SIGTERM', interrupted);
  try {
    say(colours.bold('1. Démarrage') + ' : PostgreSQL, API, SFTP, traitement des flux');
    platform = await startPlatform({
      dataFolder: folder,
      log: (line) => say(colours.dim(`   ${line}`)),
      settings: { PICKUP_INTERVAL_MS: '250', RECONCILE_INTERVAL_MS: '1000' },
    });
    const sandbox = await openSandbox(platform);
    const flows = await flowsToDrop(folder, sandbox);
    const reports = await dropAndFollow(platform, sandbox, flows);
    const rejectFiles = await showRejects(sandbox);
    const log = await verifyLog(platform.databaseUrl);
    summarise(reports, rejectFiles, log, (Date.now() - startedAt) / 1000);
  } finally {
    await platform?.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

async function flowsToDrop(folder: string, { directory, operator, settings }: Sandbox): Promise<DemoFlow[]> {
  const { applicationCode } = settings.sandbox;
  const files = join(folder, 'flows');
  await mkdir(files);
  if (options.flow.length === 0)
    return makeDemoFlows(files, directory, applicationCode, new Date().toISOString().slice(0, 10));
  const flows: DemoFlow[] = [];
  const seen = new Set<string>();
  for (const [index, path] of options.flow.entries()) {
    const sha256 = await sha256Of(path);
    if (seen.has(sha256)) {
      say(`   ${plain(path)} : mêmes octets qu’un autre fichier, la plateforme n’en ferait qu’un flux`);
      continue;
    }
    seen.add(sha256);
    const work = join(files, String(index));
    await mkdir(work);
    const { structures, services } = await partiesOf(path, work);
    for (const structure of structures) await registerOnce(operator, structure);
    for (const service of services) await openService(operator, service);
    await rm(work, { recursive: true });
    const name = flowName(await interfaceOfFile(path), applicationCode, index + 1);
    flows.push({ path, name, shows: basename(path) });
  }
  return flows;
}

async function sha256Of(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  return hash.digest('hex');
}

async function dropAndFollow(platform: Platform, sandbox: Sandbox, flows: readonly DemoFlow[]): Promise<FlowReport[]> {
  const { applicationCode: username, privateKeyFile } = sandbox.settings.sandbox;
  const { host, port } = embeddedSftp(platform);
  say(`${colours.bold('2. Dépôt')} par SFTP dans la boîte ${username} (${host}:${port})`);
  const box = await openBox({ host, port, username, privateKeyFile });
  try {
    for (const { path, name, shows } of flows) {
      await dropFlow(box, path, name);
      say(`   ${name}  ${plain(shows)}`);
    }
    say(`${colours.bold('3. Traitement')}`);
    const reports = await followAll(sandbox, flows);
    for (const { name } of flows) {
      const report = reports.get(name);
      if (report === undefined) continue;
      const rejected = await firstRejected(sandbox.client.flowInvoices(report.flowNumber, 'rejected'));
      say(describeReport(report, rejected));
    }
    const returned = await waitForReturns(() => box.list('out', isReport), flows.length);
    say(`   Comptes rendus déposés dans out/ : ${returned.length}`);
    return [...reports.values()];
  } finally {
    await box.end();
  }
}

/** Follows every dropped flow to its end, with a line at each change. */
async function followAll(sandbox: Sandbox, flows: readonly DemoFlow[]): Promise<Map<string, FlowReport>> {
  const wanted = new Set(flows.map(({ name }) => name));
  const shown = new Map<string, string>();
  const ended = new Map<string, FlowReport>();
  for (const deadline = Date.now() + ENDS_WITHIN_MS; ended.size < wanted.size; await pause(250)) {
    if (Date.now() > deadline)
      throw new Error(`${wanted.size - ended.size} flux n’ont pas fini dans le temps imparti.`);
    for (const report of (await sandbox.client.flows()).items) {
      if (!wanted.has(report.name)) continue;
      const { integrated, rejected, total } = report.invoices;
      const progress = total === null ? '' : `  ${integrated + rejected}/${total}`;
      const line = `   ${report.flowNumber}  ${statusLabel(report.status)}${progress}`;
      if (shown.get(report.name) !== line) say(line);
      shown.set(report.name, line);
      if (hasEnded(report)) ended.set(report.name, report);
    }
  }
  return ended;
}

/** One that is still being written has a temporary name, with a dot; the statuses of invoices come in files of their own. */
function isReport({ name }: { name: string }): boolean {
  return !name.includes('.') && !name.startsWith('FEN1200A_');
}

async function waitForReturns<T>(list: () => Promise<T[]>, count: number): Promise<T[]> {
  for (let tries = 0; tries < 120; tries += 1) {
    const files = await list();
    if (files.length >= count) return files;
    await pause(250);
  }
  return list();
}

interface ShownRejectFile {
  readonly day: string;
  readonly sender: string;
  readonly lines: number;
}

async function showRejects({ operator, client, settings }: Sandbox): Promise<ShownRejectFile[]> {
  const files = await operator.rejectFiles();
  say(`${colours.bold('4. Rejets du jour')} : ${files.length} fichiers, un par émetteur concerné`);
  for (const { day, sender, lines } of files) say(`   ${day}  ${sender}  ${lines} lignes`);
  const own = files.find(({ sender }) => sender === settings.sandbox.structure);
  if (own !== undefined) {
    say(colours.dim(`   Fichier de ${own.sender} :`));
    const csv = await text(await client.rejectFile(own.day, own.sender, 'csv'));
    for (const line of csv.split('\r\n').slice(0, 6)) say(`   ${plain(line).slice(0, 240)}`);
    if (own.lines > 5) say(`   … ${own.lines - 5} autres lignes`);
  }
  return files.map(({ day, sender, lines }) => ({ day, sender, lines }));
}

async function verifyLog(connectionString: string): Promise<VerifyReport> {
  const store = await openEventStore({ connectionString, poolSize: 2, applicationName: 'repons-demo' });
  try {
    const report = await store.verify();
    say(`${colours.bold('5. Journal')} : ${report.events} événements, ${report.ok ? 'intact' : 'ALTÉRÉ'}`);
    return report;
  } finally {
    await store.close();
  }
}

function summarise(
  reports: readonly FlowReport[],
  rejectFiles: readonly ShownRejectFile[],
  log: VerifyReport,
  seconds: number,
): void {
  const count = (part: 'integrated' | 'rejected'): number =>
    reports.reduce((sum, { invoices }) => sum + invoices[part], 0);
  const total = reports.reduce((sum, { invoices }) => sum + (invoices.total ?? 0), 0);
  const invoices = { total, integrated: count('integrated'), rejected: count('rejected') };
  say(
    `${colours.bold('Terminé')} en ${seconds.toFixed(1).replace('.', ',')} s : ${reports.length} flux, ${total} factures, ` +
      `${invoices.integrated} intégrées, ${invoices.rejected} rejetées.`,
  );
  if (options.json) {
    const result = {
      flows: reports.length,
      invoices,
      rejectFiles,
      log: { events: log.events, verified: log.ok },
      seconds: Number(seconds.toFixed(1)),
    };
    process.stdout.write(`${JSON.stringify(result)}\n`);
  }
  if (!log.ok || invoices.integrated + invoices.rejected !== total) process.exitCode = 1;
}

try {
  await main();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 2;
}
