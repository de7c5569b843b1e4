import { specification } from '../testing/given.js';
import { PRIMARY, USER, accountOf, registered } from '../testing/people.js';
import { createStructure, type StructureToCreate } from './create-structure.js';
import type { StructureCategory, StructureEvent } from './structure-events.js';
import { evolveStructure, noStructure, type Structure } from './structure.js';

const { given } = specification<Structure, StructureEvent>(noStructure, evolveStructure);
const creator = accountOf(PRIMARY, { pigp: true });
const address = { lines: ['1 rue du Pont'], postcode: '75001', city: 'Paris', country: 'FR' };
const command: StructureToCreate = {
  identifier: '55208131766522',
  identifierType: 'SIRET',
  category: 'COMPANY',
  name: 'Papeterie',
  address,
};
const created = (category: StructureCategory, publicEntity: boolean, person: string | null): StructureEvent => ({
  type: 'StructureRegistered',
  data: { ...command, category, publicEntity, primaryManager: PRIMARY, person },
});
const opened: StructureEvent = {
  type: 'SpaceOpened',
  data: { space: 'RECEIVED_INVOICES', service: null, by: PRIMARY },
};

describe('createStructure', () => {
  it('R02 R03 its creator is the primary manager of a company from the first event on', () =>
    given()
      .when((structure) => createStructure(structure, command, creator))
      .then(created('COMPANY', false, null)));

  it('R02 what a sole trader says of the business is that person’s', () =>
    given()
      .when((structure) => createStructure(structure, { ...command, category: 'SOLE_TRADER' }, creator))
      .then(created('SOLE_TRADER', false, PRIMARY)));

  it('R02 R08 a public structure has the spaces that are open from the start', () =>
    given()
      .when((structure) => createStructure(structure, { ...command, category: 'LOCAL_AUTHORITY' }, creator))
      .then(created('LOCAL_AUTHORITY', true, null), opened));

  it('R06 nobody needs an account of the PIGP for a structure of the State', () =>
    given()
      .when((structure) => createStructure(structure, { ...command, category: 'STATE' }, accountOf(PRIMARY)))
      .then(created('STATE', true, null), opened));

  it('R02 STR-001 an identifier in use cannot be created again', () =>
    given(registered)
      .when((structure) => createStructure(structure, command, accountOf(USER)))
      .refused('STR-001'));

  it.each<[string, Partial<StructureToCreate>]>([
    ['a SIRET that fails its check', { identifier: '55208131766523' }],
    ['another identifier that is none of its type', { identifierType: 'RIDET' }],
    ['what could be taken for a command', { identifierType: 'BEING_REGISTERED', identifier: '=1+1' }],
  ])('R02 STR-002 refuses %s', (_, change) =>
    given()
      .when((structure) => createStructure(structure, { ...command, ...change }, creator))
      .refused('STR-002'),
  );

  it.each<[string, Partial<StructureToCreate>]>([
    ['a private person under a SIRET', { category: 'PRIVATE_PERSON' }],
    ['a company under a private person’s identifier', { identifierType: 'PRIVATE_PERSON', identifier: '0612345678' }],
    ['a public structure without a SIRET', { category: 'STATE', identifierType: 'TAHITI', identifier: 'A12345001' }],
  ])('R02 STR-005 refuses %s', (_, change) =>
    given()
      .when((structure) => createStructure(structure, { ...command, ...change }, creator))
      .refused('STR-005'),
  );

  it.each<StructureCategory>(['LOCAL_AUTHORITY', 'OTHER_PUBLIC'])(
    'R06 ROL-002 the manager of a structure %s needs an account of the PIGP from the start',
    (category) =>
      given()
        .when((structure) => createStructure(structure, { ...command, category }, accountOf(PRIMARY)))
        .refused('ROL-002'),
  );

  it('R02 ROL-003 an account that is not active creates nothing', () =>
    given()
      .when((structure) => createStructure(structure, command, accountOf(PRIMARY, { status: 'pending' })))
      .refused('ROL-003'));
});
