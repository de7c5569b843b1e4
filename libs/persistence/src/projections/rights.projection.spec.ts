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
import { type EventStore } from '#events';
import fc from 'fast-check';
import { openOwnStore, type OwnStore } from '../../../../test/support/test-store.js';
import { dump, forget, project, record } from '../../../../test/support/read-models.js';
import { ACCOUNTS, recordRights, rightsHistory } from '../../../../test/support/rights-histories.js';
import { rightsProjection } from './rights.projection.js';

const [by] = ACCOUNTS;

describe('the projection of rights', () => {
  let own: OwnStore;
  let store: EventStore;

  beforeAll(async () => {
    own = await openOwnStore();
    ({ store } = own);
  });

  afterAll(() => own.close());

  it('R08 R11 R16 holds what the folded streams hold, after any history and any change of SIRET', async () => {
    let runs = 0;
    let changes = 0;
    await fc.assert(
      fc.asyncProperty(rightsHistory(SPACE_CODES), async (happenings) => {
        runs += 1;
        const { identifiers, log } = await recordRights(store, `R${runs}`, happenings);
        changes += identifiers.length - 1;
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
