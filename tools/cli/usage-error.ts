/** The command cannot run as asked: exit code 2, with a French sentence that says what to do. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
