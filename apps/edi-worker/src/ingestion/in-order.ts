/**
 * Starts work on the items of a source, several at once, and gives the results in the order of the items. While the
 * consumer works on one result, the next ones are being made.
 *
 * @param ahead how many may be under way at once
 * @throws what the source or the work throws, when its turn comes; what was started is awaited first
 */
export async function* inOrder<Item, Result>(
  source: AsyncIterable<Item>,
  ahead: number,
  start: (item: Item) => Promise<Result>,
): AsyncGenerator<Result, void, undefined> {
  const underWay: Promise<Result>[] = [];
  try {
    for await (const item of source) {
      const work = start(item);
      work.catch(() => undefined); // thrown in its turn
      underWay.push(work);
      const oldest = underWay.length < ahead ? undefined : underWay.shift();
      if (oldest !== undefined) yield await oldest;
    }
    for (let oldest = underWay.shift(); oldest !== undefined; oldest = underWay.shift()) yield await oldest;
  } finally {
    await Promise.allSettled(underWay);
  }
}
