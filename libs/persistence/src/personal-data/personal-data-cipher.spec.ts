import fc from 'fast-check';
import { isSealed, PersonalDataCipher } from './personal-data-cipher.js';

const cipher = new PersonalDataCipher('un-secret-de-trente-deux-lettres-au-moins');
const other = new PersonalDataCipher('un-autre-secret-de-trente-deux-lettres-au-moins');

describe('PersonalDataCipher', () => {
  const key = cipher.unwrap('p', cipher.newPersonKey('p'));

  it('R01 gives back whatever was sealed, and only where it was sealed', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.string(), fc.string(), (value, place, elsewhere) => {
        const sealed = cipher.seal(key, value, place);
        expect(isSealed(JSON.parse(JSON.stringify(sealed)))).toBe(true);
        expect(cipher.open(key, sealed, place)).toEqual(JSON.parse(JSON.stringify(value)));
        if (elsewhere !== place) expect(() => cipher.open(key, sealed, elsewhere)).toThrow();
      }),
    );
  });

  it('R01 refuses a datum of which a single byte was changed, whichever', () => {
    const sealed = Buffer.from(cipher.seal(key, 'Jeanne Martin', 'place').data, 'base64');
    for (let index = 0; index < sealed.length; index += 1) {
      const damaged = Buffer.from(sealed);
      damaged[index] = (damaged[index] ?? 0) ^ 1;
      expect(() => cipher.open(key, { sealed: 1, data: damaged.toString('base64') }, 'place')).toThrow();
    }
    for (const length of [0, 11, 27, sealed.length - 1]) {
      const cut = { sealed: 1, data: sealed.subarray(0, length).toString('base64') } as const;
      expect(() => cipher.open(key, cut, 'place')).toThrow();
    }
  });

  it('R01 never writes the same datum twice alike, nor shows it', () => {
    const written = Array.from({ length: 20 }, () => cipher.seal(key, 'Jeanne Martin', 'place').data);
    expect(new Set(written).size).toBe(20);
    for (const data of written) expect(Buffer.from(data, 'base64').toString('latin1')).not.toContain('Martin');
  });

  it('R01 a key belongs to one person and to one secret', () => {
    const wrapped = cipher.newPersonKey('jeanne');
    expect(cipher.unwrap('jeanne', wrapped)).toHaveLength(32);
    expect(cipher.unwrap('jeanne', wrapped)).not.toEqual(cipher.unwrap('jeanne', cipher.newPersonKey('jeanne')));
    expect(() => cipher.unwrap('paul', wrapped)).toThrow();
    expect(() => other.unwrap('jeanne', wrapped)).toThrow();
  });

  it('R01 a login address has one digest however it is typed, and another under another secret', () => {
    const digest = cipher.loginDigest('jeanne.martin@mairie.example');
    expect(digest).toMatch(/^[0-9a-f]{64}$/);
    expect(cipher.loginDigest(' Jeanne.Martin@Mairie.example ')).toBe(digest);
    expect(cipher.loginDigest('jeanne.martin@mairie.exampl')).not.toBe(digest);
    expect(other.loginDigest('jeanne.martin@mairie.example')).not.toBe(digest);
  });

  it.each([null, 'text', 3, {}, { sealed: 2, data: '' }, ['sealed']])('%j is not a sealed datum', (value) => {
    expect(isSealed(value)).toBe(false);
  });
});
