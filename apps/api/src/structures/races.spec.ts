import { CommandBus, type Command } from '@nestjs/cqrs';
import { startOwnApi, type OwnApi } from '../../../../test/support/own-api.js';
import type { PersonCaller } from '../access/caller.js';
import { activeAccount } from '../testing/active-account.js';
import { AttachUser, RefuseAttachment, RequestAttachment, ValidateAttachment } from './attachments.js';
import { DeactivateAuthorisation } from './authorisations.js';
import { ChangeIdentifier } from './change-identifier.js';
import { CreateStructure, type CreationOutcome } from './create-structure.js';
import { TransferPrimaryRole } from './primary-manager.js';
import { AppointSecondaryManager } from './secondary-managers.js';
import { siretOf } from './testing/siret.js';

/** What became of one of several commands that were given at the same instant. */
interface Outcome {
  readonly done: boolean;
  readonly code: string | null;
  readonly message: string;
}

describe('commands at the same instant', () => {
  let api: OwnApi;
  let anne: PersonCaller;
  let bruno: PersonCaller;
  let last = 0;

  beforeAll(async () => {
    api = await startOwnApi();
    anne = await person({ firstName: 'Anne' });
    bruno = await person({ firstName: 'Bruno' });
  });

  afterAll(() => api.close());

  const person = async (name = {}): Promise<PersonCaller> => ({
    kind: 'person',
    account: await activeAccount(api, name),
  });
  const run = <R>(command: Command<R>): Promise<R> => api.app.get(CommandBus).execute(command);
  const all = async (commands: readonly Command<unknown>[]): Promise<Outcome[]> => {
    const settled = await Promise.allSettled(commands.map(run));
    return settled.map((outcome) => {
      if (outcome.status === 'fulfilled') return { done: true, code: null, message: '' };
      const { code, message } = outcome.reason as { code?: string; message: string };
      return { done: false, code: code ?? null, message };
    });
  };
  const fresh = (): string => siretOf('732829320', (last += 1));
  const create = (caller: PersonCaller, identifier: string): Command<CreationOutcome> =>
    new CreateStructure(caller, {
      identifier,
      identifierType: 'SIRET',
      category: 'COMPANY',
      name: 'A',
      address: null,
    });
  const created = async (): Promise<string> => {
    const identifier = fresh();
    await run(create(anne, identifier));
    return identifier;
  };
  const eventsOf = async (stream: string): Promise<string[]> => {
    const types: string[] = [];
    for await (const { type } of api.store.readStream(stream)) types.push(type);
    return types;
  };

  it('R02 of twenty who create one structure one is its manager, and nineteen wait for attachment', async () => {
    const identifier = fresh();
    const people = await Promise.all(Array.from({ length: 20 }, () => person()));
    const outcomes = await Promise.all(people.map((caller) => run(create(caller, identifier))));
    expect(outcomes.filter((outcome) => outcome === 'created')).toHaveLength(1);
    expect(outcomes.filter((outcome) => outcome === 'attachment-requested')).toHaveLength(19);
    expect(await eventsOf(`structure-${identifier}`)).toEqual(['StructureRegistered']);
    const { rows } = await api.store.pool.query(
      'SELECT type, count(*)::integer FROM es.events WHERE stream_id LIKE $1 GROUP BY type ORDER BY type',
      [`membership-${identifier}/%`],
    );
    expect(rows).toEqual([
      { type: 'AttachmentRequested', count: 19 },
      { type: 'UserAttached', count: 1 },
    ]);
  });

  it('R04 of two managers who judge one request one wins, and the other is told who did', async () => {
    for (let round = 0; round < 5; round += 1) {
      const structure = await created();
      await run(new AttachUser(anne, { account: bruno.account }, [structure]));
      await run(new AppointSecondaryManager(anne, { structure, account: bruno.account }));
      const carla = await person();
      const key = { structure, account: carla.account };
      await run(new RequestAttachment(carla, structure));
      const outcomes = await all([new ValidateAttachment(anne, key), new RefuseAttachment(bruno, key, null)]);
      expect(outcomes.filter(({ done }) => done)).toHaveLength(1);
      const winner = outcomes[0]?.done === true ? 'validée par Anne Martin' : 'refusée par Bruno Martin';
      expect(outcomes.find(({ done }) => !done)).toMatchObject({
        code: 'RAT-004',
        message: `La demande de rattachement a déjà été ${winner}.`,
      });
    }
  });

  it('R04 of ten requests of one pair one is recorded', async () => {
    const structure = await created();
    const outcomes = await all(Array.from({ length: 10 }, () => new RequestAttachment(bruno, structure)));
    expect(outcomes.filter(({ done }) => done)).toHaveLength(1);
    expect(outcomes.filter(({ code }) => code === 'RAT-001')).toHaveLength(9);
    expect(await eventsOf(`membership-${structure}/${bruno.account}`)).toEqual(['AttachmentRequested']);
  });

  it('R06 of two transfers of one role one wins, and whoever was manager decides nothing any more', async () => {
    const structure = await created();
    const [carla, denis] = [await person(), await person()];
    const outcomes = await all(
      [carla, denis].map(({ account }) => new TransferPrimaryRole(anne, structure, { account }, 'simple')),
    );
    expect(outcomes.filter(({ done }) => done)).toHaveLength(1);
    expect(outcomes.find(({ done }) => !done)).toMatchObject({ code: 'AUTH-003' });
    expect(await eventsOf(`structure-${structure}`)).toEqual(['StructureRegistered', 'PrimaryManagerNamed']);
  });

  it('R03 who is deactivated in the moment of becoming primary manager does not become it, or is not deactivated', async () => {
    for (let round = 0; round < 5; round += 1) {
      const structure = await created();
      const key = { structure, account: bruno.account };
      await run(new AttachUser(anne, { account: bruno.account }, [structure]));
      const [transfer, deactivation] = await all([
        new TransferPrimaryRole(anne, structure, { account: bruno.account }, 'simple'),
        new DeactivateAuthorisation(anne, key),
      ]);
      expect([transfer?.done, deactivation?.done].filter(Boolean)).toHaveLength(1);
      expect(transfer?.done === true ? deactivation?.code : transfer?.code).toMatch(/^(AUTH-003|RAT-009|ROL-005)$/);
    }
  });

  it('R16 of two changes of one SIRET one wins, and of two structures one takes a free SIRET', async () => {
    const [old, first, second] = [await created(), fresh(), fresh()];
    const changes = await all([new ChangeIdentifier(anne, old, first), new ChangeIdentifier(anne, old, second)]);
    expect(changes.filter(({ done }) => done)).toHaveLength(1);
    expect(changes.find(({ done }) => !done)).toMatchObject({ code: 'STR-003' });
    const [one, other, wanted] = [await created(), await created(), fresh()];
    const claims = await all([new ChangeIdentifier(anne, one, wanted), new ChangeIdentifier(anne, other, wanted)]);
    expect(claims.filter(({ done }) => done)).toHaveLength(1);
    expect(claims.find(({ done }) => !done)).toMatchObject({ code: 'SIR-004' });
  });

  it('R16 an attachment in the moment of a change of SIRET is carried over, or refused naming the successor', async () => {
    const outcomes: string[] = [];
    for (let round = 0; round < 10; round += 1) {
      const [old, next] = [await created(), fresh()];
      const attached = run(new AttachUser(anne, { account: bruno.account }, [old]));
      await Promise.all([attached, run(new ChangeIdentifier(anne, old, next))]);
      const [line] = await attached;
      const isAttached = (await eventsOf(`membership-${old}/${bruno.account}`)).length > 0;
      expect(line).toMatchObject(
        isAttached ? { outcome: 'done' } : { code: 'STR-003', message: expect.stringContaining(next) as string },
      );
      const repeated = await run(new AttachUser(anne, { account: bruno.account }, [next]));
      expect(repeated).toMatchObject([isAttached ? { code: 'RAT-002' } : { outcome: 'done' }]);
      outcomes.push(line?.outcome ?? '');
    }
    expect(outcomes).toHaveLength(10);
  });

  it('R04 two who do unrelated things on one structure do not disturb one another', async () => {
    const structure = await created();
    const people = await Promise.all(Array.from({ length: 8 }, () => person()));
    const outcomes = await all(people.map(({ account }) => new AttachUser(anne, { account }, [structure])));
    expect(outcomes.every(({ done }) => done)).toBe(true);
    expect(await eventsOf(`structure-${structure}`)).toEqual(['StructureRegistered']);
  });
});
