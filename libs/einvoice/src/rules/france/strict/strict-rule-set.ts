import type { Value } from '../../../model/value.js';
import { laterDates } from '../afnor/document-rules.js';
import { accounts } from '../cpro/length-rules.js';
import { ModelRuleSet } from '../engine/model-rule-set.js';
import { warning, type Breach } from '../engine/model-rule.js';
import { everyParty } from '../engine/parties.js';
import { everyValue, gathered, type Terms } from '../engine/terms.js';
import { isDateOfTheCentury, isRealDate } from '../shapes/dates.js';
import { hasValidCheckDigit, isIban, isSiren, isSiret, isVatNumber } from '../shapes/identifiers.js';

const institutions: Terms = gathered(({ payments }, found) => {
  for (const { creditTransfers } of payments)
    for (const { serviceProvider } of creditTransfers) found.add('Établissement bancaire (BT-86)', serviceProvider);
});
const vatNumbers: Terms = gathered(({ seller, buyer, taxRepresentative }, found) => {
  for (const one of seller?.vatNumbers ?? []) found.add('Numéro de TVA du vendeur (BT-31)', one);
  for (const one of buyer?.vatNumbers ?? []) found.add('Numéro de TVA de l’acheteur (BT-48)', one);
  for (const one of taxRepresentative?.vatNumbers ?? []) found.add('Numéro de TVA du représentant fiscal (BT-63)', one);
});
const frenchIdentifiers: Terms = gathered((invoice, found) => {
  for (const { registrations, identifiers } of everyParty(invoice)) {
    for (const one of registrations) if (isFrench(one)) found.add('Identifiant (SIREN ou SIRET)', one);
    for (const one of identifiers) if (isFrench(one)) found.add('Identifiant (SIREN ou SIRET)', one);
  }
});

/** Schemes under which a SIREN or a SIRET stands, ISO 6523 and historic; or none. */
const frenchSchemes: ReadonlySet<string | null> = new Set([null, '0002', '0009', '1']);

function isFrench({ value, scheme }: Value): boolean {
  return frenchSchemes.has(scheme) && (isSiren(value) || isSiret(value));
}

/**
 * What the official rules do not see, under ids of our own. Only warnings: the official verdict stays what it is, and a SIRET
 * whose check digit is wrong may well exist (La Poste's, the official test structures).
 */
export const reponsStrict = new ModelRuleSet('repons-strict', [
  // A date that cannot be the issue date is already refused by what identifies an invoice.
  warning(
    'REPONS-DATE',
    everyValue(laterDates, ({ value }) => !isDateOfTheCentury(value) || isRealDate(value), 'un jour qui existe'),
  ),
  warning(
    'REPONS-CHECK-DIGIT',
    everyValue(frenchIdentifiers, ({ value }) => hasValidCheckDigit(value), 'une clé juste'),
  ),
  warning(
    'REPONS-IBAN',
    everyValue(accounts, ({ value }) => !looksLikeIban(value) || isIban(value), 'une clé juste (ISO 13616)'),
  ),
  warning(
    'REPONS-BIC',
    everyValue(
      institutions,
      ({ value }) => /^[A-Z]{6}[A-Z0-9]{2}(?:[A-Z0-9]{3})?$/.test(value),
      '8 ou 11 caractères (ISO 9362)',
    ),
  ),
  warning(
    'REPONS-VAT-NUMBER',
    everyValue(vatNumbers, ({ value }) => isVatNumber(value), 'code pays et numéro ; FR, clé et SIREN pour la France'),
  ),
  warning('REPONS-LINE-NUMBER', ({ lines }) => {
    const seen = new Set<string>();
    const breaches: Breach[] = [];
    for (const { identifier } of lines) {
      if (identifier === null) continue;
      if (seen.has(identifier.value)) breaches.push({ at: identifier, found: identifier.value });
      else seen.add(identifier.value);
    }
    return breaches;
  }),
]);

/** An account that is written as an IBAN; others are numbers of another kind, which have no check digits that we know. */
function looksLikeIban(account: string): boolean {
  return /^[A-Za-z]{2}\d{2}/.test(account);
}
