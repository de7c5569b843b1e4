import { readFileSync } from 'node:fs';
import type { Pool, PoolClient } from 'pg';
import { PreparedStatement, type StatementValue, type TextRow } from './prepared-statement.js';

/** A connection or a pool of them. */
export type Queryable = Pool | PoolClient;

/** One text of `sql/queries`, under the name by which the server keeps its plan. */
export interface Query {
  name: string;
  text: string;
}

/** What both a connection and a pool do with a statement of our own. */
interface Submitting {
  query(
    statement: PreparedStatement,
    values: undefined,
    callback: (error: Error | null | undefined, rows?: TextRow[]) => void,
  ): void;
}

/** Reads `sql/queries/<name>.sql`, which stands beside this code (compiled or not). */
export function query(name: string): Query {
  return { name: `es.${name}`, text: readFileSync(new URL(`../sql/queries/${name}.sql`, import.meta.url), 'utf8') };
}

/** Runs one of the store's queries as a prepared statement; values of the rows are the server's text, or null. */
export async function rowsOf(
  on: Queryable,
  { name, text }: Query,
  values: readonly StatementValue[] = [],
): Promise<TextRow[]> {
  return new Promise((resolve, reject) => {
    (on as unknown as Submitting).query(new PreparedStatement(name, text, values), undefined, (error, rows) => {
      if (error) reject(error);
      else resolve(rows ?? []);
    });
  });
}

/** The value of a column that cannot be null. */
export function required(value: string | null | undefined): string {
  if (value === null || value === undefined) throw new TypeError('the database gave no value where one is required');
  return value;
}
