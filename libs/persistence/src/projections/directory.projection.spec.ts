import { type EventStore } from '#events';
import { serviceStream, structureStream } from '#domain';
import { openOwnStore, type OwnStore } from '../../../../test/support/test-store.js';
import { directoryAppends } from '../testing/directory-events.js';
import { project, record } from '../../../../test/support/read-models.js';
import { directoryProjection } from './directory.projection.js';

describe('the projection of the directory', () => {
  let own: OwnStore;
  let store: EventStore;

  beforeAll(async () => {
    own = await openOwnStore();
    ({ store } = own);
  });

  afterAll(() => own.close());

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
      identifier_type: 'SIRET',
      category: 'OTHER_PUBLIC',
      address: null,
      person: null,
      primary_manager: null,
      origins: [],
      living_structure: null,
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

  const registered = {
    identifier: '55208131766522',
    name: 'Atelier',
    publicEntity: false,
    identifierType: 'SIRET',
    category: 'SOLE_TRADER',
    address: { lines: ['1 rue du Pont'], postcode: '75001', city: 'Paris', country: 'FR' },
    primaryManager: 'anne',
    person: 'anne',
  };
  const moved = { name: 'Atelier du Pont', address: { ...registered.address, city: 'Lyon' }, person: 'anne' };
  const [OLD, MIDDLE, NEW] = ['55208131766522', '55208131700018', '55208131700026'];
  const on = (identifier: string) => structureStream(identifier);
  const service = (structure: string, code: string) => ({ structure, code });
  const rowsOf = async (columns: string, table = 'structures', order = 'identifier'): Promise<unknown[]> => {
    const { rows } = await store.pool.query<Record<string, unknown>>(
      `SELECT ${columns} FROM read.${table} WHERE ${order} = ANY ($1) ORDER BY 1`,
      [[OLD, MIDDLE, NEW]],
    );
    return rows;
  };

  it('R16 a structure that takes another’s place has what that one had, along a chain of changes', async () => {
    await record(
      store,
      {
        stream: on(OLD),
        expected: 'none',
        events: [
          { type: 'StructureRegistered', data: registered },
          { type: 'StructureDescribed', data: moved },
          {
            type: 'PrimaryManagerNamed',
            data: { account: 'bruno', former: 'anne', formerBecomes: 'simple', by: 'anne' },
          },
          {
            type: 'StructureRequirementsSet',
            data: { serviceCode: true, commitmentNumber: false, serviceCodeOrCommitmentNumber: false },
          },
        ],
      },
      {
        stream: serviceStream(service(OLD, 'A')),
        expected: 'none',
        events: [{ type: 'ServiceOpened', data: { ...service(OLD, 'A'), name: 'Achats' } }],
      },
      { stream: on(OLD), expected: 4, events: [{ type: 'StructureDeactivated', data: { successor: MIDDLE } }] },
      {
        stream: on(MIDDLE),
        expected: 'none',
        events: [{ type: 'StructureDuplicated', data: { identifier: MIDDLE, origins: [OLD], by: 'bruno' } }],
      },
      {
        stream: serviceStream(service(MIDDLE, 'A')),
        expected: 'none',
        events: [{ type: 'ServiceRenamed', data: { ...service(MIDDLE, 'A'), name: 'Commandes' } }],
      },
      { stream: on(MIDDLE), expected: 1, events: [{ type: 'StructureDeactivated', data: { successor: NEW } }] },
      {
        stream: on(NEW),
        expected: 'none',
        events: [{ type: 'StructureDuplicated', data: { identifier: NEW, origins: [OLD, MIDDLE], by: 'bruno' } }],
      },
    );
    await project(store, [directoryProjection]);
    const same = { name: 'Atelier du Pont', category: 'SOLE_TRADER', primary_manager: 'bruno', person: 'anne' };
    expect(
      await rowsOf('identifier, active, successor, origins, living_structure, name, category, primary_manager, person'),
    ).toEqual([
      { ...same, identifier: MIDDLE, active: false, successor: NEW, origins: [OLD], living_structure: NEW },
      { ...same, identifier: NEW, active: true, successor: null, origins: [OLD, MIDDLE], living_structure: null },
      { ...same, identifier: OLD, active: false, successor: MIDDLE, origins: [], living_structure: NEW },
    ]);
    expect(await rowsOf('identifier, requires_service_code')).toEqual(
      [MIDDLE, NEW, OLD].map((identifier) => ({ identifier, requires_service_code: true })),
    );
    expect(await rowsOf('structure, code, name', 'services', 'structure')).toEqual([
      { structure: MIDDLE, code: 'A', name: 'Commandes' },
      { structure: NEW, code: 'A', name: 'Commandes' },
      { structure: OLD, code: 'A', name: 'Achats' },
    ]);
  });

  it('R16 an event that the log has after the change, of a service of the old structure, counts for the new one', async () => {
    await record(store, {
      stream: serviceStream(service(OLD, 'B')),
      expected: 'none',
      events: [
        { type: 'ServiceOpened', data: { ...service(OLD, 'B'), name: 'Bâtiments' } },
        { type: 'ServiceDeactivated', data: service(OLD, 'B') },
      ],
    });
    await project(store, [directoryProjection]);
    const { rows } = await store.pool.query("SELECT structure, active FROM read.services WHERE code = 'B' ORDER BY 1");
    expect(rows).toEqual([MIDDLE, NEW, OLD].map((structure) => ({ structure, active: false })));
  });

  it('R02 forgets name and address of a person who is erased', async () => {
    await record(store, {
      stream: 'account-anne',
      expected: 'none',
      events: [{ type: 'PersonErased', data: { account: 'anne' } }],
    });
    await project(store, [directoryProjection]);
    expect(await rowsOf('identifier, name, address::text')).toEqual(
      [MIDDLE, NEW, OLD].map((identifier) => ({ identifier, name: null, address: null })),
    );
  });
});
