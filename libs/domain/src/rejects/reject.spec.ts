import { issuerParty } from './reject.js';

const sender = { identifier: '11000201100044', name: 'Établissement qui envoie' };

describe('issuerParty', () => {
  it('R44 files nothing under an issuer that could not be read', () => {
    expect(issuerParty(null, sender)).toBeNull();
  });

  it('R44 files nothing under what is too long to be an identifier', () => {
    expect(issuerParty({ identifier: '9'.repeat(101), name: null }, sender)).toBeNull();
  });

  it('R44 files the rejects of a company known by its SIREN under the establishment of it that sent them', () => {
    expect(issuerParty({ identifier: '110002011', name: 'La société' }, sender)).toEqual({
      identifier: '11000201100044',
      name: 'La société',
    });
  });

  it.each([
    ['the SIREN of another company', '130025265'],
    ['another establishment of the same company', '11000201100051'],
    ['the very establishment that sends', '11000201100044'],
    ['a VAT number', 'FR32110002011'],
    ['the first digits of the sender, which are no SIREN', '11000201'],
    ['nothing but an empty text', ''],
  ])('R44 files under the issuer itself when it is known by %s', (_, identifier) => {
    const issuer = { identifier, name: null };
    expect(issuerParty(issuer, sender)).toBe(issuer);
  });
});
