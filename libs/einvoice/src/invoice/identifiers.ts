import type { Value } from '../model/value.js';
import { PlacedTerm } from './placed-term.js';
import type { IdentifierKind, PartyIdentifier } from './terms.js';

/**
 * Kinds by declared scheme: ISO 6523 codes (rule BR-FR-CPRO-03), VAT tax schemes, and the historic type codes of the portal
 * (CPPStatut: 1 SIRET … 7 natural person; `ETR` in its mixed CII samples), which senders put where a scheme belongs.
 */
const kindByScheme: Readonly<Record<string, IdentifierKind>> = {
  '0002': 'SIREN',
  '0009': 'SIRET',
  '0223': 'EU-VAT',
  '0224': 'SERVICE',
  '0226': 'NATURAL-PERSON',
  '0227': 'NON-EU',
  '0228': 'RIDET',
  '0229': 'TAHITI',
  '1': 'SIRET',
  '2': 'EU-VAT',
  '3': 'NON-EU',
  '4': 'RIDET',
  '5': 'TAHITI',
  '6': 'BEING-REGISTERED',
  '7': 'NATURAL-PERSON',
  ETR: 'NON-EU',
  VA: 'EU-VAT',
  VAT: 'EU-VAT',
};

/** An identifier whose place is worked out when it is asked for. */
class PlacedIdentifier extends PlacedTerm implements PartyIdentifier {
  constructor(
    value: Value,
    readonly term: PartyIdentifier['term'],
    readonly scheme: string | null,
    readonly kind: IdentifierKind,
    readonly assumed: boolean,
  ) {
    super(value);
  }

  override toJSON(): PartyIdentifier {
    const { term, scheme, kind, assumed } = this;
    return { ...super.toJSON(), term, scheme, kind, assumed };
  }
}

/**
 * One identifier of a party, with what kind of number it is.
 *
 * @param scheme the declared scheme; a value without one is taken as a SIRET or SIREN when it has 14 or 9 digits
 */
export function identifierOf(term: PartyIdentifier['term'], value: Value, scheme: string | null): PartyIdentifier {
  if (scheme === null) {
    const kind = kindOfBareValue(value.value);
    return new PlacedIdentifier(value, term, scheme, kind, kind !== 'OTHER');
  }
  const kind = kindByScheme[scheme] ?? 'OTHER';
  // Official Factur-X samples of the portal write a SIRET under scheme 0002 (SIREN).
  const assumed = kind === 'SIREN' && isSiret(value.value);
  return new PlacedIdentifier(value, term, scheme, assumed ? 'SIRET' : kind, assumed);
}

function kindOfBareValue(value: string): IdentifierKind {
  if (isSiret(value)) return 'SIRET';
  return /^\d{9}$/.test(value) ? 'SIREN' : 'OTHER';
}

function isSiret(value: string): boolean {
  return /^\d{14}$/.test(value);
}
