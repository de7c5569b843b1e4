import type { InvoiceParty, InvoiceTerms, LocatedValue } from '../../../invoice/terms.js';
import { ModelRuleSet } from '../engine/model-rule-set.js';
import { fatal, noBreach, unless, type Breach, type ModelRule } from '../engine/model-rule.js';
import { identifierInDirectory, serviceCodeOf, type DirectoryFacts } from './directory-facts.js';

/** Over the terms that were kept of an invoice: the directory is asked when its document is no longer at hand. */
type Rule = ModelRule<DirectoryFacts, InvoiceTerms>;
const rule = (id: string, breaches: Rule['breaches']): Rule => fatal<DirectoryFacts, InvoiceTerms>(id, breaches);

/** Where a party is named, for a breach about the party itself. */
function placeOf(party: InvoiceParty | null): Pick<Breach, 'at' | 'found'> {
  const identifier = identifierInDirectory(party);
  return { at: identifier ?? party?.name ?? null, found: identifier?.value ?? null };
}

/** What every invoice to the public sector asks of the directory, whatever its format. */
const commonRules: readonly Rule[] = [
  rule('RECIPIENT-UNKNOWN', (invoice, { recipient }) => unless(recipient !== null, () => placeOf(invoice.recipient))),
  rule('RECIPIENT-INACTIVE', (invoice, { recipient }) =>
    unless(recipient?.active !== false, () => ({
      ...placeOf(invoice.recipient),
      expected: recipient?.successor ?? null,
    })),
  ),
  rule('RECIPIENT-EXCLUDED', (invoice, { recipient }) =>
    unless(recipient?.excluded !== true, () => placeOf(invoice.recipient)),
  ),
];

const sellerUnknown: Rule['breaches'] = (invoice, { supplier }) =>
  unless(supplier !== null, () => placeOf(invoice.supplier));
const sellerInactive: Rule['breaches'] = (invoice, { supplier }) =>
  unless(supplier?.active !== false, () => ({ ...placeOf(invoice.supplier), expected: supplier?.successor ?? null }));
const recipientNotPublic: Rule['breaches'] = (invoice, { recipient }) =>
  unless(recipient?.public !== false, () => placeOf(invoice.recipient));

/** The service code is there when the structure asks for one, and it is known and active whenever it is there. */
function serviceBreaches(
  code: LocatedValue | null,
  invoice: InvoiceTerms,
  { recipient, service }: DirectoryFacts,
): readonly Breach[] {
  if (recipient === null) return noBreach;
  if (code === null) {
    return unless(!recipient.requiresService, () => ({
      at: placeOf(invoice.recipient).at,
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
function commitmentBreaches(invoice: InvoiceTerms, { recipient, service }: DirectoryFacts): readonly Breach[] {
  const required = recipient?.requiresCommitment === true || service?.requiresCommitment === true;
  return unless(!required || hasCommitment(invoice), () => ({
    at: null,
    expected: 'BT-13 ou, à défaut, BT-12',
  }));
}

function eitherBreaches(
  code: LocatedValue | null,
  invoice: InvoiceTerms,
  { recipient }: DirectoryFacts,
): readonly Breach[] {
  const required = recipient?.requiresServiceOrCommitment === true;
  return unless(!required || code !== null || invoice.commitmentNumber !== null, () => ({
    at: null,
    expected: 'un numéro d’engagement juridique (BT-13) ou un code service',
  }));
}

function hasCommitment({ commitmentNumber, contractNumber }: InvoiceTerms): boolean {
  return commitmentNumber !== null || contractNumber !== null;
}

const routingCodeOf = ({ recipient }: InvoiceTerms): LocatedValue | null =>
  recipient.identifiers.find(({ kind }) => kind === 'SERVICE') ?? null;

/** The rules BR-FR-CPRO that need the directory: 09, 11 to 13, 22 and 23, with what R11 and R17 ask (set `cpro-2025-11`). */
export const cproDirectory = new ModelRuleSet<DirectoryFacts, InvoiceTerms>('cpro-2025-11-directory', [
  ...commonRules,
  rule('RECIPIENT-NOT-PUBLIC', (invoice, facts) =>
    invoice.billingFrame?.value === 'S3' ? noBreach : recipientNotPublic(invoice, facts),
  ),
  rule('BR-FR-CPRO-09', (invoice, facts) => [...sellerUnknown(invoice, facts), ...sellerInactive(invoice, facts)]),
  rule('BR-FR-CPRO-11', (invoice, facts) => serviceBreaches(routingCodeOf(invoice), invoice, facts)),
  rule('BR-FR-CPRO-12', commitmentBreaches),
  rule('BR-FR-CPRO-13', (invoice, facts) => eitherBreaches(routingCodeOf(invoice), invoice, facts)),
  rule('BR-FR-CPRO-22', (invoice, { sellerAgent }) =>
    invoice.sellerAgent !== null ? unless(sellerAgent?.active === true, () => placeOf(invoice.sellerAgent)) : noBreach,
  ),
  rule('BR-FR-CPRO-23', (invoice, facts) =>
    invoice.billingFrame?.value === 'S3' ? recipientNotPublic(invoice, facts) : noBreach,
  ),
]);

/** What the portal's own formats ask of the directory (chapter 2.1 and 2.2 of its controls, R11, R17, R23). */
export const historicDirectory = new ModelRuleSet<DirectoryFacts, InvoiceTerms>('chorus-historic-directory', [
  ...commonRules,
  rule('RECIPIENT-NOT-PUBLIC', recipientNotPublic),
  rule('SUPPLIER-UNKNOWN', sellerUnknown),
  rule('SUPPLIER-INACTIVE', sellerInactive),
  rule('CHORUS-SERVICE', (invoice, facts) => serviceBreaches(serviceCodeOf(invoice), invoice, facts)),
  rule('CHORUS-COMMITMENT', commitmentBreaches),
  rule('CHORUS-SERVICE-OR-COMMITMENT', (invoice, facts) => eitherBreaches(serviceCodeOf(invoice), invoice, facts)),
]);
