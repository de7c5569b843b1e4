import { specification } from '../testing/given.js';
import {
  deactivateStructure,
  evolveStructure,
  noStructure,
  registerStructure,
  setStructureExclusion,
  setStructureRequirements,
  type Structure,
} from './structure.js';
import { structureStream, type StructureEvent } from './structure-events.js';

const { given } = specification<Structure, StructureEvent>(noStructure, evolveStructure);
const command = { identifier: '11000201100044', name: 'Ministère', publicEntity: true };
const registered: StructureEvent = { type: 'StructureRegistered', data: command };
const opened: StructureEvent = {
  type: 'SpaceOpened',
  data: { space: 'RECEIVED_INVOICES', service: null, by: 'operator' },
};
const deactivated: StructureEvent = { type: 'StructureDeactivated', data: { successor: '13002526500013' } };

describe('registerStructure', () => {
  it('R02 R08 registers a public structure under its identifier, with the spaces that are open from the start', () =>
    given()
      .when((structure) => registerStructure(structure, command))
      .then(registered, opened));

  it('R02 registers a company, of a type and a category where they are known', () => {
    const company = { identifier: 'FR1', name: 'Papeterie', publicEntity: false, category: 'COMPANY' } as const;
    given()
      .when((structure) => registerStructure(structure, { ...company, identifierType: 'EU_VAT' }))
      .then({ type: 'StructureRegistered', data: { ...company, identifierType: 'EU_VAT' } });
  });

  it.each(['123', 'FR12345678', 'HE 300.157-B', "Jeanne d'Arc", 'é'.repeat(80)])(
    'R02 takes the identifier %s',
    (identifier) =>
      given()
        .when((structure) => registerStructure(structure, { ...command, identifier }))
        .then({ type: 'StructureRegistered', data: { ...command, identifier } }, opened),
  );

  it('R02 STR-001 an identifier in use cannot be created again', () =>
    given(registered)
      .when((structure) => registerStructure(structure, { ...command, name: 'Autre' }))
      .refused('STR-001'));

  it('R02 STR-001 the identifier of a deactivated structure stays its own', () =>
    given(registered, deactivated)
      .when((structure) => registerStructure(structure, command))
      .refused('STR-001'));

  it.each([
    '',
    ' ',
    '../etc',
    '-rf',
    "'x",
    '1'.repeat(81),
    'a/b',
    'a%2Fb',
    'a;b',
    '=1+1',
    '110002011\n',
    '11\u0000',
    '\u202e11',
  ])('R02 STR-002 refuses the identifier %j', (identifier) =>
    given()
      .when((structure) => registerStructure(structure, { ...command, identifier }))
      .refused('STR-002'),
  );
});

describe('deactivateStructure', () => {
  it('R02 deactivates an active structure and names its successor', () =>
    given(registered)
      .when((structure) => deactivateStructure(structure, '13002526500013'))
      .then(deactivated));

  it('R02 deactivates a structure without a successor', () =>
    given(registered)
      .when((structure) => deactivateStructure(structure, null))
      .then({ type: 'StructureDeactivated', data: { successor: null } }));

  it.each([
    ['does not exist', []],
    ['was deactivated before', [registered, deactivated]],
  ])('R02 STR-003 refuses a structure that %s', (_, past) =>
    given(...past)
      .when((structure) => deactivateStructure(structure, null))
      .refused('STR-003'),
  );
});

describe('setStructureRequirements', () => {
  const wanted = { serviceCode: true, commitmentNumber: false, serviceCodeOrCommitmentNumber: false };
  const set: StructureEvent = { type: 'StructureRequirementsSet', data: wanted };

  it('R11 a public structure asks for a service code', () =>
    given(registered)
      .when((structure) => setStructureRequirements(structure, wanted))
      .then(set));

  it('R11 asking again for the same records nothing', () =>
    given(registered, set)
      .when((structure) => setStructureRequirements(structure, { ...wanted }))
      .then());

  it('R11 STR-004 a company asks for nothing', () =>
    given({ type: 'StructureRegistered', data: { ...command, publicEntity: false } })
      .when((structure) => setStructureRequirements(structure, wanted))
      .refused('STR-004'));

  it('R11 STR-003 nor does a structure that is deactivated', () =>
    given(registered, deactivated)
      .when((structure) => setStructureRequirements(structure, wanted))
      .refused('STR-003'));
});

describe('setStructureExclusion', () => {
  const excluded: StructureEvent = { type: 'StructureExcluded', data: { reason: 'Comité des œuvres sociales' } };

  it('R17 excludes a structure from the duty to receive', () =>
    given(registered)
      .when((structure) => setStructureExclusion(structure, 'Comité des œuvres sociales'))
      .then(excluded));

  it('R17 lifts the exclusion of one that acts under mandate', () =>
    given(registered, excluded)
      .when((structure) => setStructureExclusion(structure, null))
      .then({ type: 'StructureExclusionLifted', data: {} }));

  it('R17 records nothing when it is already so', () =>
    given(registered)
      .when((structure) => setStructureExclusion(structure, null))
      .then());

  it('R17 STR-003 refuses a structure that is deactivated', () =>
    given(registered, deactivated)
      .when((structure) => setStructureExclusion(structure, 'Motif'))
      .refused('STR-003'));
});

describe('evolveStructure', () => {
  it('R49 stops at a stream that no decider could have written', () => {
    expect(() => evolveStructure(noStructure, deactivated)).toThrow('before StructureRegistered');
    const unknown = { type: 'StructureMoved', data: {} } as unknown as StructureEvent;
    expect(() => evolveStructure(noStructure, unknown)).toThrow('StructureMoved');
  });

  it('R02 names the stream after the identifier, whatever is in it', () => {
    expect(structureStream('a/b-c')).toBe('structure-a%2Fb-c');
  });
});
