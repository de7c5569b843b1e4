import { evolveStructure, noStructure, type ExistingStructure, type Structure } from '../structure/structure.js';
import { specification } from '../testing/given.js';
import {
  defineService,
  evolveService,
  noService,
  serviceStream,
  type Service,
  type ServiceEvent,
  type ServiceKey,
} from './service.js';

const { given } = specification<Service, ServiceEvent>(noService, evolveService);
const key: ServiceKey = { structure: '11000201100044', code: 'COMPTA-1' };
const structure = evolveStructure(noStructure, {
  type: 'StructureRegistered',
  data: { identifier: key.structure, name: 'Ministère', publicEntity: true },
}) as ExistingStructure;
const wanted = { name: 'Comptabilité', active: true, commitmentNumber: false };
const opened: ServiceEvent = { type: 'ServiceOpened', data: { ...key, name: 'Comptabilité' } };
const required: ServiceEvent = { type: 'ServiceRequirementSet', data: { ...key, commitmentNumber: true } };
const deactivated: ServiceEvent = { type: 'ServiceDeactivated', data: key };

describe('defineService', () => {
  it('R11 opens a service', () =>
    given()
      .when((service) => defineService(service, structure, key, wanted))
      .then(opened));

  it('R11 opens a service that asks for a commitment number', () =>
    given()
      .when((service) => defineService(service, structure, key, { ...wanted, commitmentNumber: true }))
      .then(opened, required));

  it('R11 records nothing when the service is already so', () =>
    given(opened, required)
      .when((service) => defineService(service, structure, key, { ...wanted, commitmentNumber: true }))
      .then());

  it('R11 renames, changes what is asked and deactivates', () =>
    given(opened)
      .when((service) =>
        defineService(service, structure, key, { name: 'Achats', active: false, commitmentNumber: true }),
      )
      .then({ type: 'ServiceRenamed', data: { ...key, name: 'Achats' } }, required, deactivated));

  it('R11 activates again', () =>
    given(opened, deactivated)
      .when((service) => defineService(service, structure, key, wanted))
      .then({ type: 'ServiceReactivated', data: key }));

  it.each<[string, Structure]>([
    ['does not exist', noStructure],
    ['is deactivated', { ...structure, status: 'deactivated' }],
  ])('R11 STR-003 refuses the service of a structure that %s', (_, of) =>
    given()
      .when((service) => defineService(service, of, key, wanted))
      .refused('STR-003'),
  );

  it('R11 a company has services too, to limit what its users may do', () =>
    given()
      .when((service) => defineService(service, { ...structure, publicEntity: false }, key, wanted))
      .then(opened));

  it('R11 STR-004 which ask for no commitment number, since nobody sends it invoices here', () =>
    given()
      .when((service) =>
        defineService(service, { ...structure, publicEntity: false }, key, { ...wanted, commitmentNumber: true }),
      )
      .refused('STR-004'));

  it.each(['', ' ', ' A', 'A ', 'A\n', 'A'.repeat(101), 'A\u0000B'])('R11 SER-001 refuses the code %j', (code) =>
    given()
      .when((service) => defineService(service, structure, { ...key, code }, wanted))
      .refused('SER-001'),
  );
});

describe('serviceStream', () => {
  it('R11 never gives two services one stream', () => {
    expect(serviceStream({ structure: 'A-B', code: 'C' })).not.toBe(serviceStream({ structure: 'A', code: 'B-C' }));
    expect(serviceStream({ structure: 'A', code: 'B/C' })).not.toBe(serviceStream({ structure: 'A/B', code: 'C' }));
  });
});

describe('evolveService', () => {
  it('R49 stops at a stream that no decider could have written', () => {
    expect(() => evolveService(noService, deactivated)).toThrow('before ServiceOpened');
  });
});
