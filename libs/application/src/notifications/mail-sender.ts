import type { Clock } from '../shared/clock.js';
import type { Logger } from '../shared/logger.js';
import type { MailOutbox, SenderSession, WaitingMail } from './mail-outbox.js';
import { MailNotTaken, type MailTransport } from './mail-transport.js';
import type { MailWriter, WrittenMail } from './mail-writer.js';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** Pauses after the first tries that failed; then the last one again and again. */
const PAUSES_MS = [1, 5, 15, 30, 60, 120].map((minutes) => minutes * MINUTE_MS);

/** How long a mail is tried before it is given up: four to five days (RFC 5321, 4.5.4.1). */
const GIVEN_UP_AFTER_MS = 5 * DAY_MS;

/** Mails sent side by side. */
const AT_ONCE = 4;

/** Pauses while the server is out of reach, doubled each time. */
const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = MINUTE_MS;

/**
 * Sends what waits in the outbox. Several may work side by side: each mail is claimed by one. A mail goes out twice only when
 * its sender dies, or loses the database, between the server's answer and the mark that says so; its Message-ID is the same
 * then, by which mailboxes recognise it. A server that cannot be reached costs no mail a try.
 */
export class MailSender {
  private stopped = false;
  private failures = 0;
  private notBefore = 0;

  constructor(
    private readonly outbox: MailOutbox,
    private readonly writer: MailWriter,
    private readonly transport: MailTransport,
    private readonly clock: Clock,
    private readonly logger: Logger,
  ) {}

  /** Sends everything that is due. Resolves when nothing is left, when the server is away, or soon after {@link stop}. */
  async sendDue(): Promise<void> {
    const now = this.clock.now();
    if (this.stopped || now.getTime() < this.notBefore || !(await this.outbox.hasDue(now))) return;
    // Before any link is issued: a new one takes the place of one that the person may hold already.
    if (!(await this.isServerThere())) return;
    await this.outbox.asSender(async (session) => {
      await this.outbox.releaseAbandoned();
      while (!this.stopped && !session.isLost()) {
        const mails = await this.outbox.claim(session, AT_ONCE, this.clock.now());
        if (mails.length === 0) return;
        const results = await Promise.allSettled(mails.map((mail) => this.send(session, mail)));
        for (const result of results) if (result.status === 'rejected') throw result.reason;
        if (results.some((result) => result.status === 'fulfilled' && !result.value)) return;
      }
    });
  }

  /** Ends after the mails that are on their way. */
  stop(): void {
    this.stopped = true;
  }

  private async isServerThere(): Promise<boolean> {
    try {
      await this.transport.verify();
    } catch (error) {
      if (!(error instanceof MailNotTaken)) throw error;
      this.failures += 1;
      const pause = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** Math.min(this.failures - 1, 20));
      this.notBefore = this.clock.now().getTime() + pause;
      if (this.failures === 1) this.logger.warn({ reason: error.reason }, 'mail server out of reach, mails wait');
      return false;
    }
    if (this.failures > 0) this.logger.info({ failures: this.failures }, 'mail server is back');
    this.failures = 0;
    return true;
  }

  /** Sends one mail and says what became of it; false when the connection failed. */
  private async send(session: SenderSession, mail: WaitingMail): Promise<boolean> {
    const { id, template } = mail;
    const written = await this.write(mail);
    if (written === null) {
      await this.putOff(session, mail, 'cannot-be-written');
      return true;
    }
    if (written.outcome === 'dropped') {
      await this.outbox.end(session, id, 'dropped', written.reason, this.clock.now());
      return true;
    }
    try {
      await this.transport.send(written.mail);
    } catch (error) {
      if (!(error instanceof MailNotTaken)) throw error;
      await this.notTaken(session, mail, error);
      return !error.connection;
    }
    await this.outbox.end(session, id, 'sent', null, this.clock.now());
    this.logger.debug({ mail: id, template }, 'mail sent');
    return true;
  }

  private async notTaken(
    session: SenderSession,
    mail: WaitingMail,
    { reason, permanent }: MailNotTaken,
  ): Promise<void> {
    const { id, template, attempts, firstTriedAt } = mail;
    const now = this.clock.now();
    const isTooOld = now.getTime() - (firstTriedAt ?? now).getTime() >= GIVEN_UP_AFTER_MS;
    if (permanent || isTooOld) {
      await this.outbox.end(session, id, 'failed', reason, now);
      this.logger.warn({ mail: id, template, reason, attempts: attempts + 1 }, 'mail failed for good');
      return;
    }
    await this.putOff(session, mail, reason);
  }

  private async putOff(session: SenderSession, { id, template, attempts }: WaitingMail, reason: string): Promise<void> {
    const now = this.clock.now();
    const pause = PAUSES_MS[Math.min(attempts, PAUSES_MS.length - 1)] ?? 0;
    await this.outbox.postpone(session, id, new Date(now.getTime() + pause), reason, now);
    this.logger.info({ mail: id, template, reason, attempts: attempts + 1 }, 'mail put off');
  }

  /** Null when it cannot be written now: what is wrong with one mail, such as a name that cannot be decrypted, is not to hold up the others. */
  private async write(mail: WaitingMail): Promise<WrittenMail | null> {
    try {
      return await this.writer.write(mail);
    } catch (error) {
      const { name } = error instanceof Error ? error : { name: 'Error' };
      this.logger.error({ mail: mail.id, template: mail.template, error: name }, 'mail cannot be written');
      return null;
    }
  }
}
