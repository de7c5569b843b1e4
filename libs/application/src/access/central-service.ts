import { centralServiceOf, JUSTICE_FEE_FRAME, type CentralServiceContact } from '#domain';
import type { Decisions } from '../decisions/decisions.js';

/** What says which central service treats an invoice. */
export interface TreatedInvoice {
  readonly billingFrame: string | null;
  /** Identifier of the structure that it is addressed to now. */
  readonly recipient: string;
  readonly serviceCode: string | null;
}

/**
 * Whom a provider of justice turns to about a statement of fees (R28), by what the structure says of itself now; the one that took
 * its place speaks for a structure whose SIRET was changed (R16). Null for other invoices, and where no office is named.
 */
export async function contactOfCentralService(
  decisions: Pick<Decisions, 'look'>,
  { billingFrame, recipient, serviceCode }: TreatedInvoice,
): Promise<CentralServiceContact | null> {
  if (billingFrame !== JUSTICE_FEE_FRAME) return null;
  return decisions.look({ kind: 'operator' }, async (session) => {
    const structure = await session.living(recipient);
    return structure.status === 'none' ? null : centralServiceOf(structure, serviceCode);
  });
}

/** The lines by which a page shows an office. */
export function linesOfContact({ name, address, telephone, email }: CentralServiceContact): readonly string[] {
  return [name, ...address, ...[telephone, email].filter((line) => line !== null)];
}
