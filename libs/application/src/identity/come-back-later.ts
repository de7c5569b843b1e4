/** Something was asked too often, or the platform has too much to do at once: the same may be asked again later. */
export class ComeBackLater extends Error {
  override readonly name = 'ComeBackLater';

  /**
   * @param reason who is too fast: the one who asks, or everybody together
   * @param seconds after which to ask again
   */
  constructor(
    readonly reason: 'too-many-attempts' | 'busy',
    readonly seconds: number,
  ) {
    super(
      reason === 'busy'
        ? 'La plateforme a trop de demandes en cours. Réessayez dans un instant.'
        : `Trop de tentatives. Réessayez dans ${Math.ceil(seconds / 60)} minute(s).`,
    );
  }

  /** Stable code of the answer. */
  get code(): string {
    return this.reason === 'busy' ? 'SRV-503' : 'AUTH-429';
  }
}
