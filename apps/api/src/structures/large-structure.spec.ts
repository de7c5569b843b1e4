import { membershipStream, type MembershipEvent } from '#domain';
import type { RecordedEvent, StreamAppend } from '#events';
import { peopleProjection } from '#persistence';
import { CommandBus, type Command } from '@nestjs/cqrs';
import { randomUUID } from 'node:crypto';
import { project } from '../../../../test/support/read-models.js';
import { startOwnApi, type OwnApi } from '../../../../test/support/own-api.js';
import type { PersonCaller } from '../access/caller.js';
import { activeAccount } from '../testing/active-account.js';
import { AttachUser, RequestAttachment, ValidateAttachment } from './attachments.js';
import { DeactivateAuthorisation } from './authorisations.js';
import { ChangeIdentifier } from './change-identifier.js';
import { CreateStructure } from './create-structure.js';
import { TransferPrimaryRole } from './primary-manager.js';
import { AppointSecondaryManager } from './secondary-managers.js';
import { siretOf } from './testing/siret.js';

const MEMBERS = 10_000;

describe('a structure of ten thousand users', () => {
  let api: OwnApi;
  let manager: PersonCaller;
  const [large, small] = [siretOf('732829320', 1), siretOf('732829320', 2)];

  beforeAll(async () => {
    api = await startOwnApi();
    manager = { kind: 'person', account: await activeAccount(api) };
    for (const identifier of [large, small]) await run(creation(identifier));
    await api.store.bulkAppend(members(), {
      key: 'members',
      context: { commandId: randomUUID(), correlationId: 'members', actor: 'test' },
    });
  });

  afterAll(() => api.close());

  function* members(): Generator<StreamAppend> {
    for (let index = 0; index < MEMBERS; index += 1) {
      const key = { structure: large, account: randomUUID() };
      const attached: MembershipEvent = { type: 'UserAttached', data: { ...key, by: manager.account } };
      yield { stream: membershipStream(key), expected: 'none', events: [attached] };
    }
  }

  const run = <R>(command: Command<R>): Promise<R> => api.app.get(CommandBus).execute(command);
  const creation = (identifier: string): CreateStructure =>
    new CreateStructure(manager, {
      identifier,
      identifierType: 'SIRET',
      category: 'COMPANY',
      name: 'A',
      address: null,
    });

  /** How many events and streams the commands read, whatever asked for them. */
  async function readBy(commands: () => Promise<void>): Promise<{ events: number; streams: number }> {
    const counted = { events: 0, streams: 0 };
    const { store } = api;
    const readStream = store.readStream.bind(store);
    async function* counting(...asked: Parameters<typeof readStream>): AsyncGenerator<RecordedEvent> {
      counted.streams += 1;
      for await (const event of readStream(...asked)) {
        counted.events += 1;
        yield event;
      }
    }
    store.readStream = counting;
    try {
      await commands();
    } finally {
      store.readStream = readStream;
    }
    return counted;
  }

  /** Everything that managers and users do about people, with people of their own. */
  async function commandsOn(structure: string): Promise<{ events: number; streams: number }> {
    const [asking, taken] = [await activeAccount(api), await activeAccount(api)];
    const next = siretOf('732829320', structure === large ? 11 : 12);
    return readBy(async () => {
      await run(new RequestAttachment({ kind: 'person', account: asking }, structure));
      await run(new ValidateAttachment(manager, { structure, account: asking }));
      await run(new AppointSecondaryManager(manager, { structure, account: asking }));
      await run(new AttachUser(manager, { account: taken }, [structure]));
      await run(new DeactivateAuthorisation(manager, { structure, account: taken }));
      await run(new TransferPrimaryRole(manager, structure, { account: asking }, 'secondary'));
      await run(new ChangeIdentifier(manager, structure, next));
      await run(
        new AppointSecondaryManager({ kind: 'person', account: asking }, { structure: next, account: asking }),
      ).catch(() => undefined);
    });
  }

  it('R04 R05 R06 R16 its commands read what those of a structure of two read', async () => {
    const { rows } = await api.store.pool.query<{ streams: number }>(
      'SELECT count(*)::integer AS streams FROM es.streams WHERE stream_id LIKE $1',
      [`membership-${large}/%`],
    );
    expect(rows[0]?.streams).toBe(MEMBERS + 1);
    const [ofLarge, ofSmall] = [await commandsOn(large), await commandsOn(small)];
    expect(ofLarge).toEqual(ofSmall);
    expect(ofLarge.events).toBeLessThan(100);
  });

  it('R16 its change of SIRET is shown with all its people in one statement', async () => {
    await project(api.store, [peopleProjection]);
    const { rows } = await api.store.pool.query<{ members: number }>(
      'SELECT count(*)::integer AS members FROM read.memberships WHERE structure = $1',
      [siretOf('732829320', 11)],
    );
    expect(rows[0]?.members).toBe(MEMBERS + 3);
  }, 120_000);
});
