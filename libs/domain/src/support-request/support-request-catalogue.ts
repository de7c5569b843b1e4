/** A category of support requests, and what it is divided into: stable codes and what people read. */
export interface SupportRequestCategory {
  readonly label: string;
  readonly subcategories: Readonly<Record<string, string>>;
}

/**
 * What a support request can be about (R18). The first category and its first sub-category are those that the transfer of a
 * departed primary manager's role asks for (R07); those of justice fees are the questions that a court's service answers
 * (R28).
 */
export const SUPPORT_REQUEST_CATEGORIES = {
  STRUCTURES_AND_USERS: {
    label: 'Gestion des structures et utilisateurs',
    subcategories: {
      USER_RIGHTS: 'Modification des droits des utilisateurs',
      STRUCTURE_IDENTIFIER: 'Modification de l’identifiant d’une structure',
      ATTACHMENT: 'Rattachement à une structure',
      ACCOUNT: 'Accès à un compte',
    },
  },
  INVOICES: {
    label: 'Factures',
    subcategories: {
      PROCESSING: 'Suivi du traitement d’une facture',
      REJECT: 'Rejet d’une facture',
      PAYMENT: 'Paiement d’une facture',
    },
  },
  FLOWS: {
    label: 'Raccordement et flux',
    subcategories: {
      CONNECTION: 'Raccordement EDI ou API',
      TECHNICAL_ACCOUNT: 'Compte technique',
      FLOW_REJECT: 'Rejet d’un flux',
    },
  },
  JUSTICE_FEES: {
    label: 'Mémoires de frais de justice',
    subcategories: {
      REJECT: 'Rejet d’un mémoire',
      AMOUNT: 'Révision du montant d’un mémoire',
      PROCESSING: 'Suivi du traitement d’un mémoire',
      COMMITMENT_NUMBER: 'Demande du numéro d’engagement juridique',
    },
  },
  ENERGY_TAX_REFUNDS: {
    label: 'Demandes de remboursement TIC/TICGN',
    subcategories: { PROCESSING: 'Suivi du traitement d’une demande' },
  },
  OTHER: { label: 'Autre demande', subcategories: { OTHER: 'Autre demande' } },
} as const satisfies Record<string, SupportRequestCategory>;

/** What the support request is about on which support moves a primary manager's role (R07). */
export const USER_RIGHTS_REQUEST = { category: 'STRUCTURES_AND_USERS', subcategory: 'USER_RIGHTS' } as const;

/**
 * What people read for a category and a sub-category.
 *
 * @returns null when the catalogue has no such pair
 */
export function supportRequestLabels(
  category: string,
  subcategory: string,
): { readonly category: string; readonly subcategory: string } | null {
  const catalogue: Readonly<Record<string, SupportRequestCategory>> = SUPPORT_REQUEST_CATEGORIES;
  const found = Object.hasOwn(catalogue, category) ? catalogue[category] : undefined;
  if (found === undefined || !Object.hasOwn(found.subcategories, subcategory)) return null;
  return { category: found.label, subcategory: found.subcategories[subcategory] ?? '' };
}
