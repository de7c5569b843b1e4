import { refuse, type Refused } from '../shared/decision.js';
import { COMMON_PASSWORDS } from './common-passwords.js';

/** Shortest password: what CNIL (délibération 2022-100) and ANSSI ask where attempts are limited as well. */
export const SHORTEST_PASSWORD = 12;

/** Longest password taken, so that nobody makes the platform hash a book. */
export const LONGEST_PASSWORD = 200;

const FEWEST_CHARACTERS = 5;
const SHORTEST_LOCAL_PART = 4;
const ORNAMENTS = /^[\d\p{P}\p{S}]+|[\d\p{P}\p{S}]+$/gu;

/**
 * Judges a password that a person chooses (R01): long enough, not one that is tried first, and without the login. No
 * mixture of letters, digits and signs is asked for: length does more, and people remember it (ANSSI).
 *
 * @param login address, or null when it is not known any more
 * @returns why it is refused (COM-002, COM-003, COM-004), or null when it may be used
 */
export function judgePassword(password: string, login: string | null): Refused | null {
  if (Array.from(password).length < SHORTEST_PASSWORD)
    return refuse('COM-002', `Le mot de passe est trop court : choisissez au moins ${SHORTEST_PASSWORD} caractères.`);
  const plain = password.toLowerCase().replace(/\s+/gu, '');
  if (isCommon(plain))
    return refuse('COM-003', 'Ce mot de passe est trop facile à deviner : choisissez par exemple une suite de mots.');
  if (login !== null && namesLogin(plain, login.toLowerCase()))
    return refuse('COM-004', 'Le mot de passe contient votre adresse de connexion : choisissez-en un autre.');
  return null;
}

function isCommon(plain: string): boolean {
  if (new Set(plain).size < FEWEST_CHARACTERS || isSequence(plain)) return true;
  return COMMON_PASSWORDS.has(plain) || COMMON_PASSWORDS.has(plain.replace(ORNAMENTS, ''));
}

/** Whether every character is the next one of the alphabet or of the digits, as in `abcdefghijkl` and `123456789012`. */
function isSequence(plain: string): boolean {
  const codes = Array.from(plain, (character) => character.codePointAt(0) ?? 0);
  const steps = codes.slice(1).map((code, index) => code - (codes[index] ?? 0));
  return [1, -1].some((step) => steps.every((taken) => taken === step || taken === -9 * step));
}

function namesLogin(plain: string, login: string): boolean {
  const [localPart = ''] = login.split('@');
  return plain.includes(login) || (localPart.length >= SHORTEST_LOCAL_PART && plain.includes(localPart));
}
