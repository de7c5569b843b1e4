import {
  evolveMembership,
  evolveStructure,
  isCarriedOver,
  membershipStream,
  noMembership,
  noStructure,
  SPACE_CODES,
  structureStream,
  type Membership,
  type MembershipEvent,
  type Structure,
  type StructureEvent,
} from '#domain';
import { migrateEventStore, openEventStore, type EventStore } from '#events';
import fc from 'fast-check';
import { createTestDatabase, type TestDatabase } from '../../../../test/support/database.js';
import { migrateReadModels } from '../read-models/data-source.js';
import { dump, forget, project, record } from '../../../../test/support/read-models.js';
import { rightsProjection } from './rights.projection.js';

const ACCOUNTS = ['11111111-1111-4111-8111-111111111111', '22222222-2222-4222-8222-222222222222'] as const;
const SERVICES = [null, 'COMPTA', 'ACHATS'] as const;

/** What happens on one of the structures of a history: to the structure, to one of its people, or its SIRET changes. */
type Happening =
  | { readonly kind: 'structure'; readonly event: StructureEvent }
  | { readonly kind: 'member'; readonly account: string; readonly event: (structure: string) => MembershipEvent }
  | { readonly kind: 'change-identifier' };

const by = ACCOUNTS[0];
const place = fc.record({ space: fc.constantFrom(...SPACE_CODES), service: fc.constantFrom(...SERVICES) });
const right = fc.constantFrom('consultation' as const, 'modification' as const);
const service = fc.constantFrom('COMPTA', 'ACHATS');

const structureHappens: fc.Arbitrary<Happening> = fc
  .tuple(fc.constantFrom('SpaceOpened' as const, 'SpaceClosed' as const), place)
  .map(([type, at]) => ({ kind: 'structure', event: { type, data: { ...at, by } } }));

const memberHappens: fc.Arbitrary<Happening> = fc
  .tuple(fc.constantFrom(...ACCOUNTS), place, right, service, fc.nat(13))
  .map(([account, at, wanted, code, which]) => ({
    kind: 'member',
    account,
    event: (structure) => {
      const key = { structure, account };
      const events: readonly MembershipEvent[] = [
        { type: 'SubscriptionRequested', data: { ...key, ...at, right: wanted } },
        { type: 'SubscriptionRefused', data: { ...key, ...at, by, reason: null } },
        { type: 'SpaceSubscribed', data: { ...key, ...at, right: wanted, by } },
        { type: 'SpaceUnsubscribed', data: { ...key, ...at, by } },
        { type: 'ServiceUserEnabled', data: { ...key, service: code, by } },
        { type: 'ServiceUserDisabled', data: { ...key, service: code, by } },
        { type: 'AuthorisationDeactivated', data: { ...key, by } },
        { type: 'AuthorisationReactivated', data: { ...key, by } },
        { type: 'AuthorisationDeleted', data: { ...key, by } },
        { type: 'UserAttached', data: { ...key, by } },
        { type: 'AttachmentRequested', data: key },
        { type: 'AttachmentRefused', data: { ...key, by, reason: null } },
        { type: 'SubscriptionRequested', data: { ...key, ...at, right: wanted } },
        { type: 'SpaceSubscribed', data: { ...key, ...at, right: wanted, by } },
      ];
      return events[which] ?? { type: 'UserAttached', data: { ...key, by } };
    },
  }));

const history = fc.array(
  fc.oneof(
    { weight: 3, arbitrary: structureHappens },
    { weight: 12, arbitrary: memberHappens },
    { weight: 1, arbitrary: fc.constant<Happening>({ kind: 'change-identifier' }) },
  ),
  { minLength: 10, maxLength: 60 },
);

describe('the projection of rights', () => {
  let database: TestDatabase;
  let store: EventStore;

  beforeAll(async () => {
    database = await createTestDatabase();
    await migrateEventStore(database.connectionString);
    await migrateReadModels(database.connectionString);
    store = await openEventStore({ connectionString: database.connectionString, poolSize: 4 });
  });

  afterAll(async () => {
    await store.close();
    await database.drop();
  });

  it('R08 R11 R16 holds what the folded streams hold, after any history and any change of SIRET', async () => {
    let runs = 0;
    let changes = 0;
    await fc.assert(
      fc.asyncProperty(history, async (happenings) => {
        runs += 1;
        const identifiers = [`R${runs}.0`];
        const log = new Map<string, (StructureEvent | MembershipEvent)[]>();
        const happened = async (stream: string, event: StructureEvent | MembershipEvent): Promise<void> => {
          log.set(stream, [...(log.get(stream) ?? []), event]);
          await record(store, { stream, expected: 'any', events: [event] });
        };
        const first = { identifier: identifiers[0] ?? '', name: 'Établissements', publicEntity: true };
        await happened(structureStream(first.identifier), { type: 'StructureRegistered', data: first });
        for (const happening of happenings) {
          const current = identifiers.at(-1) ?? '';
          if (happening.kind === 'structure') await happened(structureStream(current), happening.event);
          if (happening.kind === 'member') {
            const { account } = happening;
            await happened(membershipStream({ structure: current, account }), happening.event(current));
          }
          if (happening.kind === 'change-identifier') {
            changes += 1;
            const identifier = `R${runs}.${identifiers.length}`;
            const duplicated: StructureEvent = {
              type: 'StructureDuplicated',
              data: { identifier, origins: [...identifiers], by },
            };
            await happened(structureStream(current), { type: 'StructureDeactivated', data: { successor: identifier } });
            await happened(structureStream(identifier), duplicated);
            identifiers.push(identifier);
          }
        }
        await project(store, [rightsProjection]);
        for (const [index, identifier] of identifiers.entries()) {
          const fold = <S, E>(evolve: (state: S, event: E) => S, initial: S, streamOn: (one: string) => string): S => {
            const carried = identifiers.slice(0, index).flatMap((origin) => log.get(streamOn(origin)) ?? []);
            const own = log.get(streamOn(identifier)) ?? [];
            return [...carried.filter(({ type }) => isCarriedOver(type)), ...own].reduce(
              (state, event) => evolve(state, event as E),
              initial,
            );
          };
          const structure = fold<Structure, StructureEvent>(evolveStructure, noStructure, structureStream);
          expect(await openedSpaces(identifier)).toEqual(spacesOf(structure));
          for (const account of ACCOUNTS) {
            const membership = fold<Membership, MembershipEvent>(evolveMembership, noMembership, (one) =>
              membershipStream({ structure: one, account }),
            );
            expect(await subscriptions(identifier, account)).toEqual(subscriptionsOf(membership));
            expect(await services(identifier, account)).toEqual([...membership.services].sort());
          }
        }
      }),
      { numRuns: 25 },
    );
    expect(changes).toBeGreaterThan(5);
    const before = await dump(store.pool, [rightsProjection]);
    for (const batchSize of [1, 7, 50, 500]) {
      await forget(store.pool, [rightsProjection]);
      await project(store, [rightsProjection], batchSize);
      expect(await dump(store.pool, [rightsProjection])).toEqual(before);
    }
  });

  it('R16 counts for the new structure what the log puts after the change of SIRET, as the folded streams do', async () => {
    const [account] = ACCOUNTS;
    const key = { structure: 'LATE.0', account };
    const at = { space: 'WORKS_INVOICES', service: null } as const;
    const duplicated: StructureEvent = {
      type: 'StructureDuplicated',
      data: { identifier: 'LATE.1', origins: ['LATE.0'], by },
    };
    const late: readonly MembershipEvent[] = [
      { type: 'SpaceSubscribed', data: { ...key, ...at, right: 'modification', by } },
      { type: 'ServiceUserEnabled', data: { ...key, service: 'COMPTA', by } },
    ];
    const opened: StructureEvent = { type: 'SpaceOpened', data: { ...at, by } };
    await record(
      store,
      { stream: structureStream('LATE.1'), expected: 'none', events: [duplicated] },
      { stream: membershipStream(key), expected: 'none', events: late },
      { stream: structureStream('LATE.0'), expected: 'none', events: [opened] },
    );
    await project(store, [rightsProjection]);
    expect(await subscriptions('LATE.1', account)).toEqual([`WORKS_INVOICES - active modification ${by}`]);
    expect(await services('LATE.1', account)).toEqual(['COMPTA']);
    expect(await openedSpaces('LATE.1')).toEqual(['WORKS_INVOICES -']);
  });

  async function lines(query: string, parameters: readonly string[]): Promise<string[]> {
    const { rows } = await store.pool.query<{ line: string }>(query, [...parameters]);
    return rows.map(({ line }) => line).sort();
  }

  const openedSpaces = (structure: string): Promise<string[]> =>
    lines(`SELECT concat_ws(' ', space, coalesce(service, '-')) AS line FROM read.opened_spaces WHERE structure = $1`, [
      structure,
    ]);
  const subscriptions = (structure: string, account: string): Promise<string[]> =>
    lines(
      `SELECT concat_ws(' ', space, coalesce(service, '-'), status, access_right, coalesce(given_by, '-')) AS line
         FROM read.subscriptions WHERE structure = $1 AND account = $2`,
      [structure, account],
    );
  const services = (structure: string, account: string): Promise<string[]> =>
    lines('SELECT service AS line FROM read.service_users WHERE structure = $1 AND account = $2', [structure, account]);
});

function spacesOf(structure: Structure): string[] {
  const spaces = structure.status === 'none' ? [] : structure.spaces;
  return [...new Set(spaces.map(({ space, service: code }) => `${space} ${code ?? '-'}`))].sort();
}

function subscriptionsOf({ subscriptions }: Membership): string[] {
  return subscriptions
    .map((one) => `${one.space} ${one.service ?? '-'} ${one.status} ${one.right} ${one.by ?? '-'}`)
    .sort();
}
