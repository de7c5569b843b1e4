import { nameOf, type Session } from '#application';
import { judgeOfSubscription, subscriptionOf, type Membership, type SpacePlace, type SubscriptionKey } from '#domain';

type Looking = Omit<Session, 'record'>;

/** The structure, and the service that is named, as a decision about a space needs them. */
export async function placeOf(session: Looking, structure: string, service: string | null): Promise<SpacePlace> {
  return {
    structure: await session.structure(structure),
    service: service === null ? null : await session.service({ structure, code: service }),
  };
}

/** Name of whoever judged the last request for a space, for those who come too late; null while one waits, or when there is none. */
export async function earlierJudge(
  session: Looking,
  membership: Membership,
  key: SubscriptionKey,
): Promise<string | null> {
  if (subscriptionOf(membership, key, 'requested') !== undefined) return null;
  const by = judgeOfSubscription(membership, key);
  return by === null ? null : nameOf(session, by);
}
