import { setTimeout as pause } from 'node:timers/promises';
import type { Pool } from 'pg';
import { query, required, rowsOf } from '../database/sql.js';
import { canonicalInstant } from '../envelope.js';
import { InvalidRequest } from '../errors.js';
import { BEGINNING } from '../read/log.js';
import { merkleRoot } from './merkle.js';
import { fingerprintOf, hashOfSeal, leafOf, NO_SEAL, type Seal, type SealedContent } from './seal.js';
import { insertSeal, lastSeal } from './stored-seals.js';

/** How the log is sealed. */
export interface SealerOptions {
  /** Most events of one seal; 1,000 when absent. */
  blockSize?: number;
  /** How often new events are sealed, in milliseconds; 1,000 when absent. */
  interval?: number;
  /**
   * Given each seal of this sealer once it is stored: publish its hash outside the database (bucket, mail, timestamp).
   * Without that, whoever owns the database can make a whole new chain.
   */
  onSeal?: (seal: Seal) => Promise<void> | void;
  /** Told when a round failed; the next round tries again. */
  onError?: (error: unknown) => void;
  /** The system's clock when absent. */
  clock?: () => Date;
}

const leavesQuery = query('leaves');
const ensurePartitions = query('ensure-partitions');

/**
 * Closes the settled part of the log in blocks, beside the writers: it reads below the horizon and takes no lock that
 * they need. Several may run; a number is given once.
 */
export class Sealer {
  private running: Promise<void> | undefined;
  private ending = new AbortController();

  constructor(
    private readonly pool: Pool,
    private readonly options: SealerOptions = {},
  ) {
    if (!(this.blockSize >= 1)) throw new InvalidRequest('a block has at least one event');
  }

  /** Begins to seal in the background. Does nothing when it runs already. */
  start(): void {
    if (this.running) return;
    this.ending = new AbortController();
    this.running = this.run(this.ending.signal);
  }

  /** Finishes the round at hand and stops. */
  async stop(): Promise<void> {
    this.ending.abort();
    await this.running;
    this.running = undefined;
  }

  /** Seals everything that is settled. Gives the seals made here; another sealer may have made others. */
  async sealNow(): Promise<Seal[]> {
    const made: Seal[] = [];
    for (;;) {
      const block = await this.nextBlock();
      if (!block) return made;
      if (!(await insertSeal(this.pool, block))) continue;
      made.push(block);
      await this.options.onSeal?.(block);
    }
  }

  private get blockSize(): number {
    return this.options.blockSize ?? 1_000;
  }

  private async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      try {
        await this.sealNow();
        await rowsOf(this.pool, ensurePartitions);
      } catch (error) {
        this.options.onError?.(error);
      }
      await pause(this.options.interval ?? 1_000, undefined, { signal }).catch(() => undefined);
    }
  }

  private async nextBlock(): Promise<Seal | null> {
    const before = await lastSeal(this.pool);
    const after = before?.last ?? BEGINNING;
    const rows = await rowsOf(this.pool, leavesQuery, [after.transaction, after.position, this.blockSize]);
    const contents = rows.map(sealedContent);
    const [first, last] = [contents[0], contents.at(-1)];
    if (!first || !last) return null;
    const leaves = contents.map((content) => ({ hash: content.hash, leaf: leafOf(content) }));
    const seal = {
      number: (before?.number ?? 0) + 1,
      first: { transaction: first.transaction, position: first.position },
      last: { transaction: last.transaction, position: last.position },
      events: contents.length,
      root: merkleRoot(leaves.map(({ leaf }) => leaf)),
      previous: before?.hash ?? NO_SEAL,
      sealedAt: (this.options.clock?.() ?? new Date()).toISOString(),
    };
    return { ...seal, hash: hashOfSeal(seal), fingerprints: leaves.map(fingerprintOf).join('') };
  }
}

function sealedContent(row: (string | null)[]): SealedContent {
  return {
    transaction: required(row[0]),
    position: Number(required(row[1])),
    recordedAt: canonicalInstant(required(row[2])),
    hash: required(row[3]).slice(2),
  };
}
