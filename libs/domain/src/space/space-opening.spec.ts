import { noService } from '../service/service.js';
import { specification } from '../testing/given.js';
import {
  companyOf,
  MANAGER,
  replaced,
  SERVICE,
  serviceDeactivated,
  serviceOf,
  spaceClosed,
  spaceOpened,
  STRUCTURE,
} from '../testing/space-events.js';
import type { StructureEvent } from '../structure/structure-events.js';
import { evolveStructure, noStructure, type Structure } from '../structure/structure.js';
import { SPACE_CODES, SPACES, spacesOpenFromTheStart } from './space-catalogue.js';
import { closeSpace, isOpen, openSpace } from './space-opening.js';

const { given } = specification<Structure, StructureEvent>(noStructure, evolveStructure);
const registered: StructureEvent = {
  type: 'StructureRegistered',
  data: { identifier: STRUCTURE, name: 'Ministère', publicEntity: true },
};
const company: StructureEvent = { type: 'StructureRegistered', data: { ...registered.data, publicEntity: false } };
const whole = { space: 'WORKS_INVOICES', service: null } as const;
const onService = { space: 'WORKS_INVOICES', service: SERVICE } as const;
const byThemselves = SPACE_CODES.filter((space) => SPACES[space].access !== 'managed');

describe('openSpace', () => {
  it('R08 opens a space on the structure', () =>
    given(registered)
      .when((structure) => openSpace({ structure, service: null }, whole, MANAGER))
      .then(spaceOpened('WORKS_INVOICES')));

  it('R08 opens a space on a service alone, beside the structure', () =>
    given(registered, spaceOpened('WORKS_INVOICES'))
      .when((structure) => openSpace({ structure, service: serviceOf() }, onService, MANAGER))
      .then(spaceOpened('WORKS_INVOICES', SERVICE)));

  it('R08 records nothing when it is open already', () =>
    given(registered, spaceOpened('WORKS_INVOICES'))
      .when((structure) => openSpace({ structure, service: null }, whole, MANAGER))
      .then());

  it('R08 opens again what was closed', () =>
    given(registered, spaceOpened('WORKS_INVOICES'), spaceClosed('WORKS_INVOICES'))
      .when((structure) => openSpace({ structure, service: null }, whole, MANAGER))
      .then(spaceOpened('WORKS_INVOICES')));

  it.each(byThemselves)('R08 ESP-001 %s opens by itself', (space) =>
    given(registered)
      .when((structure) => openSpace({ structure, service: null }, { space, service: null }, MANAGER))
      .refused('ESP-001'),
  );

  it('R08 ESP-002 a company has no received invoices', () =>
    given(company)
      .when((structure) =>
        openSpace({ structure, service: null }, { space: 'RECEIVED_INVOICES', service: null }, MANAGER),
      )
      .refused('ESP-002'));

  it.each([
    ['does not exist', noService],
    ['is inactive', serviceOf(serviceDeactivated)],
    ['was not looked up', null],
  ])('R11 SER-002 refuses a service that %s', (_, service) =>
    given(registered)
      .when((structure) => openSpace({ structure, service }, onService, MANAGER))
      .refused('SER-002'),
  );

  it.each([
    ['does not exist', []],
    ['was replaced', [registered, replaced]],
  ])('R16 STR-003 refuses a structure that %s', (_, past) =>
    given(...past)
      .when((structure) => openSpace({ structure, service: null }, whole, MANAGER))
      .refused('STR-003'),
  );
});

describe('closeSpace', () => {
  it('R08 closes a space at one place and leaves the other open', () =>
    given(registered, spaceOpened('WORKS_INVOICES'), spaceOpened('WORKS_INVOICES', SERVICE))
      .when((structure) => closeSpace(structure, whole, MANAGER))
      .then(spaceClosed('WORKS_INVOICES')));

  it('R08 records nothing when it is not open', () =>
    given(registered, spaceOpened('WORKS_INVOICES'))
      .when((structure) => closeSpace(structure, onService, MANAGER))
      .then());

  it.each(byThemselves)('R08 ESP-001 %s is never closed', (space) =>
    given(registered)
      .when((structure) => closeSpace(structure, { space, service: null }, MANAGER))
      .refused('ESP-001'),
  );

  it('R16 STR-003 refuses a structure that was replaced', () =>
    given(registered, spaceOpened('WORKS_INVOICES'), replaced)
      .when((structure) => closeSpace(structure, whole, MANAGER))
      .refused('STR-003'));
});

describe('the catalogue of spaces', () => {
  it('R08 a public structure has received invoices from the start, a company nothing that managers open', () => {
    expect(spacesOpenFromTheStart(true)).toEqual(['RECEIVED_INVOICES']);
    expect(spacesOpenFromTheStart(false)).toEqual([]);
  });

  it('R08 issued invoices and support requests are open everywhere, without anybody having opened them', () => {
    const structure = companyOf();
    if (structure.status === 'none') throw new Error('It was registered');
    const open = SPACE_CODES.filter((space) => isOpen(structure, { space, service: SERVICE }));
    expect(open).toEqual([
      'ISSUED_INVOICES',
      'ISSUED_SUPPORT_REQUESTS',
      'RECEIVED_SUPPORT_REQUESTS',
      'MANAGER_ACTIVITIES',
    ]);
  });
});
