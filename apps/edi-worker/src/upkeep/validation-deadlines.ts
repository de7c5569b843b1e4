import { type Clock, type Deciders } from '#application';
import { aggregates, passValidationDeadline } from '#domain';
import type { EventStore } from '#events';
import { randomUUID } from 'node:crypto';

const DAY_MS = 86_400_000;
/** Invoices that go on at one look. More go on at the next ones. */
const BATCH = 200;

/** Lets the invoices go on to their recipients whose validators have not answered in time (R27). */
export class ValidationDeadlines {
  /** @param days that a validator has */
  constructor(
    private readonly store: EventStore,
    private readonly deciders: Deciders,
    private readonly clock: Clock,
    private readonly days: number,
  ) {}

  /**
   * One look.
   *
   * @returns how many invoices went on
   */
  async look(): Promise<number> {
    const latest = new Date(this.clock.now().getTime() - this.days * DAY_MS);
    const { rows } = await this.store.pool.query<{ stream: string }>(
      `SELECT stream FROM read.invoices
        WHERE status IN ('A_VALIDER_1', 'A_VALIDER_2') AND status_since <= $1 ORDER BY status_since LIMIT ${BATCH}`,
      [latest],
    );
    let wentOn = 0;
    for (const { stream } of rows) {
      const commandId = randomUUID();
      const context = { commandId, correlationId: commandId, actor: 'validation-deadlines' };
      // Whoever validated it meanwhile has won: the decision then finds nothing to do.
      const events = await this.deciders.decide(aggregates.invoice, stream, context, passValidationDeadline);
      if (events.length > 0) wentOn += 1;
    }
    return wentOn;
  }
}
