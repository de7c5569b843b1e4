/** A SIREN: 9 digits (BR-FR-32, G1.80). */
export function isSiren(text: string): boolean {
  return /^\d{9}$/.test(text);
}

/** A SIRET: the 9 digits of the SIREN and the 5 of the establishment (BR-FR-09, G1.89). */
export function isSiret(text: string): boolean {
  return /^\d{14}$/.test(text);
}

const laPoste = '356000000';

/**
 * Whether the check digit of a SIREN or SIRET is right (Luhn). The establishments of La Poste have another rule: the sum of
 * their digits is a multiple of five; its head office satisfies Luhn as well.
 */
export function hasValidCheckDigit(identifier: string): boolean {
  if (identifier.startsWith(laPoste) && identifier.length === 14 && digitSum(identifier) % 5 === 0) return true;
  let sum = 0;
  for (let index = 0; index < identifier.length; index++) {
    const digit = identifier.charCodeAt(identifier.length - 1 - index) - 48;
    const weighed = index % 2 === 0 ? digit : digit * 2;
    sum += weighed > 9 ? weighed - 9 : weighed;
  }
  return sum % 10 === 0;
}

function digitSum(digits: string): number {
  let sum = 0;
  for (let index = 0; index < digits.length; index++) sum += digits.charCodeAt(index) - 48;
  return sum;
}

/** Invoice numbers of the exchanges of the reform: letters, digits and `+ - _ /`, no space (BR-FR-02 of 2025-11). */
export function isReformNumber(text: string): boolean {
  return /^[A-Za-z0-9+\-_/]+$/.test(text);
}

/** Invoice numbers of the portal's own formats: single spaces are allowed inside (G1.05). */
export function isHistoricNumber(text: string): boolean {
  return /^[A-Za-z0-9+\-_/]+(?: [A-Za-z0-9+\-_/]+)*$/.test(text);
}

/** Electronic addresses of scheme 0225 and routing codes of scheme 0224: letters, digits and `- _ .` (BR-FR-23, BR-FR-24). */
export function isAddressIdentifier(text: string): boolean {
  return /^[A-Za-z0-9\-_.]+$/.test(text);
}

/** Longest IBAN (ISO 13616). */
const longestIban = 34;

/** Whether the check digits of an IBAN are right (ISO 7064 MOD 97-10); spaces between groups are of no account. */
export function isIban(text: string): boolean {
  const iban = text.replace(/\s/g, '').toUpperCase();
  if (iban.length > longestIban || !/^[A-Z]{2}\d{2}[A-Z0-9]{10,}$/.test(iban)) return false;
  let remainder = 0;
  for (let index = 0; index < iban.length; index++) {
    // Country and check digits, the first four characters, count last. `A` stands for 10, `Z` for 35.
    const code = iban.charCodeAt((index + 4) % iban.length);
    remainder = code < 58 ? (remainder * 10 + code - 48) % 97 : (remainder * 100 + code - 55) % 97;
  }
  return remainder === 1;
}

/**
 * Whether a French VAT number has its shape (`FR`, a key of two characters, a SIREN) and, when the key is of digits, the right
 * key: 12 + 3 × (SIREN mod 97), mod 97.
 */
export function isFrenchVatNumber(text: string): boolean {
  const parts = /^FR([0-9A-HJ-NP-Z]{2})(\d{9})$/.exec(text);
  if (parts === null) return false;
  const [, key = '', siren = ''] = parts;
  if (!/^\d{2}$/.test(key)) return true;
  return Number(key) === (12 + 3 * (Number(siren) % 97)) % 97;
}

/** Whether a VAT number of any country has the outline of one: a country prefix and 2 to 13 letters or digits. */
export function isVatNumber(text: string): boolean {
  const written = text.replace(/\s/g, '');
  return written.startsWith('FR') ? isFrenchVatNumber(written) : /^[A-Z]{2}[0-9A-Z+*]{2,13}$/.test(written);
}
