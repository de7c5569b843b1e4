import { membershipStream, structureStream } from '#domain';
import { migrateEventStore, openEventStore, type EventStore, type NewEvent } from '#events';
import { createTestDatabase, type TestDatabase } from '../../../../test/support/database.js';
import { migrateReadModels } from '../read-models/data-source.js';
import { project, record } from '../../../../test/support/read-models.js';
import { peopleProjection } from './people.projection.js';

const at = '2026-11-20T10:00:00.000Z';

describe('the projection of people', () => {
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
});
