import { unreachable } from '../shared/decision.js';
import type { Personal } from '../shared/personal-data.js';
import type { RefundRequestContent } from './refund-request-content.js';
import type { RefundRequestEvent } from './refund-request-events.js';
import type { RefundRequestStatus } from './refund-request-statuses.js';

/** A request that is there (R29). */
export interface ExistingRefundRequest {
  readonly status: RefundRequestStatus;
  readonly request: string;
  /** Identifier of the structure that asks. */
  readonly structure: string;
  /** Null once its key was destroyed. */
  readonly content: Personal<RefundRequestContent>;
  /** Null as long as it is a draft. */
  readonly number: string | null;
  /** Identifier of the structure that it was sent to; null as long as it is a draft. */
  readonly recipient: string | null;
  /** What was said with the last status. */
  readonly reason: Personal<string>;
}

/** A request, nothing, or a draft that somebody deleted. */
export type RefundRequest = { readonly status: 'none' } | ExistingRefundRequest | { readonly status: 'deleted' };

export const noRefundRequest: RefundRequest = { status: 'none' };

/** Applies one event of the request's stream. */
export function evolveRefundRequest(state: RefundRequest, event: RefundRequestEvent): RefundRequest {
  if (event.type === 'RefundRequestSaved') {
    const { request, structure, content } = event.data;
    return { status: 'draft', request, structure, content, number: null, recipient: null, reason: null };
  }
  if (state.status === 'none' || state.status === 'deleted') throw new Error(`${event.type} without a request`);
  switch (event.type) {
    case 'RefundRequestDeleted':
      return { status: 'deleted' };
    case 'RefundRequestSent':
      return { ...state, status: 'sent', number: event.data.number, recipient: event.data.recipient };
    case 'RefundRequestStatusChanged':
      return { ...state, status: event.data.status, reason: event.data.reason };
    default:
      return unreachable(event);
  }
}
