import pg from 'pg';

/** How a store reaches its database. */
export interface ConnectionOptions {
  /** A PostgreSQL URL. */
  connectionString: string;
  /** The greatest number of connections; 10 when absent. A running subscription takes one at a time. */
  poolSize?: number;
  /** Shown in `pg_stat_activity`. */
  applicationName?: string;
}

// A writer that hangs holds back every reader (docs/decisions/0001), so none may hang for long.
const limits = { lock_timeout: 10_000, statement_timeout: 60_000, idle_in_transaction_session_timeout: 15_000 };

/** Opens the store's own pool. No parser of `pg` is changed, here or globally. */
export function openPool({ connectionString, poolSize, applicationName }: ConnectionOptions): pg.Pool {
  const pool = new pg.Pool({
    connectionString,
    max: poolSize ?? 10,
    application_name: applicationName ?? 'repons-events',
    connectionTimeoutMillis: 30_000,
    ...limits,
  });
  // Without a listener a connection that the server closes would end the process. The pool listens to idle ones alone: one
  // that is cut between being lent and its first statement would be heard by nobody. A statement that ran rejects by itself.
  const ignore = (): void => undefined;
  pool.on('error', ignore);
  pool.on('connect', (client) => client.on('error', ignore));
  return pool;
}
