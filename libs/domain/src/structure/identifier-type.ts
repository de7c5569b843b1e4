import { refuse, type Refused } from '../shared/decision.js';
import type { IdentifierType } from './structure-events.js';

/** A way to identify a structure, and what such an identifier looks like. */
export interface IdentifierKind {
  /** What people read. */
  readonly label: string;
  /** What an identifier of this kind must be, as the end of a French sentence. */
  readonly shape: string;
  readonly isValid: (identifier: string) => boolean;
}

/** Member states under the prefix of their VAT numbers; France identifies by SIRET. `XI` is Northern Ireland (goods). */
const EU_VAT_NUMBER =
  /^(?:AT|BE|BG|CY|CZ|DE|DK|EE|EL|ES|FI|HR|HU|IE|IT|LT|LU|LV|MT|NL|PL|PT|RO|SE|SI|SK|XI)[0-9A-Z]{2,12}$/;

/** ISO 3166-1 country and the first 16 characters of the name, which may hold spaces and what names hold. */
const OUTSIDE_EU_IDENTIFIER = /^[A-Z]{2}[\p{L}\p{N} ._'-]{0,15}[\p{L}\p{N}.]$/u;

/** Ten digits, then up to seventy characters. */
const NATURAL_PERSON_IDENTIFIER = /^\d{10}(?:[\p{L}\p{N} ._'-]{0,69}[\p{L}\p{N}.])?$/u;

/**
 * The identifier types of the field (R02). The controls of external specifications: rules 03 to 08 of the platform's reform
 * controls (schemes 0009, 0223, 0226 to 0229), and type 6 of the portal's own formats for whoever waits for a SIRET.
 */
export const IDENTIFIER_TYPES: Readonly<Record<IdentifierType, IdentifierKind>> = {
  SIRET: { label: 'SIRET', shape: 'a 14 chiffres, dont le dernier est une clé de contrôle', isValid: isValidSiret },
  EU_VAT: {
    label: 'TVA intracommunautaire (Union européenne hors France)',
    shape: 'commence par le code du pays et a 14 caractères au plus, sans espace',
    isValid: (identifier) => EU_VAT_NUMBER.test(identifier),
  },
  OUTSIDE_EU: {
    label: 'Hors Union européenne',
    shape: 'est le code du pays suivi des 16 premiers caractères de la raison sociale',
    isValid: (identifier) => OUTSIDE_EU_IDENTIFIER.test(identifier),
  },
  RIDET: { label: 'RIDET', shape: 'a 9 ou 10 caractères', isValid: hasNineOrTenCharacters },
  TAHITI: { label: 'TAHITI', shape: 'a 9 ou 10 caractères', isValid: hasNineOrTenCharacters },
  BEING_REGISTERED: {
    label: 'En cours d’immatriculation',
    shape: 'a de 1 à 80 caractères et n’est pas fait de 14 chiffres',
    // Else whoever waits for a SIRET could take somebody else's.
    isValid: (identifier) => !/^\d{14}$/.test(identifier),
  },
  PRIVATE_PERSON: {
    label: 'Particulier',
    shape: 'est fait de 10 chiffres suivis de 70 caractères au plus',
    isValid: (identifier) => NATURAL_PERSON_IDENTIFIER.test(identifier) && !/^\d{14}$/.test(identifier),
  },
};

/** The SIREN of La Poste, whose establishments have a check of their own. */
const LA_POSTE = '356000000';

/**
 * Whether a SIRET is one: 14 digits that satisfy Luhn. For the establishments of La Poste, other than its head office, the
 * sum of the digits is a multiple of five instead (R02).
 */
export function isValidSiret(siret: string): boolean {
  if (!/^\d{14}$/.test(siret)) return false;
  const digits = [...siret].map(Number);
  if (siret.startsWith(LA_POSTE) && digits.reduce(plus, 0) % 5 === 0) return true;
  const weighed = digits.map((digit, index) => (index % 2 === 0 ? digit * 2 : digit));
  return weighed.map((value) => (value > 9 ? value - 9 : value)).reduce(plus, 0) % 10 === 0;
}

/** The refusal of an identifier that is none of its type (`STR-002`); null when it is one. */
export function refusalOfIdentifier(type: IdentifierType, identifier: string): Refused | null {
  const { label, shape, isValid } = IDENTIFIER_TYPES[type];
  if (isValid(identifier)) return null;
  return refuse('STR-002', `« ${identifier} » n’est pas un identifiant de type ${label} : il ${shape}.`);
}

function hasNineOrTenCharacters(identifier: string): boolean {
  return /^[0-9A-Z]{9,10}$/.test(identifier);
}

function plus(left: number, right: number): number {
  return left + right;
}
