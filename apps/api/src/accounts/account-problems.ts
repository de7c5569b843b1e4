import type { ProviderSignInFailed } from '#application';
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

/** What is said when the sign-in with the identity provider failed. */
const PROVIDER_PROBLEMS: Readonly<
  Record<ProviderSignInFailed['reason'], readonly [status: number, code: string, detail: string]>
> = {
  unreachable: [503, 'AUTH-007', 'Le fournisseur d’identité ne répond pas. Réessayez plus tard.'],
  'not-begun': [
    401,
    'AUTH-008',
    'Cette connexion a expiré, ou n’a pas été commencée dans ce navigateur. Recommencez depuis le début.',
  ],
  refused: [401, 'AUTH-009', 'Le fournisseur d’identité n’a pas confirmé la connexion. Recommencez.'],
  unverified: [403, 'AUTH-010', 'Le fournisseur d’identité ne garantit pas votre adresse électronique.'],
};

/** The sign-in with the identity provider failed. */
export function providerProblem({ reason }: ProviderSignInFailed): Problem {
  return new Problem(...PROVIDER_PROBLEMS[reason]);
}

/** The identity provider knows the person, and the platform does not. */
export function noAccountOfProvider(): Problem {
  return new Problem(
    403,
    'AUTH-011',
    'Aucun compte n’a pour adresse de connexion celle que le fournisseur d’identité indique. Créez d’abord votre compte ' +
      'avec cette adresse.',
  );
}

/** The settings name no identity provider. */
export function noProvider(): Problem {
  return new Problem(404, 'AUTH-012', 'Cette plateforme ne propose pas de connexion par un fournisseur d’identité.');
}
