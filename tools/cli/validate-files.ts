import { once } from 'node:events';
import { judgeFile, reportOf, SchemaFolderError, UnknownRuleSet } from '#einvoice';
import { describeJudgement } from './validate-report.js';
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

/**
 * Judges files one after the other, and writes what was found of each on standard output in that order, no faster than it is
 * read: memory does not grow with the list. A file that cannot be read is told on standard error, and the others go on.
 *
 * @throws UsageError when the rule set or the folder of schemas is none
 */
export async function validateFiles(
  files: Iterable<string> | AsyncIterable<string>,
  { json, rules, schemaFolder }: ValidateSettings,
): Promise<ValidateOutcome> {
  let [invalid, failed] = [0, 0];
  const options = {
    ...(rules === undefined ? {} : { rules }),
    ...(schemaFolder === undefined ? {} : { schemaFolder }),
  };
  for await (const file of files) {
    try {
      for await (const judgement of judgeFile(file, options)) {
        const line = reportOf(file, judgement);
        if (!line.valid) invalid++;
        await write(`${json ? JSON.stringify(line) : describeJudgement(line)}\n`);
      }
    } catch (error) {
      if (error instanceof UnknownRuleSet || error instanceof SchemaFolderError) throw new UsageError(error.message);
      if (!isFileError(error)) throw error;
      failed++;
      process.stderr.write(`repons : ${file} : ${error.message}\n`);
    }
  }
  return { invalid, failed };
}

function isFileError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'code' in error && 'syscall' in error;
}

async function write(text: string): Promise<void> {
  if (!process.stdout.write(text)) await once(process.stdout, 'drain');
}
