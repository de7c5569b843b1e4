import { csvFile, textCell, type RefusedRow } from '#application';
import { SingleBar } from 'cli-progress';
import { createWriteStream } from 'node:fs';
import { PassThrough, type Writable } from 'node:stream';
import { finished, pipeline } from 'node:stream/promises';
import { readDirectoryFile, sizeOf } from './directory-import-file.js';
import { runImport, type ImportTotals } from './directory-import-run.js';
import { createOutput } from './output.js';
import { operatorClient } from './settings.js';

/** `repons directory import`: the directory from a file; exit code 1 when lines were refused. */
export async function importDirectory(file: string, options: { report?: string; json?: boolean }): Promise<void> {
  const output = createOutput(options.json ?? false);
  const report = new RefusedRowsFile(options.report ?? `${file.replace(/\.csv$/i, '')}.refus.csv`);
  const totals = await importFile(file, report, options.json ?? false);
  output.data({ file, ...totals, report: report.path }, describe(totals, report.path));
  if (totals.refused > 0) process.exitCode = 1;
}

async function importFile(file: string, report: RefusedRowsFile, isQuiet: boolean): Promise<ImportTotals> {
  const size = await sizeOf(file);
  const client = await operatorClient();
  const bar = isQuiet || !process.stderr.isTTY ? null : new SingleBar({ format: BAR, hideCursor: true });
  bar?.start(size, 0, { rows: 0, refused: 0 });
  try {
    return await runImport(readDirectoryFile(file), {
      send: (rows) => client.importDirectory(rows),
      refuse: (rows) => report.add(rows),
      progress: ({ rows, refused }, bytesRead) => bar?.update(Math.min(bytesRead, size), { rows, refused }),
    });
  } finally {
    bar?.stop();
    await report.close();
  }
}

const BAR = '[{bar}] {percentage} % | {rows} lignes | {refused} refusées | reste {eta_formatted}';

function describe({ rows, created, changed, unchanged, refused }: ImportTotals, report: string | null): string {
  const number = (count: number): string => count.toLocaleString('fr-FR');
  const counts = `${number(rows)} lignes : ${number(created)} créées, ${number(changed)} modifiées, ${number(unchanged)} déjà conformes, ${number(refused)} refusées`;
  const lines = [counts];
  if (created + changed === 0) lines.push('Rien n’a changé.');
  if (report !== null) lines.push(`Lignes refusées : ${report}`);
  return lines.join('\n');
}

/** The refused rows, as a CSV that is made with the first of them. */
class RefusedRowsFile {
  private rows: PassThrough | null = null;
  private written: Promise<void> = Promise.resolve();

  constructor(private readonly wantedPath: string) {}

  /** Where it is, or null while nothing was refused. */
  get path(): string | null {
    return this.rows === null ? null : this.wantedPath;
  }

  async add(refused: readonly RefusedRow[]): Promise<void> {
    this.rows ??= this.open();
    for (const { line, identifier, code, message } of refused) {
      const cells = [String(line), textCell(identifier), code, textCell(message)];
      if (!this.rows.write(cells)) await drained(this.rows);
    }
  }

  async close(): Promise<void> {
    this.rows?.end();
    await this.written;
  }

  private open(): PassThrough {
    const rows = new PassThrough({ objectMode: true });
    const headers = ['Ligne', 'Identifiant', 'Code', 'Motif'];
    this.written = pipeline(csvFile(headers, rows as AsyncIterable<string[]>), createWriteStream(this.wantedPath));
    // Awaited when it is closed; until then its failure is not unhandled.
    this.written.catch((error: unknown) => rows.destroy(error instanceof Error ? error : new Error(String(error))));
    return rows;
  }
}

async function drained(stream: Writable): Promise<void> {
  await Promise.race([
    new Promise<void>((resolve) => stream.once('drain', resolve)),
    finished(stream, { readable: false }),
  ]);
}
