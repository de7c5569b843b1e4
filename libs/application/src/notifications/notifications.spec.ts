import {
  accountStream,
  membershipStream,
  structureStream,
  supportRequestStream,
  type StructureEvent,
  type SupportRequestEvent,
} from '#domain';
import type { RecordedEvent } from '#events';
import { randomUUID } from 'node:crypto';
import { notificationReaction } from './notification-reaction.js';
import { wholeLog } from '../../../../test/support/log-reading.js';
import { PORTAL, startNotifiedWorld, type NotifiedWorld } from '../../../../test/support/notified-world.js';

describe('notifications', () => {
  let world: NotifiedWorld;

  beforeEach(async () => {
    world = await startNotifiedWorld();
  });

  afterEach(() => world.close());

  it('R04 tells the managers of a request for attachment, and the asker that it was passed on', async () => {
    const [manager, second, gone, asker] = await Promise.all(
      ['Manon', 'Serge', 'Gaston', 'Anne'].map((name) => world.person(name)),
    );
    const identifier = await world.structure(manager ?? '');
    for (const account of [second ?? '', gone ?? '']) {
      const key = { structure: identifier, account };
      await world.attach(identifier, account);
      await world.happened(membershipStream(key), {
        type: 'SecondaryManagerAppointed',
        data: { ...key, by: manager ?? '' },
      });
    }
    const key = { structure: identifier, account: gone ?? '' };
    await world.happened(membershipStream(key), {
      type: 'AuthorisationDeactivated',
      data: { ...key, by: manager ?? '' },
    });
    await world.quiet();
    await world.asksAttachment(identifier, asker ?? '');
    await world.react();
    await world.sender().sendDue();
    expect(world.subjects()).toEqual([
      `Demande de rattachement transmise : Commune de Lyon (${identifier})`,
      `Demande de rattachement à valider : Commune de Lyon (${identifier})`,
      `Demande de rattachement à valider : Commune de Lyon (${identifier})`,
    ]);
    const toManager = world.server.mails.find(({ text }) => text.startsWith('Bonjour Serge,'));
    expect(toManager?.text).toContain(
      `Anne Test demande à être rattaché à la structure Commune de Lyon (${identifier}).`,
    );
    expect(toManager?.text).toContain(`${PORTAL}/structures/${identifier}/attachment-requests`);
    expect(world.server.mails.some(({ text }) => text.startsWith('Bonjour Gaston,'))).toBe(false);
  });

  it('R25 tells who follows what a structure issued each status that others give it, also after a change of SIRET', async () => {
    const [manager, follower, gone] = await Promise.all(['Manon', 'Flore', 'Gaston'].map((name) => world.person(name)));
    const identifier = await world.structure(manager ?? '', 'Ateliers Réunis');
    for (const account of [follower ?? '', gone ?? '']) {
      await world.attach(identifier, account);
      await world.subscribes(identifier, account, 'SpaceSubscribed');
    }
    await world.subscribes(identifier, gone ?? '', 'SpaceUnsubscribed');
    const recipient = await world.structure(manager ?? '', 'Commune de Lyon');
    await world.quiet();
    await world.invoiceGets(identifier, recipient, 'SUSPENDUE', 'recipient');
    await world.invoiceGets(identifier, recipient, 'COMPLETEE', 'issuer');
    const successor = `${identifier.slice(0, 9)}99999`;
    await world.happened(structureStream(successor), {
      type: 'StructureDuplicated',
      data: { identifier: successor, origins: [identifier], by: manager ?? '' },
    });
    await world.subscribes(successor, manager ?? '', 'SpaceSubscribed');
    await world.invoiceGets(identifier, recipient, 'MISE_EN_PAIEMENT', 'recipient');
    await world.react();
    await world.sender().sendDue();
    expect(world.subjects()).toEqual([
      'Facture F2026-0001 : Mise en paiement',
      'Facture F2026-0001 : Mise en paiement',
      'Facture F2026-0001 : Suspendue',
    ]);
    const suspended = world.server.mails.find(({ text }) => text.includes('Suspendue'));
    expect(suspended?.text).toContain('Bonjour Flore,');
    expect(suspended?.text).toContain(`structure Ateliers Réunis (${identifier}), adressée à Commune de Lyon`);
    expect(suspended?.text).toMatch(new RegExp(`${PORTAL}/invoices/[0-9a-f-]{36}`));
  });

  it('R04 R18 R25 tells the same to the same people, whether events come one by one or together', async () => {
    const [manager = '', follower = '', asker = ''] = await Promise.all(
      ['Manon', 'Flore', 'Anne'].map((name) => world.person(name)),
    );
    const identifier = await world.structure(manager);
    const recipient = await world.structure(asker);
    await world.quiet();
    const key = { structure: identifier, account: follower };
    const suspended = () => world.invoiceGets(identifier, recipient, 'SUSPENDUE', 'recipient');
    await suspended();
    await world.attach(identifier, follower);
    await world.subscribes(identifier, follower, 'SpaceSubscribed');
    await suspended();
    await world.asksAttachment(recipient, manager);
    await world.happened(membershipStream(key), { type: 'SecondaryManagerAppointed', data: { ...key, by: manager } });
    await world.asksAttachment(identifier, asker);
    await world.happened(membershipStream(key), { type: 'AuthorisationDeactivated', data: { ...key, by: manager } });
    await suspended();
    await world.asksAttachment(identifier, manager);
    await world.happened(membershipStream(key), { type: 'AuthorisationReactivated', data: { ...key, by: manager } });
    await suspended();

    const since: RecordedEvent[] = [];
    for await (const event of wholeLog(world.store)) if (event.position > world.quietAt) since.push(event);
    const outboxAfter = async (batches: readonly (typeof since)[]): Promise<unknown[]> => {
      const client = await world.store.pool.connect();
      try {
        await client.query('BEGIN');
        for (const batch of batches) await notificationReaction.handle(batch, client);
        const { rows } = await client.query<object>(
          `SELECT event, recipient, template, facts FROM outbox.mails WHERE status = 'waiting' ORDER BY event, recipient`,
        );
        return rows;
      } finally {
        await client.query('ROLLBACK');
        client.release();
      }
    };
    const together = await outboxAfter([since]);
    expect(together).toEqual(await outboxAfter(since.map((event) => [event])));
    const templates = (together as { template: string }[]).map(({ template }) => template);
    expect(templates.filter((one) => one === 'invoice-status-changed')).toHaveLength(2);
    expect(templates.filter((one) => one === 'attachment-to-judge')).toHaveLength(3);
  });

  it('R01 issues the link of an activation when the mail is sent, and keeps no secret, name or address', async () => {
    const account = randomUUID();
    await world.happened(accountStream(account), {
      type: 'AccountCreated',
      data: {
        account,
        login: 'canari@exemple.fr',
        contactAddress: 'canari@exemple.fr',
        firstName: 'Canari',
        lastName: 'X',
      },
    });
    await world.react();
    expect(JSON.stringify(await world.rows())).not.toMatch(/canari/i);
    expect((await world.store.pool.query('SELECT 1 FROM identity.links')).rows).toEqual([]);
    await world.sender().sendDue();
    const token =
      /https:\/\/portail\.exemple\/activation#([\w-]{43})\n/.exec(world.server.mails[0]?.text ?? '')?.[1] ?? '';
    expect(JSON.stringify(await world.rows())).not.toContain(token);
    expect(await world.links.use(token, 'activation')).toBe(account);
  });

  it('R01 respects the wish for no notifications, except about the account itself', async () => {
    const [manager, user] = [await world.person('Manon'), await world.person('Zoé')];
    const identifier = await world.structure(manager);
    await world.happened(accountStream(user), {
      type: 'NotificationsChosen',
      data: { account: user, notifications: false },
    });
    await world.quiet();
    await world.attach(identifier, user, manager);
    await world.happened(accountStream(user), { type: 'PasswordResetRequested', data: { account: user } });
    await world.react();
    await world.sender().sendDue();
    expect(world.subjects()).toEqual(['Choisissez un nouveau mot de passe']);
    expect(await world.rows()).toContainEqual(
      expect.objectContaining({ template: 'user-attached', reason: 'unwanted' }),
    );
  });

  it('R01 writes to the contact address of the moment of sending', async () => {
    const account = await world.person('Zoé');
    await world.quiet();
    await world.happened(accountStream(account), { type: 'PasswordChanged', data: { account } });
    await world.react();
    await world.happened(accountStream(account), {
      type: 'ContactAddressChanged',
      data: { account, contactAddress: 'nouvelle@exemple.fr' },
    });
    await world.sender().sendDue();
    expect(world.server.mails.map(({ to }) => to)).toEqual(['nouvelle@exemple.fr']);
  });

  it.each([
    ['erased', { type: 'PersonErased' }],
    ['deactivated', { type: 'AccountDeactivated' }],
  ] as const)('R01 sends nothing to somebody %s, though it was in the outbox already', async (reason, { type }) => {
    const [manager, user] = [await world.person('Manon'), await world.person('Zoé')];
    const identifier = await world.structure(manager);
    await world.quiet();
    await world.attach(identifier, user, manager);
    await world.happened(accountStream(user), { type: 'PasswordResetRequested', data: { account: user } });
    await world.react();
    if (type === 'PersonErased') await world.vault.erase(user);
    await world.happened(accountStream(user), { type, data: { account: user } });
    await world.sender().sendDue();
    expect(world.server.mails).toEqual([]);
    expect((await world.rows()).map((row) => [row['status'], row['reason']])).toEqual([
      ['dropped', reason],
      ['dropped', reason],
    ]);
  });

  it('R01 tells somebody who is not active yet about the account and nothing else', async () => {
    const manager = await world.person('Manon');
    const identifier = await world.structure(manager);
    const account = randomUUID();
    await world.quiet();
    await world.happened(accountStream(account), {
      type: 'AccountCreated',
      data: { account, login: 'z@exemple.fr', contactAddress: 'z@exemple.fr', firstName: 'Zoé', lastName: 'X' },
    });
    await world.attach(identifier, account, manager);
    await world.react();
    await world.sender().sendDue();
    expect(world.subjects()).toEqual(['Activez votre compte']);
  });

  it('R01 does not let a name write headers', async () => {
    const manager = await world.person('Manon\r\nBcc: victime@exemple.fr\r\n\r\nCorps');
    const identifier = await world.structure(manager, 'Commune\r\nBcc: victime@exemple.fr');
    await world.quiet();
    await world.asksAttachment(identifier, await world.person('Anne\nBcc: autre@exemple.fr'));
    await world.react();
    await world.sender().sendDue();
    expect(world.server.mails.length).toBeGreaterThanOrEqual(2);
    for (const { headers, to } of world.server.mails) {
      expect(headers['bcc']).toBeUndefined();
      expect(to).not.toContain('victime');
      expect(Object.values(headers).every((values) => values.length === 1)).toBe(true);
    }
  });

  it('R06 tells both of the move of the primary role, once each', async () => {
    const [former, next] = [await world.person('Manon'), await world.person('Zoé')];
    const identifier = await world.structure(former);
    await world.quiet();
    const key = { structure: identifier, account: former };
    const named: StructureEvent = {
      type: 'PrimaryManagerNamed',
      data: { account: next, former, formerBecomes: 'secondary', by: 'operator', supportRequest: null },
    };
    await world.store.appendMany(
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
    await world.attach(identifier, next);
    await world.react();
    await world.sender().sendDue();
    expect(world.server.mails.map(({ text }) => text.split('\n')[2]).sort()).toEqual([
      `Le rôle de gestionnaire principal de la structure Commune de Lyon (${identifier}) a été confié à Zoé Test par le support.`,
      `Vous avez été nommé gestionnaire principal de la structure Commune de Lyon (${identifier}) par le support.`,
    ]);
    // Both are managers from now on.
    await world.asksAttachment(identifier, await world.person('Anne'));
    await world.react();
    await world.sender().sendDue();
    expect(world.subjects().filter((subject) => subject.startsWith('Demande de rattachement à valider'))).toHaveLength(
      2,
    );
  });

  it('R16 tells everybody attached of a change of SIRET, once, and knows the managers of the new structure', async () => {
    const [manager, user] = [await world.person('Manon'), await world.person('Zoé')];
    const identifier = await world.structure(manager);
    await world.attach(identifier, user);
    await world.quiet();
    const next = '21690123109999';
    await world.happened(structureStream(identifier), { type: 'StructureDeactivated', data: { successor: next } });
    await world.happened(structureStream(next), {
      type: 'StructureDuplicated',
      data: { identifier: next, origins: [identifier], by: manager },
    });
    await world.react();
    await world.sender().sendDue();
    expect(world.server.mails.map(({ to }) => to).sort()).toEqual(['p1@exemple.fr', 'p2@exemple.fr']);
    await world.asksAttachment(next, await world.person('Anne'));
    await world.react();
    await world.sender().sendDue();
    expect(world.server.mails.at(-1)?.text ?? '').toMatch(/Commune de Lyon \(21690123109999\)/);
    expect(world.subjects().filter((subject) => subject.startsWith('Demande de rattachement à valider'))).toHaveLength(
      1,
    );
  });

  it('R18 tells both sides of a support request of its creation, its treatment, each answer and its end', async () => {
    const [manager, author] = [await world.person('Manon'), await world.person('Anne')];
    const identifier = await world.structure(manager);
    await world.quiet();
    const request = randomUUID();
    const of = (...events: SupportRequestEvent[]): Promise<void> =>
      world.happened(supportRequestStream(request), ...events);
    const told = async (): Promise<string[]> => {
      world.server.mails.length = 0;
      await world.react();
      await world.sender().sendDue();
      return world.server.mails.map(({ text }) => text.split('\n')[0] ?? '').sort();
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
    expect(JSON.stringify([world.server.mails, await world.rows()])).not.toContain('canari');
    expect(world.server.mails[0]?.text).toContain('« Factures, Paiement d’une facture »');
    await of({ type: 'SupportRequestAssigned', data: { request, assignee: manager, by: manager } });
    expect(await told()).toEqual(['Bonjour Anne,', 'Bonjour Manon,']);
    await of({ type: 'SupportRequestAnswered', data: { request, author: manager, text: 'Oui', files: [] } });
    expect(await told()).toEqual(['Bonjour Anne,', 'Bonjour Manon,']);
    await of({ type: 'SupportRequestClosed', data: { request, by: manager, outcome: 'done' } });
    expect(await told()).toEqual(['Bonjour Anne,', 'Bonjour Manon,']);
    expect(world.server.mails.every(({ text }) => text.includes('elle est traitée'))).toBe(true);
  });
});
