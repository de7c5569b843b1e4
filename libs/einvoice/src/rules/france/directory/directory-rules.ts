import type { Invoice } from '../../../model/invoice.js';
import type { Party } from '../../../model/party.js';
import type { Value } from '../../../model/value.js';
import { framesWithAgent } from '../cpro/party-rules.js';
import { ModelRuleSet } from '../engine/model-rule-set.js';
import { fatal, noBreach, unless, type Breach, type ModelRule, type Place } from '../engine/model-rule.js';
import { identifierOf, scheme } from '../engine/parties.js';
import { serviceCodeOf, type DirectoryFacts } from './directory-facts.js';

type Rule = ModelRule<DirectoryFacts>;
const rule = (id: string, breaches: Rule['breaches']): Rule => fatal<DirectoryFacts>(id, breaches);

/** Where a party is named, for a breach about the party itself. */
function placeOf(party: Party | null, { element }: Invoice): { readonly at: Place; readonly found: string | null } {
  const identifier = identifierOf(party, scheme.siret) ?? party?.registrations[0] ?? party?.identifiers[0] ?? null;
  return { at: identifier ?? party?.element ?? element, found: identifier?.value ?? null };
}

/** What every invoice to the public sector asks of the directory, whatever its format. */
const commonRules: readonly Rule[] = [
  rule('RECIPIENT-UNKNOWN', (invoice, { recipient }) =>
    unless(recipient !== null, () => placeOf(invoice.buyer, invoice)),
  ),
  rule('RECIPIENT-INACTIVE', (invoice, { recipient }) =>
    unless(recipient?.active !== false, () => placeOf(invoice.buyer, invoice)),
  ),
  rule('RECIPIENT-EXCLUDED', (invoice, { recipient }) =>
    unless(recipient?.excluded !== true, () => placeOf(invoice.buyer, invoice)),
  ),
];

const sellerUnknown: Rule['breaches'] = (invoice, { supplier }) =>
  unless(supplier !== null, () => placeOf(invoice.seller, invoice));
const sellerInactive: Rule['breaches'] = (invoice, { supplier }) =>
  unless(supplier?.active !== false, () => placeOf(invoice.seller, invoice));
const recipientNotPublic: Rule['breaches'] = (invoice, { recipient }) =>
  unless(recipient?.public !== false, () => placeOf(invoice.buyer, invoice));

/** The service code is there when the structure asks for one, and it is known and active whenever it is there. */
function serviceBreaches(
  code: Value | null,
  invoice: Invoice,
  { recipient, service }: DirectoryFacts,
): readonly Breach[] {
  if (recipient === null) return noBreach;
  if (code === null) {
    return unless(!recipient.requiresService, () => ({
      at: invoice.buyer?.element ?? invoice.element,
      expected: 'un code service',
    }));
  }
  return unless(service?.active === true, () => ({
    at: code,
    found: code.value,
    expected: service === null ? 'un code service de l’annuaire' : 'un service actif',
  }));
}

/** The commitment number is there when the structure or the service asks for one; a market number stands in for it. */
function commitmentBreaches(invoice: Invoice, { recipient, service }: DirectoryFacts): readonly Breach[] {
  const required = recipient?.requiresCommitment === true || service?.requiresCommitment === true;
  return unless(!required || hasCommitment(invoice), () => ({
    at: invoice.element,
    expected: 'BT-13 ou, à défaut, BT-12',
  }));
}

function eitherBreaches(code: Value | null, invoice: Invoice, { recipient }: DirectoryFacts): readonly Breach[] {
  const required = recipient?.requiresServiceOrCommitment === true;
  return unless(!required || code !== null || invoice.purchaseOrderReference !== null, () => ({
    at: invoice.element,
    expected: 'un numéro d’engagement juridique (BT-13) ou un code service',
  }));
}

function hasCommitment({ purchaseOrderReference, contracts }: Invoice): boolean {
  return purchaseOrderReference !== null || contracts.some(({ identifier }) => identifier !== null);
}

const routingCodeOf = ({ buyer }: Invoice): Value | null => identifierOf(buyer, scheme.routingCode);
const isUnderAgent = ({ businessProcess }: Invoice): boolean =>
  businessProcess !== null && framesWithAgent.has(businessProcess.value);

/** The rules BR-FR-CPRO that need the directory: 09, 11 to 13, 22 and 23, with what R11 and R17 ask (set `cpro-2025-11`). */
export const cproDirectory = new ModelRuleSet<DirectoryFacts>('cpro-2025-11-directory', [
  ...commonRules,
  rule('RECIPIENT-NOT-PUBLIC', (invoice, facts) =>
    invoice.businessProcess?.value === 'S3' ? noBreach : recipientNotPublic(invoice, facts),
  ),
  rule('BR-FR-CPRO-09', (invoice, facts) => [...sellerUnknown(invoice, facts), ...sellerInactive(invoice, facts)]),
  rule('BR-FR-CPRO-11', (invoice, facts) => serviceBreaches(routingCodeOf(invoice), invoice, facts)),
  rule('BR-FR-CPRO-12', commitmentBreaches),
  rule('BR-FR-CPRO-13', (invoice, facts) => eitherBreaches(routingCodeOf(invoice), invoice, facts)),
  rule('BR-FR-CPRO-22', (invoice, { sellerAgent }) =>
    isUnderAgent(invoice) && invoice.sellerAgent !== null
      ? unless(sellerAgent?.active === true, () => placeOf(invoice.sellerAgent, invoice))
      : noBreach,
  ),
  rule('BR-FR-CPRO-23', (invoice, facts) =>
    invoice.businessProcess?.value === 'S3' ? recipientNotPublic(invoice, facts) : noBreach,
  ),
]);

/** What the portal's own formats ask of the directory (chapter 2.1 and 2.2 of its controls, R11, R17, R23). */
export const historicDirectory = new ModelRuleSet<DirectoryFacts>('chorus-historic-directory', [
  ...commonRules,
  rule('RECIPIENT-NOT-PUBLIC', recipientNotPublic),
  rule('SUPPLIER-UNKNOWN', sellerUnknown),
  rule('SUPPLIER-INACTIVE', sellerInactive),
  rule('CHORUS-SERVICE', (invoice, facts) => serviceBreaches(serviceCodeOf(invoice), invoice, facts)),
  rule('CHORUS-COMMITMENT', commitmentBreaches),
  rule('CHORUS-SERVICE-OR-COMMITMENT', (invoice, facts) => eitherBreaches(serviceCodeOf(invoice), invoice, facts)),
]);
