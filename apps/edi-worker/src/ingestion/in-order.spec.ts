import { setTimeout as pause } from 'node:timers/promises';
import { inOrder } from './in-order.js';

async function* numbers(count: number): AsyncGenerator<number> {
  for (let next = 0; next < count; next += 1) yield await Promise.resolve(next);
}

describe('inOrder', () => {
  it('gives the results in the order of the items, whichever is ready first', async () => {
    const results: number[] = [];
    for await (const result of inOrder(numbers(20), { ahead: 4, atOnce: 4 }, async (item) => {
      await pause((item * 7) % 5);
      return item;
    }))
      results.push(result);
    expect(results).toEqual([...Array(20).keys()]);
  });

  it.each([
    { ahead: 3, atOnce: 3 },
    { ahead: 3, atOnce: 1 },
    { ahead: 5, atOnce: 2 },
  ])('works on no more at once than it was allowed: %j', async (bounds) => {
    let underWay = 0;
    let most = 0;
    for await (const _ of inOrder(numbers(30), bounds, async () => {
      underWay += 1;
      most = Math.max(most, underWay);
      await pause(1);
      underWay -= 1;
    }));
    expect(most).toBe(bounds.atOnce);
  });

  it('takes no item further ahead than it was allowed', async () => {
    let taken = 0;
    const counted = async function* (): AsyncGenerator<number> {
      for await (const item of numbers(10)) {
        taken += 1;
        yield item;
      }
    };
    let given = 0;
    for await (const _ of inOrder(counted(), { ahead: 3, atOnce: 1 }, () => pause(1))) {
      given += 1;
      expect(taken).toBeLessThanOrEqual(given + 2);
    }
    expect(given).toBe(10);
  });

  it('throws the failure of an item in its turn, after what was started has ended', async () => {
    const ended: number[] = [];
    const given: number[] = [];
    const consume = async (): Promise<void> => {
      for await (const result of inOrder(numbers(10), { ahead: 3, atOnce: 3 }, async (item) => {
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
