import type { Party } from '../../../model/party.js';
import { fatal, noBreach, unless, warning, type Breach, type ModelRule } from '../engine/model-rule.js';
import {
  identifierName,
  identifierOf,
  payeeRole,
  scheme,
  sellerAgentRole,
  sellerRole,
  sirenOf,
  type PartyRole,
} from '../engine/parties.js';
import { everyValue, ofEach } from '../engine/terms.js';
import { isSiret } from '../shapes/identifiers.js';

/** Schemes by which the portal knows a supplier (BR-FR-CPRO-03). */
const supplierSchemes: ReadonlySet<string> = new Set([
  scheme.siret,
  scheme.euVat,
  scheme.naturalPerson,
  scheme.nonEu,
  scheme.ridet,
  scheme.tahiti,
]);
const supplierSchemeNames =
  '0009 (SIRET), 0223 (TVA UE), 0226 (particulier), 0227 (hors UE), 0228 (RIDET) ou 0229 (TAHITI)';

/** Parties that are known to the portal as suppliers are. */
const supplierRoles: readonly PartyRole[] = [sellerRole, payeeRole, sellerAgentRole];

/** Frames of subcontractors and co-contractors, who name the holder of the contract (BR-FR-CPRO-21). */
export const framesWithAgent: ReadonlySet<string> = new Set(['S3', 'S6']);

/** Who the parties are, and how often a group may stand: BR-FR-CPRO-01, 03 to 10, 16 to 21 and 24 to 28. */
export const cproPartyRules: readonly ModelRule[] = [
  fatal(
    'BR-FR-CPRO-01',
    everyValue(
      ofEach(
        'Type de contrat (EXT-FR-FE-01)',
        ({ contracts }) => contracts,
        ({ referenceType }) => referenceType,
      ),
      ({ value }) => value === 'CONTRAT' || value === 'MARCHE',
      'CONTRAT ou MARCHE',
    ),
  ),
  fatal('BR-FR-CPRO-03', ({ seller, element }) => {
    if (seller === null) return [{ at: element, expected: supplierSchemeNames }];
    return unless(hasSupplierIdentifier(seller), () => ({
      at: seller.identifiers[0] ?? seller.element,
      found: seller.identifiers.map((value) => `${value.scheme ?? ''}:${value.value}`).join(', ') || null,
      expected: supplierSchemeNames,
    }));
  }),
  shapeOfScheme('BR-FR-CPRO-04', scheme.euVat, (value) => value.length <= 18, '18 caractères au plus'),
  shapeOfScheme(
    'BR-FR-CPRO-05',
    scheme.nonEu,
    (value) => value.length <= 18,
    '18 caractères au plus : pays et début du nom',
  ),
  shapeOfScheme('BR-FR-CPRO-06', scheme.ridet, isOfNineOrTen, '9 ou 10 caractères'),
  shapeOfScheme('BR-FR-CPRO-07', scheme.tahiti, isOfNineOrTen, '9 ou 10 caractères'),
  shapeOfScheme(
    'BR-FR-CPRO-08',
    scheme.naturalPerson,
    (value) => /^\d{10}.{0,70}$/su.test(value),
    '10 chiffres, puis 70 caractères au plus',
  ),
  fatal('BR-FR-CPRO-09', ({ seller }) => siretBesideSiren(seller)),
  fatal('BR-FR-CPRO-10', ({ buyer, element }) => {
    const siret = identifierOf(buyer, scheme.siret);
    return unless(siret !== null && isSiret(siret.value), () => ({
      at: siret ?? buyer?.element ?? element,
      found: siret?.value ?? null,
      expected: '14 chiffres sous le schéma 0009',
    }));
  }),
  warning('BR-FR-CPRO-16', ({ buyerAgent, invoicee }) => {
    const breaches: Breach[] = [];
    if (buyerAgent !== null) breaches.push({ at: buyerAgent.element, term: 'Agent d’acheteur (EXT-FR-FE-BG-01)' });
    if (invoicee !== null) breaches.push({ at: invoicee.element, term: 'Facturé à (EXT-FR-FE-BG-04)' });
    return breaches;
  }),
  fatal('BR-FR-CPRO-17', (invoice) => knownAsSuppliersAre(payeeRole.of(invoice))),
  fatal('BR-FR-CPRO-18', (invoice) => knownAsSuppliersAre(sellerAgentRole.of(invoice))),
  fatal('BR-FR-CPRO-19', ({ lines, element }) =>
    unless(lines.length < 1_000_000, () => ({ at: element, found: String(lines.length), expected: '999999 au plus' })),
  ),
  fatal('BR-FR-CPRO-20', ({ precedingInvoices }) => beyondFirst(precedingInvoices)),
  fatal('BR-FR-CPRO-21', ({ businessProcess, sellerAgent }) => {
    if (businessProcess === null || !framesWithAgent.has(businessProcess.value)) return noBreach;
    const siren = sirenOf(sellerAgent);
    const siret = identifierOf(sellerAgent, scheme.siret);
    return unless(siren !== null && siret !== null, () => ({
      at: sellerAgent?.element ?? businessProcess,
      found: siren?.value ?? siret?.value ?? null,
      expected: 'le SIREN et le SIRET de l’agent du vendeur (EXT-FR-FE-69)',
    }));
  }),
  fatal('BR-FR-CPRO-24', ({ businessProcess }) =>
    unless(businessProcess?.value !== 'S5', () => ({ at: businessProcess, found: 'S5' })),
  ),
  fatal('BR-FR-CPRO-25', ({ paymentTerms }) => beyondFirst(paymentTerms)),
  fatal('BR-FR-CPRO-26', ({ seller }) => beyondFirst(seller?.contacts ?? [])),
  fatal('BR-FR-CPRO-27', ({ buyer }) => beyondFirst(buyer?.contacts ?? [])),
  fatal('BR-FR-CPRO-28', (invoice) => beyondFirst(sellerAgentRole.of(invoice)?.contacts ?? [])),
];

function hasSupplierIdentifier({ identifiers }: Party): boolean {
  return identifiers.some((value) => value.scheme !== null && supplierSchemes.has(value.scheme));
}

/** A rule about the identifiers of one scheme, of every party that is known to the portal as suppliers are. */
function shapeOfScheme(rule: string, wanted: string, holds: (value: string) => boolean, expected: string): ModelRule {
  return fatal(rule, (invoice) => {
    const breaches: Breach[] = [];
    for (const role of supplierRoles) {
      const party = role.of(invoice);
      if (party === null) continue;
      for (const value of party.identifiers) {
        if (value.scheme !== wanted || holds(value.value)) continue;
        breaches.push({ at: value, term: identifierName(role), found: value.value, expected });
      }
    }
    return breaches;
  });
}

function isOfNineOrTen(value: string): boolean {
  return value.length === 9 || value.length === 10;
}

/** A party that is registered under a SIREN names its establishment too. */
function siretBesideSiren(party: Party | null): readonly Breach[] {
  const siren = sirenOf(party);
  return siren === null
    ? noBreach
    : unless(identifierOf(party, scheme.siret) !== null, () => ({
        at: siren,
        found: siren.value,
        expected: 'le SIRET sous le schéma 0009',
      }));
}

function knownAsSuppliersAre(party: Party | null): readonly Breach[] {
  if (party === null) return noBreach;
  if (sirenOf(party) !== null) return siretBesideSiren(party);
  return unless(hasSupplierIdentifier(party), () => ({ at: party.element, expected: supplierSchemeNames }));
}

/** A breach for each group after the first. */
function beyondFirst(groups: readonly { readonly element: Party['element'] }[]): readonly Breach[] {
  if (groups.length < 2) return noBreach;
  return groups.slice(1).map(({ element }) => ({ at: element, found: String(groups.length), expected: '1' }));
}
