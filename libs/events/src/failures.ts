import { CommitOutcomeUnknown, TransientFailure } from './errors.js';

/**
 * What a failed statement says about its transaction: it was rolled back and may pass next time, it was rolled back and
 * never will, or nobody can tell whether it was committed.
 */
export type FailureKind = 'transient' | 'deterministic' | 'unknown';

// PostgreSQL error codes, appendix A. A shut-down (57P01, 57P02) cuts the connection, so its commit may have happened.
const rolledBack = new Set(['40001', '40P01', '55P03', '57P03', '25P03', '57014']);
const connectionLost = new Set([
  '57P01',
  '57P02',
  '57P05',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ERR_STREAM_PREMATURE_CLOSE',
]);
const neverConnected = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH']);

/** Sorts a failure of a statement; see {@link FailureKind}. Errors of the store sort by their own class. */
export function failureKind(error: unknown): FailureKind {
  if (error instanceof TransientFailure) return 'transient';
  if (error instanceof CommitOutcomeUnknown) return 'unknown';
  if (!(error instanceof Error)) return 'deterministic';
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  if (rolledBack.has(code) || neverConnected.has(code) || code.startsWith('53')) return 'transient';
  if (connectionLost.has(code) || code.startsWith('08')) return 'unknown';
  // pg reports a broken socket without a code.
  if (/^Connection terminated|^Client has encountered a connection error|not queryable/.test(error.message))
    return 'unknown';
  if (/^timeout exceeded when trying to connect/.test(error.message)) return 'transient';
  return 'deterministic';
}

/** The code PostgreSQL gave an error, or undefined. */
export function sqlState(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

/**
 * Gives a failure the class that says what to do with it: {@link TransientFailure} or, where a commit may have been under
 * way, {@link CommitOutcomeUnknown}. Others stay as they are.
 * @param committing whether the failed statement could have committed; if not, a lost connection is a rollback.
 */
export function typedFailure(error: unknown, committing: boolean): unknown {
  if (error instanceof TransientFailure || error instanceof CommitOutcomeUnknown) return error;
  const kind = failureKind(error);
  const message = error instanceof Error ? error.message : String(error);
  if (kind === 'transient') return new TransientFailure(message, error);
  if (kind === 'unknown') return committing ? new CommitOutcomeUnknown(error) : new TransientFailure(message, error);
  return error;
}
