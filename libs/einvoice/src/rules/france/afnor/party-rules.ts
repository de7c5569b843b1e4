import { fatal, noBreach, unless, type Breach, type ModelRule } from '../engine/model-rule.js';
import {
  buyerRole,
  electronicAddresses,
  everyParty,
  identifiedParts,
  firstUnder,
  identifierOf,
  identifiersUnder,
  scheme,
  sellerRole,
  sirenOf,
} from '../engine/parties.js';
import { atMost, everyValue } from '../engine/terms.js';
import type { Invoice } from '../../../model/invoice.js';
import type { Party } from '../../../model/party.js';
import type { Value } from '../../../model/value.js';
import { selfBilledTypeCodes } from '../shapes/codes.js';
import { isAddressIdentifier, isSiren, isSiret } from '../shapes/identifiers.js';
import { isBetweenCompanies, noteText, notesAbout } from './notes.js';

const routingCodes = identifiersUnder(scheme.routingCode, [sellerRole, buyerRole]);
const allowedCharacters = 'lettres sans accent, chiffres et - _ .';

/** Rules about identifiers and addresses of the parties: BR-FR-09 to 13, 21 to 26, 32, BR-FR-CO-10, 14 and 15. */
export const partyRules: readonly ModelRule[] = [
  fatal('BR-FR-09', (invoice) => {
    const breaches: Breach[] = [];
    for (const { term, identifiers, siren } of identifiedParts(invoice)) {
      const siret = firstUnder(scheme.siret, identifiers);
      if (siret === null) continue;
      const root = siren?.value ?? siret.value.slice(0, 9);
      if (isSiret(siret.value) && siret.value.startsWith(root)) continue;
      const expected = `14 chiffres qui commencent par ${isSiren(root) ? root : 'le SIREN'}`;
      breaches.push({ at: siret, term, found: siret.value, expected });
    }
    return breaches;
  }),
  fatal('BR-FR-10', (invoice) => sirenBreaches(invoice.seller, invoice)),
  fatal('BR-FR-11', (invoice) => (isBetweenCompanies(invoice) ? sirenBreaches(invoice.buyer, invoice) : [])),
  fatal('BR-FR-12', ({ buyer, element }) =>
    unless((buyer?.electronicAddress ?? null) !== null, () => ({ at: buyer?.element ?? element })),
  ),
  fatal('BR-FR-13', ({ seller, element }) =>
    unless((seller?.electronicAddress ?? null) !== null, () => ({ at: seller?.element ?? element })),
  ),
  fatal('BR-FR-21', (invoice) =>
    isBetweenCompanies(invoice) && !isSelfBilled(invoice) ? reformAddressBreaches(invoice.buyer, invoice) : [],
  ),
  fatal('BR-FR-22', (invoice) =>
    isBetweenCompanies(invoice) && isSelfBilled(invoice) ? reformAddressBreaches(invoice.seller, invoice) : [],
  ),
  fatal(
    'BR-FR-23',
    everyValue(
      electronicAddresses,
      (value) => value.scheme !== scheme.frenchAddress || isAddressIdentifier(value.value),
      allowedCharacters,
    ),
  ),
  fatal(
    'BR-FR-24',
    everyValue(routingCodes, ({ value }) => isAddressIdentifier(value), allowedCharacters),
  ),
  fatal('BR-FR-25', atMost(electronicAddresses, 125)),
  fatal('BR-FR-26', atMost(routingCodes, 100)),
  fatal('BR-FR-32', (invoice) => {
    const breaches: Breach[] = [];
    for (const { registrations, identifiers } of everyParty(invoice)) {
      for (const value of registrations) if (value.scheme === scheme.siren) addNotSiren(breaches, value);
      for (const value of identifiers) if (isSirenScheme(value.scheme)) addNotSiren(breaches, value);
    }
    return breaches;
  }),
  fatal('BR-FR-CO-10', (invoice) => {
    const breaches: Breach[] = [];
    for (const { term, identifiers } of identifiedParts(invoice)) addSchemeBreaches(breaches, term, identifiers);
    return breaches;
  }),
  fatal('BR-FR-CO-14', (invoice) => {
    const member = memberOfSingleTaxableEntity(invoice);
    if (member === null) return [];
    const noted = notesAbout(invoice, 'TXD').some((note) => noteText(note) === 'MEMBRE_ASSUJETTI_UNIQUE');
    return unless(noted, () => ({ at: member, expected: 'note TXD « MEMBRE_ASSUJETTI_UNIQUE »' }));
  }),
  fatal('BR-FR-CO-15', (invoice) => {
    const member = memberOfSingleTaxableEntity(invoice);
    if (member === null) return noBreach;
    const represented = (invoice.taxRepresentative?.vatNumbers.length ?? 0) > 0;
    return unless(represented, () => ({ at: invoice.taxRepresentative?.element ?? member }));
  }),
];

function sirenBreaches(party: Party | null, { element }: Invoice): readonly Breach[] {
  const siren = sirenOf(party);
  return unless(siren !== null && isSiren(siren.value), () => ({
    at: siren ?? party?.element ?? element,
    found: siren?.value ?? null,
    expected: '9 chiffres',
  }));
}

function isSelfBilled({ typeCode }: Invoice): boolean {
  return typeCode !== null && selfBilledTypeCodes.has(typeCode.value);
}

/** The address that the reform routes by: scheme 0225, beginning with the SIREN. */
function reformAddressBreaches(party: Party | null, { element }: Invoice): readonly Breach[] {
  const address = party?.electronicAddress ?? null;
  const siren = sirenOf(party)?.value ?? '';
  const right = address !== null && address.scheme === scheme.frenchAddress && address.value.startsWith(siren);
  return unless(right, () => ({
    at: address ?? party?.element ?? element,
    found: address === null ? null : `${address.scheme ?? ''}:${address.value}`,
    expected: `${scheme.frenchAddress}:${siren === '' ? 'SIREN' : siren}…`,
  }));
}

function isSirenScheme(declared: string | null): boolean {
  return declared === scheme.siren || declared === scheme.memberOfSingleTaxableEntity;
}

function addNotSiren(breaches: Breach[], value: Value): void {
  if (!isSiren(value.value)) breaches.push({ at: value, found: value.value, expected: '9 chiffres' });
}

/** Every identifier has its scheme, and each scheme stands once; CII has an element of its own for those without scheme. */
function addSchemeBreaches(breaches: Breach[], term: string, values: readonly Value[]): void {
  const seen = new Set<string>();
  for (const value of values) {
    const { scheme: declared, element } = value;
    if (declared === null) {
      const mayLackScheme = element.localName === 'ID' && element.parent?.localName.endsWith('TradeParty') === true;
      if (!mayLackScheme)
        breaches.push({ at: value, term, found: value.value, expected: 'un schéma d’identification' });
    } else if (seen.has(declared)) {
      breaches.push({
        at: value,
        term,
        found: declared,
        expected: 'un schéma d’identification présent une seule fois',
      });
    } else {
      seen.add(declared);
    }
  }
}

function memberOfSingleTaxableEntity({ seller }: Invoice): Value | null {
  return identifierOf(seller, scheme.memberOfSingleTaxableEntity);
}
