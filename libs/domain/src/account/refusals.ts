/** Refusals that several commands on accounts share: code and sentence. */
type Refusal = readonly [code: string, message: string];

/** COM-005. Also said of an account that is not there, which whoever is let through to a decider cannot have. */
export const DEACTIVATED: Refusal = ['COM-005', 'Ce compte est désactivé. Adressez-vous au support.'];

/** COM-006. */
export const NOT_ACTIVE: Refusal = ['COM-006', 'Ce compte n’est pas actif. Activez-le par le lien reçu par courriel.'];

/** COM-007. */
export const ERASED: Refusal = [
  'COM-007',
  'Les données de cette personne ont été effacées : son compte ne peut plus être utilisé.',
];
