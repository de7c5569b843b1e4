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

/** The fastest of several rounds: the machine may be shared, and noise only ever slows down. */
export async function bestOf(rounds: number, round: () => Promise<Measurement>): Promise<Measurement> {
  let best = await round();
  for (let index = 1; index < rounds; index++) {
    best = fastest(best, await round());
  }
  return best;
}

/** The faster of two rounds. */
export function fastest(left: Measurement, right: Measurement): Measurement {
  return right.eventsPerSecond > left.eventsPerSecond ? right : left;
}

/** The measurement with its ratio to a floor. */
export function against(measurement: Measurement, floor: Measurement, demand: string): Measurement {
  const ratio = Number((measurement.eventsPerSecond / floor.eventsPerSecond).toFixed(3));
  return { ...measurement, ratio, floor: floor.what, demand };
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
