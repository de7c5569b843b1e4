import { notificationReaction, type Logger, type MailSender } from '#application';
import type { EventStore, Subscription } from '#events';
import { repeat, type Repeating } from '../upkeep/repeat.js';

/** How often the outbox is looked at. */
const LOOK_MS = 1_000;

/**
 * Notifications of the worker: what happens becomes mails in the outbox, and what is in the outbox is sent. Several workers
 * may do both. Without a mail server mails wait, and go out when there is one.
 */
export class Notifications {
  private subscription: Subscription | null = null;
  private loop: Repeating | null = null;

  /** @param sender null when no mail server is set */
  constructor(
    private readonly store: EventStore,
    private readonly sender: MailSender | null,
    private readonly logger: Logger,
  ) {}

  /** Starts both. */
  start(): void {
    const { sender } = this;
    if (sender === null) this.logger.warn('no mail server is set: mails wait in the outbox');
    else this.loop = repeat('mails', LOOK_MS, this.logger, () => sender.sendDue());
    this.subscription = this.store.subscribe({
      name: notificationReaction.name,
      types: notificationReaction.types,
      handle: (events, tx) => notificationReaction.handle(events, tx),
      onError: (error, failure) =>
        this.logger.error({ ...failure, error: error instanceof Error ? error.message : String(error) }, 'no notice'),
    });
    this.subscription.start();
  }

  /** Resolves when the mails that are on their way have been answered. */
  async stop(): Promise<void> {
    this.sender?.stop();
    await this.loop?.stop();
    await this.subscription?.stop();
  }
}
