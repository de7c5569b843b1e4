/** What can go wrong with a server the platform starts by itself; stable, to be cited beside the French message. */
export type EmbeddedServerErrorCode =
  | 'EMBEDDED_POSTGRES_UNAVAILABLE'
  | 'EMBEDDED_POSTGRES_UNPRIVILEGED_ACCOUNT_MISSING'
  | 'EMBEDDED_POSTGRES_ALREADY_RUNNING'
  | 'EMBEDDED_POSTGRES_PASSWORD_LOST'
  | 'EMBEDDED_POSTGRES_INITIALISATION_FAILED'
  | 'EMBEDDED_POSTGRES_START_FAILED'
  | 'EMBEDDED_POSTGRES_STOP_FAILED';

/** A server of the embedded default could not be started or stopped. The message is French and says what to do. */
export class EmbeddedServerError extends Error {
  override readonly name = 'EmbeddedServerError';

  /**
   * @param code - stable code of the failure
   * @param message - French sentence for the person who installs the platform: what happened, what to do
   * @param options - the error that caused this one, if any
   */
  constructor(
    readonly code: EmbeddedServerErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
