import { electronicFormatIBAN, isValidBIC, isValidIBAN } from 'ibantools';
import { accept, refuse, type Decision } from '../shared/decision.js';
import type { StructureEvent } from './structure-events.js';
import { notActive, type Structure } from './structure.js';

/** Bank details to be attached to a structure. */
export interface BankDetailsToAdd {
  /** UUID that names them from now on. */
  readonly id: string;
  readonly label: string;
  readonly holder: string;
  /** Spaces between groups are of no account. */
  readonly iban: string;
  readonly bic: string;
  /** Name of the factoring company that is paid in the structure's place; null for the structure's own account. */
  readonly factor: string | null;
}

/** As many as a page shows; a structure's stream stays short. */
const MOST_BANK_DETAILS = 50;

/**
 * Attaches bank details (R12). Refuses a structure that is not active (`STR-003`), an IBAN (`STR-009`) or BIC (`STR-010`) that
 * is none, an IBAN that is there already under the same factor (`STR-011`), more than 50 (`STR-012`).
 */
export function addBankDetails(structure: Structure, details: BankDetailsToAdd, by: string): Decision<StructureEvent> {
  if (structure.status !== 'active') return notActive(structure);
  const iban = electronicFormatIBAN(details.iban) ?? '';
  const bic = details.bic.replaceAll(' ', '').toUpperCase();
  if (!isValidIBAN(iban)) return refuse('STR-009', 'L’IBAN n’est pas valable : vérifiez sa longueur et sa clé.');
  if (!isValidBIC(bic)) return refuse('STR-010', 'Le BIC n’est pas valable : il a 8 ou 11 caractères.');
  if (structure.bankDetails.some((known) => known.iban === iban && known.factor === details.factor))
    return refuse('STR-011', 'Ces coordonnées bancaires sont déjà celles de la structure.');
  if (structure.bankDetails.length >= MOST_BANK_DETAILS)
    return refuse(
      'STR-012',
      `Une structure a au plus ${MOST_BANK_DETAILS} coordonnées bancaires : retirez-en d’abord.`,
    );
  const { id, label, holder, factor } = details;
  return accept({
    type: 'BankDetailsAdded',
    data: { id, label, holder, iban, bic, factor, person: structure.person, by },
  });
}

/**
 * Removes bank details; those that are not there are removed already. Refuses a structure that is not active (`STR-003`).
 */
export function removeBankDetails(structure: Structure, id: string, by: string): Decision<StructureEvent> {
  if (structure.status !== 'active') return notActive(structure);
  if (!structure.bankDetails.some((known) => known.id === id)) return accept();
  return accept({ type: 'BankDetailsRemoved', data: { id, by } });
}
