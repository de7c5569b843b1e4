import type { Action } from '../access/policy.js';
import { isBeforeRecipient, type InvoiceStatus } from './invoice-statuses.js';
import type { LivingInvoice } from './lifecycle.js';

/** By whose hand a status is given to an invoice by people or machines of a structure. */
export type ProcessingHand = 'recipient' | 'validator';

/** What somebody must be allowed to, and on which structure or service of it, to act by one of the hands of an invoice. */
export interface NeededPermission {
  readonly action: Action;
  readonly party: string;
  readonly service: string | null;
}

/** By whose hand a status is given. */
export function handOfStatus(status: InvoiceStatus): ProcessingHand {
  return isBeforeRecipient(status) ? 'validator' : 'recipient';
}

/**
 * What giving a status by a hand takes; null when the invoice is not there for that hand (R27): it has no such validator, or has
 * not come to its recipient yet, who then must not learn of it.
 */
export function permissionFor(invoice: LivingInvoice, hand: ProcessingHand): NeededPermission | null {
  if (hand === 'recipient') {
    if (isBeforeRecipient(invoice.status)) return null;
    return { action: 'invoice.process', party: invoice.recipient.identifier, service: invoice.serviceCode };
  }
  const validator = invoice.status === 'A_VALIDER_2' ? invoice.secondValidator : invoice.validator;
  return validator === null ? null : { action: 'invoice.validate', party: validator.identifier, service: null };
}
