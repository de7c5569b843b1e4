import { CommandRefused, AccessRefused, type Caller } from '#application';
import { directoryProjection, peopleProjection } from '#persistence';
import { CommandBus, type Command } from '@nestjs/cqrs';
import fc from 'fast-check';
import { dump, forget, project } from '../../../../test/support/read-models.js';
import { startOwnApi, type OwnApi } from '../../../../test/support/own-api.js';
import type { PersonCaller } from '../access/caller.js';
import { activeAccount } from '../testing/active-account.js';
import { AttachUser, RefuseAttachment, RequestAttachment, ValidateAttachment } from './attachments.js';
import { DeactivateAuthorisation, DeleteAuthorisation, ReactivateAuthorisation } from './authorisations.js';
import { ChangeIdentifier } from './change-identifier.js';
import { CreateStructure } from './create-structure.js';
import { TransferPrimaryRole } from './primary-manager.js';
import { AppointSecondaryManager, DismissSecondaryManager } from './secondary-managers.js';
import { LogWalk } from './testing/log-walk.js';
import { Model, type Actor, type ModelCommand } from './testing/model.js';
import { siretOf } from './testing/siret.js';

const PEOPLE = 4;
const STRUCTURES = 3;

const somebody = fc.nat(PEOPLE - 1);
const anyone: fc.Arbitrary<Actor> = fc.oneof({ weight: 5, arbitrary: somebody }, fc.constant('operator' as const));
const structure = fc.nat(STRUCTURES - 1);
const commands: fc.Arbitrary<ModelCommand> = fc.oneof(
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('create' as const), by: somebody }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('request' as const), by: somebody, structure }) },
  {
    weight: 12,
    arbitrary: fc.record({
      kind: fc.constantFrom(
        ...(['validate', 'validate', 'refuse', 'attach', 'deactivate', 'reactivate', 'delete'] as const),
      ),
      by: anyone,
      on: somebody,
      structure,
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constantFrom(...(['appoint', 'appoint', 'dismiss'] as const)),
      by: somebody,
      on: somebody,
      structure,
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('transfer' as const),
      by: somebody,
      on: somebody,
      structure,
      formerBecomes: fc.constantFrom(...(['secondary', 'simple'] as const)),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('change' as const), by: anyone, structure }) },
);

describe('random histories of people on structures', () => {
  let api: OwnApi;
  let people: string[];
  let company = 0;
  let walk: LogWalk;

  beforeAll(async () => {
    api = await startOwnApi();
    people = await Promise.all(Array.from({ length: PEOPLE }, () => activeAccount(api)));
    walk = new LogWalk(api.store, people);
  });

  afterAll(() => api.close());

  /** Every structure of a history has the same SIREN, and the number of its rank. */
  const identifierOf = (siren: string, rank: number): string => siretOf(siren, rank);
  const nextSiren = (): string => String(800_000_000 + (company += 1));
  const personOf = (index: number): PersonCaller => ({ kind: 'person', account: people[index] ?? '' });
  const callerOf = (actor: Actor): Caller => (actor === 'operator' ? { kind: 'operator' } : personOf(actor));

  function commandOf(command: ModelCommand, siren: string, next: number): Command<unknown> {
    if (command.kind === 'create')
      return new CreateStructure(personOf(command.by), {
        identifier: identifierOf(siren, next),
        identifierType: 'SIRET',
        category: 'COMPANY',
        name: 'A',
        address: null,
      });
    const identifier = identifierOf(siren, command.structure);
    if (command.kind === 'request') return new RequestAttachment(personOf(command.by), identifier);
    const caller = callerOf(command.by);
    if (command.kind === 'change') return new ChangeIdentifier(caller, identifier, identifierOf(siren, next));
    const { account } = personOf(command.on);
    const key = { structure: identifier, account };
    switch (command.kind) {
      case 'validate':
        return new ValidateAttachment(caller, key);
      case 'refuse':
        return new RefuseAttachment(caller, key, null);
      case 'attach':
        return new AttachUser(caller, { account }, [identifier]);
      case 'deactivate':
        return new DeactivateAuthorisation(caller, key);
      case 'reactivate':
        return new ReactivateAuthorisation(caller, key);
      case 'delete':
        return new DeleteAuthorisation(caller, key);
      case 'appoint':
        return new AppointSecondaryManager(caller, key);
      case 'dismiss':
        return new DismissSecondaryManager(caller, key);
      case 'transfer':
        return new TransferPrimaryRole(personOf(command.by), identifier, { account }, command.formerBecomes);
    }
  }

  /** Whether the command was done; what is neither done nor refused fails the test. */
  async function run(command: Command<unknown>): Promise<boolean> {
    try {
      const answer = await api.app.get(CommandBus).execute(command);
      return !(command instanceof AttachUser) || (answer as { outcome: string }[])[0]?.outcome === 'done';
    } catch (error) {
      if (error instanceof CommandRefused || error instanceof AccessRefused) return false;
      throw error;
    }
  }

  async function expectReadModels(model: Model, siren: string): Promise<void> {
    await api.project();
    const { rows } = await api.store.pool.query<Record<string, unknown>>(
      `SELECT structure, account, status, secondary_manager AS secondary FROM read.memberships
        WHERE starts_with(structure, $1) AND status <> 'refused' ORDER BY structure, account`,
      [siren],
    );
    const expected = model.structures.flatMap(({ members }, rank) =>
      [...members].map(([index, { status, secondary }]) => ({
        structure: identifierOf(siren, rank),
        account: people[index],
        status,
        secondary,
      })),
    );
    const order = (row: Record<string, unknown>): string => `${String(row['structure'])}/${String(row['account'])}`;
    expected.sort((left, right) => (order(left) < order(right) ? -1 : 1));
    expect(rows).toEqual(expected);
    const structures = await api.store.pool.query(
      `SELECT identifier, active, successor, primary_manager AS manager FROM read.structures
        WHERE starts_with(identifier, $1) ORDER BY identifier`,
      [siren],
    );
    expect(structures.rows).toEqual(
      model.structures.map(({ active, successor, primary }, rank) => ({
        identifier: identifierOf(siren, rank),
        active,
        successor: successor === null ? null : identifierOf(siren, successor),
        manager: people[primary],
      })),
    );
  }

  it('R02 R03 R04 R05 R06 R16 go as the model says, command by command, and so do the read models', async () => {
    let done = 0;
    let refused = 0;
    const history = fc.array(commands, { minLength: 25, maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(somebody, history, async (first, rest) => {
        const model = new Model();
        const siren = nextSiren();
        for (const command of [{ kind: 'create', by: first } as const, ...rest]) {
          const next = model.structures.length;
          const expected = model.run(command);
          const answer = await run(commandOf(command, siren, next));
          expect([command, answer]).toEqual([command, expected]);
          if (answer) done += 1;
          else refused += 1;
        }
        await walk.toTheEnd();
        await expectReadModels(model, siren);
      }),
      { numRuns: 24, endOnFailure: true },
    );
    expect([done, refused].every((count) => count > 50)).toBe(true);
  }, 120_000);

  it('R02 R03 R04 R16 keep their invariants at every position of the log when commands race', async () => {
    const races = fc.array(fc.array(commands, { minLength: 3, maxLength: 6 }), { minLength: 5, maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(somebody, races, async (first, rest) => {
        const siren = nextSiren();
        let next = 0;
        for (const batch of [[{ kind: 'create', by: first } as const], ...rest])
          await Promise.all(
            batch.map((command) => {
              const own = command.kind === 'create' || command.kind === 'change' ? next++ : next;
              return run(commandOf(command, siren, own));
            }),
          );
        await walk.toTheEnd();
      }),
      { numRuns: 10, endOnFailure: true },
    );
  }, 120_000);

  it('R61 leave read models that are the same when they are made again from the log', async () => {
    await api.project();
    const own = [directoryProjection, peopleProjection];
    const before = await dump(api.store.pool, own);
    expect(before['read.memberships']?.length).toBeGreaterThan(20);
    await forget(api.store.pool, own);
    await project(api.store, own, 7);
    expect(await dump(api.store.pool, own)).toEqual(before);
  }, 60_000);
});
