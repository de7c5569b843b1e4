import { connectionStream } from '#domain';
import type { Checkpoint, EventStore } from '#events';
import type { StoredObject } from '#persistence';

/** Class of the advisory locks that are held while a connection's files are made and dropped; the second key is its code. */
export const DELIVERIES = 7_305_012;

/** Formats of status files (R25). */
export const FILE_FORMATS = ['CPPStatut', 'CDAR'] as const;

/** One of {@link FILE_FORMATS}. */
export type FileFormat = (typeof FILE_FORMATS)[number];

/** Files that tell the same news, in one format or both, whose bytes are kept, and which are not known to be in the box. */
export interface PlannedFiles {
  readonly files: Readonly<Partial<Record<FileFormat, StoredObject>>>;
  /** The last news in them. */
  readonly end: Checkpoint;
}

/** How far a connection has been told. */
export interface StatusCursor {
  readonly applicationCode: string;
  /** The last news that was dealt with. */
  readonly place: Checkpoint;
  /** Files delivered, of each format: their numbers go on from there. */
  readonly files: Readonly<Record<FileFormat, number>>;
  readonly planned: PlannedFiles | null;
}

interface Row {
  readonly transaction: string;
  readonly position: string;
  readonly files: string;
  readonly cdar_files: string;
  readonly planned_object: string | null;
  readonly planned_size: string;
  readonly planned_cdar_object: string | null;
  readonly planned_cdar_size: string;
  readonly planned_transaction: string | null;
  readonly planned_position: string;
}

/**
 * The rows of `outbox.status_deliveries`. Files are planned before they are dropped: whoever goes on after a crash drops the
 * same bytes under the same name, whatever came meanwhile. Every change is of one statement and names what it found, so a
 * worker that lost its lock changes nothing behind another's back.
 */
export class StatusCursors {
  constructor(private readonly store: EventStore) {}

  /**
   * Runs `work` unless another worker is at that connection. The lock is one of the session, which PostgreSQL drops when the
   * worker dies: a row locked by a transaction would hold back every reader of the log for as long as a partner's box takes.
   *
   * @returns whether it ran
   */
  async alone(applicationCode: string, work: () => Promise<void>): Promise<boolean> {
    const client = await this.store.pool.connect();
    let holdsNothing = false;
    try {
      const { rows } = await client.query<{ taken: boolean }>(
        'SELECT pg_try_advisory_lock($1, hashtext($2)) AS taken',
        [DELIVERIES, applicationCode],
      );
      if (rows[0]?.taken !== true) {
        holdsNothing = true;
        return false;
      }
      try {
        await work();
      } finally {
        await client.query('SELECT pg_advisory_unlock($1, hashtext($2))', [DELIVERIES, applicationCode]);
        holdsNothing = true;
      }
      return true;
    } finally {
      client.release(!holdsNothing); // a session that may hold the lock is closed
    }
  }

  /** The cursor of a connection. A new one begins where its box was opened: nothing older is told, and nothing since is lost. */
  async of(applicationCode: string): Promise<StatusCursor> {
    const found = await this.find(applicationCode);
    if (found !== null) return found;
    const { transaction, position } = await this.openingOf(applicationCode);
    await this.store.pool.query(
      `INSERT INTO outbox.status_deliveries (application_code, transaction, position)
       VALUES ($1, $2, $3) ON CONFLICT DO NOTHING`,
      [applicationCode, transaction, position],
    );
    return (await this.find(applicationCode)) ?? missing(applicationCode);
  }

  /** Moves on over news that no file tells of. */
  async skip({ applicationCode, files }: StatusCursor, { transaction, position }: Checkpoint): Promise<void> {
    await this.store.pool.query(
      `UPDATE outbox.status_deliveries SET transaction = $4, position = $5 ${OF_FOUND} AND planned_transaction IS NULL`,
      [...found(applicationCode, files), transaction, position],
    );
  }

  /** Says what the next files are. */
  async plan({ applicationCode, files }: StatusCursor, { files: planned, end }: PlannedFiles): Promise<void> {
    const objects = FILE_FORMATS.flatMap((format) => [planned[format]?.sha256 ?? null, planned[format]?.size ?? null]);
    await this.store.pool.query(
      `UPDATE outbox.status_deliveries
          SET planned_object = $4, planned_size = $5, planned_cdar_object = $6, planned_cdar_size = $7,
              planned_transaction = $8, planned_position = $9
        ${OF_FOUND} AND planned_transaction IS NULL`,
      [...found(applicationCode, files), ...objects, end.transaction, end.position],
    );
  }

  /** Says that the planned files are in the box. */
  async delivered({ applicationCode, files }: StatusCursor): Promise<void> {
    await this.store.pool.query(
      `UPDATE outbox.status_deliveries
          SET transaction = planned_transaction, position = planned_position,
              files = files + num_nonnulls(planned_object), cdar_files = cdar_files + num_nonnulls(planned_cdar_object),
              planned_object = NULL, planned_size = NULL, planned_cdar_object = NULL, planned_cdar_size = NULL,
              planned_transaction = NULL, planned_position = NULL
        ${OF_FOUND} AND planned_transaction IS NOT NULL`,
      found(applicationCode, files),
    );
  }

  private async find(applicationCode: string): Promise<StatusCursor | null> {
    const { rows } = await this.store.pool.query<Row>(
      'SELECT * FROM outbox.status_deliveries WHERE application_code = $1',
      [applicationCode],
    );
    const [row] = rows;
    if (row === undefined) return null;
    return {
      applicationCode,
      place: { transaction: row.transaction, position: Number(row.position) },
      files: { CPPStatut: Number(row.files), CDAR: Number(row.cdar_files) },
      planned: plannedOf(row),
    };
  }

  /** Where the box was opened: the place of its first key. */
  private async openingOf(applicationCode: string): Promise<Checkpoint> {
    for await (const { type, transaction, position } of this.store.readStream(connectionStream(applicationCode)))
      if (type === 'SftpKeyAuthorised') return { transaction, position };
    return missing(applicationCode);
  }
}

/** What a change names of the row that it found: `$1` to `$3`. */
const OF_FOUND = 'WHERE application_code = $1 AND files = $2 AND cdar_files = $3';

function found(applicationCode: string, files: StatusCursor['files']): unknown[] {
  return [applicationCode, ...FILE_FORMATS.map((format) => files[format])];
}

function plannedOf(row: Row): PlannedFiles | null {
  if (row.planned_transaction === null) return null;
  const { planned_object: cppStatut, planned_cdar_object: cdar } = row;
  return {
    files: {
      ...(cppStatut === null ? {} : { CPPStatut: { sha256: cppStatut, size: Number(row.planned_size) } }),
      ...(cdar === null ? {} : { CDAR: { sha256: cdar, size: Number(row.planned_cdar_size) } }),
    },
    end: { transaction: row.planned_transaction, position: Number(row.planned_position) },
  };
}

function missing(applicationCode: string): never {
  throw new Error(`No box of ${applicationCode}`);
}
