/** What a subscription lets its holder do in a space. */
export type SpaceRight = 'consultation' | 'modification';

/** A set of functions of the platform, opened on a structure and subscribed to by its people (R08). */
export interface Space {
  /** What people read. */
  readonly label: string;
  /** Which structures can have it. */
  readonly audience: 'everyone' | 'public';
  /**
   * How it comes to a person: by subscription to what a manager opened (`managed`), at the person's own will (`free`), for
   * everyone attached (`everyone`), for managers as long as they are (`managers`).
   */
  readonly access: 'managed' | 'free' | 'everyone' | 'managers';
  /** Open on every public structure from the start. */
  readonly openOnPublicStructures: boolean;
}

const space = (
  label: string,
  access: Space['access'] = 'managed',
  rest: Partial<Pick<Space, 'audience' | 'openOnPublicStructures'>> = {},
): Space => ({ label, access, audience: 'everyone', openOnPublicStructures: false, ...rest });

/** Every space. The exceptions are those of R08: "Factures émises", "Sollicitations" and "Activités du gestionnaire". */
export const SPACES = {
  ISSUED_INVOICES: space('Factures émises', 'free', { openOnPublicStructures: true }),
  RECEIVED_INVOICES: space('Factures reçues', 'managed', { audience: 'public', openOnPublicStructures: true }),
  INVOICES_TO_VALIDATE: space('Factures à valider'),
  WORKS_INVOICES: space('Factures de travaux'),
  JUSTICE_FEES: space('Mémoires de frais de justice'),
  ENERGY_TAX_REFUNDS: space('Demandes de remboursement TIC/TICGN'),
  ISSUED_SUPPORT_REQUESTS: space('Sollicitations émises', 'everyone'),
  RECEIVED_SUPPORT_REQUESTS: space('Sollicitations reçues', 'everyone'),
  MANAGER_ACTIVITIES: space('Activités du gestionnaire', 'managers'),
  CONNECTIONS: space('Raccordements'),
} as const satisfies Record<string, Space>;

/** Stable code of a space. */
export type SpaceCode = keyof typeof SPACES;

/** The codes, in the order of the menu. */
export const SPACE_CODES = Object.keys(SPACES) as readonly SpaceCode[];
