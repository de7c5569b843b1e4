import {
  accountStream,
  membershipStream,
  structureStream,
  supportRequestStream,
  type AccountEvent,
  type MembershipEvent,
  type StructureEvent,
  type SupportRequestEvent,
} from '#domain';
import type { EventStore } from '#events';
import { PersonalDataCipher, PersonalDataVault } from '#persistence';
import { randomUUID } from 'node:crypto';
import { createTestDatabase, type TestDatabase } from '../../../../test/support/database.js';
import { Decisions } from '../decisions/decisions.js';
import { IdentityLinks } from '../identity/identity-links.js';
import { startMailServer, type TestMailServer } from '../testing/mail-server.js';
import { listeningLogger, openTestStore, TestClock } from '../testing/test-store.js';
import { MailOutbox } from './mail-outbox.js';
import { MailSender } from './mail-sender.js';
import { smtpTransport, type MailTransport } from './mail-transport.js';
import { MailWriter } from './mail-writer.js';
import { notificationReaction } from './notification-reaction.js';

const FROM = 'ne-pas-repondre@repons.exemple';
const PORTAL = 'https://portail.exemple';
const HOUR_MS = 3_600_000;

type AnyEvent = AccountEvent | MembershipEvent | StructureEvent | SupportRequestEvent;

describe('notifications', () => {
  let database: TestDatabase;
  let store: EventStore;
  let vault: PersonalDataVault;
  let decisions: Decisions;
  let links: IdentityLinks;
  let outbox: MailOutbox;
  let server: TestMailServer;
  let clock: TestClock;
  let lines: Record<string, unknown>[];
  let people = 0;
  let structures = 0;

  beforeEach(async () => {
    database = await createTestDatabase();
    store = await openTestStore(database.connectionString);
    vault = new PersonalDataVault(store.pool, new PersonalDataCipher('secret-des-donnees-personnelles-des-tests'));
    decisions = new Decisions(store, vault);
    // Ahead of the database's clock: everything that is put into the outbox is due.
    clock = new TestClock(new Date(Date.now() + HOUR_MS).toISOString());
    links = new IdentityLinks(store.pool, clock);
    outbox = new MailOutbox(store.pool);
    server = await startMailServer();
    people = 0;
  });

  afterEach(async () => {
    await server.close();
    await store.close();
    await database.drop();
  });

  function sender(transport: MailTransport = smtpTransport({ smtpUrl: server.url, from: FROM })): MailSender {
    const listening = listeningLogger();
    lines = listening.lines;
    return new MailSender(outbox, new MailWriter(decisions, links, PORTAL), transport, clock, listening.logger);
  }

  /** Records events, all by one command. */
  async function happened(stream: string, ...events: AnyEvent[]): Promise<void> {
    const sealed = await vault.seal(events);
    const context = { commandId: randomUUID(), correlationId: 'test', actor: 'operator' };
    await store.append(stream, 'any', [...sealed], context);
  }

  /** Lets notifications react to everything that is in the log. */
  async function react(): Promise<void> {
    const subscription = store.subscribe({
      ...notificationReaction,
      handle: (events, tx) => notificationReaction.handle(events, tx),
    });
    subscription.start();
    await subscription.caughtUp();
    await subscription.stop();
  }

  /** Somebody with an active account, whose creation is told to nobody any more. */
  async function person(firstName: string, lastName = 'Test'): Promise<string> {
    const account = randomUUID();
    const address = `p${(people += 1)}@exemple.fr`;
    await happened(
      accountStream(account),
      { type: 'AccountCreated', data: { account, login: address, contactAddress: address, firstName, lastName } },
      { type: 'AccountActivated', data: { account } },
    );
    return account;
  }

  /** A structure whose manager is attached to it. */
  async function structure(primaryManager: string, name = 'Commune de Lyon'): Promise<string> {
    const identifier = `2169012310${String((structures += 1)).padStart(4, '0')}`;
    await happened(structureStream(identifier), {
      type: 'StructureRegistered',
      data: { identifier, name, publicEntity: true, primaryManager },
    });
    await attach(identifier, primaryManager);
    return identifier;
  }
  async function attach(identifier: string, account: string, by = account): Promise<void> {
    const key = { structure: identifier, account };
    await happened(membershipStream(key), { type: 'UserAttached', data: { ...key, by } });
  }
  async function asksAttachment(identifier: string, account: string): Promise<void> {
    const key = { structure: identifier, account };
    await happened(membershipStream(key), { type: 'AttachmentRequested', data: key });
  }

  /** Forgets what was told until now. */
  async function quiet(): Promise<void> {
    await react();
    await store.pool.query(`UPDATE outbox.mails SET status = 'dropped' WHERE status = 'waiting'`);
  }
  const rows = async (): Promise<Record<string, unknown>[]> =>
    (
      await store.pool.query(
        `SELECT * FROM outbox.mails WHERE status <> 'dropped' OR reason IS NOT NULL ORDER BY recipient, id`,
      )
    ).rows as Record<string, unknown>[];
  const subjects = (): string[] => server.mails.map(({ headers }) => headers['subject']?.[0] ?? '').sort();

  it('R04 tells the managers of a request for attachment, and the asker that it was passed on', async () => {
    const [manager, second, gone, asker] = await Promise.all(
      ['Manon', 'Serge', 'Gaston', 'Anne'].map((name) => person(name)),
    );
    const identifier = await structure(manager ?? '');
    for (const account of [second ?? '', gone ?? '']) {
      const key = { structure: identifier, account };
      await attach(identifier, account);
      await happened(membershipStream(key), { type: 'SecondaryManagerAppointed', data: { ...key, by: manager ?? '' } });
    }
    const key = { structure: identifier, account: gone ?? '' };
    await happened(membershipStream(key), { type: 'AuthorisationDeactivated', data: { ...key, by: manager ?? '' } });
    await quiet();
    await asksAttachment(identifier, asker ?? '');
    await react();
    await sender().sendDue();
    expect(subjects()).toEqual([
      `Demande de rattachement transmise : Commune de Lyon (${identifier})`,
      `Demande de rattachement à valider : Commune de Lyon (${identifier})`,
      `Demande de rattachement à valider : Commune de Lyon (${identifier})`,
    ]);
    const toManager = server.mails.find(({ text }) => text.startsWith('Bonjour Serge,'));
    expect(toManager?.text).toContain(
      `Anne Test demande à être rattaché à la structure Commune de Lyon (${identifier}).`,
    );
    expect(toManager?.text).toContain(`${PORTAL}/structures/${identifier}/attachment-requests`);
    expect(server.mails.some(({ text }) => text.startsWith('Bonjour Gaston,'))).toBe(false);
  });

  it('R01 sends a mail as machines and people expect one', async () => {
    const account = await person('Zoé', 'Lefèvre');
    await quiet();
    await happened(accountStream(account), { type: 'PasswordChanged', data: { account } });
    await react();
    await sender().sendDue();
    const [mail] = server.mails;
    const [row] = await rows();
    expect(mail?.headers).toMatchObject({
      from: [`Répons <${FROM}>`],
      to: ['Zoé Lefèvre <p1@exemple.fr>'],
      subject: ['Votre mot de passe a été modifié'],
      'auto-submitted': ['auto-generated'],
      'content-language': ['fr'],
      'content-type': ['text/plain; charset=utf-8'],
      'message-id': [`<${String(row?.['id'])}@repons.exemple>`],
    });
    expect(mail?.text).toContain('Le mot de passe de votre compte a été modifié.');
    expect(row).toMatchObject({ status: 'sent', attempts: 1, claimed_by: null, reason: null });
  });

  it('R01 issues the link of an activation when the mail is sent, and keeps no secret, name or address', async () => {
    const account = randomUUID();
    await happened(accountStream(account), {
      type: 'AccountCreated',
      data: {
        account,
        login: 'canari@exemple.fr',
        contactAddress: 'canari@exemple.fr',
        firstName: 'Canari',
        lastName: 'X',
      },
    });
    await react();
    expect(JSON.stringify(await rows())).not.toMatch(/canari/i);
    expect((await store.pool.query('SELECT 1 FROM identity.links')).rows).toEqual([]);
    await sender().sendDue();
    const token = /https:\/\/portail\.exemple\/activation#([\w-]{43})\n/.exec(server.mails[0]?.text ?? '')?.[1] ?? '';
    expect(JSON.stringify(await rows())).not.toContain(token);
    expect(await links.use(token, 'activation')).toBe(account);
  });

  it('R01 sends a notification once per event, whatever reacts again', async () => {
    const account = await person('Zoé');
    const identifier = await structure(account);
    await quiet();
    await asksAttachment(identifier, await person('Anne'));
    await react();
    await sender().sendDue();
    const sent = server.mails.length;
    await store.pool.query(`DELETE FROM es.subscriptions WHERE name = 'notifications'`);
    await store.pool.query('TRUNCATE outbox.members, outbox.structures, outbox.support_requests');
    await react();
    await sender().sendDue();
    expect(server.mails).toHaveLength(sent);
  });

  it('R01 sends each mail once though several senders work at the same time', async () => {
    const manager = await person('Manon');
    const identifier = await structure(manager);
    for (let count = 0; count < 30; count += 1) await attach(identifier, await person(`P${count}`));
    await quiet();
    await happened(structureStream(identifier), {
      type: 'StructureDeactivated',
      data: { successor: '21690123100029' },
    });
    await react();
    await Promise.all([sender().sendDue(), sender().sendDue(), sender().sendDue()]);
    expect(server.mails).toHaveLength(31);
    expect(new Set(server.mails.map(({ headers }) => headers['message-id']?.[0])).size).toBe(31);
    expect(new Set(server.mails.map(({ to }) => to)).size).toBe(31);
    expect(await outbox.counts()).toMatchObject({ sent: 31, waiting: 0 });
    expect(server.mails[0]?.text).toContain('21690123100029 lui succède');
  });

  it('R01 takes over what a sender that died had claimed, and sends it once', async () => {
    const account = await person('Zoé');
    await quiet();
    await happened(accountStream(account), { type: 'PasswordChanged', data: { account } });
    await react();
    // It claims, and hangs at the mail server until its session is gone.
    let die: () => void = () => undefined;
    const claimed = await new Promise<number>((resolve) => {
      const work = outbox.asSender(async (session) => {
        const mails = await outbox.claim(session, 10, clock.now());
        await new Promise<void>((end) => {
          die = end;
          resolve(mails.length);
        });
        expect(session.isLost()).toBe(true);
      });
      work.catch(() => undefined);
    });
    expect(claimed).toBe(1);
    await sender().sendDue();
    expect(server.mails).toHaveLength(0); // its sender lives
    await store.pool.query(
      `SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND classid = 7305003`,
    );
    await sender().sendDue();
    expect(server.mails).toHaveLength(1);
    expect(await outbox.counts()).toMatchObject({ sent: 1, waiting: 0 });
    die();
  });

  it('R01 tries again later when the server asks for it, with growing pauses', async () => {
    const account = await person('Zoé');
    await quiet();
    await happened(accountStream(account), { type: 'PasswordChanged', data: { account } });
    await react();
    server.onRecipient = () => ({ code: 451, text: '4.3.0 <p1@exemple.fr> plus tard' });
    const mailer = sender();
    await mailer.sendDue();
    await mailer.sendDue();
    expect((await rows())[0]).toMatchObject({ status: 'waiting', attempts: 1, reason: '451 4.3.0 RCPT TO' });
    clock.instant = new Date(clock.now().getTime() + 60_000).toISOString();
    await mailer.sendDue();
    expect((await rows())[0]).toMatchObject({ status: 'waiting', attempts: 2 });
    clock.instant = new Date(clock.now().getTime() + 60_000).toISOString();
    server.onRecipient = () => null;
    await mailer.sendDue();
    expect(server.mails).toHaveLength(0); // five minutes this time
    clock.instant = new Date(clock.now().getTime() + 4 * 60_000).toISOString();
    await mailer.sendDue();
    expect(server.mails).toHaveLength(1);
    expect((await rows())[0]).toMatchObject({ status: 'sent', attempts: 3 });
  });

  it.each([
    [
      'recipient',
      () => (server.onRecipient = () => ({ code: 550, text: '5.1.1 <p1@exemple.fr> inconnu' })),
      '550 5.1.1 RCPT TO',
    ],
    ['content', () => (server.onContent = () => ({ code: 554, text: '5.7.1 p1@exemple.fr refuse' })), '554 5.7.1 DATA'],
  ])(
    'R01 gives a mail up whose %s the server refuses for good, and shows it without the address',
    async (_, refuse, reason) => {
      const account = await person('Zoé');
      await quiet();
      await happened(accountStream(account), { type: 'PasswordChanged', data: { account } });
      await react();
      refuse();
      await sender().sendDue();
      expect((await rows())[0]).toMatchObject({ status: 'failed', attempts: 1, reason });
      expect(lines).toContainEqual(expect.objectContaining({ msg: 'mail failed for good', reason }));
      expect(JSON.stringify([lines, await rows()])).not.toContain('exemple.fr');
    },
  );

  it('R01 gives a mail up after five days of tries', async () => {
    const account = await person('Zoé');
    await quiet();
    await happened(accountStream(account), { type: 'PasswordChanged', data: { account } });
    await react();
    server.onRecipient = () => ({ code: 450, text: '4.2.2 pleine' });
    const mailer = sender();
    let tries = 0;
    for (; tries < 100 && (await outbox.counts()).waiting === 1; tries += 1) {
      await mailer.sendDue();
      clock.instant = new Date(clock.now().getTime() + 12 * HOUR_MS).toISOString();
    }
    expect(tries).toBe(11);
    expect((await rows())[0]).toMatchObject({ status: 'failed', reason: '450 4.2.2 RCPT TO' });
  });

  it('R01 lets mails wait while the server is away, without a try or a link spent, and sends them when it is back', async () => {
    const account = randomUUID();
    await happened(accountStream(account), {
      type: 'AccountCreated',
      data: { account, login: 'z@exemple.fr', contactAddress: 'z@exemple.fr', firstName: 'Zoé', lastName: 'X' },
    });
    await react();
    const { port } = server;
    await server.close();
    const mailer = sender();
    for (let minutes = 0; minutes < 10; minutes += 1) {
      await mailer.sendDue();
      clock.instant = new Date(clock.now().getTime() + 60_000).toISOString();
    }
    expect((await rows())[0]).toMatchObject({ status: 'waiting', attempts: 0, first_tried_at: null });
    expect((await store.pool.query('SELECT 1 FROM identity.links')).rows).toEqual([]);
    expect(lines.filter(({ msg }) => msg === 'mail server out of reach, mails wait')).toHaveLength(1);
    server = await startMailServer(port);
    await mailer.sendDue();
    expect(subjects()).toEqual(['Activez votre compte']);
    expect(lines).toContainEqual(expect.objectContaining({ msg: 'mail server is back', failures: 10 }));
  });

  it('R01 does not let one mail that cannot be written hold up the others', async () => {
    const [first, second] = [await person('Anne'), await person('Zoé')];
    await quiet();
    await happened(accountStream(first), { type: 'PasswordChanged', data: { account: first } });
    await happened(accountStream(second), { type: 'PasswordChanged', data: { account: second } });
    await react();
    await store.pool.query(`UPDATE vault.person_keys SET wrapped_key = '\\x00' WHERE person = $1`, [first]);
    await sender().sendDue();
    expect(server.mails.map(({ to }) => to)).toEqual(['p2@exemple.fr']);
    expect(lines).toContainEqual(expect.objectContaining({ msg: 'mail cannot be written' }));
  });

  it('R01 respects the wish for no notifications, except about the account itself', async () => {
    const [manager, user] = [await person('Manon'), await person('Zoé')];
    const identifier = await structure(manager);
    await happened(accountStream(user), { type: 'NotificationsChosen', data: { account: user, notifications: false } });
    await quiet();
    await attach(identifier, user, manager);
    await happened(accountStream(user), { type: 'PasswordResetRequested', data: { account: user } });
    await react();
    await sender().sendDue();
    expect(subjects()).toEqual(['Choisissez un nouveau mot de passe']);
    expect(await rows()).toContainEqual(expect.objectContaining({ template: 'user-attached', reason: 'unwanted' }));
  });

  it('R01 writes to the contact address of the moment of sending', async () => {
    const account = await person('Zoé');
    await quiet();
    await happened(accountStream(account), { type: 'PasswordChanged', data: { account } });
    await react();
    await happened(accountStream(account), {
      type: 'ContactAddressChanged',
      data: { account, contactAddress: 'nouvelle@exemple.fr' },
    });
    await sender().sendDue();
    expect(server.mails.map(({ to }) => to)).toEqual(['nouvelle@exemple.fr']);
  });

  it.each([
    ['erased', { type: 'PersonErased' }],
    ['deactivated', { type: 'AccountDeactivated' }],
  ] as const)('R01 sends nothing to somebody %s, though it was in the outbox already', async (reason, { type }) => {
    const [manager, user] = [await person('Manon'), await person('Zoé')];
    const identifier = await structure(manager);
    await quiet();
    await attach(identifier, user, manager);
    await happened(accountStream(user), { type: 'PasswordResetRequested', data: { account: user } });
    await react();
    if (type === 'PersonErased') await vault.erase(user);
    await happened(accountStream(user), { type, data: { account: user } });
    await sender().sendDue();
    expect(server.mails).toEqual([]);
    expect((await rows()).map((row) => [row['status'], row['reason']])).toEqual([
      ['dropped', reason],
      ['dropped', reason],
    ]);
  });

  it('R01 tells somebody who is not active yet about the account and nothing else', async () => {
    const manager = await person('Manon');
    const identifier = await structure(manager);
    const account = randomUUID();
    await quiet();
    await happened(accountStream(account), {
      type: 'AccountCreated',
      data: { account, login: 'z@exemple.fr', contactAddress: 'z@exemple.fr', firstName: 'Zoé', lastName: 'X' },
    });
    await attach(identifier, account, manager);
    await react();
    await sender().sendDue();
    expect(subjects()).toEqual(['Activez votre compte']);
  });

  it('R01 does not let a name write headers', async () => {
    const manager = await person('Manon\r\nBcc: victime@exemple.fr\r\n\r\nCorps');
    const identifier = await structure(manager, 'Commune\r\nBcc: victime@exemple.fr');
    await quiet();
    await asksAttachment(identifier, await person('Anne\nBcc: autre@exemple.fr'));
    await react();
    await sender().sendDue();
    expect(server.mails.length).toBeGreaterThanOrEqual(2);
    for (const { headers, to } of server.mails) {
      expect(headers['bcc']).toBeUndefined();
      expect(to).not.toContain('victime');
      expect(Object.values(headers).every((values) => values.length === 1)).toBe(true);
    }
  });

  it('R06 tells both of the move of the primary role, once each', async () => {
    const [former, next] = [await person('Manon'), await person('Zoé')];
    const identifier = await structure(former);
    await quiet();
    const key = { structure: identifier, account: former };
    const named: StructureEvent = {
      type: 'PrimaryManagerNamed',
      data: { account: next, former, formerBecomes: 'secondary', by: 'operator', supportRequest: null },
    };
    await store.appendMany(
      [
        { stream: structureStream(identifier), expected: 'any', events: [named] },
        {
          stream: membershipStream(key),
          expected: 'any',
          events: [{ type: 'SecondaryManagerAppointed', data: { ...key, by: 'operator' } }],
        },
      ],
      { commandId: randomUUID(), correlationId: 'test', actor: 'operator' },
    );
    await attach(identifier, next);
    await react();
    await sender().sendDue();
    expect(server.mails.map(({ text }) => text.split('\n')[2]).sort()).toEqual([
      `Le rôle de gestionnaire principal de la structure Commune de Lyon (${identifier}) a été confié à Zoé Test par le support.`,
      `Vous avez été nommé gestionnaire principal de la structure Commune de Lyon (${identifier}) par le support.`,
    ]);
    // Both are managers from now on.
    await asksAttachment(identifier, await person('Anne'));
    await react();
    await sender().sendDue();
    expect(subjects().filter((subject) => subject.startsWith('Demande de rattachement à valider'))).toHaveLength(2);
  });

  it('R16 tells everybody attached of a change of SIRET, once, and knows the managers of the new structure', async () => {
    const [manager, user] = [await person('Manon'), await person('Zoé')];
    const identifier = await structure(manager);
    await attach(identifier, user);
    await quiet();
    const next = '21690123109999';
    await happened(structureStream(identifier), { type: 'StructureDeactivated', data: { successor: next } });
    await happened(structureStream(next), {
      type: 'StructureDuplicated',
      data: { identifier: next, origins: [identifier], by: manager },
    });
    await react();
    await sender().sendDue();
    expect(server.mails.map(({ to }) => to).sort()).toEqual(['p1@exemple.fr', 'p2@exemple.fr']);
    await asksAttachment(next, await person('Anne'));
    await react();
    await sender().sendDue();
    expect(server.mails.at(-1)?.text ?? '').toMatch(/Commune de Lyon \(21690123109999\)/);
    expect(subjects().filter((subject) => subject.startsWith('Demande de rattachement à valider'))).toHaveLength(1);
  });

  it('R18 tells both sides of a support request of its creation, its treatment, each answer and its end', async () => {
    const [manager, author] = [await person('Manon'), await person('Anne')];
    const identifier = await structure(manager);
    await quiet();
    const request = randomUUID();
    const of = (...events: SupportRequestEvent[]): Promise<void> => happened(supportRequestStream(request), ...events);
    const told = async (): Promise<string[]> => {
      server.mails.length = 0;
      await react();
      await sender().sendDue();
      return server.mails.map(({ text }) => text.split('\n')[0] ?? '').sort();
    };
    await of({
      type: 'SupportRequestCreated',
      data: {
        request,
        author,
        structure: identifier,
        recipient: { kind: 'structure', structure: identifier },
        category: 'INVOICES',
        subcategory: 'PAYMENT',
        subject: 'Sujet canari',
        text: 'Texte canari',
        files: [],
      },
    });
    expect(await told()).toEqual(['Bonjour Anne,', 'Bonjour Manon,']);
    expect(JSON.stringify([server.mails, await rows()])).not.toContain('canari');
    expect(server.mails[0]?.text).toContain('« Factures, Paiement d’une facture »');
    await of({ type: 'SupportRequestAssigned', data: { request, assignee: manager, by: manager } });
    expect(await told()).toEqual(['Bonjour Anne,', 'Bonjour Manon,']);
    await of({ type: 'SupportRequestAnswered', data: { request, author: manager, text: 'Oui', files: [] } });
    expect(await told()).toEqual(['Bonjour Anne,', 'Bonjour Manon,']);
    await of({ type: 'SupportRequestClosed', data: { request, by: manager, outcome: 'done' } });
    expect(await told()).toEqual(['Bonjour Anne,', 'Bonjour Manon,']);
    expect(server.mails.every(({ text }) => text.includes('elle est traitée'))).toBe(true);
  });
});
