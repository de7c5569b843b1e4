import { accept, refuse, type Decision } from '../shared/decision.js';
import type { PostalAddress, StructureEvent } from './structure-events.js';
import { notActive, PAYMENT_REQUEST, type Structure } from './structure.js';

/** What an application of the block "applications utilisées" is called: capitals, digits and low lines. */
export const USED_APPLICATION = /^[A-Z][A-Z0-9_]{0,49}$/;

/** A PACAGE number: what identifies a farm for the aids of the common agricultural policy, 9 digits. */
export const PACAGE_NUMBER = /^\d{9}$/;

/**
 * Changes name and address of a structure; nothing happens when they are already so. Refuses a structure that is not active
 * (`STR-003`).
 */
export function describeStructure(
  structure: Structure,
  { name, address }: { readonly name: string; readonly address: PostalAddress | null },
): Decision<StructureEvent> {
  if (structure.status !== 'active') return notActive(structure);
  if (structure.name === name && sameAddress(structure.address, address)) return accept();
  return accept({ type: 'StructureDescribed', data: { name, address, person: structure.person } });
}

/**
 * Sets the block "applications utilisées" (R14), each named once, in the order given. Refuses a structure that is not active
 * (`STR-003`), a block without the payment request, which is always there (`STR-006`), and a name that is none (`STR-007`).
 */
export function setUsedApplications(structure: Structure, applications: readonly string[]): Decision<StructureEvent> {
  if (structure.status !== 'active') return notActive(structure);
  const wanted = [...new Set(applications)];
  if (!wanted.includes(PAYMENT_REQUEST))
    return refuse(
      'STR-006',
      'L’application « demande de paiement » ne peut pas être retirée : sans elle, la structure n’émettrait plus de factures.',
    );
  const unknown = wanted.find((application) => !USED_APPLICATION.test(application));
  if (unknown !== undefined)
    return refuse('STR-007', `« ${unknown} » n’est pas un code d’application : lettres capitales, chiffres et « _ ».`);
  const { usedApplications } = structure;
  const same = wanted.length === usedApplications.length && wanted.every((one) => usedApplications.includes(one));
  return same ? accept() : accept({ type: 'UsedApplicationsSet', data: { applications: wanted } });
}

/**
 * Subscribes the invoicing mandate, which the input mode needs (R13); nothing happens when it is subscribed. Refuses a
 * structure that is not active (`STR-003`).
 */
export function subscribeInvoicingMandate(structure: Structure, by: string): Decision<StructureEvent> {
  if (structure.status !== 'active') return notActive(structure);
  return structure.invoicingMandate ? accept() : accept({ type: 'InvoicingMandateSubscribed', data: { by } });
}

/**
 * Sets or, with null, removes the PACAGE number; nothing happens when it is already so. Refuses a structure that is not active
 * (`STR-003`) and a number that is none (`STR-008`).
 */
export function setPacageNumber(structure: Structure, number: string | null, by: string): Decision<StructureEvent> {
  if (structure.status !== 'active') return notActive(structure);
  if (number !== null && !PACAGE_NUMBER.test(number)) return refuse('STR-008', 'Un numéro PACAGE a 9 chiffres.');
  return structure.pacageNumber === number ? accept() : accept({ type: 'PacageNumberSet', data: { number, by } });
}

function sameAddress(left: PostalAddress | null, right: PostalAddress | null): boolean {
  if (left === null || right === null) return left === right;
  return (
    left.postcode === right.postcode &&
    left.city === right.city &&
    left.country === right.country &&
    left.lines.length === right.lines.length &&
    left.lines.every((line, index) => line === right.lines[index])
  );
}
