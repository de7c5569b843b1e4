import { byteBlocks } from '../shared/byte-blocks.js';
import { csvFile } from '../shared/csv-file.js';

/** Forms of an export. */
export type ExportFormat = 'csv' | 'json';

/** One column of the CSV of an export. */
export interface ExportColumn<Row> {
  /** What people read. */
  readonly header: string;
  /** The cell, so written that no spreadsheet takes it for a formula. */
  readonly cell: (row: Row) => string;
}

/**
 * An export as a file: a CSV for people, or the same rows with their raw values for machines, `{"items": [...]}`, one line for
 * each. Memory does not grow with the number of rows.
 *
 * @throws whatever `rows` throws
 */
export function exportFile<Row extends object>(
  format: ExportFormat,
  columns: readonly ExportColumn<Row>[],
  rows: AsyncIterable<Row>,
): AsyncIterable<Buffer> {
  if (format === 'json') return byteBlocks(jsonPieces(rows));
  return csvFile(
    columns.map(({ header }) => header),
    cellsOf(columns, rows),
  );
}

async function* cellsOf<Row>(
  columns: readonly ExportColumn<Row>[],
  rows: AsyncIterable<Row>,
): AsyncGenerator<readonly string[]> {
  for await (const row of rows) yield columns.map(({ cell }) => cell(row));
}

async function* jsonPieces(rows: AsyncIterable<object>): AsyncGenerator<string> {
  let separator = '{"items":[\n';
  for await (const row of rows) {
    yield separator + JSON.stringify(row);
    separator = ',\n';
  }
  yield separator.startsWith('{') ? '{"items":[]}\n' : '\n]}\n';
}

/** How a yes or a no is written for people. */
export function yesOrNo(value: boolean): string {
  return value ? 'oui' : 'non';
}
