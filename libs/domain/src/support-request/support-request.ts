import { unreachable } from '../shared/decision.js';
import type { SupportRequestEvent, SupportRequestRecipient } from './support-request-events.js';

/** How a support request ended. */
export type SupportRequestOutcome = 'done' | 'refused' | 'withdrawn';

/** A support request that was made. */
export interface ExistingSupportRequest {
  /**
   * `open`: nobody has taken it up; `assigned`: somebody treats it, or its author has answered; `answered`: it waits for its
   * author; `closed`: nothing is added any more.
   */
  readonly status: 'open' | 'assigned' | 'answered' | 'closed';
  readonly request: string;
  /** Account of who asked. */
  readonly author: string;
  /** Structure on whose behalf it was asked. */
  readonly structure: string;
  readonly recipient: SupportRequestRecipient;
  readonly category: string;
  readonly subcategory: string;
  /** Who treats it: an account, or `operator`; null while nobody does. */
  readonly assignee: string | null;
  /**
   * Whether its author joined the signed administrative certificate that R07 asks for, at first or later. False once the
   * author was erased: what was joined is gone then.
   */
  readonly administrativeCertificate: boolean;
  /** How it ended; null while it has not. */
  readonly outcome: SupportRequestOutcome | null;
}

/** A support request, or none. */
export type SupportRequest = { readonly status: 'none' } | ExistingSupportRequest;

export const noSupportRequest: SupportRequest = { status: 'none' };

/** Applies one event of the request's stream. */
export function evolveSupportRequest(state: SupportRequest, event: SupportRequestEvent): SupportRequest {
  if (event.type === 'SupportRequestCreated') {
    const { request, author, structure, recipient, category, subcategory, files } = event.data;
    const about = { request, author, structure, recipient, category, subcategory };
    return {
      ...about,
      status: 'open',
      assignee: null,
      administrativeCertificate: hasCertificate(files),
      outcome: null,
    };
  }
  if (state.status === 'none') throw new Error(`${event.type} before SupportRequestCreated`);
  switch (event.type) {
    case 'SupportRequestAssigned':
      return { ...state, status: state.status === 'open' ? 'assigned' : state.status, assignee: event.data.assignee };
    case 'SupportRequestAnswered':
      return event.data.author === state.author
        ? continued(state, event.data.files)
        : answered(state, event.data.author);
    case 'SupportRequestClosed':
      return { ...state, status: 'closed', outcome: event.data.outcome };
    default:
      return unreachable(event);
  }
}

type Files = Extract<SupportRequestEvent, { type: 'SupportRequestAnswered' }>['data']['files'];

/** The author has added something: it waits for whoever treats it again. */
function continued(state: ExistingSupportRequest, files: Files): ExistingSupportRequest {
  return {
    ...state,
    status: state.assignee === null ? 'open' : 'assigned',
    administrativeCertificate: state.administrativeCertificate || hasCertificate(files),
  };
}

/** Who answers a request that nobody had taken up treats it from then on. */
function answered(state: ExistingSupportRequest, by: string): ExistingSupportRequest {
  return { ...state, status: 'answered', assignee: state.assignee ?? by };
}

function hasCertificate(files: Files): boolean {
  return files?.some(({ administrativeCertificate }) => administrativeCertificate) === true;
}
