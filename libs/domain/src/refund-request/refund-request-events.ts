import type { Event } from '../shared/event.js';
import type { Personal } from '../shared/personal-data.js';
import type { RefundRequestContent } from './refund-request-content.js';
import type { RefundRequestStatus } from './refund-request-statuses.js';

/**
 * A request to have energy taxes paid back (R29). Stream `refund-request-<UUID>`. Its content and what is said of it are free
 * texts that may name people whom the platform does not know: they are encrypted with a key of the request's own, which goes
 * when a draft is deleted. `by` names who acts as the log does.
 */
export type RefundRequestEvent =
  /** The whole content, in the place of what it was. */
  | Event<
      'RefundRequestSaved',
      { request: string; structure: string; content: Personal<RefundRequestContent>; by: string }
    >
  | Event<'RefundRequestDeleted', { request: string; by: string }>
  /** It went to its recipient under this number: its content does not change any more. */
  | Event<'RefundRequestSent', { request: string; number: string; recipient: string; by: string }>
  /** Whoever treats it says how far it is. */
  | Event<
      'RefundRequestStatusChanged',
      { request: string; status: RefundRequestStatus; reason: Personal<string>; by: string }
    >;

/** Stream of a request. */
export function refundRequestStream(request: string): string {
  return `refund-request-${request}`;
}

/**
 * The number of a request that is sent, e.g. `TIC-2026-00000012`.
 *
 * @param year of the sending, in Europe/Paris
 * @param sequence counts all requests that were sent; one is never given twice
 */
export function refundRequestNumber(year: string, sequence: bigint): string {
  return `TIC-${year}-${sequence.toString().padStart(8, '0')}`;
}
