/** One line of a bench. */
export interface Measurement {
  what: string;
  events: number;
  eventsPerSecond: number;
  /** Against the floor named in `floor`. */
  ratio?: number;
  floor?: string;
  /** What event-store.md section 8 demands, as text. */
  demand?: string;
  /** Milliseconds. */
  p50?: number;
  p99?: number;
  /** Greatest resident memory of this process meanwhile, MB. */
  rssPeakMb: number;
}

/** Runs something once, with its speed, the latency of each step it notes, and the peak of memory. */
export async function measure(
  what: string,
  work: (step: (milliseconds: number) => void) => Promise<number>,
): Promise<Measurement> {
  const steps: number[] = [];
  let peak = process.memoryUsage.rss();
  const watch = setInterval(() => (peak = Math.max(peak, process.memoryUsage.rss())), 50);
  const start = performance.now();
  const events = await work((milliseconds) => steps.push(milliseconds));
  const seconds = (performance.now() - start) / 1000;
  clearInterval(watch);
  steps.sort((left, right) => left - right);
  return {
    what,
    events,
    eventsPerSecond: Math.round(events / seconds),
    ...(steps.length > 0 && { p50: percentile(steps, 0.5), p99: percentile(steps, 0.99) }),
    rssPeakMb: Math.round(Math.max(peak, process.memoryUsage.rss()) / 1e6),
  };
}

/**
 * Rounds of several works, measured in turn: what else the machine does falls on all works of a round.
 *
 * @returns for each work its rounds, in their order
 */
export async function inTurn<const Works extends readonly (() => Promise<unknown>)[]>(
  rounds: number,
  works: Works,
): Promise<{ [index in keyof Works]: Awaited<ReturnType<Works[index]>>[] }> {
  const measured: unknown[][] = works.map(() => []);
  for (let round = 0; round < rounds; round++)
    for (const [index, work] of works.entries()) measured[index]?.push(await work());
  return measured as { [index in keyof Works]: Awaited<ReturnType<Works[index]>>[] };
}

/** The round of median speed. */
export function typical(rounds: readonly Measurement[]): Measurement {
  return medianBy(rounds, ({ eventsPerSecond }) => eventsPerSecond);
}

/** The ratio of works that were measured in turn: the median of those within each round. */
export function ratioOf(rounds: readonly number[], floors: readonly number[]): number {
  const ratios = rounds.map((one, round) => one / (floors[round] ?? NaN));
  return Number(medianBy(ratios, (ratio) => ratio).toFixed(3));
}

/** The item whose value is the median. @throws Error when there is none */
export function medianBy<Item>(items: readonly Item[], valueOf: (item: Item) => number): Item {
  const sorted = [...items].sort((one, other) => valueOf(one) - valueOf(other));
  const median = sorted[sorted.length >> 1];
  if (median === undefined) throw new Error('nothing was measured');
  return median;
}

/**
 * The typical round with its ratio to a floor: the median of the ratios within each round. A shared machine is half as fast a
 * second later, so that the best round of one and the best of the other tell of two machines.
 */
export function against(rounds: readonly Measurement[], floors: readonly Measurement[], demand: string): Measurement {
  const speeds = (all: readonly Measurement[]): number[] => all.map(({ eventsPerSecond }) => eventsPerSecond);
  const ratio = ratioOf(speeds(rounds), speeds(floors));
  return { ...typical(rounds), ratio, floor: floors[0]?.what ?? '', demand };
}

/** A table for people. */
export function table(rows: Measurement[]): string {
  const cells = rows.map((row) => [
    row.what,
    row.eventsPerSecond.toLocaleString('en'),
    row.ratio?.toFixed(2) ?? '',
    row.demand ?? '',
    row.p50 === undefined ? '' : `${row.p50.toFixed(2)} / ${row.p99?.toFixed(2)}`,
    String(row.rssPeakMb),
  ]);
  const all = [['what', 'events/s', 'ratio', 'demand', 'p50 / p99 ms', 'RSS MB'], ...cells];
  const widths = all[0]?.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0))) ?? [];
  return all.map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')).join('\n');
}

function percentile(sorted: number[], share: number): number {
  return Number((sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0).toFixed(3));
}
