import { serviceStream, structureStream, type ServiceEvent, type StructureEvent } from '#domain';
import type { EventStore } from '#events';
import { createHash } from 'node:crypto';
import { record } from '../../../../test/support/read-models.js';
import { openOwnStore, type OwnStore, project } from '../../../../test/support/test-store.js';
import { Directory } from './directory.js';

describe('Directory', () => {
  let own: OwnStore;
  let store: EventStore;
  let directory: Directory;

  beforeAll(async () => {
    own = await openOwnStore();
    ({ store } = own);
    directory = new Directory(store);
  });

  afterAll(() => own.close());

  const structure = { identifier: '13002526500013', name: 'Commune', publicEntity: true };
  const asksNothing = {
    requirements: { serviceCode: false, commitmentNumber: false, serviceCodeOrCommitmentNumber: false },
    exclusion: null,
  };
  const command = {
    applicationCode: 'ABC123',
    structure: structure.identifier,
    name: 'Commune',
    publicKey: 'ssh-ed25519 AAAA',
  };

  it('R02 finds the structures it knows, active or not, and those alone', async () => {
    await directory.registerStructure(structure, 'operator');
    await directory.registerStructure({ ...structure, identifier: 'OLD' }, 'operator');
    await directory.deactivateStructure('OLD', structure.identifier, 'operator');
    await project(store);
    expect(await directory.structures([structure.identifier, 'OLD', 'UNKNOWN'])).toEqual(
      new Map([
        [structure.identifier, { ...structure, ...asksNothing, active: true, successor: null }],
        ['OLD', { ...structure, ...asksNothing, identifier: 'OLD', active: false, successor: structure.identifier }],
      ]),
    );
    expect(await directory.structures([])).toEqual(new Map());
  });

  it('R11 R17 knows what structures and services ask, and who is excluded', async () => {
    const asking = { ...structure, identifier: '21330063500017' };
    const requirements = { serviceCode: true, commitmentNumber: false, serviceCodeOrCommitmentNumber: false };
    const service = { structure: asking.identifier, code: 'COMPTA/1' };
    await directory.registerStructure(asking, 'operator');
    await directory.setExclusion(asking.identifier, 'Comité', 'operator');
    const required: StructureEvent = { type: 'StructureRequirementsSet', data: requirements };
    await record(store, { stream: structureStream(asking.identifier), expected: 'exists', events: [required] });
    const wanted = { name: 'Comptabilité', active: true, commitmentNumber: true };
    const opened: readonly ServiceEvent[] = [
      { type: 'ServiceOpened', data: { ...service, name: wanted.name } },
      { type: 'ServiceRequirementSet', data: { ...service, commitmentNumber: true } },
    ];
    await record(store, { stream: serviceStream(service), expected: 'none', events: opened });
    await project(store);
    expect((await directory.structures([asking.identifier])).get(asking.identifier)).toMatchObject({
      requirements,
      exclusion: 'Comité',
    });
    expect(await directory.services([service, { ...service, code: 'OTHER' }])).toEqual(
      new Map([[serviceStream(service), { ...service, ...wanted }]]),
    );
    expect(await directory.services([])).toEqual(new Map());
  });

  it('R02 registers an identifier once, even when it is asked for several times at once', async () => {
    const again = { ...structure, identifier: '21750001600019' };
    const results = await Promise.allSettled(
      Array.from({ length: 5 }, () => directory.registerStructure(again, 'operator')),
    );
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const result of results)
      if (result.status === 'rejected') expect(result.reason).toMatchObject({ code: 'STR-001' });
  });

  it('R50 shows the key of a connection once and keeps its digest alone', async () => {
    const { apiKey } = await directory.openConnection(command, 'operator');
    expect(apiKey).toMatch(/^rep_[A-Za-z0-9_-]{43}$/);
    await project(store);
    expect(await directory.connectionOfKey(apiKey)).toEqual({
      applicationCode: 'ABC123',
      structure: structure.identifier,
      name: 'Commune',
      sftpPublicKeys: ['ssh-ed25519 AAAA'],
      statusFormat: 'CPPStatut',
    });
    await project(store);
    const log = JSON.stringify((await store.readAll()).events);
    expect(log).toContain(createHash('sha256').update(apiKey).digest('hex'));
    expect(log).not.toContain(apiKey);
    expect(log).not.toContain(apiKey.slice(4));
  });

  it('R50 gives every connection a key of its own', async () => {
    const keys = [];
    for (const applicationCode of ['KEY001', 'KEY002'])
      keys.push((await directory.openConnection({ ...command, applicationCode, publicKey: null }, 'operator')).apiKey);
    expect(new Set(keys).size).toBe(2);
    await project(store);
    expect(await directory.connectionOfKey(keys[1] ?? '')).toMatchObject({
      applicationCode: 'KEY002',
      sftpPublicKeys: [],
      statusFormat: 'CPPStatut',
    });
  });

  it('R25 R50 tells a connection in the format that it chose', async () => {
    await directory.openConnection({ ...command, applicationCode: 'FORMAT', publicKey: null }, 'operator');
    await directory.chooseStatusFormat('FORMAT', 'both', 'operator');
    await project(store);
    expect(await directory.connection('FORMAT')).toMatchObject({ statusFormat: 'both' });
    await expect(directory.chooseStatusFormat('NOBODY', 'CDAR', 'operator')).rejects.toMatchObject({ code: 'RAC-003' });
  });

  it.each(['', 'rep_', 'ABC123', createHash('sha256').update('x').digest('hex')])(
    'R50 knows nobody by %j',
    async (key) => {
      expect(await directory.connectionOfKey(key)).toBeNull();
    },
  );

  it('R50 a closed connection opens no door any more', async () => {
    const { apiKey } = await directory.openConnection({ ...command, applicationCode: 'SHUT01' }, 'operator');
    await project(store);
    expect(await directory.connection('SHUT01')).not.toBeNull();
    const context = { commandId: '0f4a8f2e-56f1-4d0c-9a51-1b6a3a1d7c10', correlationId: 'test', actor: 'test' };
    await store.append('connection-SHUT01', 'exists', [{ type: 'ConnectionClosed', data: { reason: 'fin' } }], context);
    await project(store);
    expect(await directory.connection('SHUT01')).toBeNull();
    expect(await directory.connectionOfKey(apiKey)).toBeNull();
    expect((await directory.openConnections()).map(({ applicationCode }) => applicationCode)).not.toContain('SHUT01');
  });
});
