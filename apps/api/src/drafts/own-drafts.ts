import { type Session } from '#application';
import { aggregates, draftStream, type Action, type Draft, type ExistingDraft } from '#domain';
import { Problem } from '../platform/problem.js';

type Reading = Pick<Session, 'authorise' | 'load'>;

/** The draft of that id as its stream tells it, when it is of that structure; none where there is another's. */
export async function draftOf(session: Reading, structure: string, draft: string): Promise<Draft> {
  const state = await session.load(aggregates.draft, draftStream(draft));
  if (state.status !== 'none' && state.structure !== structure) throw unknownDraft();
  return state;
}

/**
 * A draft of a structure, for whoever may do this there (R09, R22).
 *
 * @throws AccessRefused; Problem `BRO-404` when there is no such draft of that structure, or it was deleted
 */
export async function existingDraft(
  session: Reading,
  action: Action,
  structure: string,
  draft: string,
): Promise<ExistingDraft> {
  await session.authorise(action, structure);
  const state = await draftOf(session, structure, draft);
  if (state.status === 'none' || state.status === 'deleted') throw unknownDraft();
  return state;
}

/** Nothing of that id on that structure: nobody learns whether it is somewhere else. */
export function unknownDraft(): Problem {
  return new Problem(404, 'BRO-404', 'Aucun brouillon de cette structure n’a cet identifiant.');
}
