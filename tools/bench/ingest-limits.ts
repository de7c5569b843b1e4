import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, rm } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import pg from 'pg';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';
import { createWriteStream } from 'node:fs';

/** Seconds to read a file once and hash it: no ingestion can be faster. */
export async function readAndHashSeconds(path: string): Promise<number> {
  const startedAt = performance.now();
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) hash.update(chunk as Buffer);
  hash.digest();
  return (performance.now() - startedAt) / 1000;
}

/**
 * Seconds to COPY the very events of the run into a plain table with the same two keys: what recording them costs at
 * least.
 */
export async function copySameEventsSeconds(connectionString: string, scratch: string): Promise<number> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    await pipeline(
      client.query(copyTo('COPY (SELECT stream_id, version, data::text, metadata::text FROM es.events) TO STDOUT')),
      createWriteStream(scratch),
    );
    await client.query(
      'CREATE TABLE bench_floor (id bigserial PRIMARY KEY, stream_id text, version int, data json, metadata json, UNIQUE (stream_id, version))',
    );
    const file = await open(scratch);
    const startedAt = performance.now();
    await pipeline(
      file.createReadStream({ highWaterMark: 1 << 20 }),
      client.query(copyFrom('COPY bench_floor (stream_id, version, data, metadata) FROM STDIN')),
    );
    return (performance.now() - startedAt) / 1000;
  } finally {
    await client.query('DROP TABLE IF EXISTS bench_floor');
    await client.end();
    await rm(scratch, { force: true });
  }
}
