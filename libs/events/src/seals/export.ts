import { once } from 'node:events';
import type { Writable } from 'node:stream';
import type { Pool } from 'pg';
import { BEGINNING, readStoredPage } from '../read/log.js';
import { readStoredStream } from '../read/streams.js';
import type { StoredEvent } from '../read/rows.js';
import { compareCheckpoints, type Checkpoint } from '../types.js';
import type { Seal } from './seal.js';
import { lastSeal, sealsAfter } from './stored-seals.js';

/** Which part of the log to export. */
export interface ExportOptions {
  /** Only what stands behind this place. */
  after?: Checkpoint | null;
  /** Only the events of one stream. */
  stream?: string;
  /** Only events of these types. */
  types?: readonly string[];
  onProgress?: (done: { events: number; seals: number }) => void;
}

/** What was exported. */
export interface ExportResult {
  events: number;
  seals: number;
}

const PAGE = 1_000;
const SEALS_PER_PAGE = 100;

/**
 * Writes the log as JSON Lines (`es-export-1`): a `header`, one `event` per line with the exact text of its data and
 * metadata, each `seal` behind the last event of its block, and an `end` with the counts. `tools/verify-export.mjs`
 * checks such a file without any code of this library. An export of one stream or of some types holds no seals: they
 * cannot be recomputed from a part. The writable is not ended.
 */
export async function exportLog(pool: Pool, target: Writable, options: ExportOptions = {}): Promise<ExportResult> {
  const { after = null, stream, types, onProgress } = options;
  const partial = stream !== undefined || types !== undefined;
  const done: ExportResult = { events: 0, seals: 0 };
  const blocks = partial ? undefined : sealsBehind(pool, after);
  await write(target, [
    { kind: 'header', format: 'es-export-1', after, ...(partial && { partial: { stream, types } }) },
  ]);
  let seal = await nextOf(blocks);
  for await (const page of pagesOf(pool, options)) {
    const lines: object[] = [];
    for (const event of page) {
      for (; seal && compareCheckpoints(event, seal.last) > 0; seal = await nextOf(blocks)) {
        lines.push({ kind: 'seal', ...seal });
        done.seals += 1;
      }
      lines.push({ kind: 'event', ...event });
      done.events += 1;
    }
    await write(target, lines);
    onProgress?.({ ...done });
  }
  for (; seal; seal = await nextOf(blocks)) {
    await write(target, [{ kind: 'seal', ...seal }]);
    done.seals += 1;
  }
  await write(target, [{ kind: 'end', ...done }]);
  return done;
}

async function* pagesOf(pool: Pool, { after, stream, types }: ExportOptions): AsyncGenerator<StoredEvent[]> {
  if (stream !== undefined) {
    for await (const event of readStoredStream(pool, stream)) {
      const isBehind = compareCheckpoints(event, after ?? BEGINNING) > 0;
      if (isBehind && (!types || types.includes(event.type))) yield [event];
    }
    return;
  }
  let checkpoint = after ?? BEGINNING;
  for (;;) {
    const page = await readStoredPage(pool, { after: checkpoint, limit: PAGE, ...(types && { types }) });
    if (page.events.length === 0) return;
    yield page.events;
    checkpoint = page.checkpoint;
  }
}

/** The seals of blocks that begin behind a place. */
async function* sealsBehind(pool: Pool, after: Checkpoint | null): AsyncGenerator<Seal, undefined> {
  let number = 0;
  // Seals made from now on may cover events that are written no more.
  const newest = (await lastSeal(pool))?.number ?? 0;
  for (;;) {
    const seals = await sealsAfter(pool, number, SEALS_PER_PAGE);
    if (seals.length === 0) return undefined;
    for (const seal of seals)
      if (seal.number <= newest && compareCheckpoints(seal.first, after ?? BEGINNING) > 0) yield seal;
    number = seals.at(-1)?.number ?? number;
  }
}

async function nextOf(seals: AsyncGenerator<Seal, undefined> | undefined): Promise<Seal | undefined> {
  return (await seals?.next())?.value;
}

async function write(target: Writable, lines: object[]): Promise<void> {
  if (lines.length === 0) return;
  if (target.errored) throw target.errored;
  if (!target.write(lines.map((line) => `${JSON.stringify(line)}\n`).join(''))) await once(target, 'drain');
}
