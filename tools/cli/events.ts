import { openEventStore, type EventStore, type RecordedEvent } from '#events';
import { aggregateOf } from './aggregates.js';
import { createOutput, plain } from './output.js';
import { databaseUrl } from './settings.js';
import { UsageError } from './usage-error.js';

async function withStore(work: (store: EventStore) => Promise<void>): Promise<void> {
  const store = await openEventStore({
    connectionString: await databaseUrl(),
    poolSize: 2,
    applicationName: 'repons-events',
  });
  try {
    await work(store);
  } finally {
    await store.close();
  }
}

/** `repons events list` and `show`. */
export async function list(options: {
  type?: string[];
  stream?: string;
  limit: number;
  json?: boolean;
}): Promise<void> {
  const { type: types, stream, limit } = options;
  const output = createOutput(options.json ?? false);
  const wanted = (event: RecordedEvent): boolean => types === undefined || types.includes(event.type);
  await withStore(async (store) => {
    let shown = 0;
    for await (const event of stream === undefined ? wholeLog(store, types) : store.readStream(stream)) {
      if (!wanted(event)) continue;
      output.data(event, describeEvent(event));
      shown += 1;
      if (shown >= limit) return;
    }
  });
}

async function* wholeLog(store: EventStore, types: string[] | undefined): AsyncGenerator<RecordedEvent> {
  for (let after: Awaited<ReturnType<EventStore['head']>> = null; ;) {
    const page: Awaited<ReturnType<EventStore['readAll']>> = await store.readAll({
      after,
      limit: 500,
      ...(types === undefined ? {} : { types }),
    });
    yield* page.events;
    if (page.events.length === 0) return;
    after = page.checkpoint;
  }
}

/** `repons events replay`. */
export async function replay(options: {
  stream: string;
  at?: string;
  position?: number;
  json?: boolean;
}): Promise<void> {
  const { stream, at, position } = options;
  const until = at === undefined ? null : Date.parse(at);
  if (until !== null && Number.isNaN(until)) throw new UsageError('--at attend un instant ISO 8601.');
  const output = createOutput(options.json ?? false);
  await withStore(async (store) => {
    const aggregate = aggregateOf(stream);
    let state: unknown = aggregate.initial;
    let last: RecordedEvent | null = null;
    for await (const event of store.readStream(stream)) {
      if (until !== null && Date.parse(event.recordedAt) > until) break;
      if (position !== undefined && event.position > position) break;
      output.say(describeEvent(event));
      state = aggregate.evolve(state, event);
      last = event;
    }
    if (last === null) throw new UsageError(`Aucun événement dans « ${plain(stream)} » à ce moment.`);
    const { version, recordedAt } = last;
    const moment = { stream, version, position: last.position, recordedAt };
    output.data({ ...moment, state }, JSON.stringify(state, null, 2));
  });
}

/** `repons events export`. */
export async function exportLog(): Promise<void> {
  await withStore(async (store) => {
    await store.exportLog(process.stdout);
  });
}

/** `repons events verify`. */
export async function verify(options: { json?: boolean }): Promise<void> {
  const output = createOutput(options.json ?? false);
  await withStore(async (store) => {
    const report = await store.verify();
    const found = report.problems.map(({ position, kind }) => `  position ${position ?? '?'} : ${kind}`).join('\n');
    const verdict = report.ok ? 'journal intact' : `journal altéré\n${found}`;
    output.data(report, `${report.events} événements, ${report.seals} sceaux : ${verdict}`);
    if (!report.ok) process.exitCode = 1;
  });
}

function describeEvent({ position, recordedAt, stream, version, type }: RecordedEvent): string {
  return `${String(position).padStart(9)}  ${recordedAt.slice(0, 23)}  ${type.padEnd(22)}  ${plain(stream)}@${version}`;
}
