import type { IdentifierType } from '#domain';

/** Scheme (ISO/IEC 6523) of an identifier by its type (BR-FR-CPRO-03); none for whoever waits for a SIRET. */
export const IDENTIFIER_SCHEMES: Readonly<Record<IdentifierType, string | null>> = {
  SIRET: '0009',
  EU_VAT: '0223',
  PRIVATE_PERSON: '0226',
  OUTSIDE_EU: '0227',
  RIDET: '0228',
  TAHITI: '0229',
  BEING_REGISTERED: null,
};

/** Scheme of a SIREN, by which the reform knows companies. */
export const SIREN_SCHEME = '0002';

/** Scheme of the addresses in the directory of the reform. */
export const FRENCH_ADDRESS_SCHEME = '0225';
