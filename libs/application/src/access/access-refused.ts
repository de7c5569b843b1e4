import type { Verdict } from '#domain';

/** The policy said no: the caller may not do that there, or has nothing to do with that structure. */
export class AccessRefused extends Error {
  override readonly name = 'AccessRefused';

  /** @param verdict `not-found` for whoever must not even learn that the object is there */
  constructor(readonly verdict: Exclude<Verdict, 'allowed'>) {
    super(
      verdict === 'forbidden'
        ? 'Vos droits sur cette structure ne permettent pas cette action. Demandez-les à un gestionnaire de la structure.'
        : 'Aucune structure de cet identifiant n’est connue, ou vous n’y êtes pas rattaché.',
    );
  }

  /** Stable code of the answer. */
  get code(): string {
    return this.verdict === 'forbidden' ? 'AUTH-003' : 'STR-404';
  }
}
