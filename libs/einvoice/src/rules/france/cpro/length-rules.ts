import type { Invoice } from '../../../model/invoice.js';
import { invoiceNumbers } from '../afnor/document-rules.js';
import { fatal, type ModelRule } from '../engine/model-rule.js';
import { atMost, everyValue, gathered, ofEach, ofLines, once, repeated, type Terms } from '../engine/terms.js';

const documents = (invoice: Invoice): Invoice['supportingDocuments'] => invoice.supportingDocuments;

/** Accounts to be credited, of every way to pay. */
export const accounts: Terms = gathered(({ payments }, found) => {
  for (const { creditTransfers } of payments)
    for (const { account } of creditTransfers) found.add('Compte à créditer (BT-84)', account);
});
const longestAccount = 27;

const linePlaces: Terms = gathered(({ lines }, found) => {
  for (const { delivery } of lines)
    for (const place of delivery?.locationIdentifiers ?? [])
      found.add('Lieu de livraison de la ligne (EXT-FR-FE-146)', place);
});

const limit = (rule: string, length: number, terms: Terms): ModelRule => fatal(rule, atMost(terms, length));

/** How long the portal lets a term be: BR-FR-CPRO-02, 14, 15 and 29 to 44. */
export const lengthRules: readonly ModelRule[] = [
  limit('BR-FR-CPRO-02', 20, invoiceNumbers),
  limit(
    'BR-FR-CPRO-14',
    50,
    ofEach(
      'Numéro de marché ou de contrat (BT-12)',
      ({ contracts }) => contracts,
      ({ identifier }) => identifier,
    ),
  ),
  limit(
    'BR-FR-CPRO-15',
    50,
    once('Numéro d’engagement juridique (BT-13)', (invoice) => invoice.purchaseOrderReference),
  ),
  limit(
    'BR-FR-CPRO-29',
    1024,
    ofEach(
      'Motif d’exonération (BT-120)',
      (one) => one.vatBreakdown,
      (vat) => vat.exemptionReason,
    ),
  ),
  limit(
    'BR-FR-CPRO-30',
    50,
    ofEach('Identifiant de la pièce jointe (BT-122)', documents, ({ reference }) => reference),
  ),
  limit(
    'BR-FR-CPRO-31',
    1024,
    ofLines('Description de l’article (BT-154)', ({ item }) => item.description),
  ),
  limit(
    'BR-FR-CPRO-32',
    400,
    once('Adresse du vendeur, ligne 1 (BT-35)', ({ seller }) => seller?.address?.line1),
  ),
  limit(
    'BR-FR-CPRO-33',
    400,
    once('Ville du vendeur (BT-37)', ({ seller }) => seller?.address?.city),
  ),
  limit(
    'BR-FR-CPRO-34',
    99,
    once('Nom commercial de l’acheteur (BT-45)', ({ buyer }) => buyer?.tradingName),
  ),
  limit(
    'BR-FR-CPRO-35',
    1024,
    repeated('Conditions de paiement (BT-20)', ({ paymentTerms }) => paymentTerms),
  ),
  limit(
    'BR-FR-CPRO-36',
    99,
    once('Nom commercial du vendeur (BT-28)', ({ seller }) => seller?.tradingName),
  ),
  limit(
    'BR-FR-CPRO-37',
    99,
    once('Nom du bénéficiaire (BT-59)', ({ payee }) => payee?.name),
  ),
  limit(
    'BR-FR-CPRO-38',
    20,
    repeated('Lieu de livraison (BT-71)', ({ delivery }) => delivery?.locationIdentifiers ?? []),
  ),
  // Printed accounts have a space every four characters: they are of no account, as in ISO 13616.
  fatal(
    'BR-FR-CPRO-39',
    everyValue(
      accounts,
      ({ value }) => value.replace(/\s/g, '').length <= longestAccount,
      `${longestAccount} caractères au plus`,
    ),
  ),
  limit('BR-FR-CPRO-40', 20, linePlaces),
  limit(
    'BR-FR-CPRO-41',
    50,
    ofEach('Nom de fichier de la pièce jointe (BT-125-2)', documents, ({ fileName }) => fileName),
  ),
  limit(
    'BR-FR-CPRO-42',
    1024,
    ofEach(
      'Note (BT-22)',
      ({ notes }) => notes,
      ({ text }) => text,
    ),
  ),
  limit(
    'BR-FR-CPRO-43',
    99,
    once('Nom du vendeur (BT-27)', ({ seller }) => seller?.name),
  ),
  limit(
    'BR-FR-CPRO-44',
    99,
    once('Nom de l’acheteur (BT-44)', ({ buyer }) => buyer?.name),
  ),
];
