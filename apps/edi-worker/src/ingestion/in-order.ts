/**
 * Works on the items of a source, several at once, and gives the results in the order of the items. While the consumer
 * works on one result, the next ones are being made.
 *
 * @param ahead how many items are taken before their turn: those that are worked on, and those whose results wait
 * @param atOnce how many are worked on at once
 * @throws what the source or the work throws, when its turn comes; what was started is awaited first
 */
export async function* inOrder<Item, Result>(
  source: AsyncIterable<Item>,
  { ahead, atOnce }: { readonly ahead: number; readonly atOnce: number },
  start: (item: Item) => Promise<Result>,
): AsyncGenerator<Result, void, undefined> {
  const underWay: Promise<Result>[] = [];
  const started: Promise<unknown>[] = [];
  try {
    for await (const item of source) {
      // Each begins where the one that many places before it has ended.
      const place = started.length < atOnce ? undefined : started.shift();
      const work = Promise.resolve(place).then(() => start(item));
      started.push(work.catch(() => undefined)); // thrown in its turn
      underWay.push(work);
      const oldest = underWay.length < ahead ? undefined : underWay.shift();
      if (oldest !== undefined) yield await oldest;
    }
    for (let oldest = underWay.shift(); oldest !== undefined; oldest = underWay.shift()) yield await oldest;
  } finally {
    await Promise.allSettled(underWay);
  }
}
