import { refusalOf, type Logger, type Refusal } from '#application';
import type { MembershipKey, SpaceCode } from '#domain';

/** Most lines of one bulk command: what a request can wait for. */
export const MOST_LINES = 1_000;

/** What a line of a bulk command is about (R10): a space, or with none the service alone. */
export interface RightsTarget extends MembershipKey {
  readonly space: SpaceCode | null;
  readonly service: string | null;
}

/** What a bulk command did with one line, or why it refused it (R10). */
export type RightsLine = RightsTarget &
  (
    | { readonly outcome: 'done' }
    | {
        readonly outcome: 'refused';
        /** Stable code of the refusal. */
        readonly code: string;
        /** What a person needs to understand it, in French. */
        readonly text: string;
      }
  );

/**
 * Runs one line. Each is a decision of its own, so a bad one stops nothing, and even what is ours to repair is told on its
 * line: the lines before it are done, and whoever asked must know.
 */
export async function runLine(target: RightsTarget, logger: Logger, work: () => Promise<unknown>): Promise<RightsLine> {
  const { structure, account, space, service } = target;
  const line = { structure, account, space, service };
  try {
    await work();
    return { ...line, outcome: 'done' };
  } catch (error) {
    return { ...line, outcome: 'refused', ...lineRefusal(error, logger) };
  }
}

/** What a failure is to whoever reads the line. */
function lineRefusal(error: unknown, logger: Logger): Refusal {
  const refusal = refusalOf(error);
  if (refusal !== null) return refusal;
  logger.error({ error: error instanceof Error ? error.stack : String(error) }, 'a line of a bulk command failed');
  return { code: 'SRV-001', text: 'La plateforme n’a pas pu traiter cette ligne. Réessayez plus tard.' };
}
