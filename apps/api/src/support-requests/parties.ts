import { type Session } from '#application';
import {
  aggregates,
  judgeAccess,
  mayFollowOwn,
  personStanding,
  supportRequestStream,
  type ExistingSupportRequest,
  type SupportRequest,
  type SupportRequestActor,
} from '#domain';
import { Problem } from '../platform/problem.js';

type Looking = Omit<Session, 'record'>;

/** A request, or none. */
export function supportRequestOf(session: Looking, request: string): Promise<SupportRequest> {
  return session.load(aggregates.supportRequest, supportRequestStream(request));
}

/**
 * A request, and what the caller is to it.
 *
 * @throws Problem (404, `SOL-404`) to whoever has nothing to do with it: nobody learns of others' requests by asking
 */
export async function concerned(
  session: Looking,
  id: string,
): Promise<{ readonly request: ExistingSupportRequest; readonly actor: SupportRequestActor }> {
  const request = await supportRequestOf(session, id);
  if (request.status === 'none') throw unknownSupportRequest();
  const actor = await actorOn(session, request);
  if (!actor.author && !actor.treating) throw unknownSupportRequest();
  return { request, actor };
}

/** Whether an account, or `operator`, may treat a request. */
export async function mayTreat(
  session: Looking,
  { recipient }: ExistingSupportRequest,
  assignee: string,
): Promise<boolean> {
  if (assignee === 'operator') return true;
  if (recipient.kind === 'support') return false;
  const key = { structure: recipient.structure, account: assignee };
  const standing = personStanding(
    await session.structure(recipient.structure),
    assignee,
    await session.membership(key),
  );
  return judgeAccess('support-request.treat', standing) === 'allowed';
}

/** Nobody's request, or somebody else's. */
export function unknownSupportRequest(): Problem {
  return new Problem(404, 'SOL-404', 'Aucune de vos sollicitations ne porte ce numéro.');
}

async function actorOn(session: Looking, request: ExistingSupportRequest): Promise<SupportRequestActor> {
  const { caller } = session;
  if (caller.kind === 'operator') return { by: 'operator', author: false, treating: true };
  if (caller.kind === 'connection') return { by: '', author: false, treating: false };
  const { account } = caller;
  const author =
    account === request.author && mayFollowOwn(await session.standing(request.structure), request.recipient);
  return { by: account, author, treating: await mayTreat(session, request, account) };
}
