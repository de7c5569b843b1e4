import { specification } from '../testing/given.js';
import { importStructure, type ImportedStructure } from './imported-structure.js';
import type { StructureEvent } from './structure-events.js';
import { evolveStructure, noStructure } from './structure.js';

const OPERATOR = 'operator';
const nothing = { serviceCode: false, commitmentNumber: false, serviceCodeOrCommitmentNumber: false };
const service = { ...nothing, serviceCode: true };
const town: ImportedStructure = {
  identifier: '21330063500017',
  identifierType: 'SIRET',
  category: 'LOCAL_AUTHORITY',
  name: 'Commune de Valombre',
  requirements: service,
  exclusion: undefined,
};
const company: ImportedStructure = {
  ...town,
  identifier: '55208131766522',
  category: 'COMPANY',
  name: 'Papeterie Corvelle',
  requirements: null,
};
const registered = (wanted: ImportedStructure, data: object = {}): StructureEvent => ({
  type: 'StructureRegistered',
  data: {
    identifier: wanted.identifier,
    identifierType: wanted.identifierType,
    category: wanted.category,
    name: wanted.name,
    publicEntity: wanted.category !== 'COMPANY',
    address: null,
    primaryManager: null,
    person: null,
    ...data,
  },
});
const received: StructureEvent = {
  type: 'SpaceOpened',
  data: { space: 'RECEIVED_INVOICES', service: null, by: OPERATOR },
};
const requires: StructureEvent = { type: 'StructureRequirementsSet', data: service };

const { given } = specification(noStructure, evolveStructure);
const asImported = (wanted: ImportedStructure) => (state: Parameters<typeof importStructure>[0]) =>
  importStructure(state, wanted, OPERATOR);

describe('importStructure', () => {
  it('R02 R08 R11 registers a structure that there is not, with its spaces and what it asks', () => {
    given().when(asImported(town)).then(registered(town), received, requires);
    given().when(asImported(company)).then(registered(company));
  });

  it('R02 does nothing the second time', () => {
    given(registered(town), received, requires).when(asImported(town)).then();
  });

  it('R11 R17 changes what differs, and leaves alone what the file does not say', () => {
    const renamed = { ...town, name: 'Ville de Valombre', requirements: null };
    given(registered(town), received, requires)
      .when(asImported(renamed))
      .then({ type: 'StructureDescribed', data: { name: 'Ville de Valombre', address: null, person: null } });
    given(registered(town), requires)
      .when(asImported({ ...town, requirements: nothing, exclusion: 'GIP' }))
      .then(
        { type: 'StructureRequirementsSet', data: nothing },
        { type: 'StructureExcluded', data: { reason: 'GIP' } },
      );
    const excluded: StructureEvent = { type: 'StructureExcluded', data: { reason: 'GIP' } };
    given(registered(town), requires, excluded).when(asImported(town)).then();
    given(registered(town), requires, excluded)
      .when(asImported({ ...town, exclusion: null }))
      .then({ type: 'StructureExclusionLifted', data: {} });
  });

  it('R02 keeps the address when it changes the name', () => {
    const address = { lines: ['1 place du Marché'], postcode: '01990', city: 'Valombre', country: 'FR' };
    given(registered(town, { address }), requires)
      .when(asImported({ ...town, name: 'Valombre' }))
      .then({ type: 'StructureDescribed', data: { name: 'Valombre', address, person: null } });
  });

  it.each([
    ['21330063500018', 'SIRET'],
    ['2133006350001', 'SIRET'],
    ['FR 12', 'EU_VAT'],
    ['RIDET/1', 'RIDET'],
  ] as const)('R02 refuses %s, which is no %s', (identifier, identifierType) => {
    given()
      .when(asImported({ ...company, identifier, identifierType }))
      .refused('STR-002');
  });

  it('R02 refuses a public structure without a SIRET', () => {
    given()
      .when(asImported({ ...town, identifier: 'DE123456789', identifierType: 'EU_VAT' }))
      .refused('STR-005');
  });

  it('R16 refuses a structure that was deactivated', () => {
    given(registered(town), { type: 'StructureDeactivated', data: { successor: '21330063500025' } })
      .when(asImported(town))
      .refused('STR-003');
  });

  it('R11 refuses requirements of a company, and records nothing of the line', () => {
    given()
      .when(asImported({ ...company, requirements: service }))
      .refused('STR-004');
  });

  it.each(['', '   ', 'x'.repeat(100), 'deux\nlignes'])('R02 refuses the name %j', (name) => {
    given()
      .when(asImported({ ...town, name }))
      .refused('ANN-003');
  });

  it.each(['SOLE_TRADER', 'PRIVATE_PERSON'] as const)('R02 refuses a natural person: %s', (category) => {
    given()
      .when(asImported({ ...company, category }))
      .refused('ANN-004');
    const person = '11111111-1111-4111-8111-111111111111';
    given(registered(company, { category, person })).when(asImported(company)).refused('ANN-004');
  });

  it('R02 refuses another category', () => {
    given(registered(town))
      .when(asImported({ ...town, category: 'STATE' }))
      .refused('ANN-005');
  });
});
