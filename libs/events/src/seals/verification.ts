import type { Pool } from 'pg';
import { query, rowsOf } from '../database/sql.js';
import { hashOfEnvelope } from '../envelope.js';
import { BEGINNING, readStoredPage } from '../read/log.js';
import type { StoredEvent } from '../read/rows.js';
import { compareCheckpoints, type Checkpoint } from '../types.js';
import { describeDifference, type StandingLeaf } from './block-comparison.js';
import type { VerifyProblem } from './problems.js';
import { merkleRoot } from './merkle.js';
import { hashOfSeal, leafOf, NO_SEAL, type Seal } from './seal.js';
import { lastSeal, sealsAfter } from './stored-seals.js';

/** What a verification found. */
export interface VerifyReport {
  ok: boolean;
  /** Events read: all that were settled. */
  events: number;
  /** Seals read. */
  seals: number;
  /** Events behind the last seal: protected by rights only until they are sealed. */
  unsealed: number;
  /** In log order, those of streams last; at most 100. */
  problems: VerifyProblem[];
  /** The first of them, or null. */
  first: VerifyProblem | null;
}

/** How a verification is done. */
export interface VerifyOptions {
  onProgress?: (done: { events: number; seals: number }) => void;
  /** Seals as published outside the database: they must be in the chain, which a chain cut or made anew does not hold. */
  published?: readonly Pick<Seal, 'number' | 'hash'>[];
}

const streamsQuery = query('verify-streams');
const PAGE = 1_000;
const SEALS_PER_PAGE = 100;
const MOST_PROBLEMS = 100;

/** Reads the whole log once and recomputes everything: event hashes, leaves, roots, the chain, the streams' versions. */
export class Verification {
  private readonly problems: VerifyProblem[] = [];
  private readonly published: Map<number, string>;
  private events = 0;
  private seals = 0;
  private previous: Seal | null = null;
  private upcoming: Seal[] = [];
  private newestSeal = 0;
  private lastFetched = 0;
  private block: StandingLeaf[] = [];

  constructor(
    private readonly pool: Pool,
    private readonly options: VerifyOptions = {},
  ) {
    this.published = new Map((options.published ?? []).map(({ number, hash }) => [number, hash]));
  }

  /** Does it. Once per object. Memory is that of one block and two pages, whatever the length of the log. */
  async run(): Promise<VerifyReport> {
    // Seals made from now on may cover events that are read no more: only those that exist already are judged.
    this.newestSeal = (await lastSeal(this.pool))?.number ?? 0;
    // The server sorts the streams on one core while the log is read and hashed on another.
    const brokenStreams = this.brokenStreams();
    brokenStreams.catch(() => undefined);
    let next = readStoredPage(this.pool, { after: BEGINNING, limit: PAGE });
    for (;;) {
      const page = await next;
      if (page.events.length === 0) break;
      // The server reads the next page while this one is hashed.
      next = readStoredPage(this.pool, { after: page.checkpoint, limit: PAGE });
      next.catch(() => undefined);
      for (const event of page.events) {
        // Awaited only where a block ends: a promise per event costs as much as its hash.
        if (this.mayEndBlock(event)) await this.closeBlocksBefore(event);
        this.judge(event);
      }
      this.options.onProgress?.({ events: this.events, seals: this.seals });
    }
    for (let seal = await this.nextSeal(); seal; seal = await this.nextSeal()) this.closeBlock(seal);
    this.assertPublished();
    for (const problem of await brokenStreams) this.found(problem);
    return {
      ok: this.problems.length === 0,
      events: this.events,
      seals: this.seals,
      unsealed: this.block.length,
      problems: this.problems,
      first: this.problems[0] ?? null,
    };
  }

  private mayEndBlock(event: StoredEvent): boolean {
    const [seal] = this.upcoming;
    return seal ? compareCheckpoints(event, seal.last) > 0 : this.lastFetched < this.newestSeal;
  }

  private async closeBlocksBefore(event: StoredEvent): Promise<void> {
    for (
      let seal = await this.nextSeal();
      seal && compareCheckpoints(event, seal.last) > 0;
      seal = await this.nextSeal()
    )
      this.closeBlock(seal);
  }

  private judge(event: StoredEvent): void {
    this.events += 1;
    this.block.push({
      transaction: event.transaction,
      position: event.position,
      hash: event.hash,
      leaf: leafOf(event),
    });
    if (hashOfEnvelope(event) !== event.hash)
      this.found({
        kind: 'event-changed',
        ...placeOf(event),
        stream: event.stream,
        detail: 'it does not give its hash',
      });
  }

  private closeBlock(seal: Seal): void {
    this.upcoming.shift();
    this.seals += 1;
    this.chain(seal);
    const matches = this.block.length === seal.events && merkleRoot(this.block.map(({ leaf }) => leaf)) === seal.root;
    if (!matches) {
      const difference = describeDifference(seal, this.block);
      // A changed event whose stored hash was left alone was found already.
      if (!this.problems.some(({ position }) => position === difference.position)) this.found(difference);
    }
    this.previous = seal;
    this.block = [];
  }

  private chain(seal: Seal): void {
    const number = (this.previous?.number ?? 0) + 1;
    const problem = (kind: VerifyProblem['kind'], detail: string): void =>
      this.found({ kind, ...placeOf(seal.first), seal: seal.number, detail });
    if (seal.number !== number) problem('seal-chain-broken', `seal ${number} is gone`);
    else if (seal.previous !== (this.previous?.hash ?? NO_SEAL))
      problem('seal-chain-broken', 'it is not chained to the seal before');
    if (hashOfSeal(seal) !== seal.hash) problem('seal-changed', 'the seal does not give its hash');
    if (this.published.has(seal.number) && this.published.get(seal.number) !== seal.hash)
      problem('seal-not-as-published', 'another seal was published under this number');
    this.published.delete(seal.number);
  }

  private assertPublished(): void {
    for (const number of this.published.keys())
      this.found({ kind: 'seal-not-as-published', seal: number, detail: 'a published seal is gone' });
  }

  private async brokenStreams(): Promise<VerifyProblem[]> {
    const client = await this.pool.connect();
    try {
      await client.query('BEGIN READ ONLY; SET LOCAL statement_timeout = 0');
      const rows = await rowsOf(client, streamsQuery, [MOST_PROBLEMS]);
      await client.query('COMMIT');
      return rows.map(([stream, version, events, highest, transaction, position, isMisnumbered]) => ({
        kind: 'stream-broken',
        ...(transaction && position && { transaction, position: Number(position) }),
        stream: stream ?? '',
        detail:
          `head row at ${version ?? 'none'}, ${events ?? 0} events, newest version ${highest ?? 'none'}` +
          (isMisnumbered === 't' ? ', not all under its number' : ''),
      }));
    } finally {
      client.release(true);
    }
  }

  private async nextSeal(): Promise<Seal | undefined> {
    if (this.upcoming.length === 0 && this.lastFetched < this.newestSeal) {
      this.upcoming = await sealsAfter(this.pool, this.lastFetched, SEALS_PER_PAGE);
      this.lastFetched = this.upcoming.at(-1)?.number ?? this.newestSeal;
      this.upcoming = this.upcoming.filter(({ number }) => number <= this.newestSeal);
    }
    return this.upcoming[0];
  }

  private found(problem: VerifyProblem): void {
    if (this.problems.length < MOST_PROBLEMS) this.problems.push(problem);
  }
}

function placeOf({ transaction, position }: Checkpoint): Checkpoint {
  return { transaction, position };
}
