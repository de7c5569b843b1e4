import { accountStream, structureStream } from '#domain';
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { SENDERS } from './mail-outbox.js';
import { FROM, HOUR_MS, startNotifiedWorld, type NotifiedWorld } from '../../../../test/support/notified-world.js';
import { endHoldersOf, holdersOf } from '../../../../test/support/session-locks.js';

describe('sending mails', () => {
  let world: NotifiedWorld;

  beforeEach(async () => {
    world = await startNotifiedWorld();
  });

  afterEach(() => world.close());

  it('R01 sends a mail as machines and people expect one', async () => {
    const account = await world.person('Zoé', 'Lefèvre');
    await world.quiet();
    await world.happened(accountStream(account), { type: 'PasswordChanged', data: { account } });
    await world.react();
    await world.sender().sendDue();
    const [mail] = world.server.mails;
    const [row] = await world.rows();
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

  it('R01 sends a notification once per event, whatever reacts again', async () => {
    const account = await world.person('Zoé');
    const identifier = await world.structure(account);
    await world.quiet();
    await world.asksAttachment(identifier, await world.person('Anne'));
    await world.react();
    await world.sender().sendDue();
    const sent = world.server.mails.length;
    await world.store.pool.query(`DELETE FROM es.subscriptions WHERE name = 'notifications'`);
    await world.store.pool.query('TRUNCATE outbox.members, outbox.structures, outbox.support_requests');
    await world.react();
    await world.sender().sendDue();
    expect(world.server.mails).toHaveLength(sent);
  });

  it('R01 sends each mail once though several senders work at the same time', async () => {
    const manager = await world.person('Manon');
    const identifier = await world.structure(manager);
    for (let count = 0; count < 30; count += 1) await world.attach(identifier, await world.person(`P${count}`));
    await world.quiet();
    await world.happened(structureStream(identifier), {
      type: 'StructureDeactivated',
      data: { successor: '21690123100029' },
    });
    await world.react();
    await Promise.all([world.sender().sendDue(), world.sender().sendDue(), world.sender().sendDue()]);
    expect(world.server.mails).toHaveLength(31);
    expect(new Set(world.server.mails.map(({ headers }) => headers['message-id']?.[0])).size).toBe(31);
    expect(new Set(world.server.mails.map(({ to }) => to)).size).toBe(31);
    expect(await world.outbox.counts()).toMatchObject({ sent: 31, waiting: 0 });
    expect(world.server.mails[0]?.text).toContain('21690123100029 lui succède');
  });

  it('R01 takes over what a sender that died had claimed, and sends it once', async () => {
    const account = await world.person('Zoé');
    await world.quiet();
    await world.happened(accountStream(account), { type: 'PasswordChanged', data: { account } });
    await world.react();
    // It claims, and hangs at the mail server until its session is gone.
    let die: () => void = () => undefined;
    const claimed = await new Promise<number>((resolve) => {
      const work = world.outbox.asSender(async (session) => {
        const mails = await world.outbox.claim(session, 10, world.clock.now());
        await new Promise<void>((end) => {
          die = end;
          resolve(mails.length);
        });
        expect(session.isLost()).toBe(true);
      });
      work.catch(() => undefined);
    });
    expect(claimed).toBe(1);
    await world.sender().sendDue();
    expect(world.server.mails).toHaveLength(0); // its sender lives
    while ((await holdersOf(world.store.pool, SENDERS)) > 1) await pause(20); // the other one's session is ending
    expect(await endHoldersOf(world.store.pool, SENDERS)).toBe(1);
    while ((await holdersOf(world.store.pool, SENDERS)) > 0) await pause(20);
    await world.sender().sendDue();
    expect(world.server.mails).toHaveLength(1);
    expect(await world.outbox.counts()).toMatchObject({ sent: 1, waiting: 0 });
    die();
  });

  it('R01 tries again later when the server asks for it, with growing pauses', async () => {
    const account = await world.person('Zoé');
    await world.quiet();
    await world.happened(accountStream(account), { type: 'PasswordChanged', data: { account } });
    await world.react();
    world.server.onRecipient = () => ({ code: 451, text: '4.3.0 <p1@exemple.fr> plus tard' });
    const mailer = world.sender();
    await mailer.sendDue();
    await mailer.sendDue();
    expect((await world.rows())[0]).toMatchObject({ status: 'waiting', attempts: 1, reason: '451 4.3.0 RCPT TO' });
    world.clock.instant = new Date(world.clock.now().getTime() + 60_000).toISOString();
    await mailer.sendDue();
    expect((await world.rows())[0]).toMatchObject({ status: 'waiting', attempts: 2 });
    world.clock.instant = new Date(world.clock.now().getTime() + 60_000).toISOString();
    world.server.onRecipient = () => null;
    await mailer.sendDue();
    expect(world.server.mails).toHaveLength(0); // five minutes this time
    world.clock.instant = new Date(world.clock.now().getTime() + 4 * 60_000).toISOString();
    await mailer.sendDue();
    expect(world.server.mails).toHaveLength(1);
    expect((await world.rows())[0]).toMatchObject({ status: 'sent', attempts: 3 });
  });

  it.each([
    [
      'recipient',
      () => (world.server.onRecipient = () => ({ code: 550, text: '5.1.1 <p1@exemple.fr> inconnu' })),
      '550 5.1.1 RCPT TO',
    ],
    [
      'content',
      () => (world.server.onContent = () => ({ code: 554, text: '5.7.1 p1@exemple.fr refuse' })),
      '554 5.7.1 DATA',
    ],
  ])(
    'R01 gives a mail up whose %s the server refuses for good, and shows it without the address',
    async (_, refuse, reason) => {
      const account = await world.person('Zoé');
      await world.quiet();
      await world.happened(accountStream(account), { type: 'PasswordChanged', data: { account } });
      await world.react();
      refuse();
      await world.sender().sendDue();
      expect((await world.rows())[0]).toMatchObject({ status: 'failed', attempts: 1, reason });
      expect(world.lines).toContainEqual(expect.objectContaining({ msg: 'mail failed for good', reason }));
      expect(JSON.stringify([world.lines, await world.rows()])).not.toContain('exemple.fr');
    },
  );

  it('R01 gives a mail up after five days of tries', async () => {
    const account = await world.person('Zoé');
    await world.quiet();
    await world.happened(accountStream(account), { type: 'PasswordChanged', data: { account } });
    await world.react();
    world.server.onRecipient = () => ({ code: 450, text: '4.2.2 pleine' });
    const mailer = world.sender();
    let tries = 0;
    for (; tries < 100 && (await world.outbox.counts()).waiting === 1; tries += 1) {
      await mailer.sendDue();
      world.clock.instant = new Date(world.clock.now().getTime() + 12 * HOUR_MS).toISOString();
    }
    expect(tries).toBe(11);
    expect((await world.rows())[0]).toMatchObject({ status: 'failed', reason: '450 4.2.2 RCPT TO' });
  });

  it('R01 lets mails wait while the server is away, without a try or a link spent, and sends them when it is back', async () => {
    const account = randomUUID();
    await world.happened(accountStream(account), {
      type: 'AccountCreated',
      data: { account, login: 'z@exemple.fr', contactAddress: 'z@exemple.fr', firstName: 'Zoé', lastName: 'X' },
    });
    await world.react();
    const { port } = world.server;
    await world.server.close();
    const mailer = world.sender();
    for (let minutes = 0; minutes < 10; minutes += 1) {
      await mailer.sendDue();
      world.clock.instant = new Date(world.clock.now().getTime() + 60_000).toISOString();
    }
    expect((await world.rows())[0]).toMatchObject({ status: 'waiting', attempts: 0, first_tried_at: null });
    expect((await world.store.pool.query('SELECT 1 FROM identity.links')).rows).toEqual([]);
    expect(world.lines.filter(({ msg }) => msg === 'mail server out of reach, mails wait')).toHaveLength(1);
    await world.restartServer(port);
    await mailer.sendDue();
    expect(world.subjects()).toEqual(['Activez votre compte']);
    expect(world.lines).toContainEqual(expect.objectContaining({ msg: 'mail server is back', failures: 10 }));
  });

  it('R01 does not let one mail that cannot be written hold up the others', async () => {
    const [first, second] = [await world.person('Anne'), await world.person('Zoé')];
    await world.quiet();
    await world.happened(accountStream(first), { type: 'PasswordChanged', data: { account: first } });
    await world.happened(accountStream(second), { type: 'PasswordChanged', data: { account: second } });
    await world.react();
    await world.store.pool.query(`UPDATE vault.person_keys SET wrapped_key = '\\x00' WHERE person = $1`, [first]);
    await world.sender().sendDue();
    expect(world.server.mails.map(({ to }) => to)).toEqual(['p2@exemple.fr']);
    expect(world.lines).toContainEqual(expect.objectContaining({ msg: 'mail cannot be written' }));
  });
});
