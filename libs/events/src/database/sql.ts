import { readFileSync } from 'node:fs';
import type { CustomTypesConfig, Pool, PoolClient } from 'pg';

/** A connection or a pool of them. */
export type Queryable = Pool | PoolClient;

/** One text of `sql/queries`, under the name by which the server keeps its plan. */
export interface Query {
  name: string;
  text: string;
}

/** Reads `sql/queries/<name>.sql`, which stands beside this code (compiled or not). */
export function query(name: string): Query {
  return { name: `es.${name}`, text: readFileSync(new URL(`../sql/queries/${name}.sql`, import.meta.url), 'utf8') };
}

// Every value comes as the server's text. Given per query, so that neither the global parsers of `pg` nor those of a
// connection lent by somebody else matter, and none of them is touched.
const asText: CustomTypesConfig = { getTypeParser: () => (text: string) => text };

/** Runs one of the store's queries as a prepared statement; values of the rows are the server's text, or null. */
export async function rowsOf(
  on: Queryable,
  { name, text }: Query,
  values: unknown[] = [],
): Promise<(string | null)[][]> {
  const result = await on.query<(string | null)[]>({ name, text, values, rowMode: 'array', types: asText });
  return result.rows;
}

/** The value of a column that cannot be null. */
export function required(value: string | null | undefined): string {
  if (value === null || value === undefined) throw new TypeError('the database gave no value where one is required');
  return value;
}
