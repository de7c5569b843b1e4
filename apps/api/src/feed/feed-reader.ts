import { feedCursor, placeOfCursor, type Caller, type FeedEvent } from '#application';
import type { Checkpoint } from '#events';
import type { Response } from 'express';
import { once } from 'node:events';

/** Somebody who listens to the feed: where they are, what wakes them, and how fast they take it. */
export class FeedReader {
  /** Structures whose news the reader gets; null for everybody's. */
  private parties: ReadonlySet<string> | null = new Set();
  /** Whether something may have come since the last page was begun. */
  private isWoken = true;
  private isBlocked = false;
  private endPause: () => void = () => undefined;

  /**
   * @param token by which the caller was recognised
   * @param place behind which the reader goes on
   */
  constructor(
    readonly caller: Caller,
    readonly token: string,
    readonly response: Response,
    private place: Checkpoint,
  ) {}

  /** Place behind which the next page begins. */
  get after(): Checkpoint {
    return this.place;
  }

  /** Says whose news the reader gets from now on; null for everybody's. */
  listensTo(parties: readonly string[] | null): void {
    this.parties = parties === null ? null : new Set(parties);
  }

  /** Whether something came for the reader. */
  isConcerned(came: ReadonlySet<string> | null): boolean {
    const { parties } = this;
    if (came === null || parties === null) return true;
    const [few, many] = came.size < parties.size ? [came, parties] : [parties, came];
    for (const party of few) if (many.has(party)) return true;
    return false;
  }

  /** What comes from now on is not on the page that is being read. */
  beginPage(): void {
    this.isWoken = false;
  }

  /** Goes on behind a cursor. */
  moveTo(cursor: string): void {
    this.place = placeOfCursor(cursor) ?? this.place;
  }

  /** Something came, or it is over. */
  wake(): void {
    this.isWoken = true;
    this.endPause();
  }

  /** Waits until something comes for the reader, or so many milliseconds. */
  async pause(longestMs: number): Promise<void> {
    if (this.isWoken) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, longestMs);
      this.endPause = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  /** Sends an event, and waits until there is room for the next one; a reader who takes nothing for so long is given up. */
  async send(event: FeedEvent, stalledMs: number): Promise<void> {
    const { response } = this;
    if (response.write(asServerSentEvent(event)) || response.closed) return;
    this.isBlocked = true;
    const ending = new AbortController();
    const timer = setTimeout(() => response.destroy(), stalledMs);
    try {
      const { signal } = ending;
      await Promise.race([once(response, 'drain', { signal }), once(response, 'close', { signal })]);
    } finally {
      clearTimeout(timer);
      ending.abort();
      this.isBlocked = false;
    }
  }

  /** Shows proxies that the connection lives, and tells the cursor, which has moved on over what is other people's. */
  beat(): void {
    const { response } = this;
    if (!this.isBlocked && !response.closed && !response.writableNeedDrain)
      response.write(`: \nid: ${feedCursor(this.place)}\n\n`);
  }

  /** The process ends: nobody waits for a reader who takes nothing. */
  dismiss(): void {
    if (this.isBlocked) this.response.destroy();
    this.wake();
  }
}

/** WHATWG HTML, 9.2: the cursor comes back as `Last-Event-ID`. JSON has no line breaks in it. */
function asServerSentEvent(event: FeedEvent): string {
  return `id: ${event.sequence}\nevent: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`;
}
