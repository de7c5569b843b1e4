import type { InvoiceSide } from '#persistence';
import type { Pool } from 'pg';
import type { Caller } from './caller.js';

/** A structure whose invoices somebody may see, by one of its hands; a service limits it to what is sent to that service. */
export interface ReachedPlace {
  readonly party: string;
  readonly side: InvoiceSide;
  readonly service: string | null;
}

/** Whose invoices a caller may see: everybody's, or those of these places. */
export type InvoiceReach = { readonly everything: true } | LimitedReach;

/** The reach of whoever sees the invoices of some places alone. */
export interface LimitedReach {
  readonly everything: false;
  readonly places: readonly ReachedPlace[];
}

/** Which spaces let people see invoices by which hand of their structure. */
const HANDS_IN_INVOICES = `('ISSUED_INVOICES', 'issuer'), ('ISSUED_INVOICES', 'sender'), ('RECEIVED_INVOICES', 'recipient'),
                 ('INVOICES_TO_VALIDATE', 'validator')`;
const HANDS_IN_JUSTICE_FEES = `('JUSTICE_FEES', 'issuer'), ('JUSTICE_FEES', 'sender'), ('JUSTICE_FEES', 'recipient')`;

/**
 * What a caller may see of invoices (R09): operators everything, a connection all of its structure's, a person what the
 * subscriptions to the three spaces of invoices give. Of structures that others took the place of, too (R16). It is what the
 * policy says of the actions `invoice.read-…`, for lists and feeds, which cannot ask it invoice by invoice.
 */
export function invoiceReachOf(pool: Pool, caller: Caller): Promise<InvoiceReach> {
  return reachOf(pool, caller, HANDS_IN_INVOICES);
}

/**
 * Whose statements of justice fees a caller may see (R28), beside what {@link invoiceReachOf} says: what the space of justice
 * fees gives to those who issue them and to those who treat them. It is what the policy says of `justice-fee.read`.
 */
export function justiceFeeReachOf(pool: Pool, caller: Caller): Promise<InvoiceReach> {
  return reachOf(pool, caller, HANDS_IN_JUSTICE_FEES);
}

async function reachOf(pool: Pool, caller: Caller, hands: string): Promise<InvoiceReach> {
  switch (caller.kind) {
    case 'operator':
      return { everything: true };
    case 'connection':
      return reachOfStructure(pool, caller.connection.structure);
    case 'person': {
      const { rows } = await pool.query<ReachedPlace>(ofPerson(hands), [caller.account]);
      return { everything: false, places: rows };
    }
  }
}

/**
 * What the machines of a structure may see: all of its invoices, by each of its hands, and all of the structures whose place it
 * took (R16).
 *
 * @param structure identifier
 */
export async function reachOfStructure(pool: Pool, structure: string): Promise<LimitedReach> {
  const { rows } = await pool.query<ReachedPlace>(OF_STRUCTURE, [structure]);
  return { everything: false, places: rows };
}

const OF_STRUCTURE = `
  SELECT structures.identifier AS party, side, NULL AS service
    FROM (SELECT identifier FROM read.structures WHERE coalesce(living_structure, identifier) = $1
           UNION SELECT $1) AS structures
   CROSS JOIN unnest(ARRAY['issuer', 'sender', 'recipient', 'validator']) AS side`;

// What was issued does not say for which service: a subscription to one of them does not let its holder see all of it.
const ofPerson = (hands: string): string => `
  SELECT DISTINCT structures.identifier AS party, hands.side, subscriptions.service
    FROM read.subscriptions
    JOIN (VALUES ${hands}) AS hands (space, side) USING (space)
    JOIN read.memberships USING (structure, account)
    JOIN read.structures ON coalesce(structures.living_structure, structures.identifier) = subscriptions.structure
    LEFT JOIN read.opened_spaces AS opened
      ON opened.structure = subscriptions.structure AND opened.space = subscriptions.space
     AND opened.service IS NOT DISTINCT FROM subscriptions.service
   WHERE subscriptions.account = $1 AND subscriptions.status = 'active' AND memberships.status = 'attached'
     AND (subscriptions.space = 'ISSUED_INVOICES' OR opened.structure IS NOT NULL)
     AND (subscriptions.service IS NULL OR hands.side = 'recipient')`;
