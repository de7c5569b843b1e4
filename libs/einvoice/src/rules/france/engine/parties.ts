import type { Delivery } from '../../../model/documents.js';
import type { Invoice } from '../../../model/invoice.js';
import type { Party } from '../../../model/party.js';
import type { Value } from '../../../model/value.js';
import type { XmlElement } from '../../../xml/element.js';
import { memoised } from './memoised.js';
import { gathered, type Terms } from './terms.js';

/** Schemes of identifiers that the French rules know (ISO/IEC 6523, rules BR-FR-CPRO-03, BR-FR-23, BR-FR-24, BR-FR-CO-14). */
export const scheme = {
  siren: '0002',
  siret: '0009',
  euVat: '0223',
  routingCode: '0224',
  frenchAddress: '0225',
  naturalPerson: '0226',
  nonEu: '0227',
  ridet: '0228',
  tahiti: '0229',
  memberOfSingleTaxableEntity: '0231',
} as const;

/** A party of the invoice with what it is called and the codes of its terms. */
export interface PartyRole {
  readonly label: string;
  /** Code of its private identifier, e.g. `BT-29`. */
  readonly identifierTerm: string;
  /** Code of its electronic address, e.g. `BT-34`. */
  readonly addressTerm: string;
  readonly of: (invoice: Invoice) => Party | null;
}

const role = (
  label: string,
  identifierTerm: string,
  addressTerm: string,
  of: (invoice: Invoice) => Party | null,
): PartyRole => ({ label, identifierTerm, addressTerm, of });

export const sellerRole = role('vendeur', 'BT-29', 'BT-34', ({ seller }) => seller);
export const buyerRole = role('acheteur', 'BT-46', 'BT-49', ({ buyer }) => buyer);
export const payeeRole = role('bénéficiaire', 'BT-60', 'EXT-FR-FE-29', ({ payee }) => payee);
export const buyerAgentRole = role('agent d’acheteur', 'EXT-FR-FE-06', 'EXT-FR-FE-12', ({ buyerAgent }) => buyerAgent);
export const payerRole = role('payeur', 'EXT-FR-FE-46', 'EXT-FR-FE-52', ({ payer }) => payer);
export const sellerAgentRole = role(
  'agent du vendeur',
  'EXT-FR-FE-69',
  'EXT-FR-FE-75',
  ({ sellerAgent }) => sellerAgent,
);
export const invoiceeRole = role('facturé à', 'EXT-FR-FE-92', 'EXT-FR-FE-98', ({ invoicee }) => invoicee);
export const invoicerRole = role('facturant', 'EXT-FR-FE-115', 'EXT-FR-FE-121', ({ invoicer }) => invoicer);

/** Every party whose identifiers the published tests look at, in their order. */
export const partyRoles: readonly PartyRole[] = [
  sellerRole,
  buyerRole,
  payeeRole,
  buyerAgentRole,
  payerRole,
  sellerAgentRole,
  invoiceeRole,
  invoicerRole,
];

/** The name of the private identifier of a party, e.g. `Identifiant du vendeur (BT-29)`. */
export function identifierName({ label, identifierTerm }: PartyRole): string {
  return `Identifiant privé, ${label} (${identifierTerm})`;
}

/** A party that an invoice has, and what it is in it. */
interface PresentParty {
  readonly role: PartyRole;
  readonly party: Party;
}

/** The parties that an invoice has, in the order of {@link partyRoles}: two of eight in most. */
const presentParties = memoised((invoice) => {
  const present: PresentParty[] = [];
  for (const one of partyRoles) {
    const party = one.of(invoice);
    if (party !== null) present.push({ role: one, party });
  }
  return present;
});

/** The electronic addresses of all parties. */
export const electronicAddresses: Terms = gathered((invoice, found) => {
  for (const { role: one, party } of presentParties(invoice))
    found.add(`Adresse électronique, ${one.label} (${one.addressTerm})`, party.electronicAddress);
});

/** The private identifiers of some parties under one scheme. */
export function identifiersUnder(wanted: string, roles: readonly PartyRole[]): Terms {
  const named = roles.map((one) => ({ ...one, term: identifierName(one) }));
  return gathered((invoice, found) => {
    for (const { term, of } of named) {
      for (const value of of(invoice)?.identifiers ?? []) if (value.scheme === wanted) found.add(term, value);
    }
  });
}

/** The first private identifier of a party under a scheme. */
export function identifierOf(party: Party | null, wanted: string): Value | null {
  return party === null ? null : firstUnder(wanted, party.identifiers);
}

/** The SIREN that a party is registered under (BT-30, BT-47, BT-61 of scheme 0002). */
export function sirenOf(party: Party | null): Value | null {
  return party === null ? null : firstUnder(scheme.siren, party.registrations);
}

/** The first identifier under a scheme. */
export function firstUnder(wanted: string, identifiers: readonly Value[]): Value | null {
  for (const value of identifiers) if (value.scheme === wanted) return value;
  return null;
}

/** Somewhere that identifiers stand: a party or a place of delivery. */
export interface Identified {
  readonly term: string;
  readonly element: XmlElement;
  readonly identifiers: readonly Value[];
  /** SIREN of the same party, where it has one. */
  readonly siren: Value | null;
}

/** All that carries private identifiers in an invoice: parties, then places of delivery of the document and its lines. */
export const identifiedParts: (invoice: Invoice) => readonly Identified[] = memoised((invoice) => {
  const found: Identified[] = [];
  for (const { role: one, party } of presentParties(invoice)) {
    const { element, identifiers } = party;
    if (identifiers.length === 0) continue;
    found.push({ term: identifierName(one), element, identifiers, siren: sirenOf(party) });
  }
  addDelivery(found, 'Lieu de livraison (BT-71)', invoice.delivery);
  for (const { delivery } of invoice.lines)
    addDelivery(found, 'Lieu de livraison de la ligne (EXT-FR-FE-146)', delivery);
  return found;
});

function addDelivery(found: Identified[], term: string, delivery: Delivery | null): void {
  if (delivery === null || delivery.locationIdentifiers.length === 0) return;
  const { element, locationIdentifiers } = delivery;
  found.push({ term, element, identifiers: locationIdentifiers, siren: null });
}

/** Every party of the invoice, those of its lines too. */
export const everyParty: (invoice: Invoice) => readonly Party[] = memoised((invoice) => {
  const parties: Party[] = [];
  for (const { party } of presentParties(invoice)) parties.push(party);
  const { taxRepresentative, lines } = invoice;
  if (taxRepresentative !== null) parties.push(taxRepresentative);
  for (const { seller } of lines) if (seller !== null) parties.push(seller);
  return parties;
});
