import type { InvoiceReach } from '#application';
import { isBeforeRecipient, type InvoiceStatus } from '#domain';

/** What says who may see an invoice: a row of {@link SIDES_COLUMNS}. */
export interface SidesRow {
  readonly issuer: string;
  readonly sender: string;
  readonly recipient: string;
  readonly validator: string | null;
  readonly serviceCode: string | null;
  readonly status: InvoiceStatus;
}

/** The columns of `read.invoices` that say who may see an invoice. */
export const SIDES_COLUMNS = `issuer, sender, recipient, validator, service_code AS "serviceCode", status`;

/** Whether an invoice is within somebody's reach. */
export function isSeen(reach: InvoiceReach, row: SidesRow): boolean {
  if (reach.everything) return true;
  return reach.places.some(({ party, side, service }) => {
    if (party !== row[side]) return false;
    if (side !== 'recipient') return true;
    return !isBeforeRecipient(row.status) && (service === null || service === row.serviceCode);
  });
}
