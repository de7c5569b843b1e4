import { finding, noTerms, type IndexEntry } from '#einvoice';
import type { JudgedInvoice } from './judged-invoice.js';

/**
 * Judges a batch; when a document kills the thread that judges it (memory, a fault of a parser), halves the batch until
 * the guilty one stands alone and is rejected by a code of its own. Its neighbours are judged as if it were not there.
 *
 * @param onCrash told of each death, for the log
 * @param crashedOn the verdict on the guilty one
 */
export async function judgeSurvivingCrashes<Judged>(
  judge: (entries: readonly IndexEntry[]) => Promise<Judged[]>,
  entries: readonly IndexEntry[],
  onCrash: (batch: readonly IndexEntry[], error: unknown) => void,
  crashedOn: (entry: IndexEntry) => Judged,
): Promise<Judged[]> {
  try {
    return await judge(entries);
  } catch (error) {
    if (!diedOfIt(error)) throw error;
    onCrash(entries, error);
    const [only] = entries;
    if (entries.length === 1 && only) return [crashedOn(only)];
    const middle = Math.ceil(entries.length / 2);
    const first = await judgeSurvivingCrashes(judge, entries.slice(0, middle), onCrash, crashedOn);
    return [...first, ...(await judgeSurvivingCrashes(judge, entries.slice(middle), onCrash, crashedOn))];
  }
}

/** The verdict on an invoice that ended the thread which judged it. */
export function crashedInvoice(entry: IndexEntry): JudgedInvoice {
  const findings = [finding('JUDGING-CRASHED', {})];
  return { entry, status: 'unreadable', syntax: null, rules: [], terms: noTerms, findings, supportingDocuments: [] };
}

/** The thread ended under the document, as opposed to a failure of ours such as a file that cannot be read. */
function diedOfIt(error: unknown): boolean {
  const { code, name } = error as { code?: string; name?: string };
  return (
    code === 'ERR_WORKER_OUT_OF_MEMORY' ||
    name === 'RuntimeError' ||
    /worker thread (exited|closed)/i.test(String(error))
  );
}
