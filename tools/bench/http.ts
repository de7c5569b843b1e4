import { notificationReaction } from '#application';
import { structureStream } from '#domain';
import { compareCheckpoints, openEventStore, type EventStore, type StreamAppend } from '#events';
import { progressOf, projections } from '#persistence';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { ApiClient } from '../client/api-client.js';
import { startPlatform, type Platform } from '../platform/platform.js';
import { seededRandom } from '../samples/index.js';
import { benchContext } from './append-workload.js';
import { benchInvoices, benchParties, type BenchParties, type BenchParty } from './http-invoices.js';
import { measure, type Measurement } from './measure.js';
import { peakMemoryMb } from './peak-memory.js';

export interface HttpBenchOptions {
  /** How many invoices the platform holds. */
  readonly invoices: number;
  /** Seconds of each measurement. */
  readonly seconds: number;
  /** Requests at the same time. */
  readonly connections: number;
  readonly json?: boolean;
}

/** A request that is measured. */
interface Route {
  readonly what: string;
  /** Whose API key; null for a route that asks for none. */
  readonly key: string | null;
  readonly path: () => string;
}

/** What one route did. */
interface RouteFigures {
  readonly route: string;
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** Of what the server answers in a second where there is nothing to do. */
  readonly ratio: number;
}

/** What is asked of a platform that holds many invoices (R25, R48), beside a request for which there is nothing to do. */
export async function benchHttp(options: HttpBenchOptions): Promise<void> {
  const say = (line: string): void => void process.stderr.write(`${line}\n`);
  const folder = await mkdtemp(join(tmpdir(), 'repons-bench-'));
  await chmod(folder, 0o711); // PostgreSQL, which gives up root, has to pass through it
  let platform: Platform | null = null;
  let store: EventStore | null = null;
  try {
    platform = await startPlatform({ dataFolder: join(folder, 'data') });
    store = await openEventStore({ connectionString: platform.databaseUrl });
    const parties = benchParties();
    say(`Enregistrement de ${options.invoices} factures, et leur lecture par les projections…`);
    const start = performance.now();
    await recordWorld(store, parties, options.invoices);
    await everythingProjected(store, say);
    const filledSeconds = (performance.now() - start) / 1_000;
    // What autovacuum would have done meanwhile on a platform that got these invoices in a year.
    await store.pool.query('VACUUM ANALYZE');
    const [idle, ...routes] = await routesOf(platform, parties, options.invoices);
    const floor = await measured(platform, idle, options);
    const figures: RouteFigures[] = [];
    for (const route of routes) {
      figures.push(figuresOf(await measured(platform, route, options), floor));
      say(`  ${route.what}`);
    }
    report(options, { filledSeconds, floor, figures, peakMemoryMb: await peakMemoryMb(platform.api.pid ?? 0) });
  } finally {
    await store?.close();
    await platform?.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

async function recordWorld(store: EventStore, parties: BenchParties, invoices: number): Promise<void> {
  const today = new Date();
  const everything = function* (): Generator<StreamAppend> {
    for (const party of parties.issuers) yield registered(party, false);
    for (const party of parties.recipients) yield registered(party, true);
    yield* benchInvoices(invoices, parties, today);
  };
  await store.bulkAppend(everything(), { key: 'bench-http', context: benchContext() });
}

function registered({ identifier, name }: BenchParty, publicEntity: boolean): StreamAppend {
  const data = { identifier, name, publicEntity };
  return {
    stream: structureStream(identifier),
    expected: 'none',
    events: [{ type: 'StructureRegistered', data }],
  };
}

async function everythingProjected(store: EventStore, say: (line: string) => void): Promise<void> {
  const head = await store.head();
  if (head === null) throw new Error('Nothing was recorded');
  for (let seconds = 0; ; seconds += 1) {
    const progress = await progressOf([...projections, notificationReaction], store.pool);
    if (progress !== null && compareCheckpoints(progress, head) >= 0) return;
    if (seconds % 30 === 29) say(`  événement ${progress?.position ?? 0} sur ${head.position}`);
    await pause(1_000);
  }
}

/** The routes, the one for which there is nothing to do first. */
async function routesOf(
  { url, adminKey }: Platform,
  { issuers, recipients }: BenchParties,
  invoices: number,
): Promise<readonly [Route, ...Route[]]> {
  const operator = new ApiClient(url, adminKey);
  const keyOf = async (party: BenchParty | undefined, applicationCode: string): Promise<string> => {
    if (party === undefined) throw new Error('Somebody is missing in the world of the bench');
    const { apiKey } = await operator.openConnection({
      applicationCode,
      structure: party.identifier,
      name: party.name,
    });
    return apiKey;
  };
  const largest = await keyOf(recipients[0], 'BENCH1');
  const usual = await keyOf(recipients[Math.floor(recipients.length / 2)], 'BENCH2');
  const issuer = await keyOf(issuers[0], 'BENCH3');
  const random = seededRandom('http-requests');
  const own = await listed(url, largest, '?list=received&limit=500');
  const deep = await listed(url, largest, `?list=received&limit=1&to=${monthsAgo(6)}`);
  const list =
    (query: string): (() => string) =>
    () =>
      `/api/invoices?${query}`;
  const number = (): string => `F-${String(random.integer(0, invoices - 1)).padStart(8, '0')}`;
  return [
    { what: 'nothing to do: GET /health/live', key: null, path: () => '/health/live' },
    { what: 'received, first page, largest recipient', key: largest, path: list('list=received') },
    { what: 'received, first page, usual recipient', key: usual, path: list('list=received') },
    {
      what: 'received, a page in the middle, largest recipient',
      key: largest,
      path: list(`list=received&after=${encodeURIComponent(deep.next ?? '')}`),
    },
    { what: 'received, to process', key: largest, path: list('list=received&status=MISE_A_DISPOSITION,COMPLETEE') },
    { what: 'received, suspended', key: largest, path: list('list=received&status=SUSPENDUE') },
    { what: 'received, one service', key: largest, path: list('list=received&service=SERVICE-7') },
    { what: 'received, words of the issuer', key: largest, path: list('list=received&search=ateliers') },
    { what: 'issued, first page, largest issuer', key: issuer, path: list('list=issued') },
    { what: 'all invoices, by number (operator)', key: adminKey, path: () => `/api/invoices?search=${number()}` },
    { what: 'one invoice with its history', key: largest, path: () => `/api/invoices/${random.pick(own.items).id}` },
    { what: 'feed, a page of 100', key: largest, path: () => '/api/events' },
  ];
}

interface Listed {
  readonly items: readonly { readonly id: string }[];
  readonly next: string | null;
}

/** A list of invoices, once the key is known: a connection that was just opened is read from a read model. */
async function listed(url: string, key: string, query: string): Promise<Listed> {
  for (let tries = 0; ; tries += 1) {
    const response = await fetch(`${url}/api/invoices${query}`, { headers: { authorization: `Bearer ${key}` } });
    if (response.ok) return (await response.json()) as Listed;
    if (response.status !== 401 || tries === 20) throw new Error(`${query}: ${response.status}`);
    await pause(250);
  }
}

function monthsAgo(months: number): string {
  const day = new Date();
  day.setUTCMonth(day.getUTCMonth() - months);
  return day.toISOString().slice(0, 10);
}

/** Some clients, each asking anew as soon as it is answered, for some seconds; the first second does not count. */
async function measured(
  { url }: Platform,
  route: Route,
  { seconds, connections }: HttpBenchOptions,
): Promise<Measurement> {
  await asked(url, route, connections, 1, () => undefined);
  return measure(route.what, (step) => asked(url, route, connections, seconds, step));
}

async function asked(
  url: string,
  { key, path, what }: Route,
  connections: number,
  seconds: number,
  step: (milliseconds: number) => void,
): Promise<number> {
  const end = performance.now() + seconds * 1_000;
  const headers: Record<string, string> = key === null ? {} : { authorization: `Bearer ${key}` };
  let answers = 0;
  const client = async (): Promise<void> => {
    while (performance.now() < end) {
      const start = performance.now();
      const response = await fetch(`${url}${path()}`, { headers });
      await response.arrayBuffer();
      if (!response.ok) throw new Error(`${what}: ${response.status}`);
      step(performance.now() - start);
      answers += 1;
    }
  };
  await Promise.all(Array.from({ length: connections }, client));
  return answers;
}

function figuresOf({ what, eventsPerSecond, p50, p99 }: Measurement, floor: Measurement): RouteFigures {
  return {
    route: what,
    perSecond: eventsPerSecond,
    p50Ms: p50 ?? Number.NaN,
    p99Ms: p99 ?? Number.NaN,
    ratio: Number((eventsPerSecond / floor.eventsPerSecond).toFixed(3)),
  };
}

function report(
  { invoices, connections, json }: HttpBenchOptions,
  run: {
    readonly filledSeconds: number;
    readonly floor: Measurement;
    readonly figures: readonly RouteFigures[];
    readonly peakMemoryMb: number | null;
  },
): void {
  const floor = figuresOf(run.floor, run.floor);
  const rows = [floor, ...run.figures];
  const width = Math.max(...rows.map(({ route }) => route.length));
  for (const { route, perSecond, p50Ms, p99Ms } of rows)
    process.stdout.write(
      `${route.padEnd(width)}  ${String(perSecond).padStart(7)}/s  p50 ${p50Ms.toFixed(1)} ms  p99 ${p99Ms.toFixed(1)} ms\n`,
    );
  process.stdout.write(`${invoices} invoices, recorded and projected in ${run.filledSeconds.toFixed(0)} s; `);
  process.stdout.write(`API at most ${run.peakMemoryMb ?? '?'} MB\n`);
  if (json !== true) return;
  const limitPerSecond = floor.perSecond;
  const { filledSeconds, figures: routes, peakMemoryMb: peak } = run;
  process.stdout.write(
    `${JSON.stringify({ invoices, connections, limitPerSecond, filledSeconds, peakMemoryMb: peak, routes })}\n`,
  );
}
