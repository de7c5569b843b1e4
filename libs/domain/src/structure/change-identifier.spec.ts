import { specification } from '../testing/given.js';
import { PRIMARY, localAuthority, registered, structureOf, succeeded } from '../testing/people.js';
import { changeIdentifier, type ChangeOfIdentifier } from './change-identifier.js';
import type { StructureEvent } from './structure-events.js';
import { evolveStructure, noStructure } from './structure.js';

const { given } = specification(noStructure, evolveStructure);
const OLD = '55208131766522';
const NEW = '55208131700018';
const NEXT = '55208131700026';
const change: ChangeOfIdentifier = { identifier: NEW, by: PRIMARY, bySupport: false };
const changed = (origins: string[], identifier: string, by = PRIMARY): [StructureEvent, StructureEvent] => [
  { type: 'StructureDeactivated', data: { successor: identifier } },
  { type: 'StructureDuplicated', data: { identifier, origins, by } },
];

describe('changeIdentifier', () => {
  it('R16 deactivates the old structure and opens the new one: two events, whatever there is on it', () =>
    given(registered)
      .when((structure) => changeIdentifier(structure, noStructure, change))
      .then(...changed([OLD], NEW)));

  it('R16 a chain of changes names every structure that it goes back to', () => {
    const duplicated: StructureEvent = {
      type: 'StructureDuplicated',
      data: { identifier: NEW, origins: [OLD], by: PRIMARY },
    };
    given(registered, duplicated)
      .when((structure) => changeIdentifier(structure, noStructure, { ...change, identifier: NEXT }))
      .then(...changed([OLD, NEW], NEXT));
  });

  it('R16 the support changes the SIRET of a local authority, which does not change it itself', () => {
    given(localAuthority)
      .when((structure) => changeIdentifier(structure, noStructure, { ...change, by: 'operator', bySupport: true }))
      .then(...changed([OLD], NEW, 'operator'));
    given(localAuthority)
      .when((structure) => changeIdentifier(structure, noStructure, change))
      .refused('SIR-005');
  });

  it.each<[string, string, string]>([
    ['SIR-002', 'what is no SIRET', '55208131700019'],
    ['SIR-003', 'a SIRET of another SIREN', '11000201100044'],
  ])('R16 %s refuses %s', (code, _, identifier) =>
    given(registered)
      .when((structure) => changeIdentifier(structure, noStructure, { ...change, identifier }))
      .refused(code),
  );

  it.each([
    ['of a living structure', structureOf(registered)],
    ['of one that was deactivated', structureOf(registered, succeeded)],
  ])('R16 SIR-004 refuses the SIRET %s', (_, target) =>
    given(registered)
      .when((structure) => changeIdentifier(structure, target, change))
      .refused('SIR-004'),
  );

  it('R16 SIR-001 only a SIRET changes', () =>
    given({ ...registered, data: { ...registered.data, identifierType: 'EU_VAT' } })
      .when((structure) => changeIdentifier(structure, noStructure, change))
      .refused('SIR-001'));

  it('R16 STR-003 a structure that was replaced names its successor', () => {
    given(registered, succeeded)
      .when((structure) => changeIdentifier(structure, noStructure, change))
      .refused('STR-003');
    expect(changeIdentifier(structureOf(registered, succeeded), noStructure, change)).toMatchObject({
      message: expect.stringContaining('55208131766530') as string,
    });
  });
});
