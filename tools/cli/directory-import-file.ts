import type { ImportedRow, RefusedRow } from '#application';
import { CsvError, parse } from 'csv-parse';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { COLUMNS, readRow, type Cells } from './directory-import-rows.js';
import { UsageError } from './usage-error.js';

/** One row of the file, and how far the file was read when it came. */
export interface ReadRow {
  readonly row: ImportedRow | RefusedRow;
  /** Bytes read of the file so far; ahead of the row by what the streams hold. */
  readonly bytesRead: number;
}

/** More than any row of texts within their limits; past it somebody forgot to close a quotation mark. */
const LONGEST_ROW = 64 * 1024;

/** Size of the file in bytes. @throws UsageError when it cannot be opened */
export async function sizeOf(file: string): Promise<number> {
  const found = await stat(file).catch(() => null);
  if (found?.isFile() !== true) throw new UsageError(`Le fichier « ${file} » ne peut pas être lu.`);
  return found.size;
}

/**
 * Reads a directory file row by row: CSV in UTF-8 with `;`, its columns named by the first line. A row that cannot be read is
 * refused (`ANN-001`) and the next ones are read; memory does not grow with the file.
 *
 * @throws UsageError when the first line does not name the columns
 */
export async function* readDirectoryFile(file: string): AsyncGenerator<ReadRow> {
  const unreadable: RefusedRow[] = [];
  const bytes = createReadStream(file);
  const records = bytes.pipe(
    parse({
      delimiter: ';',
      bom: true,
      columns: columnsOf,
      info: true,
      trim: true,
      skip_empty_lines: true,
      max_record_size: LONGEST_ROW,
      skip_records_with_error: true,
      on_skip: (error) => {
        unreadable.push(unreadableRow(error));
        return undefined;
      },
    }),
  );
  bytes.on('error', (error) => records.destroy(error));
  try {
    for await (const { info, record } of records as AsyncIterable<{ info: { lines: number }; record: Cells }>) {
      for (const row of unreadable.splice(0)) yield { row, bytesRead: bytes.bytesRead };
      yield { row: readRow(record, info.lines), bytesRead: bytes.bytesRead };
    }
    for (const row of unreadable.splice(0)) yield { row, bytesRead: bytes.bytesRead };
  } finally {
    bytes.destroy();
  }
}

function columnsOf(header: readonly string[]): (string | undefined)[] {
  const names = header.map((name) => name.trim().toLowerCase());
  const missing = ['identifiant', 'nom'].filter((column) => !names.includes(column));
  const unknown = names.filter((name) => !(COLUMNS as readonly string[]).includes(name));
  const twice = names.filter((name, index) => names.indexOf(name) !== index);
  const faults = [
    ...missing.map((name) => `il manque la colonne « ${name} »`),
    ...unknown.map((name) => `la colonne « ${name.slice(0, 40)} » n’est pas connue`),
    ...twice.map((name) => `la colonne « ${name} » y est deux fois`),
  ];
  if (faults.length > 0)
    throw new UsageError(
      `La première ligne nomme les colonnes, séparées par « ; » : ${faults.slice(0, 5).join(', ')}.`,
    );
  return names;
}

function unreadableRow(error: CsvError | undefined): RefusedRow {
  const line = error instanceof CsvError && typeof error['lines'] === 'number' ? error['lines'] : 0;
  const message = 'La ligne ne se lit pas : guillemets mal fermés, ou pas autant de cellules que la première ligne.';
  return { line, identifier: '', code: 'ANN-001', message };
}
