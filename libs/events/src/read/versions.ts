import { query, required, rowsOf, type Queryable } from '../database/sql.js';

const versions = query('stream-versions');

/** The versions of those of the named streams that exist. */
export async function streamVersions(on: Queryable, streams: readonly string[]): Promise<Map<string, number>> {
  const rows = await rowsOf(on, versions, [streams]);
  return new Map(rows.map(([stream, version]) => [required(stream), Number(required(version))]));
}
