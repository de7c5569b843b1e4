import { noService } from '../service/service.js';
import { companyOf, replaced, SERVICE, serviceOf, structureOf } from '../testing/space-events.js';
import { centralServiceOf, nameCentralService } from './central-service.js';
import type { StructureEvent } from './structure-events.js';
import type { ExistingStructure } from './structure.js';

const BY = 'manager';
const contact = { name: 'Service centralisateur', address: ['4 boulevard du Palais'], telephone: null, email: null };
const named = (service: string | null, name = contact.name): StructureEvent => ({
  type: 'CentralServiceNamed',
  data: { service, contact: { ...contact, name }, by: BY },
});

describe('nameCentralService', () => {
  it('R28 names it for the whole structure or for a service, once, and removes it', () => {
    const whole = { service: null, contact };
    expect(nameCentralService(structureOf(), null, whole, BY)).toEqual({ accepted: true, events: [named(null)] });
    expect(nameCentralService(structureOf(named(null)), null, whole, BY)).toEqual({ accepted: true, events: [] });
    const own = { service: SERVICE, contact };
    expect(nameCentralService(structureOf(), serviceOf(), own, BY)).toEqual({
      accepted: true,
      events: [named(SERVICE)],
    });
    const removed = nameCentralService(structureOf(named(null)), null, { service: null, contact: null }, BY);
    if (!removed.accepted) throw new Error(removed.message);
    expect(centralServiceOf(structureOf(named(null), ...removed.events) as ExistingStructure, null)).toBeNull();
  });

  it('R28 refuses a structure that is not active or not public, and a service that is not active', () => {
    const whole = { service: null, contact };
    expect(nameCentralService(structureOf(replaced), null, whole, BY)).toMatchObject({ code: 'STR-003' });
    expect(nameCentralService(companyOf(), null, whole, BY)).toMatchObject({ code: 'STR-013' });
    const nowhere = { service: 'NULLE-PART', contact };
    expect(nameCentralService(structureOf(), noService, nowhere, BY)).toMatchObject({ code: 'SER-002' });
  });

  it('R28 gives a service its own office, and the structure’s to all others', () => {
    const structure = structureOf(named(null, 'Cour'), named(SERVICE, 'Tribunal')) as ExistingStructure;
    expect(centralServiceOf(structure, SERVICE)?.name).toBe('Tribunal');
    expect(centralServiceOf(structure, 'AUTRE')?.name).toBe('Cour');
    expect(centralServiceOf(structure, null)?.name).toBe('Cour');
    expect(centralServiceOf(structureOf(named(SERVICE)) as ExistingStructure, null)).toBeNull();
  });
});
