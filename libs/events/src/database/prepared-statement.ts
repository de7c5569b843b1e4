import type { Connection, Submittable } from 'pg';

/** One row as the server wrote it: the text of each column, or null. */
export type TextRow = (string | null)[];

/** What a prepared statement can be given. */
export type StatementValue = string | number | boolean | Buffer | null | readonly (string | number | boolean)[];

/** What is used of a connection of `pg`: its messages, and the statements that the server has parsed on it. */
export interface MessageConnection {
  stream: { cork(): void; uncork(): void; destroy(error: Error): void };
  parsedStatements: Record<string, string | undefined>;
  parse(statement: { name: string; text: string }): void;
  bind(binding: { statement: string; values: (string | Buffer | null)[] }): void;
  execute(portal: Record<string, never>): void;
  sync(): void;
}

/** How `pg` ends a query. */
type Callback = (error: Error | null, rows?: TextRow[]) => void;

/**
 * A named statement that asks the server for no description of its rows, and makes no objects of them: the store knows its
 * columns, and reads them as text. What `pg` does for every query besides (copying its configuration, describing, a
 * parser per column) costs one append as much as its hash, and a reader of the log more than the hashing.
 *
 * `pg` calls the methods below as it does for the cursors and copy streams made for it. Nothing of its parsers is touched,
 * here or globally.
 */
export class PreparedStatement implements Submittable {
  /** Set by `pg`. */
  callback: Callback | undefined;
  /** Name of a statement that goes first in the same message, without rows; the connection must have parsed it. */
  precededBy: string | undefined;
  private readonly rows: TextRow[] = [];

  /** @param name the name under which a connection keeps the parsed text, the same text for ever. */
  constructor(
    readonly name: string,
    readonly text: string,
    private readonly values: readonly StatementValue[],
  ) {}

  /** Sends it; parsed once per connection. */
  submit(given: Connection): void {
    const connection = given as unknown as MessageConnection;
    const values = this.values.map(textOf);
    // One packet.
    connection.stream.cork();
    if (this.precededBy !== undefined) {
      connection.bind({ statement: this.precededBy, values: [] });
      connection.execute({});
    }
    if (connection.parsedStatements[this.name] === undefined) connection.parse({ name: this.name, text: this.text });
    connection.bind({ statement: this.name, values });
    connection.execute({});
    connection.sync();
    connection.stream.uncork();
  }

  /** A row came. */
  handleDataRow({ fields }: { fields: TextRow }): void {
    this.rows.push(fields);
  }

  /** The statement is done; whether its transaction is will be known when the server is ready. */
  handleCommandComplete(): void {
    // How many rows were touched is not asked.
  }

  /** The server waits for the next statement. */
  handleReadyForQuery(): void {
    this.callback?.(null, this.rows);
  }

  /** The statement failed, or its connection did. */
  handleError(error: Error): void {
    this.callback?.(error);
  }
}

/** A value as the server reads it: text, except for bytes; a list as an array literal. */
function textOf(value: StatementValue): string | Buffer | null {
  if (typeof value === 'string' || value === null || Buffer.isBuffer(value)) return value;
  if (typeof value !== 'object') return String(value);
  return `{${value.map((item) => (typeof item === 'string' ? quoted(item) : String(item))).join(',')}}`;
}

function quoted(text: string): string {
  return `"${/["\\]/.test(text) ? text.replace(/["\\]/g, '\\$&') : text}"`;
}
