import { accept, membershipStream, refuse, structureStream, type MembershipEvent, type StructureEvent } from '#domain';
import type { EventStore } from '#events';
import { PersonalDataCipher, PersonalDataVault } from '#persistence';
import { machineOf } from '../../../../test/support/callers.js';
import type { Caller } from '../access/caller.js';
import { openOwnStore, type OwnStore } from '../../../../test/support/test-store.js';
import { Decisions } from './decisions.js';

const operator: Caller = { kind: 'operator' };
const MANAGER = '11111111-1111-4111-8111-111111111111';
const manager: Caller = { kind: 'person', account: MANAGER };
const user = '22222222-2222-4222-8222-222222222222';

describe('Decisions', () => {
  let own: OwnStore;
  let store: EventStore;
  let vault: PersonalDataVault;
  let decisions: Decisions;

  beforeAll(async () => {
    own = await openOwnStore();
    ({ store } = own);
    vault = new PersonalDataVault(store.pool, new PersonalDataCipher('secret-des-donnees-personnelles-des-tests'));
    decisions = new Decisions(store, vault);
  });

  afterAll(() => own.close());

  const registered = (identifier: string, person: string | null = null): StructureEvent => ({
    type: 'StructureRegistered',
    data: { identifier, name: 'Établissements Réunis', publicEntity: true, primaryManager: MANAGER, person },
  });
  const attached = (structure: string, account: string): MembershipEvent => ({
    type: 'UserAttached',
    data: { structure, account, by: MANAGER },
  });

  async function structureWithManager(identifier: string): Promise<void> {
    await decisions.decide(operator, async (session) => {
      await session.record(structureStream(identifier), accept(registered(identifier)));
      const key = { structure: identifier, account: MANAGER };
      await session.record(membershipStream(key), accept(attached(identifier, MANAGER)));
    });
  }

  it('R09 finds nothing for whoever has nothing to do with the structure, and forbids what the role does not give', async () => {
    await structureWithManager('S1');
    const stranger: Caller = { kind: 'person', account: user };
    await expect(
      decisions.look(stranger, (session) => session.authorise('structure.read', 'S1')),
    ).rejects.toMatchObject({
      verdict: 'not-found',
      code: 'STR-404',
    });
    await expect(
      decisions.look(manager, (session) => session.authorise('structure.exclude', 'S1')),
    ).rejects.toMatchObject({
      verdict: 'forbidden',
      code: 'AUTH-003',
    });
    await expect(
      decisions.look(manager, (session) => session.authorise('structure.describe', 'S1')),
    ).resolves.toMatchObject({ identifier: 'S1' });
  });

  it('R16 a structure that took another’s place has what is carried over, by reference', async () => {
    await structureWithManager('S2');
    await decisions.decide(operator, async (session) => {
      await session.record(
        structureStream('S2'),
        accept<StructureEvent>(
          { type: 'InvoicingMandateSubscribed', data: { by: MANAGER } },
          { type: 'SpaceOpened', data: { space: 'WORKS_INVOICES', service: null, by: MANAGER } },
          { type: 'StructureDeactivated', data: { successor: 'S3' } },
        ),
      );
      await session.record(
        structureStream('S3'),
        accept({ type: 'StructureDuplicated', data: { identifier: 'S3', origins: ['S2'], by: MANAGER } }),
      );
    });
    const [old, next] = await decisions.look(manager, async (session) => [
      await session.authorise('structure.read', 'S2'),
      await session.authorise('structure.describe', 'S3'),
    ]);
    expect(old).toMatchObject({ status: 'deactivated', successor: 'S3', invoicingMandate: true });
    expect(next).toMatchObject({
      status: 'active',
      identifier: 'S3',
      origins: ['S2'],
      invoicingMandate: false,
      spaces: [{ space: 'WORKS_INVOICES', service: null }],
      primaryManager: MANAGER,
    });
    expect((await store.streamVersions([membershipStream({ structure: 'S3', account: MANAGER })])).size).toBe(0);
  });

  it('R16 the machines of a structure act on those whose place it took, in a chain too, and on no other', async () => {
    const [first, second, third, closed, elsewhere] = ['C1', 'C2', 'C3', 'C4', 'C5'] as const;
    for (const identifier of [first, closed, elsewhere]) await structureWithManager(identifier);
    const take = (identifier: string, origins: readonly string[]): Promise<unknown> =>
      decisions.decide(operator, async (session) => {
        const [former = ''] = origins.slice(-1);
        const deactivated: StructureEvent = { type: 'StructureDeactivated', data: { successor: identifier } };
        await session.record(structureStream(former), accept(deactivated));
        const duplicated: StructureEvent = { type: 'StructureDuplicated', data: { identifier, origins, by: MANAGER } };
        await session.record(structureStream(identifier), accept(duplicated));
      });
    await take(second, [first]);
    await take(third, [first, second]);
    // An operator may name as successor somebody who did not take its place by a change of SIRET.
    await decisions.decide(operator, (session) =>
      session.record(
        structureStream(closed),
        accept<StructureEvent>({ type: 'StructureDeactivated', data: { successor: elsewhere } }),
      ),
    );
    const all = [first, second, third, closed, elsewhere];
    const reach = async (acting: string): Promise<string[]> => {
      const reached: string[] = [];
      for (const identifier of all)
        await decisions
          .look(machineOf(acting), (session) => session.authorise('invoice.process', identifier))
          .then(({ identifier: found }) => reached.push(found))
          .catch((error: unknown) => expect(error).toMatchObject({ verdict: 'not-found' }));
      return reached;
    };
    expect(await reach(first)).toEqual([first]);
    expect(await reach(second)).toEqual([second]);
    expect(await reach(third)).toEqual([first, second, third]);
    expect(await reach(closed)).toEqual([closed]);
    expect(await reach(elsewhere)).toEqual([elsewhere]);
    expect(await reach('C6')).toEqual([]);
    await expect(
      decisions.look(machineOf(third), (session) => session.authorise('invoice.process', 'unknown')),
    ).rejects.toMatchObject({ verdict: 'not-found' });
  });

  it('R04 lets one of two win who judge the same request at the same instant, and tells the other', async () => {
    await structureWithManager('S4');
    const key = { structure: 'S4', account: user };
    await decisions.decide(operator, (session) =>
      session.record(membershipStream(key), accept({ type: 'AttachmentRequested', data: key })),
    );
    const judge = (validate: boolean): Promise<unknown> =>
      decisions.decide(manager, async (session) => {
        await session.authorise('member.judge-request', 'S4');
        const { status } = await session.membership(key);
        if (status !== 'requested') return session.record(membershipStream(key), refuse('RAT-004', 'Déjà jugée.'));
        return session.record<MembershipEvent>(
          membershipStream(key),
          accept(
            validate
              ? { type: 'AttachmentValidated', data: { ...key, by: MANAGER } }
              : { type: 'AttachmentRefused', data: { ...key, by: MANAGER, reason: null } },
          ),
        );
      });
    const outcomes = await Promise.allSettled([judge(true), judge(false)]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(outcomes.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { code: 'RAT-004' } });
  });

  it('R03 a manager who loses the role in that moment decides nothing any more', async () => {
    await structureWithManager('S5');
    const key = { structure: 'S5', account: user };
    let interfered = false;
    const late = decisions.decide(manager, async (session) => {
      await session.authorise('member.attach', 'S5');
      if (!interfered) {
        interfered = true;
        await decisions.decide(operator, (other) =>
          other.record(
            structureStream('S5'),
            accept<StructureEvent>({
              type: 'PrimaryManagerNamed',
              data: {
                account: user,
                former: MANAGER,
                formerBecomes: 'simple',
                by: 'operator',
                supportRequest: null,
              },
            }),
          ),
        );
      }
      return session.record(membershipStream(key), accept(attached('S5', user)));
    });
    await expect(late).rejects.toMatchObject({ code: 'AUTH-003' });
    expect(interfered).toBe(true);
    expect((await store.streamVersions([membershipStream(key)])).size).toBe(0);
  });

  it('R01 keeps personal data encrypted in the log, and nothing of them once the person is erased', async () => {
    const stream = structureStream('P1');
    await decisions.decide(operator, (session) => session.record(stream, accept(registered('P1', user))));
    const { rows } = await store.pool.query<{ data: string }>('SELECT data::text FROM es.events WHERE stream_id = $1', [
      stream,
    ]);
    expect(rows).toHaveLength(1);
    expect(rows[0]?.data).not.toContain('Réunis');
    const name = () =>
      decisions.look(operator, async (session) => (await session.structure('P1')) as { name?: unknown });
    expect((await name()).name).toBe('Établissements Réunis');
    await vault.erase(user);
    expect((await name()).name).toBeNull();
    await expect(
      decisions.decide(operator, (session) => session.record(structureStream('P2'), accept(registered('P2', user)))),
    ).rejects.toMatchObject({ name: 'PersonErased' });
  });
});
