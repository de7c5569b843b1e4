import { ConcurrencyConflict } from '../errors.js';
import type { AppendResult } from '../types.js';

/** An event that this process knows to be the newest of a stream: it has just written it. */
interface NewestEvent {
  version: number;
  id: string;
}

// A turn may take as long as somebody else holds the head row; who has waited so long asks the database beside it.
const LONGEST_WAIT_MS = 2_000;

/**
 * Lets the appends of this process to one existing stream pass one at a time, in the order of their asking. Sent together,
 * all but one would wait in the database for the head row, lose, and ask where the stream is: two statements each for
 * nothing. Here who wanted the place that another one has just taken is told at once, and who expects what the one before
 * is about to write finds it written.
 *
 * Who waits holds neither connection nor lock, so nobody waits in a circle. Writers of other processes are met in the
 * database, as ever.
 */
export class AppendTurns {
  private readonly last = new Map<string, Promise<NewestEvent | null>>();

  /**
   * Appends one event at a version when it is this append's turn.
   * @param eventId the event's UUID: the same event again is no conflict, and the database tells.
   * @throws ConcurrencyConflict when the turn before took that version; what `append` threw.
   */
  async inTurn(
    stream: string,
    expected: number,
    eventId: string,
    append: () => Promise<AppendResult>,
  ): Promise<AppendResult> {
    const before = this.last.get(stream);
    let end = (_: NewestEvent | null): void => undefined;
    const turn = new Promise<NewestEvent | null>((resolve) => (end = resolve));
    this.last.set(stream, turn);
    let newest = before === undefined ? null : await orNothing(before);
    try {
      if (newest?.version === expected + 1 && newest.id !== eventId)
        throw new ConcurrencyConflict([{ stream, expected, actual: newest.version }]);
      // Until the database has answered, nothing is known.
      newest = null;
      const result = await append();
      if (!result.alreadyRecorded) newest = { version: result.version, id: eventId };
      return result;
    } finally {
      if (this.last.get(stream) === turn) this.last.delete(stream);
      end(newest);
    }
  }
}

/** What a turn ends with, or null when it takes too long. */
async function orNothing(turn: Promise<NewestEvent | null>): Promise<NewestEvent | null> {
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise<null>((resolve) => (timer = setTimeout(() => resolve(null), LONGEST_WAIT_MS)));
  try {
    return await Promise.race([turn, patience]);
  } finally {
    clearTimeout(timer);
  }
}
