import type { SeededRandom } from './random.js';

/**
 * Sum of Luhn of a string of digits, the rightmost digit having weight one. A SIREN or SIRET is right when it is a
 * multiple of ten (INSEE; La Poste's establishments are a known exception that the samples do not use).
 */
function luhnSum(digits: string): number {
  let sum = 0;
  for (let position = 0; position < digits.length; position++) {
    const digit = Number(digits[digits.length - 1 - position]);
    const weighted = position % 2 === 1 ? digit * 2 : digit;
    sum += weighted > 9 ? weighted - 9 : weighted;
  }
  return sum;
}

/** Whether a string of digits ends with its right Luhn digit. */
export function hasValidLuhnDigit(digits: string): boolean {
  return /^\d+$/.test(digits) && luhnSum(digits) % 10 === 0;
}

/** The digit that, put behind `digits`, makes the whole right by Luhn. */
export function luhnDigit(digits: string): string {
  return String((10 - (luhnSum(`${digits}0`) % 10)) % 10);
}

/**
 * Makes a SIREN (9 digits) with a right Luhn digit. Drawn at random, never from a register.
 *
 * @param prefix first digits: companies are given 3 to 9 here, public bodies 1 or 2 as in reality
 */
export function makeSiren(random: SeededRandom, prefix: string): string {
  const body = prefix + random.digits(8 - prefix.length);
  return body + luhnDigit(body);
}

/** Makes the SIRET (14 digits) of an establishment: SIREN, then its rank on four digits, then the Luhn digit. */
export function makeSiret(siren: string, establishment: number): string {
  const body = siren + String(establishment).padStart(4, '0');
  return body + luhnDigit(body);
}

/** The French VAT number of a SIREN: `FR`, the key (12 + 3 × (SIREN mod 97)) mod 97 on two digits, the SIREN. */
export function vatNumber(siren: string): string {
  const key = (12 + 3 * (Number(siren) % 97)) % 97;
  return `FR${String(key).padStart(2, '0')}${siren}`;
}

/** Makes a French IBAN (27 characters) whose RIB key and ISO 13616 check digits are right; its bank does not exist. */
export function makeIban(random: SeededRandom): string {
  const account = `99999${random.digits(5)}${random.digits(11)}`;
  const ribKey = 97n - ((BigInt(account) * 100n) % 97n);
  const basicAccountNumber = account + String(ribKey).padStart(2, '0');
  // ISO 13616: the country's letters become 15 and 27 behind the account, followed by "00".
  const checkDigits = 98n - (BigInt(`${basicAccountNumber}152700`) % 97n);
  return `FR${String(checkDigits).padStart(2, '0')}${basicAccountNumber}`;
}
