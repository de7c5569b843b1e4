import { setTimeout as pause } from 'node:timers/promises';
import type { Pool, PoolClient } from 'pg';
import { beginWithFirstStatement } from './beginning.js';
import { failureKind, sqlState, typedFailure } from '../failures.js';

/** A session that somebody reset (`DISCARD ALL`) no longer has the statements that its connection relies on: it is closed. */
const STATEMENT_FORGOTTEN = '26000';

/** How often a transaction is tried again after a failure that passes (deadlock, serialization, lock timeout). */
export interface TransactionOptions {
  /** 0 when absent: the caller decides. */
  retries?: number;
}

/**
 * Runs `work` in one transaction (read committed) and commits it.
 * @throws TransientFailure when it was rolled back for a passing reason and no retry is left; CommitOutcomeUnknown when
 * the connection broke during COMMIT; what `work` threw otherwise, after a rollback.
 */
export async function inTransaction<T>(
  pool: Pool,
  work: (tx: PoolClient) => Promise<T>,
  { retries = 0 }: TransactionOptions = {},
): Promise<T> {
  return retrying(retries, () => once(pool, work));
}

/** Does something again after failures that pass, so many times, after short random pauses. */
export async function retrying<T>(retries: number, attempted: () => Promise<T>): Promise<T> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await attempted();
    } catch (error) {
      if (attempt >= retries || failureKind(error) !== 'transient') throw error;
      await pause(Math.random() * Math.min(500, 10 * 2 ** attempt));
    }
  }
}

async function once<T>(pool: Pool, work: (tx: PoolClient) => Promise<T>): Promise<T> {
  let client: PoolClient;
  try {
    client = await pool.connect();
  } catch (error) {
    throw typedFailure(error, false);
  }
  let committing = false;
  let broken: Error | boolean | undefined;
  let isBegun = (): boolean => true;
  try {
    isBegun = await beginWithFirstStatement(client);
    const result = await work(client);
    if (!isBegun()) return result;
    committing = true;
    await client.query('COMMIT');
    return result;
  } catch (error) {
    const failure = typedFailure(error, committing);
    if (isBegun()) broken = await rollBack(client);
    if (sqlState(error) === STATEMENT_FORGOTTEN) broken = true;
    throw failure;
  } finally {
    client.release(broken);
  }
}

async function rollBack(client: PoolClient): Promise<Error | undefined> {
  try {
    await client.query('ROLLBACK');
    return undefined;
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}
