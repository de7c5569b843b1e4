import type { ParisDay } from '../shared/paris-day.js';
import type { Party } from '../shared/party.js';

/** One violated rule of a reject (R43): a stable code and rule for programs, a French text for people, and the place. */
export interface RejectReason {
  /** Family of the field: `IRR_…` for a flow or a file, `REJ_…` for an invoice. */
  readonly code: string;
  /** The rule itself (`BR-02`, `FILE-DOCTYPE`), as in the catalogue. */
  readonly rule: string;
  readonly message: string;
  /** Absolute XPath of the datum, where there is one. */
  readonly location: string | null;
  /** Line in the document, from 1. */
  readonly line: number | null;
  readonly found: string | null;
  readonly expected: string | null;
}

/** Where and from whom a rejected thing came: what every line of a reject file starts with (R44). */
export interface RejectOrigin {
  readonly day: ParisDay;
  readonly flowNumber: string;
  readonly flowName: string;
  /** ISO 8601 instant, UTC. */
  readonly depositedAt: string;
  readonly channel: Channel;
  readonly sender: Party;
}

/** How a flow came in. */
export type Channel = 'SFTP' | 'API' | 'PORTAL';

/** Longest identifier under which anything is filed; those of the field have at most 18 characters. */
export const LONGEST_IDENTIFIER = 100;

/**
 * The party under which an issuer's rejects are filed. An issuer known by its SIREN alone is the sender when the sender
 * is an establishment of that company, so that a company does not find its rejects in two files. Nobody's, when what
 * stands in the place of the identifier is too long to be one: no index could hold it, and no party has it.
 */
export function issuerParty(issuer: Party | null, sender: Party): Party | null {
  if (issuer === null || issuer.identifier.length > LONGEST_IDENTIFIER) return null;
  const sameCompany = /^\d{9}$/.test(issuer.identifier) && sender.identifier.startsWith(issuer.identifier);
  return sameCompany ? { identifier: sender.identifier, name: issuer.name } : issuer;
}
