import { randomUUID } from 'node:crypto';
import type { Pool } from 'pg';
import { benchContext, benchEvent } from './append-workload.js';

/**
 * The floor: a table with a serial key and UNIQUE (stream, version), no order, no hash, no guard of its own. What the event
 * store costs is measured against it, in the same run.
 */
export class PlainTable {
  constructor(private readonly pool: Pool) {}

  /** Makes the table anew. */
  async create(): Promise<void> {
    await this.pool.query(`
      DROP TABLE IF EXISTS bench_plain;
      CREATE TABLE bench_plain (
        id bigserial PRIMARY KEY, stream_id text NOT NULL, version int NOT NULL, event_id uuid NOT NULL, type text NOT NULL,
        schema_version smallint NOT NULL, data json NOT NULL, metadata json NOT NULL, occurred_at timestamptz NOT NULL,
        UNIQUE (stream_id, version))`);
  }

  /**
   * Makes the table anew with every row of the event store: an index of a million entries costs a random insert more than an
   * empty one, so two tables are only compared when they hold as much.
   */
  async fill(): Promise<void> {
    await this.create();
    await this.pool.query(`
      INSERT INTO bench_plain SELECT position, stream_id, version, event_id, type, schema_version, data, metadata, occurred_at
      FROM es.events ORDER BY position`);
    await this.pool.query("SELECT setval('bench_plain_id_seq', (SELECT max(id) FROM bench_plain))");
    await this.pool.query('VACUUM ANALYZE bench_plain');
    await this.pool.query('CHECKPOINT');
  }

  /** Writes the rows of the event store to a file of the server. */
  async unload(file: string, rows: number): Promise<void> {
    await this.pool.query(`COPY (
      SELECT position, stream_id, version, event_id, type, schema_version, data, metadata, occurred_at FROM es.events LIMIT ${rows}
    ) TO '${file.replaceAll("'", "''")}'`);
  }

  /** Server-side COPY of that file; gives the number of rows. */
  async load(file: string): Promise<number> {
    return (await this.pool.query(`COPY bench_plain FROM '${file.replaceAll("'", "''")}'`)).rowCount ?? 0;
  }

  /** One event, one statement. False when another writer took the version. */
  async append(stream: string, version: number, rank: number): Promise<boolean> {
    const { type, data, occurredAt } = benchEvent(rank);
    const { rowCount } = await this.pool.query({
      name: 'plain-append',
      text: `INSERT INTO bench_plain (stream_id, version, event_id, type, schema_version, data, metadata, occurred_at)
             VALUES ($1, $2, $3, $4, 1, $5, $6, $7) ON CONFLICT DO NOTHING`,
      values: [stream, version, randomUUID(), type, JSON.stringify(data), JSON.stringify(benchContext()), occurredAt],
    });
    return rowCount === 1;
  }

  /** The newest version of a stream. */
  async version(stream: string): Promise<number> {
    const { rows } = await this.pool.query<{ version: number | null }>({
      name: 'plain-version',
      text: 'SELECT max(version) AS version FROM bench_plain WHERE stream_id = $1',
      values: [stream],
    });
    return rows[0]?.version ?? 0;
  }
}
