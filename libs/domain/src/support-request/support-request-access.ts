import { judgeAccess, type Verdict } from '../access/policy.js';
import type { Standing } from '../access/standing.js';
import type { SupportRequestRecipient } from './support-request-events.js';

/**
 * Whether somebody may make a request on behalf of a structure. Beside those whom the policy names, whoever waits for
 * attachment may ask support: that is how somebody asks whose structure has no manager left who could attach them (R07), and
 * the space is open from the creation of an account (R08).
 *
 * @param standing of who asks, on that structure
 */
export function judgeSending(standing: Standing, recipient: SupportRequestRecipient): Verdict {
  const waits = standing.kind === 'person' && standing.membership.status === 'requested';
  if (waits && recipient.kind === 'support') return 'allowed';
  return judgeAccess('support-request.create', standing);
}

/**
 * Whether the author of a request may follow it. One to support is between them and support, wherever they belong by now; one
 * to a structure needs the right on the structure on whose behalf it was made.
 *
 * @param standing of the author, on the structure on whose behalf it was made
 */
export function mayFollowOwn(standing: Standing, recipient: SupportRequestRecipient): boolean {
  return recipient.kind === 'support' || judgeAccess('support-request.follow', standing) === 'allowed';
}
