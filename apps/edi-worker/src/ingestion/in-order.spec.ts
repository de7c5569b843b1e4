import { setTimeout as pause } from 'node:timers/promises';
import { inOrder } from './in-order.js';

async function* numbers(count: number): AsyncGenerator<number> {
  for (let next = 0; next < count; next += 1) yield await Promise.resolve(next);
}

describe('inOrder', () => {
  it('gives the results in the order of the items, whichever is ready first', async () => {
    const results: number[] = [];
    for await (const result of inOrder(numbers(20), 4, async (item) => {
      await pause((item * 7) % 5);
      return item;
    }))
      results.push(result);
    expect(results).toEqual([...Array(20).keys()]);
  });

  it('has no more under way than it was allowed', async () => {
    let underWay = 0;
    let most = 0;
    for await (const _ of inOrder(numbers(30), 3, async () => {
      underWay += 1;
      most = Math.max(most, underWay);
      await pause(1);
      underWay -= 1;
    }));
    expect(most).toBe(3);
  });

  it('throws the failure of an item in its turn, after what was started has ended', async () => {
    const ended: number[] = [];
    const given: number[] = [];
    const consume = async (): Promise<void> => {
      for await (const result of inOrder(numbers(10), 3, async (item) => {
        await pause(item === 2 ? 0 : 5);
        ended.push(item);
        if (item === 2) throw new Error('item 2');
        return item;
      }))
        given.push(result);
    };
    await expect(consume()).rejects.toThrow('item 2');
    expect(given).toEqual([0, 1]);
    expect(ended.sort()).toEqual([0, 1, 2, 3, 4].slice(0, ended.length));
  });
});
