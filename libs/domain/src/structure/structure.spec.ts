import { specification } from '../testing/given.js';
import {
  deactivateStructure,
  evolveStructure,
  noStructure,
  registerStructure,
  structureStream,
  type Structure,
  type StructureEvent,
} from './structure.js';

const { given } = specification<Structure, StructureEvent>(noStructure, evolveStructure);
const command = { identifier: '11000201100044', name: 'Ministère', publicEntity: true };
const registered: StructureEvent = { type: 'StructureRegistered', data: command };
const deactivated: StructureEvent = { type: 'StructureDeactivated', data: { successor: '13002526500013' } };

describe('registerStructure', () => {
  it('R02 registers a structure under its identifier', () =>
    given()
      .when((structure) => registerStructure(structure, command))
      .then(registered));

  it.each(['123', 'FR12345678', 'HE 300.157-B', "Jeanne d'Arc", 'é'.repeat(80)])(
    'R02 takes the identifier %s',
    (identifier) =>
      given()
        .when((structure) => registerStructure(structure, { ...command, identifier }))
        .then({ type: 'StructureRegistered', data: { ...command, identifier } }),
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
