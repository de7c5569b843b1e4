import { connectionStream, serviceStream, STATUS_FORMATS, structureStream } from '#domain';
import { type EventStore, type NewEvent } from '#events';
import fc from 'fast-check';
import { openOwnStore, type OwnStore } from '../../../../test/support/test-store.js';
import { dump, forget, project, record } from '../../../../test/support/read-models.js';
import { directoryProjection } from './directory.projection.js';

const OWNERS = ['0', '1', '2'] as const;
const CODES = ['A', 'B/1'] as const;

/** What happens to one of the structures of a history, or to its service or connection; `n` tells what it becomes. */
interface Happening {
  readonly what:
    | 'describe'
    | 'name-manager'
    | 'require'
    | 'exclude'
    | 'lift'
    | 'change-identifier'
    | 'erase'
    | 'service'
    | 'late-service'
    | 'key'
    | 'status-format';
  readonly owner: (typeof OWNERS)[number];
  readonly code: (typeof CODES)[number];
  readonly n: number;
}

const happening: fc.Arbitrary<Happening> = fc.record({
  what: fc.constantFrom(
    'describe',
    'name-manager',
    'require',
    'exclude',
    'lift',
    'change-identifier',
    'erase',
    'service',
    'service',
    'service',
    'late-service',
    'key',
    'status-format',
  ),
  owner: fc.constantFrom(...OWNERS),
  code: fc.constantFrom(...CODES),
  n: fc.nat(7),
});

const address = {
  lines: ['1 rue du Pont, « l’atelier »', '{"a","b"}'],
  postcode: '75001',
  city: 'Paris',
  country: 'FR',
};

/** The events of a history, each with its stream, as the commands of the directory record them. */
function eventsOf(run: number, happenings: readonly Happening[]): { stream: string; event: NewEvent }[] {
  const events: { stream: string; event: NewEvent }[] = [];
  const happened = (stream: string, type: string, data: unknown): void => {
    events.push({ stream, event: { type, data } });
  };
  const chains = new Map<string, string[]>();
  const opened = new Set<string>();
  const person = (owner: string): string => `person-${run}-${owner}`;
  for (const owner of OWNERS) {
    const identifier = `D${run}.${owner}`;
    chains.set(owner, [identifier]);
    const data = { identifier, name: `Atelier ${owner}`, publicEntity: owner === '0', person: person(owner) };
    happened(structureStream(identifier), 'StructureRegistered', owner === '1' ? { ...data, address } : data);
    happened(connectionStream(identifier), 'ConnectionOpened', {
      applicationCode: identifier,
      structure: identifier,
      name: 'Atelier',
    });
  }
  for (const { what, owner, code, n } of happenings) {
    const chain = chains.get(owner) ?? [];
    const current = chain.at(-1) ?? '';
    const stream = structureStream(current);
    switch (what) {
      case 'describe':
        happened(stream, 'StructureDescribed', { name: `Nom ${n}`, address, person: person(owner) });
        break;
      case 'name-manager':
        happened(stream, 'PrimaryManagerNamed', { account: `account-${n}` });
        break;
      case 'require':
        happened(stream, 'StructureRequirementsSet', {
          serviceCode: n % 2 === 0,
          commitmentNumber: n > 3,
          serviceCodeOrCommitmentNumber: n === 5,
        });
        break;
      case 'exclude':
        happened(stream, 'StructureExcluded', { reason: `motif ${n}` });
        break;
      case 'lift':
        happened(stream, 'StructureExclusionLifted', {});
        break;
      case 'change-identifier': {
        const identifier = `${current}+`;
        happened(stream, 'StructureDeactivated', { successor: identifier });
        happened(structureStream(identifier), 'StructureDuplicated', { identifier, origins: [...chain], by: 'x' });
        chain.push(identifier);
        break;
      }
      case 'erase':
        happened(`account-${person(owner)}`, 'PersonErased', { account: person(owner) });
        break;
      case 'service':
      case 'late-service': {
        // What the log has after a change of SIRET, of a service of the old structure, counts for the new one as well.
        const structure = what === 'service' ? current : (chain[0] ?? '');
        const key = { structure, code };
        if (!opened.has(`${owner}${code}`))
          happened(serviceStream(key), 'ServiceOpened', { ...key, name: `Service ${n}` });
        opened.add(`${owner}${code}`);
        const changes: readonly [string, object][] = [
          ['ServiceRenamed', { name: `Bureau ${n}` }],
          ['ServiceRequirementSet', { commitmentNumber: n > 3 }],
          ['ServiceDeactivated', {}],
          ['ServiceReactivated', {}],
        ];
        const [type, data] = changes[n % changes.length] ?? ['ServiceReactivated', {}];
        happened(serviceStream(key), type, { ...key, ...data });
        break;
      }
      case 'key':
        happened(connectionStream(`D${run}.${owner}`), 'SftpKeyAuthorised', { publicKey: `clé ${n}, "${n}"` });
        if (n % 2 === 1) happened(connectionStream(`D${run}.${owner}`), 'ConnectionClosed', { reason: 'fin' });
        break;
      case 'status-format':
        happened(connectionStream(`D${run}.${owner}`), 'StatusFormatChosen', {
          format: STATUS_FORMATS[n % STATUS_FORMATS.length],
        });
        break;
    }
  }
  return events;
}

describe('the projection of the directory, in batches', () => {
  let own: OwnStore;
  let store: EventStore;

  beforeAll(async () => {
    own = await openOwnStore();
    ({ store } = own);
  });

  afterAll(() => own.close());

  it('R02 R11 R16 R50 comes to the same rows, whatever the batches that the log is read in', async () => {
    let run = 0;
    const types = new Set<string>();
    await fc.assert(
      fc.asyncProperty(fc.array(happening, { minLength: 20, maxLength: 80 }), async (happenings) => {
        const events = eventsOf((run += 1), happenings);
        for (const { stream, event } of events) {
          types.add(event.type);
          await record(store, { stream, expected: 'any', events: [event] });
        }
      }),
      { numRuns: 12 },
    );
    expect([...types].sort()).toEqual(directoryProjection.types.filter((type) => type !== 'ApiKeyIssued').sort());
    await project(store, [directoryProjection], 1);
    const oneByOne = await dump(store.pool, [directoryProjection]);
    expect(oneByOne['read.structures']?.length).toBeGreaterThan(run * OWNERS.length);
    expect(oneByOne['read.services']).not.toEqual([]);
    for (const size of [2, 7, 50, 500, 5_000]) {
      await forget(store.pool, [directoryProjection]);
      await project(store, [directoryProjection], size);
      expect(await dump(store.pool, [directoryProjection])).toEqual(oneByOne);
    }
  });
});
