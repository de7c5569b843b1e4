import { connectionStream } from '#domain';
import type { Checkpoint, EventStore } from '#events';
import type { StoredObject } from '#persistence';

/** Class of the advisory locks that are held while a connection's files are made and dropped; the second key is its code. */
const DELIVERIES = 7_305_012;

/** A file whose bytes are kept, and which is not known to be in the box. */
export interface PlannedFile extends StoredObject {
  /** The last news in it. */
  readonly end: Checkpoint;
}

/** How far a connection has been told. */
export interface StatusCursor {
  readonly applicationCode: string;
  /** The last news that was dealt with. */
  readonly place: Checkpoint;
  /** Files delivered. */
  readonly files: number;
  readonly planned: PlannedFile | null;
}

interface Row {
  readonly transaction: string;
  readonly position: string;
  readonly files: string;
  readonly planned_object: string | null;
  readonly planned_size: string;
  readonly planned_transaction: string;
  readonly planned_position: string;
}

/**
 * The rows of `outbox.status_deliveries`. A file is planned before it is dropped: whoever goes on after a crash drops the
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
    const ignore = (): void => undefined; // a session that breaks while lent says so here, too
    client.on('error', ignore);
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
      client.off('error', ignore);
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
      `UPDATE outbox.status_deliveries SET transaction = $3, position = $4
        WHERE application_code = $1 AND files = $2 AND planned_object IS NULL`,
      [applicationCode, files, transaction, position],
    );
  }

  /** Says what the next file is. */
  async plan({ applicationCode, files }: StatusCursor, { sha256, size, end }: PlannedFile): Promise<void> {
    await this.store.pool.query(
      `UPDATE outbox.status_deliveries
          SET planned_object = $3, planned_size = $4, planned_transaction = $5, planned_position = $6
        WHERE application_code = $1 AND files = $2 AND planned_object IS NULL`,
      [applicationCode, files, sha256, size, end.transaction, end.position],
    );
  }

  /** Says that the planned file is in the box. */
  async delivered({ applicationCode, files }: StatusCursor): Promise<void> {
    await this.store.pool.query(
      `UPDATE outbox.status_deliveries
          SET transaction = planned_transaction, position = planned_position, files = files + 1,
              planned_object = NULL, planned_size = NULL, planned_transaction = NULL, planned_position = NULL
        WHERE application_code = $1 AND files = $2 AND planned_object IS NOT NULL`,
      [applicationCode, files],
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
      files: Number(row.files),
      planned:
        row.planned_object === null
          ? null
          : {
              sha256: row.planned_object,
              size: Number(row.planned_size),
              end: { transaction: row.planned_transaction, position: Number(row.planned_position) },
            },
    };
  }

  /** Where the box was opened: the place of its first key. */
  private async openingOf(applicationCode: string): Promise<Checkpoint> {
    for await (const { type, transaction, position } of this.store.readStream(connectionStream(applicationCode)))
      if (type === 'SftpKeyAuthorised') return { transaction, position };
    return missing(applicationCode);
  }
}

function missing(applicationCode: string): never {
  throw new Error(`No box of ${applicationCode}`);
}
