import { judgeFile, reportOf, type JudgeFileOptions } from '#einvoice';

/** Some files of a list. */
export interface ValidateTask {
  readonly files: readonly string[];
  readonly options: Pick<JudgeFileOptions, 'rules' | 'schemaFolder'>;
}

/** What is said of an invoice: a text is handed between threads at less cost than the report that it writes. */
export interface WrittenReport {
  /** The `InvoiceReport` as JSON. */
  readonly json: string;
  readonly valid: boolean;
}

/** A file with what is said of each of its invoices; null when it has to be judged where it is told. */
export interface AnsweredFile {
  readonly file: string;
  readonly reports: readonly WrittenReport[] | null;
}

/** Characters of one answer: several wait for their turn, so that an archive of a million invoices is not told here. */
const mostCharacters = 4 * 1024 ** 2;

/**
 * Judges some files in a thread. What is out of the ordinary is left to whoever tells the answers, who judges the file again: a
 * file with more to say than fits, one that cannot be read, wrong use.
 */
export default async function validate({ files, options }: ValidateTask): Promise<readonly AnsweredFile[]> {
  const answers: AnsweredFile[] = [];
  let room = mostCharacters;
  for (const file of files) {
    const reports = room > 0 ? await reportsOf(file, options, room) : null;
    for (const { json } of reports ?? []) room -= json.length;
    answers.push({ file, reports });
  }
  return answers;
}

async function reportsOf(
  file: string,
  options: ValidateTask['options'],
  most: number,
): Promise<readonly WrittenReport[] | null> {
  const reports: WrittenReport[] = [];
  let characters = 0;
  try {
    for await (const judgement of judgeFile(file, options)) {
      const report = reportOf(file, judgement);
      const json = JSON.stringify(report);
      characters += json.length;
      if (characters > most) return null;
      reports.push({ json, valid: report.valid });
    }
  } catch {
    return null;
  }
  return reports;
}
