import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { Piscina } from 'piscina';
import { inOrder } from '../../apps/edi-worker/src/ingestion/in-order.js';
import type { AnsweredFile, ValidateTask } from './validate-thread.js';

/** Files of one task: what it costs to ask a thread is shared by some. */
const filesOfTask = 16;
/** Tasks under way for each thread: enough that none waits, few enough that their answers are small. */
const aheadForThread = 2;

/**
 * Judges the files of a list in as many threads as there are processors, and gives the answers in the order of the list. A
 * bounded number of files is under way, each with a bounded answer: memory does not grow with the list.
 */
export async function* judgeInThreads(
  files: AsyncIterable<string>,
  options: ValidateTask['options'],
): AsyncGenerator<AnsweredFile> {
  const threads = availableParallelism();
  // All of them from the start: one that is made anew loads every rule before it judges.
  const pool = new Piscina({ filename: threadProgram(), minThreads: threads, maxThreads: threads });
  const judge = async (some: readonly string[]): Promise<readonly AnsweredFile[]> => {
    const task: ValidateTask = { files: some, options };
    try {
      return (await pool.run(task)) as readonly AnsweredFile[];
    } catch {
      // A document may end its thread, with whatever else was under way there.
      return some.map((file) => ({ file, reports: null }));
    }
  };
  const ahead = threads * aheadForThread;
  try {
    for await (const answers of inOrder(grouped(files), { ahead, atOnce: ahead }, judge)) yield* answers;
  } finally {
    await pool.destroy();
  }
}

async function* grouped(files: AsyncIterable<string>): AsyncGenerator<readonly string[]> {
  let group: string[] = [];
  for await (const file of files) {
    group.push(file);
    if (group.length < filesOfTask) continue;
    yield group;
    group = [];
  }
  if (group.length > 0) yield group;
}

/** The program of the threads; run from the sources, as tests do, it is the compiled one. */
function threadProgram(): string {
  const beside = fileURLToPath(new URL('./validate-thread.js', import.meta.url));
  return existsSync(beside) ? beside : beside.replace('/tools/cli/', '/dist/tools/cli/');
}
