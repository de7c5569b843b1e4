import type { InvoiceParty, InvoiceTerms, LocatedValue, PartyIdentifier } from '../../../invoice/terms.js';

/** What the directory says of one party; null of a party that is not in it. */
export interface KnownStructure {
  readonly active: boolean;
  /** Identifier of the structure that took its place; null or absent when there is none. */
  readonly successor?: string | null;
}

/** What the directory says of the recipient (BT-46). */
export interface KnownRecipient extends KnownStructure {
  /** Whether it receives its invoices through the portal. */
  readonly public: boolean;
  /** Whether it is excluded from the duty to receive and does not act for one that is not (R17). */
  readonly excluded: boolean;
  /** The service code must be given (directory term DT-4-13-2, R11). */
  readonly requiresService: boolean;
  /** The legal commitment number must be given (DT-4-13-1, R11). */
  readonly requiresCommitment: boolean;
  /** One of the two must be given (DT-4-13-3). */
  readonly requiresServiceOrCommitment: boolean;
}

/** What the directory says of the service that the invoice names. */
export interface KnownService {
  readonly active: boolean;
  /** The service asks for a legal commitment number even when its structure does not (R11). */
  readonly requiresCommitment: boolean;
}

/** What a platform looks up in its directory before it judges an invoice; null stands for not found. */
export interface DirectoryFacts {
  readonly supplier: KnownStructure | null;
  readonly recipient: KnownRecipient | null;
  /** The service of {@link serviceCodeOf}; null when the invoice names none, too. */
  readonly service: KnownService | null;
  /** The seller agent of an invoice under frame S3 or S6; null when the invoice names none, too. */
  readonly sellerAgent: KnownStructure | null;
}

/** The service that the invoice is for: BT-46 under scheme 0224, or else BT-10, which the portal's own formats use. */
export function serviceCodeOf({ recipient }: InvoiceTerms): LocatedValue | null {
  return recipient.serviceCode;
}

/** The identifier that the directory knows a party by: a SIRET, else a SIREN, else the first that it gives. */
export function identifierInDirectory(party: InvoiceParty | null): PartyIdentifier | null {
  if (party === null) return null;
  const { identifiers } = party;
  return (
    identifiers.find(({ kind }) => kind === 'SIRET') ??
    identifiers.find(({ kind }) => kind === 'SIREN') ??
    identifiers.find(({ kind }) => kind !== 'SERVICE') ??
    null
  );
}
