import { Problem } from '../platform/problem.js';

/** The account that an operator named is not there. */
export function unknownAccount(): Problem {
  return new Problem(404, 'COM-404', 'Aucun compte ne porte ce numéro.');
}

/** The link is of no use: nothing tells whether it ever was. */
export function uselessLink(): Problem {
  return new Problem(
    409,
    'COM-008',
    'Ce lien n’est plus valable : il a expiré, il a déjà servi, ou un lien plus récent le remplace. Demandez-en un nouveau.',
  );
}

/** Login or password is wrong: which of them, nobody is told. */
export function wrongPassword(): Problem {
  return new Problem(401, 'AUTH-004', 'Adresse de connexion ou mot de passe incorrect.');
}

/** The password is right and the account waits for its activation. */
export function notActivated(): Problem {
  return new Problem(
    403,
    'AUTH-005',
    'Ce compte n’est pas encore activé. Suivez le lien reçu par courriel, ou demandez qu’il vous soit renvoyé.',
  );
}

/** The password is right and the account is deactivated. */
export function deactivated(): Problem {
  return new Problem(403, 'AUTH-006', 'Ce compte est désactivé. Adressez-vous au support.');
}
