import fc from 'fast-check';
import { noTerms, type IndexEntry } from '#einvoice';
import { entryOf, judged } from '../testing/invoices.js';
import type { JudgedInvoice } from './judged-invoice.js';
import { crashedInvoice, judgeSurvivingCrashes as judge } from './judge-surviving-crashes.js';

const outOfMemory = () =>
  Object.assign(new Error('Worker terminated due to reaching memory limit'), { code: 'ERR_WORKER_OUT_OF_MEMORY' });

/** A pool whose thread dies on certain entries. */
function poolThatDiesOn(poison: ReadonlySet<number>, death: () => Error = outOfMemory) {
  const batches: number[][] = [];
  const judge = (entries: readonly IndexEntry[]): Promise<JudgedInvoice[]> => {
    batches.push(entries.map(({ rank }) => rank));
    if (entries.some(({ rank }) => poison.has(rank))) return Promise.reject(death());
    return Promise.resolve(entries.map(({ rank }) => judged(rank, noTerms)));
  };
  return { judge, batches };
}

/** Judges, and keeps the crashes that it was told of. */
const crashes: { ranks: number[]; error: unknown }[] = [];
const judgeSurvivingCrashes = (pool: Pick<ReturnType<typeof poolThatDiesOn>, 'judge'>, batch: readonly IndexEntry[]) =>
  judge(
    pool.judge,
    batch,
    (those, error) => crashes.push({ ranks: those.map(({ rank }) => rank), error }),
    crashedInvoice,
  );

beforeEach(() => void (crashes.length = 0));

const entries = (count: number): IndexEntry[] => Array.from({ length: count }, (_, rank) => entryOf(rank));
const crashed = (invoices: readonly JudgedInvoice[]): number[] =>
  invoices
    .filter(({ findings }) => findings.some(({ rule }) => rule === 'JUDGING-CRASHED'))
    .map(({ entry }) => entry.rank);

describe('judgeSurvivingCrashes', () => {
  it('R42 judges a good batch in one piece', async () => {
    const pool = poolThatDiesOn(new Set());
    expect(crashed(await judgeSurvivingCrashes(pool, entries(8)))).toEqual([]);
    expect(pool.batches).toHaveLength(1);
  });

  it('R42 one document that kills its thread is rejected alone, by few tries', async () => {
    const pool = poolThatDiesOn(new Set([300]));
    const invoices = await judgeSurvivingCrashes(pool, entries(500));
    expect(invoices.map(({ entry }) => entry.rank)).toEqual(entries(500).map(({ rank }) => rank));
    expect(crashed(invoices)).toEqual([300]);
    expect(invoices[300]).toMatchObject({ syntax: null, terms: noTerms, findings: [{ severity: 'fatal' }] });
    expect(crashes.at(-1)).toMatchObject({ ranks: [300], error: { code: 'ERR_WORKER_OUT_OF_MEMORY' } });
    expect(pool.batches.length).toBeLessThan(2 * Math.ceil(Math.log2(500)) + 2);
  });

  it('R42 R46 gives every entry one verdict, in order, whichever of them kill', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: 40 }),
        fc.uniqueArray(fc.integer({ min: 0, max: 39 })),
        async (count, ranks) => {
          const poison = new Set(ranks.filter((rank) => rank < count));
          const invoices = await judgeSurvivingCrashes(poolThatDiesOn(poison), entries(count));
          expect(invoices.map(({ entry }) => entry.rank)).toEqual(entries(count).map(({ rank }) => rank));
          expect(crashed(invoices)).toEqual([...poison].sort((a, b) => a - b));
        },
      ),
    );
  });

  it.each([
    ['its heap', outOfMemory],
    ['a fault of the parser', () => Object.assign(new Error('memory access out of bounds'), { name: 'RuntimeError' })],
    ['the end of its thread', () => new Error('The worker thread exited')],
  ])('R42 tells a document that dies of %s', async (_, death) => {
    expect(crashed(await judgeSurvivingCrashes(poolThatDiesOn(new Set([1]), death), entries(3)))).toEqual([1]);
  });

  it('R46 does not reject an invoice for a failure of ours', async () => {
    const failing = poolThatDiesOn(new Set([1]), () => Object.assign(new Error('no such file'), { code: 'ENOENT' }));
    await expect(judgeSurvivingCrashes(failing, entries(3))).rejects.toThrow('no such file');
    expect(failing.batches).toHaveLength(1);
    expect(crashes).toEqual([]);
  });
});
