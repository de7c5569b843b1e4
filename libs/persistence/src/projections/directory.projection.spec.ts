import { migrateEventStore, openEventStore, type EventStore } from '#events';
import { createTestDatabase, type TestDatabase } from '../../../../test/support/database.js';
import { migrateReadModels } from '../read-models/data-source.js';
import { directoryAppends } from '../testing/directory-events.js';
import { project, record } from '../testing/read-models.js';
import { directoryProjection } from './directory.projection.js';

describe('the projection of the directory', () => {
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

  it('R02 R11 R17 R50 knows structures, their services and connections', async () => {
    await record(store, ...directoryAppends);
    await project(store, [directoryProjection]);
    const structures = await store.pool.query('SELECT * FROM read.structures ORDER BY identifier');
    const plain = {
      name: 'Commune',
      public_entity: true,
      active: true,
      successor: null,
      requires_service_code: false,
      requires_commitment_number: false,
      requires_either: false,
      exclusion: null,
    };
    expect(structures.rows).toEqual([
      { ...plain, identifier: '13002526500013' },
      { ...plain, identifier: 'ASKS', requires_service_code: true, requires_either: true, exclusion: 'Comité' },
      { ...plain, identifier: 'OLD', active: false, successor: '13002526500013' },
    ]);
    expect((await store.pool.query('SELECT * FROM read.services ORDER BY code')).rows).toEqual([
      { structure: 'ASKS', code: 'S-1', name: 'Comptabilité', active: false, requires_commitment_number: true },
      { structure: 'ASKS', code: 'S-2', name: 'Achats', active: true, requires_commitment_number: false },
    ]);
    const connections = await store.pool.query(
      'SELECT application_code, open, api_key_digest, sftp_public_keys FROM read.connections ORDER BY 1',
    );
    expect(connections.rows).toEqual([
      {
        application_code: 'ABC123',
        open: true,
        api_key_digest: 'e'.repeat(64),
        sftp_public_keys: ['ssh-ed25519 A', 'ssh-ed25519 B'],
      },
      { application_code: 'SHUT01', open: false, api_key_digest: null, sftp_public_keys: [] },
    ]);
  });
});
