import { membershipStream, structureStream } from '#domain';
import { type EventStore, type NewEvent } from '#events';
import fc from 'fast-check';
import { openOwnStore, type OwnStore } from '../../../../test/support/test-store.js';
import { dump, forget, project, record } from '../../../../test/support/read-models.js';
import { peopleProjection } from './people.projection.js';

const at = '2026-11-20T10:00:00.000Z';

/** What happens to a person on a structure, late on the one it goes back to; or the structure's SIRET changes. */
const history = fc.array(
  fc.record({
    type: fc.constantFrom(...peopleProjection.types),
    account: fc.constantFrom('anne', 'bruno', 'chloé'),
    late: fc.boolean(),
  }),
  { minLength: 10, maxLength: 60 },
);

describe('the projection of people', () => {
  let own: OwnStore;
  let store: EventStore;

  beforeAll(async () => {
    own = await openOwnStore();
    ({ store } = own);
  });

  afterAll(() => own.close());

  const happened = async (structure: string, account: string, ...types: readonly (string | NewEvent)[]) => {
    const stream = membershipStream({ structure, account });
    const version = (await store.streamVersions([stream])).get(stream) ?? 'none';
    const data = { structure, account, by: 'chef', reason: 'Inconnu' };
    const events = types.map((type) => (typeof type === 'string' ? { type, data, occurredAt: at } : type));
    await record(store, { stream, expected: version, events });
    await project(store, [peopleProjection]);
  };
  const rowOf = async (structure: string, account: string): Promise<unknown> =>
    (
      await store.pool.query('SELECT * FROM read.memberships WHERE structure = $1 AND account = $2', [
        structure,
        account,
      ])
    ).rows[0];
  const nothing = {
    status: 'attached',
    secondary_manager: false,
    requested_at: null,
    judged_at: null,
    judged_by: null,
    reason: null,
    attached_at: null,
  };
  const now = new Date(at);
  let runs = 0;

  it.each<[string, string[], object | null]>([
    ['a request that waits', ['AttachmentRequested'], { status: 'requested', requested_at: now }],
    [
      'a request that was validated',
      ['AttachmentRequested', 'AttachmentValidated'],
      { requested_at: now, judged_at: now, judged_by: 'chef', attached_at: now },
    ],
    [
      'a request that was refused',
      ['AttachmentRequested', 'AttachmentRefused'],
      { status: 'refused', requested_at: now, judged_at: now, judged_by: 'chef', reason: 'Inconnu' },
    ],
    [
      'a request made again',
      ['AttachmentRequested', 'AttachmentRefused', 'AttachmentRequested'],
      { status: 'requested', requested_at: now },
    ],
    ['who was attached without asking', ['UserAttached'], { attached_at: now }],
    [
      'who was attached after a refusal',
      ['AttachmentRequested', 'AttachmentRefused', 'UserAttached'],
      { attached_at: now },
    ],
    [
      'a secondary manager',
      ['UserAttached', 'SecondaryManagerAppointed'],
      { attached_at: now, secondary_manager: true },
    ],
    [
      'one who was dismissed',
      ['UserAttached', 'SecondaryManagerAppointed', 'SecondaryManagerDismissed'],
      { attached_at: now },
    ],
    ['who is deactivated', ['UserAttached', 'AuthorisationDeactivated'], { attached_at: now, status: 'deactivated' }],
    [
      'who is active again',
      ['UserAttached', 'AuthorisationDeactivated', 'AuthorisationReactivated'],
      { attached_at: now },
    ],
    ['who was deleted', ['UserAttached', 'AuthorisationDeleted'], null],
  ])('R04 R05 knows %s', async (name, types, expected) => {
    await happened('S', name, ...types);
    expect(await rowOf('S', name)).toEqual(
      expected === null ? undefined : { ...nothing, structure: 'S', account: name, ...expected },
    );
  });

  it('R16 a structure that takes another’s place has its people, and goes its own way from there', async () => {
    await happened('OLD', 'anne', 'UserAttached', 'SecondaryManagerAppointed');
    await happened('OLD', 'bruno', 'AttachmentRequested');
    const duplicated = (identifier: string, origins: string[]) =>
      record(store, {
        stream: structureStream(identifier),
        expected: 'none',
        events: [{ type: 'StructureDuplicated', data: { identifier, origins, by: 'anne' } }],
      });
    await duplicated('MIDDLE', ['OLD']);
    await happened('MIDDLE', 'bruno', 'AttachmentValidated');
    await duplicated('NEW', ['OLD', 'MIDDLE']);
    await happened('NEW', 'anne', 'AuthorisationDeleted');
    const { rows } = await store.pool.query(
      `SELECT structure, account, status, secondary_manager FROM read.memberships
        WHERE structure = ANY ($1) ORDER BY structure, account`,
      [['OLD', 'MIDDLE', 'NEW']],
    );
    const row = (structure: string, account: string, status: string) => ({
      structure,
      account,
      status,
      secondary_manager: account === 'anne',
    });
    expect(rows).toEqual([
      row('MIDDLE', 'anne', 'attached'),
      row('MIDDLE', 'bruno', 'attached'),
      row('NEW', 'bruno', 'attached'),
      row('OLD', 'anne', 'attached'),
      row('OLD', 'bruno', 'requested'),
    ]);
  });

  it('R16 an event of the old structure that the log has after the change counts for the new one', async () => {
    await happened('OLD', 'chloé', 'UserAttached');
    for (const structure of ['OLD', 'MIDDLE', 'NEW'])
      expect(await rowOf(structure, 'chloé')).toMatchObject({ structure, status: 'attached' });
  });

  it('R04 R05 R16 comes to the same rows, whatever the batches that the log is read in', async () => {
    await fc.assert(
      fc.asyncProperty(history, async (happenings) => {
        const run = `H${(runs += 1)}`;
        const identifiers = [`${run}.0`];
        for (const { type, account, late } of happenings) {
          if (type === 'StructureDuplicated') {
            const identifier = `${run}.${identifiers.length}`;
            const duplicated = { type, data: { identifier, origins: [...identifiers], by: 'anne' } };
            await record(store, { stream: structureStream(identifier), expected: 'none', events: [duplicated] });
            identifiers.push(identifier);
            continue;
          }
          const structure = (late ? identifiers[0] : identifiers.at(-1)) ?? '';
          const data = { structure, account, by: 'chef', reason: 'Inconnu' };
          const stream = membershipStream({ structure, account });
          await record(store, { stream, expected: 'any', events: [{ type, data }] });
        }
      }),
      { numRuns: 15 },
    );
    await forget(store.pool, [peopleProjection]);
    await project(store, [peopleProjection], 1);
    const oneByOne = await dump(store.pool, [peopleProjection]);
    expect(oneByOne['read.structure_origins']?.length).toBeGreaterThan(10);
    expect(oneByOne['read.memberships']?.length).toBeGreaterThan(20);
    for (const batchSize of [7, 50, 500]) {
      await forget(store.pool, [peopleProjection]);
      await project(store, [peopleProjection], batchSize);
      expect(await dump(store.pool, [peopleProjection])).toEqual(oneByOne);
    }
  });
});
