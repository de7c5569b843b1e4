import { structureStream, type StructureEvent } from '#domain';
import type { EventStore } from '#events';
import { PersonalDataCipher, PersonalDataVault } from '#persistence';
import type { Caller } from '../access/caller.js';
import { Decisions } from '../decisions/decisions.js';
import { openOwnStore, type OwnStore, project } from '../../../../test/support/test-store.js';
import { DirectoryImport } from './directory-import.js';
import type { ImportedRow, ImportedServiceRow, ImportedStructureRow } from './imported-rows.js';

const operator: Caller = { kind: 'operator' };
const TOWN = '21330063500017';
const COMPANY = '55208131766522';

describe('DirectoryImport', () => {
  let own: OwnStore;
  let store: EventStore;
  let directory: DirectoryImport;

  beforeEach(async () => {
    own = await openOwnStore();
    ({ store } = own);
    const vault = new PersonalDataVault(
      store.pool,
      new PersonalDataCipher('secret-des-donnees-personnelles-des-tests'),
    );
    directory = new DirectoryImport(new Decisions(store, vault), store);
  });

  afterEach(async () => {
    await own.close();
  });

  const town = (line: number, changes: Partial<ImportedStructureRow> = {}): ImportedStructureRow => ({
    kind: 'structure',
    line,
    identifier: TOWN,
    identifierType: 'SIRET',
    category: 'LOCAL_AUTHORITY',
    name: 'Commune de Valombre',
    requirements: { serviceCode: true, commitmentNumber: false, serviceCodeOrCommitmentNumber: false },
    exclusion: undefined,
    ...changes,
  });
  const company = (line: number): ImportedStructureRow =>
    town(line, { identifier: COMPANY, category: 'COMPANY', name: 'Papeterie', requirements: null });
  const accounting = (line: number, changes: Partial<ImportedServiceRow> = {}): ImportedServiceRow => ({
    kind: 'service',
    line,
    structure: TOWN,
    code: 'COMPTA',
    name: 'Comptabilité',
    active: true,
    commitmentNumber: true,
    ...changes,
  });
  const file = (): ImportedRow[] => [town(2), accounting(3), company(4)];
  async function typesOf(stream: string): Promise<string[]> {
    const types: string[] = [];
    for await (const { type } of store.readStream(stream)) types.push(type);
    return types;
  }
  async function eventCount(): Promise<number> {
    const { rows } = await store.pool.query<{ count: number }>('SELECT count(*)::int AS count FROM es.events');
    return rows[0]?.count ?? -1;
  }

  it('R02 R11 registers structures and services of one batch, a service after its structure', async () => {
    expect(await directory.importRows(operator, file())).toEqual({ created: 3, changed: 0, unchanged: 0, refused: [] });
    expect(await typesOf(structureStream(TOWN))).toEqual([
      'StructureRegistered',
      'SpaceOpened',
      'StructureRequirementsSet',
    ]);
    await project(store);
    const { rows } = await store.pool.query(
      'SELECT structure, code, requires_commitment_number AS asks FROM read.services',
    );
    expect(rows).toEqual([{ structure: TOWN, code: 'COMPTA', asks: true }]);
  });

  it('R02 changes nothing the second time, whether the read models know of the first or not', async () => {
    await directory.importRows(operator, file());
    const before = await eventCount();
    const nothing = { created: 0, changed: 0, unchanged: 3, refused: [] };
    expect(await directory.importRows(operator, file())).toEqual(nothing);
    await project(store);
    expect(await directory.importRows(operator, file())).toEqual(nothing);
    expect(await eventCount()).toBe(before);
  });

  it('R02 R11 R17 changes what differs, by the events of people', async () => {
    await directory.importRows(operator, file());
    await project(store);
    const changed = [
      town(2, { name: 'Ville de Valombre', exclusion: 'GIP' }),
      accounting(3, { active: false, commitmentNumber: false }),
      company(4),
    ];
    expect(await directory.importRows(operator, changed)).toEqual({
      created: 0,
      changed: 2,
      unchanged: 1,
      refused: [],
    });
    expect((await typesOf(structureStream(TOWN))).slice(3)).toEqual(['StructureDescribed', 'StructureExcluded']);
  });

  it('R02 refuses a row with its line, and takes its neighbours', async () => {
    const rows = [
      town(2, { identifier: '21330063500018' }),
      accounting(3),
      company(4),
      town(5),
      accounting(6, { code: ' ' }),
      accounting(7, { name: '' }),
    ];
    const { refused, ...counts } = await directory.importRows(operator, rows);
    expect(counts).toEqual({ created: 2, changed: 0, unchanged: 0 });
    expect(refused.map(({ line, identifier, code }) => [line, identifier, code])).toEqual([
      [2, '21330063500018', 'STR-002'],
      [3, TOWN, 'STR-003'],
      [6, TOWN, 'SER-001'],
      [7, TOWN, 'ANN-003'],
    ]);
    for (const { message } of refused) expect(message).toMatch(/\.$/);
  });

  it('R02 takes the last of several rows about one structure, even one that says what there was before', async () => {
    await directory.importRows(operator, file());
    await project(store);
    const rows = [town(2, { name: 'Autre nom' }), town(3)];
    expect(await directory.importRows(operator, rows)).toEqual({ created: 0, changed: 2, unchanged: 0, refused: [] });
    const last = await store.readLast(structureStream(TOWN));
    expect((last as unknown as StructureEvent).data).toMatchObject({ name: 'Commune de Valombre' });
  });

  it('R02 two imports of one file at the same instant create each structure once', async () => {
    const outcomes = await Promise.all([
      directory.importRows(operator, file()),
      directory.importRows(operator, file()),
    ]);
    expect(outcomes.map(({ created, unchanged }) => [created, unchanged]).sort()).toEqual([
      [0, 3],
      [3, 0],
    ]);
    expect(await typesOf(structureStream(COMPANY))).toEqual(['StructureRegistered']);
  });

  it('takes an empty batch', async () => {
    expect(await directory.importRows(operator, [])).toEqual({ created: 0, changed: 0, unchanged: 0, refused: [] });
  });
});
