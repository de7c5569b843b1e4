import {
  accountStream,
  invoiceStream,
  membershipStream,
  structureStream,
  type AccountEvent,
  type InvoiceEvent,
  type InvoiceStatus,
  type LifecycleRole,
  type MembershipEvent,
  type StructureEvent,
  type SupportRequestEvent,
} from '#domain';
import {
  Decisions,
  IdentityLinks,
  MailOutbox,
  MailSender,
  MailWriter,
  notificationReaction,
  smtpTransport,
} from '#application';
import type { EventStore } from '#events';
import { PersonalDataCipher, PersonalDataVault } from '#persistence';
import { randomUUID } from 'node:crypto';
import { startMailServer, type TestMailServer } from './mail-server.js';
import { listeningLogger, openOwnStore, TestClock, type OwnStore } from './test-store.js';

/** Address that the mails of a test come from. */
export const FROM = 'ne-pas-repondre@repons.exemple';
/** Where the portal of a test is. */
export const PORTAL = 'https://portail.exemple';
export const HOUR_MS = 3_600_000;

type AnyEvent = AccountEvent | InvoiceEvent | MembershipEvent | StructureEvent | SupportRequestEvent;

/** People and structures on a database of their own, whose mails go to an SMTP server of the test. */
export class NotifiedWorld {
  /** Ahead of the database's clock: everything that is put into the outbox is due. */
  readonly clock = new TestClock(new Date(Date.now() + HOUR_MS).toISOString());
  readonly store: EventStore;
  readonly outbox: MailOutbox;
  readonly links: IdentityLinks;
  readonly vault: PersonalDataVault;
  /** What the latest sender has logged. */
  lines: Record<string, unknown>[] = [];
  /** Position in the log up to which `quiet` has forgotten. */
  quietAt = 0;
  private people = 0;
  private structures = 0;

  constructor(
    private readonly own: OwnStore,
    public server: TestMailServer,
  ) {
    const { store } = own;
    this.store = store;
    this.vault = new PersonalDataVault(store.pool, new PersonalDataCipher('secret-des-donnees-personnelles-des-tests'));
    this.links = new IdentityLinks(store.pool, this.clock);
    this.outbox = new MailOutbox(store.pool);
  }

  /** A sender of its own. */
  sender(): MailSender {
    const { logger, lines } = listeningLogger();
    this.lines = lines;
    const writer = new MailWriter(new Decisions(this.store, this.vault), this.links, PORTAL);
    const transport = smtpTransport(this.server.url, FROM);
    return new MailSender(this.outbox, writer, transport, this.clock, logger);
  }

  /** Starts the mail server again on the port that it had. */
  async restartServer(port: number): Promise<void> {
    this.server = await startMailServer(port);
  }

  /** Records events, all by one command of an operator. */
  async happened(stream: string, ...events: AnyEvent[]): Promise<void> {
    const sealed = await this.vault.seal(events);
    const context = { commandId: randomUUID(), correlationId: 'test', actor: 'operator' };
    await this.store.append(stream, 'any', [...sealed], context);
  }

  /** Lets notifications react to everything that is in the log. */
  async react(): Promise<void> {
    const subscription = this.store.subscribe({
      ...notificationReaction,
      handle: (events, tx) => notificationReaction.handle(events, tx),
    });
    subscription.start();
    await subscription.caughtUp();
    await subscription.stop();
  }

  /** Somebody with an active account and the address `p1@exemple.fr`, `p2@…`. */
  async person(firstName: string, lastName = 'Test'): Promise<string> {
    const account = randomUUID();
    const address = `p${(this.people += 1)}@exemple.fr`;
    await this.happened(
      accountStream(account),
      { type: 'AccountCreated', data: { account, login: address, contactAddress: address, firstName, lastName } },
      { type: 'AccountActivated', data: { account } },
    );
    return account;
  }

  /** A structure whose primary manager is attached to it. */
  async structure(primaryManager: string, name = 'Commune de Lyon'): Promise<string> {
    const identifier = `2169012310${String((this.structures += 1)).padStart(4, '0')}`;
    await this.happened(structureStream(identifier), {
      type: 'StructureRegistered',
      data: { identifier, name, publicEntity: true, primaryManager },
    });
    await this.attach(identifier, primaryManager);
    return identifier;
  }

  /** Attaches somebody; by themselves, it is told to nobody. */
  async attach(identifier: string, account: string, by = account): Promise<void> {
    const key = { structure: identifier, account };
    await this.happened(membershipStream(key), { type: 'UserAttached', data: { ...key, by } });
  }

  /** Lets somebody begin or cease to follow what a structure issues. */
  async subscribes(structure: string, account: string, type: 'SpaceSubscribed' | 'SpaceUnsubscribed'): Promise<void> {
    const key = { structure, account };
    const data = { ...key, space: 'ISSUED_INVOICES', service: null, right: 'consultation', by: account } as const;
    await this.happened(membershipStream(key), { type, data });
  }

  /** Gives the invoice of a structure a status, whatever it had before. */
  async invoiceGets(issuer: string, recipient: string, to: InvoiceStatus, by: LifecycleRole): Promise<void> {
    const number = 'F2026-0001';
    const issueDate = '2026-11-20';
    await this.happened(invoiceStream(issuer, number, issueDate), {
      type: 'InvoiceStatusChanged',
      data: {
        invoice: { number, issueDate, issuer, recipient, sender: issuer, serviceCode: null, validator: null },
        from: 'MISE_A_DISPOSITION',
        to,
        by,
        reason: to === 'SUSPENDUE' ? 'JUSTIF_ABS' : null,
        comment: null,
        paymentOrder: null,
        secondValidator: null,
      },
    });
  }

  /** Lets somebody ask for attachment. */
  async asksAttachment(identifier: string, account: string): Promise<void> {
    const key = { structure: identifier, account };
    await this.happened(membershipStream(key), { type: 'AttachmentRequested', data: key });
  }

  /** Forgets what there was to tell until now. */
  async quiet(): Promise<void> {
    await this.react();
    await this.store.pool.query(`UPDATE outbox.mails SET status = 'dropped' WHERE status = 'waiting'`);
    this.quietAt = (await this.store.head())?.position ?? 0;
  }

  /** The outbox, without what `quiet` forgot. */
  async rows(): Promise<Record<string, unknown>[]> {
    const { rows } = await this.store.pool.query<Record<string, unknown>>(
      `SELECT * FROM outbox.mails WHERE status <> 'dropped' OR reason IS NOT NULL ORDER BY recipient, id`,
    );
    return rows;
  }

  /** Subjects of what the server took, sorted. */
  subjects(): string[] {
    return this.server.mails.map(({ headers }) => headers['subject']?.[0] ?? '').sort();
  }

  async close(): Promise<void> {
    await this.server.close();
    await this.own.close();
  }
}

/** Opens a world with nobody in it. */
export async function startNotifiedWorld(): Promise<NotifiedWorld> {
  return new NotifiedWorld(await openOwnStore(), await startMailServer());
}
