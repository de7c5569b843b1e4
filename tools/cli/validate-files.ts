import { once } from 'node:events';
import { judgeFile, reportOf, SchemaFolderError, UnknownRuleSet, type InvoiceReport } from '#einvoice';
import { describeJudgement } from './validate-report.js';
import type { WrittenReport } from './validate-thread.js';
import { UsageError } from './usage-error.js';

/** How files are to be validated and told. */
export interface ValidateSettings {
  readonly rules?: string;
  readonly schemaFolder?: string;
  readonly json: boolean;
}

/** What became of the files. */
export interface ValidateOutcome {
  /** Invoices that are not valid. */
  readonly invalid: number;
  /** Files that could not be read at all. */
  readonly failed: number;
}

/** Files that are judged before threads are started for the others: each thread loads the rules and warms them up anew. */
const fewFiles = 500;

/**
 * Judges files, and writes what was found of each on standard output in their order, no faster than it is read: memory does not
 * grow with the list. A file that cannot be read is told on standard error, and the others go on. The first files are
 * judged one after the other, those of a longer list in threads; what is written is the same.
 *
 * @throws UsageError when the rule set or the folder of schemas is none
 */
export async function validateFiles(
  files: Iterable<string> | AsyncIterable<string>,
  { json, rules, schemaFolder }: ValidateSettings,
): Promise<ValidateOutcome> {
  const options = {
    ...(rules === undefined ? {} : { rules }),
    ...(schemaFolder === undefined ? {} : { schemaFolder }),
  };
  const teller = new Teller(json, options);
  const list = asList(files);
  for (let few = 0; few < fewFiles; few++) {
    const next = await list.next();
    if (next.done === true) return teller;
    await teller.judge(next.value);
  }
  // Threads, and what starts them, are loaded for long lists alone.
  const { judgeInThreads } = await import('./validate-pool.js');
  for await (const { file, reports } of judgeInThreads(list, options)) {
    if (reports === null) await teller.judge(file);
    else for (const report of reports) await teller.tellWritten(report);
  }
  return teller;
}

/** Writes what is found, and counts it. */
class Teller implements ValidateOutcome {
  invalid = 0;
  failed = 0;

  constructor(
    private readonly json: boolean,
    private readonly options: Omit<ValidateSettings, 'json'>,
  ) {}

  /** Judges a file, one invoice after the other, and tells each as it is judged. */
  async judge(file: string): Promise<void> {
    try {
      for await (const judgement of judgeFile(file, this.options)) await this.#tell(reportOf(file, judgement));
    } catch (error) {
      if (error instanceof UnknownRuleSet || error instanceof SchemaFolderError) throw new UsageError(error.message);
      if (!isFileError(error)) throw error;
      this.failed++;
      process.stderr.write(`repons : ${file} : ${error.message}\n`);
    }
  }

  /** Tells a report that a thread has written. */
  async tellWritten({ json, valid }: WrittenReport): Promise<void> {
    if (!valid) this.invalid++;
    await write(`${this.json ? json : describeJudgement(JSON.parse(json) as InvoiceReport)}\n`);
  }

  async #tell(report: InvoiceReport): Promise<void> {
    if (!report.valid) this.invalid++;
    await write(`${this.json ? JSON.stringify(report) : describeJudgement(report)}\n`);
  }
}

async function* asList(files: Iterable<string> | AsyncIterable<string>): AsyncGenerator<string, void, undefined> {
  yield* files;
}

function isFileError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'code' in error && 'syscall' in error;
}

async function write(text: string): Promise<void> {
  if (!process.stdout.write(text)) await once(process.stdout, 'drain');
}
