import type { Membership } from '../membership/membership.js';
import { refuse, type Refused } from '../shared/decision.js';
import type { WantedSubscription } from './subscription-rules.js';

/** What one person may do on a structure, as it can be given to another: a service to be enabled on, or a subscription. */
export type RightToGive =
  | { readonly kind: 'service'; readonly code: string }
  | { readonly kind: 'subscription'; readonly wanted: WantedSubscription };

/**
 * What of one person's rights on a structure is duplicated (R10): the services that they are enabled on and the subscriptions
 * in force, never the role. Services come first, since a subscription on a service needs the person to be enabled there.
 * Refuses when there is nothing to give (`HAB-002`).
 */
export function rightsToDuplicate({
  status,
  services,
  subscriptions,
}: Membership): { readonly accepted: true; readonly rights: readonly RightToGive[] } | Refused {
  const active = subscriptions.filter((subscription) => subscription.status === 'active');
  if (status !== 'attached' || (active.length === 0 && services.length === 0))
    return refuse('HAB-002', 'L’utilisateur dont les droits sont à dupliquer n’en a pas sur cette structure.');
  const rights: RightToGive[] = [
    ...services.map((code) => ({ kind: 'service', code }) as const),
    ...active.map(
      ({ space, service, right }) => ({ kind: 'subscription', wanted: { space, service, right } }) as const,
    ),
  ];
  return { accepted: true, rights };
}
