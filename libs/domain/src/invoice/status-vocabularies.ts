import { refuse, type Refused } from '../shared/decision.js';
import {
  afnorCodeOf,
  INVOICE_STATUS_CODES,
  isBeforeRecipient,
  isInvoiceStatus,
  statusOfCppStatut,
  type InvoiceStatus,
} from './invoice-statuses.js';
import type { LivingInvoice } from './lifecycle.js';

/** A status as somebody names it: in one of the vocabularies of the field, or in several that must agree (R25). */
export interface NamedStatus {
  /** Our code, which is that of the Chorus Pro API (`SUSPENDUE`). */
  readonly status: string | null;
  /** Two digits of a CPPStatut file (`06`). */
  readonly cppStatut: string | null;
  /** Life-cycle code of AFNOR (`208`). */
  readonly afnor: string | null;
}

/**
 * What an AFNOR code means to a recipient where it stands for several statuses (chorus-pro-edi 3.2) and nothing else narrows it:
 * of "Prise en charge" the first, which claims the least, and of "Refusée" the one that sends nothing back to be recycled.
 */
const MEANT_BY_AFNOR_ALONE: Readonly<Record<string, InvoiceStatus>> = { '204': 'SERVICE_FAIT', '210': 'REJETEE' };

/**
 * The status that somebody means for an invoice. An AFNOR code depends on the billing frame and on whose hands the invoice is
 * in: 210 is what a validator refuses, or a recipient.
 *
 * Refuses `FAC-001` no name at all, or one that no status has, `FAC-008` names that contradict one another.
 */
export function statusMeant(
  named: NamedStatus,
  invoice: Pick<LivingInvoice, 'status' | 'billingFrame'>,
): InvoiceStatus | Refused {
  const readings = readingsOf(named, invoice);
  if (readings.length === 0)
    return refuse('FAC-001', 'Donnez le statut : son code, son code CPPStatut ou son code AFNOR.');
  const unknown = readings.find(({ statuses }) => statuses.length === 0);
  if (unknown !== undefined) return refuse('FAC-001', `${unknown.text} n’est pas un statut de facture.`);
  const agreed = readings
    .map(({ statuses }) => statuses)
    .reduce((some, others) => some.filter((status) => others.includes(status)));
  return chosen(agreed, named.afnor, invoice) ?? contradiction(readings.map(({ text }) => text));
}

/** What was given in one vocabulary, and the statuses that it can mean. */
interface Reading {
  /** As it is said to people. */
  readonly text: string;
  readonly statuses: readonly InvoiceStatus[];
}

function readingsOf(
  { status, cppStatut, afnor }: NamedStatus,
  { billingFrame }: Pick<LivingInvoice, 'billingFrame'>,
): Reading[] {
  const readings: Reading[] = [];
  if (status !== null)
    readings.push({ text: `Le statut « ${status} »`, statuses: isInvoiceStatus(status) ? [status] : [] });
  if (cppStatut !== null) {
    const meant = statusOfCppStatut(cppStatut);
    readings.push({ text: `Le code CPPStatut « ${cppStatut} »`, statuses: meant === null ? [] : [meant] });
  }
  if (afnor !== null) {
    const statuses = INVOICE_STATUS_CODES.filter((one) => afnorCodeOf(one, billingFrame) === afnor);
    readings.push({ text: `Le code AFNOR « ${afnor} »`, statuses });
  }
  return readings;
}

function chosen(
  statuses: readonly InvoiceStatus[],
  afnor: string | null,
  invoice: Pick<LivingInvoice, 'status'>,
): InvoiceStatus | null {
  if (statuses.length <= 1) return statuses[0] ?? null;
  // What is so already is not taken for something else.
  const now = statuses.find((status) => status === invoice.status);
  if (now !== undefined) return now;
  const isAtValidator = isBeforeRecipient(invoice.status);
  const ofThoseHands = statuses.filter((status) => isBeforeRecipient(status) === isAtValidator);
  const level = isAtValidator ? invoice.status.slice(-2) : null;
  const ofThatLevel = level === null ? undefined : ofThoseHands.find((status) => status.endsWith(level));
  const alone = afnor === null ? undefined : MEANT_BY_AFNOR_ALONE[afnor];
  const usual = ofThoseHands.find((status) => status === alone);
  return ofThatLevel ?? usual ?? ofThoseHands[0] ?? statuses[0] ?? null;
}

function contradiction(texts: readonly string[]): Refused {
  const [first = '', ...others] = texts.map((text) => text.replace(/^Le /, 'le '));
  const named = [first, ...others].join(', ');
  return refuse('FAC-008', `Ces codes ne désignent pas le même statut : ${named}. N’en donnez qu’un.`);
}
