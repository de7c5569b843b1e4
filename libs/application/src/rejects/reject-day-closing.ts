import {
  closeDay,
  daysAfter,
  parisDay,
  REJECT_DAYS_STREAM,
  rejectDayStream,
  rejectFileStream,
  type ParisDay,
  type RejectFileEvent,
} from '#domain';
import { ConcurrencyConflict, type EventStore } from '#events';
import type { ObjectStore, StoredObject } from '#persistence';
import { randomUUID } from 'node:crypto';
import type { Clock } from '../shared/clock.js';
import { crashPoint } from '../shared/crash-point.js';
import { holdRejects, rejectDays } from '../shared/reject-day-lock.js';
import { rejectFileCsv, rejectFileJson } from './reject-file.js';
import { rejectLines } from './reject-lines.js';

/** A reject file may be as large as a flow of nothing but rejects makes it. */
const MAX_FILE_BYTES = 8 * 1024 ** 3;

/**
 * Closes the days that are over and writes their files (R44). Safe to run in several processes at once and to be killed
 * anywhere: a day closes once because its stream has one version for it, a file is recorded once for the same reason,
 * and both are looked for again at every call.
 */
export class RejectDayClosing {
  constructor(
    private readonly store: EventStore,
    private readonly objects: ObjectStore,
    private readonly clock: Clock,
  ) {}

  /** Closes every day that has ended, in order, however long nobody was there to do it. Returns the days closed. */
  async closeEndedDays(): Promise<ParisDay[]> {
    const closed: ParisDay[] = [];
    for (;;) {
      const day = await this.closeNext();
      if (day === null) return closed;
      crashPoint('day-closed');
      closed.push(day);
    }
  }

  private async closeNext(): Promise<ParisDay | null> {
    const today = parisDay(this.clock.now());
    const known = await rejectDays(this.store);
    const next = known.lastClosed === null ? await this.firstDay() : daysAfter(known.lastClosed, 1);
    if (next === null || next >= today) return null;
    try {
      return await this.store.transaction(async (tx) => {
        await holdRejects(tx);
        const version = (await this.store.streamVersions([REJECT_DAYS_STREAM], { tx })).get(REJECT_DAYS_STREAM) ?? 0;
        const decided = closeDay(await rejectDays(this.store, tx), next, today);
        if (!decided.accepted) return null; // another process closed it in the meantime
        await this.store.append(REJECT_DAYS_STREAM, version === 0 ? 'none' : version, [...decided.events], context(), {
          tx,
        });
        return next;
      });
    } catch (error) {
      if (error instanceof ConcurrencyConflict) return null;
      throw error;
    }
  }

  /** The Paris day of the first event of the log, by the earlier of the database's clock and the program's. */
  private async firstDay(): Promise<ParisDay | null> {
    const { events } = await this.store.readAll({ after: null, limit: 1 });
    const [first] = events;
    if (first === undefined) return null;
    const [recorded, occurred] = [parisDay(first.recordedAt), parisDay(first.occurredAt)];
    return occurred < recorded ? occurred : recorded;
  }

  /**
   * Writes the files of closed days that are still missing: one for each party concerned by a reject of the day.
   *
   * @returns how many were written
   */
  async writeMissingFiles(): Promise<number> {
    const { rows } = await this.store.pool.query<{ day: string; party: string | null }>(UNPUBLISHED);
    let written = 0;
    for (const { day, party } of rows) {
      if (party === null) await this.publish(day);
      else {
        await this.writeFile(day, party);
        written += 1;
      }
    }
    return written;
  }

  /** Every party has its file: the day needs no more looking at. */
  private async publish(day: ParisDay): Promise<void> {
    await this.appendOnce(rejectDayStream(day), { type: 'RejectDayPublished', data: { day } });
  }

  private async writeFile(day: ParisDay, party: string): Promise<void> {
    let lines = 0;
    const counted = async function* (store: EventStore) {
      for await (const line of rejectLines(store, day, party)) {
        lines += 1;
        yield line;
      }
    };
    const csv = await this.put(rejectFileCsv(counted(this.store)));
    const json = await this.put(rejectFileJson(day, party, rejectLines(this.store, day, party)));
    crashPoint('reject-file-stored');
    const closed: RejectFileEvent = { type: 'RejectFileClosed', data: { day, party, lines, csv, json } };
    await this.appendOnce(rejectFileStream(day, party), closed);
  }

  /** Records the one event of a stream; when another process already did, it recorded the same. */
  private async appendOnce(stream: string, event: RejectFileEvent): Promise<void> {
    try {
      await this.store.append(stream, 'none', [event], context());
    } catch (error) {
      if (!(error instanceof ConcurrencyConflict)) throw error;
    }
  }

  private put(bytes: AsyncIterable<Buffer>): Promise<StoredObject> {
    return this.objects.put(bytes, { maxBytes: MAX_FILE_BYTES });
  }
}

/** Closed days whose files are not all known to be written, with each party that still lacks one (null: none lacks). */
const UNPUBLISHED = `
  SELECT d.day::text AS day, p.party
    FROM read.reject_days d
    LEFT JOIN LATERAL (
      SELECT c.party
        FROM (SELECT sender AS party FROM read.rejects WHERE day = d.day
              UNION
              SELECT issuer FROM read.rejects WHERE day = d.day AND issuer IS NOT NULL) c
       WHERE NOT EXISTS (SELECT FROM read.reject_files f WHERE f.day = d.day AND f.party = c.party)
    ) p ON true
   WHERE NOT d.published
   ORDER BY 1, 2`;

function context() {
  const commandId = randomUUID();
  return { commandId, correlationId: commandId, actor: 'platform' };
}
