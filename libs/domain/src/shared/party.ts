/**
 * Someone named in a flow or an invoice: a structure, known here or not. The identifier is a SIRET where there is one,
 * else what was given (SIREN, VAT number, RIDET …).
 */
export interface Party {
  readonly identifier: string;
  readonly name: string | null;
}

/** The SIREN of a SIRET or of a SIREN (first nine digits); anything else is its own root. */
export function sirenOf(identifier: string): string {
  return /^\d{14}$/.test(identifier) ? identifier.slice(0, 9) : identifier;
}
