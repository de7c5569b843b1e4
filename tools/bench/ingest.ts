import { chmod, mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { dropFlow, openBox } from '../client/sftp-drop.js';
import { hasEnded } from '../client/watch-flow.js';
import { embeddedSftp, startPlatform, type Platform } from '../platform/platform.js';
import { openSandbox, type Sandbox } from '../platform/sandbox.js';
import {
  flowName,
  invoiceStream,
  reformFrame,
  writeBatchXml,
  writeTarGz,
  type SampleInvoice,
} from '../samples/index.js';
import { copySameEventsSeconds, readAndHashSeconds } from './ingest-limits.js';
import { cpuSeconds, peakMemoryMb } from './peak-memory.js';
import { setTimeout as pause } from 'node:timers/promises';

export interface IngestBenchOptions {
  /** Bytes of the flow, unpacked. */
  readonly size: number;
  readonly container: string;
  /** By the interface of the reform rather than the historic one. */
  readonly reform?: boolean;
  readonly threads: number;
  /** Part of the invoices that is bad. */
  readonly bad: number;
  /** Flags of Node for the worker, such as `--cpu-prof`. */
  readonly workerFlag: readonly string[];
  readonly json?: boolean;
}

/** One flow, from the partner's SFTP box to its last event, beside what the machine can do at best with the same bytes. */
export async function benchIngest(options: IngestBenchOptions): Promise<void> {
  const say = (line: string): void => void process.stderr.write(`${line}\n`);
  const folder = await mkdtemp(join(tmpdir(), 'repons-bench-'));
  await chmod(folder, 0o711); // PostgreSQL, which gives up root, has to pass through it
  let platform: Platform | null = null;
  try {
    platform = await startPlatform({
      dataFolder: join(folder, 'data'),
      workerFlags: options.workerFlag,
      settings: { JUDGE_THREADS: String(options.threads), PICKUP_INTERVAL_MS: '200' },
    });
    const sandbox = await openSandbox(platform);
    say(`Fabrication d’un flux de ${(options.size / 1e6).toFixed(0)} Mo (${options.container})…`);
    const flow = await makeFlow(folder, sandbox, options);
    const hashSeconds = await readAndHashSeconds(flow.path);
    const measured = await run(platform, sandbox, flow, say);
    const copySeconds = await copySameEventsSeconds(platform.databaseUrl, join(folder, 'events.copy'));
    report({ ...options, ...flow, ...measured, hashSeconds, copySeconds });
  } finally {
    await platform?.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

interface MadeFlow {
  readonly path: string;
  readonly name: string;
  readonly invoices: number;
  readonly expectedBad: number;
  readonly bytes: number;
}

/** By the historic interface the historic controls judge, by that of the reform EN 16931 and the French sets as well. */
function interfaceOf({ reform }: IngestBenchOptions): string {
  return reform === true ? 'FSO1150A' : 'FSO1100A';
}

async function makeFlow(folder: string, sandbox: Sandbox, options: IngestBenchOptions): Promise<MadeFlow> {
  const { directory, settings } = sandbox;
  const { applicationCode } = settings.sandbox;
  const every = options.bad > 0 ? Math.round(1 / options.bad) : 0;
  let written = 0;
  let invoices = 0;
  let expectedBad = 0;
  const wanted = function* (): Generator<SampleInvoice> {
    const stream = invoiceStream({
      seed: 'bench',
      count: 10_000_000,
      issueDate: new Date().toISOString().slice(0, 10),
      directory,
      formats: ['UBL'],
      frame: interfaceOf(options) === 'FSO1100A' ? 'A1' : reformFrame,
      faultAt: (rank) => (every > 0 && rank % every === every - 1 ? 'missing-number' : null),
    });
    for (const invoice of stream) {
      if (written >= options.size) return;
      written += Buffer.byteLength(invoice.xml);
      invoices += 1;
      if (invoice.fault !== null) expectedBad += 1;
      yield invoice;
    }
  };
  const path = join(folder, 'flow');
  if (options.container === 'tar.gz') {
    const members = function* () {
      for (const { rank, xml } of wanted())
        yield { name: `${interfaceOf(options)}_${applicationCode}_${rank}.xml`, content: xml };
    };
    await writeTarGz(path, members());
  } else {
    const texts = function* () {
      for (const { xml } of wanted()) yield xml;
    };
    await writeBatchXml(path, texts());
  }
  const { size: bytes } = await stat(path);
  return { path, name: flowName(interfaceOf(options), applicationCode, 1), invoices, expectedBad, bytes };
}

interface Measured {
  readonly uploadSeconds: number;
  /** From the file standing whole in the box to the last event of the flow. */
  readonly seconds: number;
  readonly depositSeconds: number;
  readonly splitSeconds: number;
  readonly peakMemoryMb: number | null;
  readonly workerCpuSeconds: number | null;
  readonly integrated: number;
  readonly rejected: number;
}

async function run(
  platform: Platform,
  sandbox: Sandbox,
  flow: MadeFlow,
  say: (line: string) => void,
): Promise<Measured> {
  const { host, port } = embeddedSftp(platform);
  const { applicationCode: username, privateKeyFile } = sandbox.settings.sandbox;
  const box = await openBox({ host, port, username, privateKeyFile });
  const uploadStarted = Date.now();
  await dropFlow(box, flow.path, flow.name);
  const droppedAt = Date.now();
  await box.end();
  say(`Déposé en ${((droppedAt - uploadStarted) / 1000).toFixed(1)} s ; traitement…`);
  for (;;) {
    await pause(500);
    const found = (await sandbox.client.flows()).items.find(({ name }) => name === flow.name);
    if (found === undefined) continue;
    const done = found.invoices.integrated + found.invoices.rejected;
    if (process.stderr.isTTY) process.stderr.write(`\r  ${done}/${found.invoices.total ?? '?'}   `);
    if (!hasEnded(found)) continue;
    if (process.stderr.isTTY) process.stderr.write('\n');
    const worker = platform.workers[0]?.pid ?? 0;
    const { completed, split, deposited } = await instants(platform.databaseUrl, found.flowNumber);
    const { integrated, rejected } = found.invoices;
    return {
      uploadSeconds: (droppedAt - uploadStarted) / 1000,
      seconds: (completed - droppedAt) / 1000,
      depositSeconds: (deposited - droppedAt) / 1000,
      splitSeconds: (split - deposited) / 1000,
      peakMemoryMb: await peakMemoryMb(worker),
      workerCpuSeconds: await cpuSeconds(worker),
      integrated,
      rejected,
    };
  }
}

/** When the flow was deposited, split and completed: milliseconds since 1970, by the database's clock (this machine's). */
async function instants(
  connectionString: string,
  flowNumber: string,
): Promise<{ deposited: number; split: number; completed: number }> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    const { rows } = await client.query<{ type: string; at: Date }>(
      `SELECT type, recorded_at AS at FROM es.events
        WHERE stream_id = $1 AND type IN ('FlowDeposited', 'FlowSplit', 'FlowCompleted', 'FlowRefused')`,
      [`flow-${flowNumber}`],
    );
    const at = (type: string): number => rows.find((row) => row.type === type)?.at.getTime() ?? Number.NaN;
    return { deposited: at('FlowDeposited'), split: at('FlowSplit'), completed: at('FlowCompleted') };
  } finally {
    await client.end();
  }
}

function report(
  run: Omit<IngestBenchOptions, 'workerFlag'> &
    MadeFlow &
    Measured & { readonly hashSeconds: number; readonly copySeconds: number },
): void {
  const limitSeconds = run.hashSeconds + run.copySeconds;
  const accounted = run.integrated + run.rejected === run.invoices && run.rejected === run.expectedBad;
  const result = {
    container: run.container,
    megabytes: Number((run.size / 1e6).toFixed(1)),
    fileMegabytes: Number((run.bytes / 1e6).toFixed(1)),
    invoices: run.invoices,
    integrated: run.integrated,
    rejected: run.rejected,
    accounted,
    uploadSeconds: run.uploadSeconds,
    depositSeconds: run.depositSeconds,
    splitSeconds: run.splitSeconds,
    seconds: run.seconds,
    invoicesPerSecond: Math.round(run.invoices / run.seconds),
    megabytesPerSecond: Number((run.size / 1e6 / run.seconds).toFixed(1)),
    limitSeconds: Number(limitSeconds.toFixed(2)),
    hashSeconds: Number(run.hashSeconds.toFixed(2)),
    copySeconds: Number(run.copySeconds.toFixed(2)),
    ratio: Number((limitSeconds / run.seconds).toFixed(3)),
    peakMemoryMb: run.peakMemoryMb,
    workerCpuSeconds: run.workerCpuSeconds,
  };
  if (run.json) process.stdout.write(`${JSON.stringify(result)}\n`);
  else
    for (const [name, value] of Object.entries(result)) process.stdout.write(`${name.padEnd(20)} ${String(value)}\n`);
  if (!accounted) process.exitCode = 1;
}
