import type { Party } from '../../../model/party.js';
import type { Value } from '../../../model/value.js';
import { isSiren, isSiret } from '../shapes/identifiers.js';

/** How the portal knows a supplier: a kind with the shape of its identifiers. */
export interface SupplierKind {
  /** French name, with the type code of the portal. */
  readonly label: string;
  readonly holds: (identifier: string) => boolean;
  /** What a finding says of the shape. */
  readonly expected: string;
}

const kind = (label: string, holds: SupplierKind['holds'], expected: string): SupplierKind => ({
  label,
  holds,
  expected,
});
const startsWithCountry = (identifier: string): boolean => /^[A-Za-z]{2}/.test(identifier) && identifier.length <= 18;

// The official Factur-X samples of the portal write a SIRET under scheme 0002, which is the SIREN's.
const siret = kind('1 (SIRET)', isSiret, '14 chiffres');
const siren = kind('0002 (SIREN)', (identifier) => isSiren(identifier) || isSiret(identifier), '9 ou 14 chiffres');
const euVat = kind('2 (UE hors France)', startsWithCountry, 'code pays, 18 caractères au plus');
const nonEu = kind('3 (hors UE)', startsWithCountry, 'code pays et début du nom, 18 caractères au plus');
const ridet = kind('4 (RIDET)', ({ length }) => length <= 10, '10 caractères au plus');
const tahiti = kind('5 (TAHITI)', ({ length }) => length <= 10, '10 caractères au plus');
const beingRegistered = kind('6 (en cours d’immatriculation)', ({ length }) => length <= 80, '80 caractères au plus');
const naturalPerson = kind('7 (particulier)', ({ length }) => length <= 80, '80 caractères au plus');

/** By what senders write where a scheme belongs: type codes of CPPStatut, ISO 6523 codes, names of the API, `ETR` of a sample. */
const kindByScheme: ReadonlyMap<string, SupplierKind> = new Map([
  ['1', siret],
  ['2', euVat],
  ['3', nonEu],
  ['4', ridet],
  ['5', tahiti],
  ['6', beingRegistered],
  ['7', naturalPerson],
  ['0002', siren],
  ['0009', siret],
  ['0223', euVat],
  ['0226', naturalPerson],
  ['0227', nonEu],
  ['0228', ridet],
  ['0229', tahiti],
  ['SIRET', siret],
  ['UE_HORS_FRANCE', euVat],
  ['HORS_UE', nonEu],
  ['RIDET', ridet],
  ['TAHITI', tahiti],
  ['EN_COURS_IMMATRICULATION', beingRegistered],
  ['PARTICULIER', naturalPerson],
  ['ETR', nonEu],
]);

/** What the kinds are, for what a finding expects. */
export const supplierKindNames =
  '1 SIRET, 2 UE hors France, 3 hors UE, 4 RIDET, 5 TAHITI, 6 en cours d’immatriculation ou 7 particulier';

/** The kind of an identifier by its scheme; a bare value of 14 digits is a SIRET; null of any other. */
export function kindOfIdentifier({ value, scheme }: Value): SupplierKind | null {
  if (scheme === null) return isSiret(value) ? siret : null;
  return kindByScheme.get(scheme) ?? null;
}

/** What identifies a party: its registrations (BT-30, where the portal's own formats write it), then its identifiers (BT-29). */
export function identifiersOf(party: Party | null): readonly Value[] {
  return party === null ? [] : [...party.registrations, ...party.identifiers];
}

/** The SIRET of a party, under whichever scheme it stands; null when it has none of 14 digits. */
export function siretOf(party: Party | null): Value | null {
  return identifiersOf(party).find(({ value }) => isSiret(value)) ?? null;
}
