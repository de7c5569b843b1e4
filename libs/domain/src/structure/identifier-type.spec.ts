import fc from 'fast-check';
import { IDENTIFIER_TYPES, isValidSiret, refusalOfIdentifier } from './identifier-type.js';
import type { IdentifierType } from './structure-events.js';

describe('identifiers of structures', () => {
  it.each(['11000201100044', '13002526500013', '55208131766522', '35600000000048', '35600000049837'])(
    'R02 %s is a SIRET',
    (siret) => expect(isValidSiret(siret)).toBe(true),
  );

  it.each(['11000201100045', '1100020110004', '110002011000440', '35600000049838', '3560000004983a', ''])(
    'R02 %j is none',
    (siret) => expect(isValidSiret(siret)).toBe(false),
  );

  it('R02 exactly one last digit makes a SIRET of thirteen digits, but for La Poste', () => {
    const root = fc.stringMatching(/^\d{13}$/).filter((digits) => !digits.startsWith('356000000'));
    fc.assert(
      fc.property(root, (digits) => {
        expect([...'0123456789'].filter((last) => isValidSiret(digits + last))).toHaveLength(1);
      }),
    );
  });

  const examples: readonly [IdentifierType, valid: string[], invalid: string[]][] = [
    ['SIRET', ['11000201100044'], ['11000201100045', 'FR12345678']],
    ['EU_VAT', ['DE123456789', 'EL123456789', 'ATU12345678'], ['FR40303265045', 'US123456789', 'DE', 'DE 123']],
    ['OUTSIDE_EU', ['CHACME SA', 'USÉtablissements K', 'GB1'], ['C', 'CH', 'ch1', 'CHAAAAAAAAAAAAAAAAA']],
    ['RIDET', ['123456789', '1234567001'], ['12345678', '12345678901']],
    ['TAHITI', ['A12345001', '123456001'], ['A1234', 'a12345001']],
    ['BEING_REGISTERED', ['Atelier du Pont 2026', '123'], ['11000201100044']],
    ['PRIVATE_PERSON', ['0612345678', '0612345678Jeanne Martin'], ['Jeanne Martin', '061234567', '11000201100044']],
  ];

  it.each(examples)('R02 STR-002 tells what is an identifier of type %s', (type, valid, invalid) => {
    for (const identifier of valid)
      expect([identifier, refusalOfIdentifier(type, identifier)]).toEqual([identifier, null]);
    for (const identifier of invalid)
      expect(refusalOfIdentifier(type, identifier)).toEqual({
        accepted: false,
        code: 'STR-002',
        message: expect.stringMatching(/\.$/) as string,
      });
  });

  it('R02 knows every type by a label of its own', () => {
    const labels = Object.values(IDENTIFIER_TYPES).map(({ label }) => label);
    expect(new Set(labels).size).toBe(7);
  });
});
