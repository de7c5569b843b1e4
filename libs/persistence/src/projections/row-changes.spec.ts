import fc from 'fast-check';
import type { PoolClient } from 'pg';
import { RowChanges } from './row-changes.js';

/** What a transaction is asked to do, in order: the statement, and its columns of values. */
function listening(): { tx: PoolClient; queries: { statement: string; columns: unknown[][] }[] } {
  const queries: { statement: string; columns: unknown[][] }[] = [];
  const query = (statement: string, columns: unknown[][]): Promise<void> => {
    queries.push({ statement, columns });
    return Promise.resolve();
  };
  return { tx: { query } as unknown as PoolClient, queries };
}

describe('RowChanges', () => {
  it('R02 makes what happened to different rows in one statement, however it was mixed', async () => {
    const { tx, queries } = listening();
    const changes = new RowChanges(tx);
    for (const row of ['a', 'b', 'c']) {
      changes.add('register', row, [row, 1]);
      changes.add('describe', row, [row, 2]);
    }
    await changes.make();
    expect(queries).toEqual([
      {
        statement: 'register',
        columns: [
          ['a', 'b', 'c'],
          [1, 1, 1],
        ],
      },
      {
        statement: 'describe',
        columns: [
          ['a', 'b', 'c'],
          [2, 2, 2],
        ],
      },
    ]);
  });

  it('R02 makes nothing twice, and nothing when there is nothing to make', async () => {
    const { tx, queries } = listening();
    const changes = new RowChanges(tx);
    await changes.make();
    changes.add('open', 'a', ['a']);
    await changes.make();
    await changes.make();
    expect(queries).toEqual([{ statement: 'open', columns: [['a']] }]);
  });

  it('R02 keeps the order of each row, whatever happens, and touches no row twice in a statement', async () => {
    const statement = fc.constantFrom('s', 't', 'u');
    const row = fc.constantFrom('a', 'b', 'c', 'd');
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(statement, row), { maxLength: 40 }), async (happened) => {
        const { tx, queries } = listening();
        const changes = new RowChanges(tx);
        for (const [index, [what, of]] of happened.entries()) changes.add(what, of, [of, index]);
        await changes.make();
        const made = queries.flatMap(({ statement: what, columns: [rows = [], indexes = []] }) => {
          expect(new Set(rows).size).toBe(rows.length);
          return rows.map((of, at) => ({ what, of, index: indexes[at] }));
        });
        for (const one of ['a', 'b', 'c', 'd'])
          expect(made.filter(({ of }) => of === one)).toEqual(
            happened.map(([what, of], index) => ({ what, of, index })).filter(({ of }) => of === one),
          );
        expect(made).toHaveLength(happened.length);
      }),
    );
  });
});
