import type { EventStore } from '#events';
import { rejectsProjection, untilInStep, type ObjectStore } from '#persistence';
import { Readable } from 'node:stream';
import type { Clock } from '../shared/clock.js';
import { rejectFileCsv, rejectFileJson, rejectFileName } from './reject-file.js';
import { rejectLines } from './reject-lines.js';

export type RejectFileFormat = 'csv' | 'json';

/** One file in the list of "Accéder aux rejets EDI" (R44). */
export interface RejectFileSummary {
  /** Europe/Paris day. */
  readonly day: string;
  /** Identifier of the party whose file it is. */
  readonly sender: string;
  readonly lines: number;
  /** An open day still grows; a closed one never changes. */
  readonly closed: boolean;
  readonly closedAt: string | null;
  /** SHA-256 of the closed file's bytes, null while the day is open. */
  readonly csvSha256: string | null;
  readonly jsonSha256: string | null;
}

/** Who asks: the structure of a connection, or null for an operator, who sees everything. */
export type Viewer = string | null;

export interface RejectFile {
  readonly name: string;
  readonly closed: boolean;
  /** SHA-256 of the bytes when the day is closed and the file is the party's own. */
  readonly sha256: string | null;
  readonly bytes: Readable;
}

/** Lists and opens reject files. A party sees its own; an intermediary also the part of its customers' that it sent. */
export class RejectFiles {
  constructor(
    private readonly store: EventStore,
    private readonly objects: ObjectStore,
    private readonly clock: Clock,
  ) {}

  /**
   * Files with at least one line, latest day first.
   *
   * @param filter `day` and `sender` narrow the list; without them it goes back over `days` days (31 by default)
   */
  async list(
    viewer: Viewer,
    filter: { day: string | null; sender: string | null; days?: number },
  ): Promise<RejectFileSummary[]> {
    // Who saw that a flow has ended, in the list of flows or by its report, finds its rejects here.
    await untilInStep(rejectsProjection, this.store.pool);
    const sender = filter.sender ?? viewer;
    const from = new Date(this.clock.now().getTime() - (filter.days ?? 31) * 86_400_000);
    const { rows } = await this.store.pool.query<RejectFileSummary>(LIST, [
      filter.day,
      from,
      sender,
      viewer === sender ? null : viewer,
    ]);
    return rows;
  }

  /** Opens a file: the stored bytes of a closed one, the lines of now for an open day. Null when it has no line. */
  async open(viewer: Viewer, day: string, sender: string, format: RejectFileFormat): Promise<RejectFile | null> {
    const [summary] = await this.list(viewer, { day, sender });
    if (summary === undefined) return null;
    const name = rejectFileName(day, sender, format);
    const sha256 = format === 'csv' ? summary.csvSha256 : summary.jsonSha256;
    if (sha256 !== null) return { name, closed: true, sha256, bytes: await this.objects.open(sha256) };
    const lines = rejectLines(this.store, day, sender, viewer ?? sender);
    const bytes = Readable.from(format === 'csv' ? rejectFileCsv(lines) : rejectFileJson(day, sender, lines));
    return { name, closed: summary.closed, sha256: null, bytes };
  }
}

/** $1 day or null, $2 earliest instant without a day, $3 party or null (all), $4 a viewer other than the party, or null. */
const LIST = `
  WITH concerned AS (
    SELECT day, sender AS party, count(*) AS lines FROM read.rejects
     WHERE ($1::date IS NULL AND day >= $2::timestamptz::date OR day = $1::date)
       AND ($3::text IS NULL OR sender = $3) AND ($4::text IS NULL OR sender = $4 OR issuer = $4)
     GROUP BY 1, 2
    UNION ALL
    SELECT day, issuer, count(*) FROM read.rejects
     WHERE ($1::date IS NULL AND day >= $2::timestamptz::date OR day = $1::date)
       AND issuer IS NOT NULL AND issuer <> sender
       AND ($3::text IS NULL OR issuer = $3) AND ($4::text IS NULL OR sender = $4 OR issuer = $4)
     GROUP BY 1, 2
  )
  SELECT c.day::text AS day, c.party AS sender, sum(c.lines)::int AS lines,
         d.day IS NOT NULL AS closed, f.closed_at AS "closedAt",
         CASE WHEN $4::text IS NULL THEN f.csv_sha256 END AS "csvSha256",
         CASE WHEN $4::text IS NULL THEN f.json_sha256 END AS "jsonSha256"
    FROM concerned c
    LEFT JOIN read.reject_days d ON d.day = c.day
    LEFT JOIN read.reject_files f ON f.day = c.day AND f.party = c.party
   GROUP BY c.day, c.party, d.day, f.closed_at, f.csv_sha256, f.json_sha256
   ORDER BY c.day DESC, c.party
   LIMIT 1000`;
