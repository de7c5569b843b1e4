import type { Invoice } from '../../../model/invoice.js';
import type { Value } from '../../../model/value.js';
import { dates } from '../afnor/document-rules.js';
import { ModelRuleSet } from '../engine/model-rule-set.js';
import { warning } from '../engine/model-rule.js';
import { everyParty } from '../engine/parties.js';
import { everyValue, ofEach, repeated, type TermReader } from '../engine/terms.js';
import { isDateOfTheCentury, isRealDate } from '../shapes/dates.js';
import { hasValidCheckDigit, isIban, isSiren, isSiret, isVatNumber } from '../shapes/identifiers.js';

const transfers = (invoice: Invoice): Invoice['payments'][number]['creditTransfers'] =>
  invoice.payments.flatMap(({ creditTransfers }) => creditTransfers);

const accounts: readonly TermReader[] = [ofEach('Compte à créditer (BT-84)', transfers, ({ account }) => account)];
const institutions: readonly TermReader[] = [
  ofEach('Établissement bancaire (BT-86)', transfers, ({ serviceProvider }) => serviceProvider),
];
const vatNumbers: readonly TermReader[] = [
  repeated('Numéro de TVA du vendeur (BT-31)', ({ seller }) => seller?.vatNumbers ?? []),
  repeated('Numéro de TVA de l’acheteur (BT-48)', ({ buyer }) => buyer?.vatNumbers ?? []),
  repeated('Numéro de TVA du représentant fiscal (BT-63)', (invoice) => invoice.taxRepresentative?.vatNumbers ?? []),
];
const frenchIdentifiers: readonly TermReader[] = [
  repeated('Identifiant (SIREN ou SIRET)', (invoice) =>
    everyParty(invoice).flatMap(({ registrations, identifiers }) =>
      [...registrations, ...identifiers].filter(isFrench),
    ),
  ),
];

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
    everyValue(dates.slice(1), ({ value }) => !isDateOfTheCentury(value) || isRealDate(value), 'un jour qui existe'),
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
    return lines.flatMap(({ identifier }) => {
      if (identifier === null || !seen.has(identifier.value)) {
        if (identifier !== null) seen.add(identifier.value);
        return [];
      }
      return [{ at: identifier, found: identifier.value }];
    });
  }),
]);

/** An account that is written as an IBAN; others are numbers of another kind, which have no check digits that we know. */
function looksLikeIban(account: string): boolean {
  return /^[A-Za-z]{2}\d{2}/.test(account);
}
