import type { ImportedRow, ImportOutcome, RefusedRow } from '#application';
import pRetry from 'p-retry';
import { ApiProblem, ApiUnreachable } from '../client/api-client.js';
import type { ReadRow } from './directory-import-file.js';

/** What an import did in all. */
export interface ImportTotals {
  rows: number;
  created: number;
  changed: number;
  unchanged: number;
  refused: number;
}

/** What an import needs of whoever runs it. */
export interface ImportPorts {
  /** Sends a batch; sending it again changes nothing. */
  readonly send: (rows: readonly ImportedRow[]) => Promise<ImportOutcome>;
  /** Takes the refused rows of a batch, in the order of the file. */
  readonly refuse: (rows: readonly RefusedRow[]) => Promise<void>;
  /** Told after each batch. */
  readonly progress: (totals: Readonly<ImportTotals>, bytesRead: number) => void;
}

/** What one request takes. */
const ROWS_AT_ONCE = 500;
/** Below the limit of the API's JSON body, 256 kB. */
const BYTES_AT_ONCE = 200_000;

/**
 * Sends the rows of a file batch by batch, one after the other, since a service comes after its structure. A platform that
 * does not answer for a moment is asked again.
 *
 * @param firstPauseMs before a batch is sent again, doubled each time
 */
export async function runImport(
  rows: AsyncIterable<ReadRow>,
  ports: ImportPorts,
  firstPauseMs = 500,
): Promise<ImportTotals> {
  const totals: ImportTotals = { rows: 0, created: 0, changed: 0, unchanged: 0, refused: 0 };
  const finish = async ({ wanted, unreadable }: Batch, bytesRead: number): Promise<void> => {
    const outcome = wanted.length === 0 ? nothing : await sendPatiently(ports.send, wanted, firstPauseMs);
    const refused = [...unreadable, ...outcome.refused].sort((left, right) => left.line - right.line);
    if (refused.length > 0) await ports.refuse(refused);
    totals.rows += wanted.length + unreadable.length;
    totals.created += outcome.created;
    totals.changed += outcome.changed;
    totals.unchanged += outcome.unchanged;
    totals.refused += refused.length;
    ports.progress(totals, bytesRead);
  };
  let batch = emptyBatch();
  let read = 0;
  for await (const { row, bytesRead } of rows) {
    const size = Buffer.byteLength(JSON.stringify(row)) + 1;
    if (batch.wanted.length >= ROWS_AT_ONCE || batch.bytes + size > BYTES_AT_ONCE) {
      await finish(batch, read);
      batch = emptyBatch();
    }
    read = bytesRead;
    batch.bytes += size;
    if ('kind' in row) batch.wanted.push(row);
    else batch.unreadable.push(row);
  }
  await finish(batch, read);
  return totals;
}

interface Batch {
  bytes: number;
  readonly wanted: ImportedRow[];
  readonly unreadable: RefusedRow[];
}

const nothing: ImportOutcome = { created: 0, changed: 0, unchanged: 0, refused: [] };

function emptyBatch(): Batch {
  return { bytes: 0, wanted: [], unreadable: [] };
}

function sendPatiently(
  send: ImportPorts['send'],
  rows: readonly ImportedRow[],
  minTimeout: number,
): Promise<ImportOutcome> {
  const passes = (error: Error): boolean =>
    error instanceof ApiUnreachable || (error instanceof ApiProblem && isOfTheMoment(error));
  return pRetry(() => send(rows), { retries: 6, minTimeout, factor: 2, shouldRetry: passes });
}

/** Whether the same request may well pass a moment later: a server in trouble, a limit of rate, a lost race. */
function isOfTheMoment({ problem: { status, code } }: ApiProblem): boolean {
  return status >= 500 || status === 429 || code === 'SRV-409';
}
