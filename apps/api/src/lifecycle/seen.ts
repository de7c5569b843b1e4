import { invoiceReachOf, justiceFeeReachOf, type Caller, type InvoiceReach } from '#application';
import { isBeforeRecipient, JUSTICE_FEE_FRAME, type InvoiceStatus } from '#domain';
import type { Pool } from 'pg';

/** What says who may see an invoice: a row of {@link SIDES_COLUMNS}. */
export interface SidesRow {
  readonly issuer: string;
  readonly sender: string;
  readonly recipient: string;
  readonly validator: string | null;
  readonly serviceCode: string | null;
  readonly status: InvoiceStatus;
  readonly billingFrame: string | null;
}

/** The columns of `read.invoices` that say who may see an invoice. */
export const SIDES_COLUMNS = `issuer, sender, recipient, validator, service_code AS "serviceCode", status,
  billing_frame AS "billingFrame"`;

/** What somebody may see of invoices, and of statements of justice fees by the space of their own (R28). */
export interface InvoiceSight {
  readonly invoices: InvoiceReach;
  readonly justiceFees: InvoiceReach;
}

/** What a caller may see now. */
export async function sightOf(pool: Pool, caller: Caller): Promise<InvoiceSight> {
  const [invoices, justiceFees] = await Promise.all([invoiceReachOf(pool, caller), justiceFeeReachOf(pool, caller)]);
  return { invoices, justiceFees };
}

/** Whether somebody may see an invoice. */
export function isSeen({ invoices, justiceFees }: InvoiceSight, row: SidesRow): boolean {
  return isReached(invoices, row) || (row.billingFrame === JUSTICE_FEE_FRAME && isReached(justiceFees, row));
}

function isReached(reach: InvoiceReach, row: SidesRow): boolean {
  if (reach.everything) return true;
  return reach.places.some(({ party, side, service }) => {
    if (party !== row[side]) return false;
    if (side !== 'recipient') return true;
    return !isBeforeRecipient(row.status) && (service === null || service === row.serviceCode);
  });
}
