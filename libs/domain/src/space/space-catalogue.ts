/** What a subscription lets its holder do in a space: look, or act as well. */
export const SPACE_RIGHTS = ['consultation', 'modification'] as const;

/** One of them. */
export type SpaceRight = (typeof SPACE_RIGHTS)[number];

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

/** Whether a space opens by itself, so that no manager opens or closes it (R08): only the managed ones are opened. */
export function opensByItself(space: SpaceCode): boolean {
  return SPACES[space].access !== 'managed';
}

/**
 * The spaces that are open on a structure from the start (R08): on a public one those that the catalogue says. Those that open
 * by themselves everywhere need not be opened, so they are not among them.
 */
export function spacesOpenFromTheStart(publicEntity: boolean): readonly SpaceCode[] {
  return SPACE_CODES.filter((space) => publicEntity && SPACES[space].openOnPublicStructures && !opensByItself(space));
}
