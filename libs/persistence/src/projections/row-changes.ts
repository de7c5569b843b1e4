import type { PoolClient } from 'pg';

/** Changes that one statement makes, at most one of each row. */
interface Round {
  readonly statement: string;
  readonly rows: (readonly unknown[])[];
}

/**
 * The changes that a batch of events makes to the rows of read models, in as few statements as keep the order of the log for
 * each row: what happened to different rows goes in one statement, however the log mixed it, and what happened to one row
 * stays in its order. An import writes hundreds of thousands of events; one statement for each left the read models far
 * behind (R02).
 */
export class RowChanges {
  private rounds: Round[] = [];
  /** The last round that changes a row. */
  private readonly lastOf = new Map<string, number>();

  constructor(private readonly tx: PoolClient) {}

  /**
   * Adds a change that comes after all those of the same row.
   *
   * @param statement SQL that takes a column of values for each parameter: `… FROM unnest($1::text[], $2::text[]) …`
   * @param row names the row, or all rows that the statement may touch, across all statements
   * @param values of the parameters, for this row
   */
  add(statement: string, row: string, values: readonly unknown[]): void {
    const after = this.lastOf.get(row) ?? -1;
    let at = this.rounds.findIndex((round, index) => index > after && round.statement === statement);
    if (at === -1) at = this.rounds.push({ statement, rows: [] }) - 1;
    this.rounds[at]?.rows.push(values);
    this.lastOf.set(row, at);
  }

  /** Makes the changes that were added: before a statement that touches many rows, and at the end of the batch. */
  async make(): Promise<void> {
    const { rounds } = this;
    this.rounds = [];
    this.lastOf.clear();
    for (const { statement, rows } of rounds) await this.tx.query(statement, columnsOf(rows));
  }
}

function columnsOf(rows: readonly (readonly unknown[])[]): unknown[][] {
  return (rows[0] ?? []).map((_, column) => rows.map((row) => row[column]));
}
