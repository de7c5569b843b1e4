import { AccessRefused, type Session } from '#application';
import {
  aggregates,
  judgeAccess,
  refundRequestStream,
  type ExistingRefundRequest,
  type RefundRequest,
  type Verdict,
} from '#domain';
import { Problem } from '../platform/problem.js';

type Looking = Pick<Session, 'load' | 'standing'>;

/** What somebody wants with a request. */
type RefundRequestAction = 'refund-request.prepare' | 'refund-request.follow' | 'refund-request.treat';

/** A request, or none. */
export function refundRequestOf(session: Looking, request: string): Promise<RefundRequest> {
  return session.load(aggregates.refundRequest, refundRequestStream(request));
}

/**
 * A request, for whoever may do this with it (R09, R29): those who ask prepare it, those to whom it was sent treat it, both
 * follow it. A draft is seen by those who ask alone.
 *
 * @throws AccessRefused to those of either side who may not; Problem (404, `RTE-404`) to everybody else
 */
export async function reachedRefundRequest(
  session: Looking,
  action: RefundRequestAction,
  id: string,
): Promise<ExistingRefundRequest> {
  const request = await refundRequestOf(session, id);
  if (request.status === 'none' || request.status === 'deleted') throw unknownRefundRequest();
  const { structure, recipient } = request;
  const on = async (party: string | null, what: RefundRequestAction): Promise<Verdict> =>
    party === null ? 'not-found' : judgeAccess(what, await session.standing(party));
  const follows = [await on(structure, 'refund-request.follow'), await on(recipient, 'refund-request.follow')];
  if (!follows.includes('allowed')) {
    if (follows.includes('forbidden')) throw new AccessRefused('forbidden');
    throw unknownRefundRequest();
  }
  if (action === 'refund-request.follow') return request;
  // A draft has no recipient yet: whoever treats requests of everybody is told so by the decision.
  const side = action === 'refund-request.treat' ? (recipient ?? structure) : structure;
  if ((await on(side, action)) !== 'allowed') throw new AccessRefused('forbidden');
  return request;
}

/** Nobody's request, or somebody else's. */
export function unknownRefundRequest(): Problem {
  return new Problem(404, 'RTE-404', 'Aucune de vos demandes de remboursement n’a cet identifiant.');
}
